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
import { generateKey } from '#electron/pki/keys'
import { ids } from '#electron/pki/oids'
import { signerFor } from '#electron/pki/sign'
import { certificatePem } from '#electron/pki/x509/pem'
import { DAY_MS } from '#shared/logic/day'
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
  /** DER. */
  sentAlong?: Uint8Array[]
}

/**
 * A server's certificate with anything wrong in it. Its key is always a new one: browser mode and the test know the usual
 * key, and would take a server that has it for the practice site whatever its certificate says.
 */
async function serverCertificate({ issuer, now, ...order }: Order): Promise<ServerIdentity> {
  const { from = -1, to = lifetimeDays, dnsName = labHostname, use = ids.serverAuthentication, sentAlong = [] } = order
  const { pkcs8, spki } = await generateKey('p-256')
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
    opened?.signer ?? signerFor(pkcs8),
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

export const serverCertificates = {
  'server-certificate-expired': { certificate: byRoot({ from: -lifetimeDays, to: -1 }) },
  'server-certificate-not-yet-valid': { certificate: byRoot({ from: 1 }) },
  'server-certificate-incomplete': { certificate: incomplete },
  'server-certificate-wrong-use': { certificate: byRoot({ use: ids.clientAuthentication }) },
  // A name below the practice site's own, which the root may still issue for (RFC 5280 §4.2.1.10).
  'server-certificate-wrong-name': { certificate: byRoot({ dnsName: `other.${labHostname}` }) },
  'server-certificate-self-signed': { certificate: (_pki, now) => serverCertificate({ issuer: null, now }) },
  'server-certificate-private-root': { certificate: unknownRoot },
  'server-certificate-changed': { certificate: unknownRoot, isEverySecond: true },
} as const satisfies Partial<Record<LabScenario, Scenario>>
