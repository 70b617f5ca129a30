import { sign } from 'node:crypto'
import type { Socket } from 'node:net'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import { certify } from '#electron/pki/authority/certify'
import {
  alternativeNamesFrom,
  basicConstraints,
  extendedKeyUsage,
  keyUsage,
  subjectAlternativeName,
} from '#electron/pki/authority/extensions'
import { createIntermediate } from '#electron/pki/authority/intermediate'
import { openIssuer } from '#electron/pki/authority/issuer'
import { encodeName, nameFrom } from '#electron/pki/authority/names'
import { createRoot, type NewAuthority } from '#electron/pki/authority/root'
import { encodePem } from '#electron/pki/containers/pem'
import { generateKey, privateKeyOf } from '#electron/pki/keys'
import { ids } from '#electron/pki/oids'
import { type Signer, signerFor } from '#electron/pki/sign'
import { certificatePem } from '#electron/pki/x509/pem'
import { DAY_MS } from '#shared/logic/day'
import type { KeyAlgorithm } from '#shared/model/key'
import type { LabScenario } from '#shared/model/lab-scenario'
import { type LabPki, labHostname, lifetimeDays, named } from '../pki'
import type { Scenario, ServerIdentity } from './scenario'

interface Order {
  /** Null: signed with its own key. */
  issuer: Pick<NewAuthority, 'certificate' | 'pkcs8'> | null
  now: Date
  /** In days from now. */
  from?: number
  to?: number
  dnsName?: string
  use?: string
  algorithm?: KeyAlgorithm
  /** In place of the issuer's usual way to sign. */
  signer?: Signer
  /** DER. */
  sentAlong?: Uint8Array[]
}

/**
 * A server's certificate with anything wrong in it. Its key is always a new one: browser mode and the test know the usual
 * key, and would take a server that has it for the practice site whatever its certificate says.
 */
async function serverCertificate({ issuer, now, ...order }: Order): Promise<ServerIdentity> {
  const {
    from = -1,
    to = lifetimeDays,
    dnsName = labHostname,
    use = ids.serverAuthentication,
    sentAlong = [],
    algorithm = 'p-256',
    signer,
  } = order
  const { pkcs8, spki } = await generateKey(algorithm)
  const name = encodeName(nameFrom(named(dnsName)))
  const opened = issuer === null ? null : openIssuer({ issuerCertificate: issuer.certificate, issuerKey: issuer.pkcs8 })
  const after = (days: number) => new Date(Math.floor(now.getTime() / 1000) * 1000 + days * DAY_MS)
  const der = await certify(
    {
      issuer: opened?.name ?? name,
      subject: name,
      spki,
      validity: { notBefore: after(from), notAfter: after(to) },
      extensions: [
        basicConstraints(false),
        keyUsage('digitalSignature'),
        extendedKeyUsage(use),
        subjectAlternativeName(alternativeNamesFrom([], [dnsName])),
      ],
    },
    signer ?? opened?.signer ?? signerFor(pkcs8),
  )
  return { cert: [der, ...sentAlong].map(certificatePem).join(''), key: encodePem('PRIVATE KEY', pkcs8) }
}

/** By the usual root, which is sent along. */
const byRoot =
  (order: Partial<Order>) =>
  ({ serverRoot }: LabPki, now: Date): Promise<ServerIdentity> =>
    serverCertificate({ issuer: serverRoot, now, sentAlong: [serverRoot.certificate], ...order })

const below = (name: string, { serverRoot }: LabPki, now: Date): Promise<NewAuthority> =>
  createIntermediate({
    algorithm: 'p-256',
    days: lifetimeDays,
    now,
    pathLength: 0,
    subject: named(name),
    issuerCertificate: serverRoot.certificate,
    issuerKey: serverRoot.pkcs8,
  })

async function incomplete(pki: LabPki, now: Date): Promise<ServerIdentity> {
  return serverCertificate({ issuer: await below('Latchkey Practice Server CA', pki, now), now })
}

/** Its root is trusted, as one that a company has put on its computers; the name is all that shows. */
export async function inspected(pki: LabPki, now: Date): Promise<ServerIdentity> {
  const issuer = await below('Practice TLS inspection', pki, now)
  return serverCertificate({ issuer, now, sentAlong: [issuer.certificate] })
}

async function unknownRoot(_pki: LabPki, now: Date): Promise<ServerIdentity> {
  const subject = named('Root that nobody knows')
  const issuer = await createRoot({ algorithm: 'p-256', days: lifetimeDays, now, subject })
  return serverCertificate({ issuer, now, sentAlong: [issuer.certificate] })
}

/** ECDSA with SHA-1 (RFC 3279 §2.2.3), which browsers no longer take, and Latchkey never makes but here. */
const sha1Signer = (pkcs8: Uint8Array): Signer => ({
  algorithm: new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.1' }),
  sign: async (content) => new Uint8Array(sign('sha1', content, privateKeyOf(pkcs8))),
})

async function signedWithSha1({ serverRoot }: LabPki, now: Date): Promise<ServerIdentity> {
  const order = { issuer: serverRoot, now, sentAlong: [serverRoot.certificate], signer: sha1Signer(serverRoot.pkcs8) }
  return { ...(await serverCertificate(order)), isWeak: true }
}

/** A TLS record with one message of a handshake in TLS 1.2 (RFC 5246 §6.2.1, §7.4). */
function handshakeRecord(type: number, body: Buffer): Buffer {
  const message = Buffer.concat([Buffer.of(type, 0, body.length >> 8, body.length & 0xff), body])
  return Buffer.concat([Buffer.of(22, 3, 3, message.length >> 8, message.length & 0xff), message])
}

/**
 * As far as a server comes before its certificate is read: no engine would load this one, so nothing more is needed. In the
 * ServerHello: a random of zeros, no session, ECDHE-ECDSA-AES128-GCM-SHA256, and the renegotiation_info (RFC 5746 §3.6)
 * without which OpenSSL goes no further.
 */
function showingUnreadable(socket: Socket): void {
  const random = Buffer.alloc(32)
  const hello = Buffer.concat([Buffer.of(3, 3), random, Buffer.of(0, 0xc0, 0x2b, 0, 0, 5, 0xff, 1, 0, 1, 0)])
  const text = Buffer.from('This is not a certificate.')
  const certificates = Buffer.concat([Buffer.of(0, 0, text.length + 3, 0, 0, text.length), text])
  socket.once('data', () => socket.end(Buffer.concat([handshakeRecord(2, hello), handshakeRecord(11, certificates)])))
}

/** Its own signature in the handshake is of the only scheme that it takes. */
export const ofP384 = byRoot({ algorithm: 'p-384' })

export const serverCertificates = {
  'server-certificate-expired': { certificate: byRoot({ from: -lifetimeDays, to: -1 }) },
  'server-certificate-not-yet-valid': { certificate: byRoot({ from: 1 }) },
  'server-certificate-incomplete': { certificate: incomplete },
  'server-certificate-wrong-use': { certificate: byRoot({ use: ids.clientAuthentication }) },
  // A name below the practice site's own, which the root may still issue for (RFC 5280 §4.2.1.10).
  'server-certificate-wrong-name': { certificate: byRoot({ dnsName: `other.${labHostname}` }) },
  'server-certificate-self-signed': { certificate: (_pki, now) => serverCertificate({ issuer: null, now }) },
  'server-certificate-private-root': { certificate: unknownRoot },
  'server-certificate-too-weak': { certificate: signedWithSha1 },
  'server-certificate-unreadable': { bare: showingUnreadable },
  'server-certificate-changed': { certificate: unknownRoot, isEverySecond: true },
} as const satisfies Partial<Record<LabScenario, Scenario>>
