import { createHash, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { NameConstraints } from '@peculiar/asn1-x509'
import {
  constraintsOf,
  extendedKeyUsageOf,
  isIssuedBy,
  keyUsageOf,
  parseCertificate,
  readExtension,
  viewCertificate,
} from '#electron/pki/certificate'
import { ids } from '#electron/pki/extensions'
import { neutralise } from '#shared/logic/neutralise'
import { Sha256 } from '#shared/model/ids'
import type { ServerCertificate, TlsView } from '#shared/model/probe'

export type ServerTrust = Pick<TlsView, 'trust' | 'trustProblem'>

/** SHA-256 of the SubjectPublicKeyInfo, lower-case hex: what a pin refers to. Input: certificate, DER. */
export function serverKeySha256(der: Uint8Array): Sha256 {
  const spki = new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' })
  return Sha256.parse(createHash('sha256').update(spki).digest('hex'))
}

export function describeServer(chain: Uint8Array[]): ServerCertificate[] {
  return chain.flatMap((der) => {
    try {
      const { subject, issuer, notBefore, notAfter, sha256 } = viewCertificate(der)
      return [{ subject, issuer, notBefore, notAfter, sha256, keySha256: serverKeySha256(der) }]
    } catch {
      return [] // A certificate we cannot read is not one we could describe.
    }
  })
}

/** Whether this certificate holds that very key; one that cannot be read holds none. */
export function holdsKey(der: Uint8Array, keySha256: string): boolean {
  try {
    return serverKeySha256(der) === keySha256
  } catch {
    return false
  }
}

/** A pin is for exactly this key, whatever else is wrong with the certificate around it. */
export function withPin(trust: ServerTrust, chain: Uint8Array[], pinnedKey: string | null): ServerTrust {
  const [leaf] = chain
  if (trust.trust === 'trusted' || pinnedKey === null || leaf === undefined) return trust
  return holdsKey(leaf, pinnedKey) ? { trust: 'pinned', trustProblem: trust.trustProblem } : trust
}

/** OpenSSL's verification codes in words (openssl-verification-options); `code` is Node's `authorizationError`. */
export function trustFrom(code: string | null): ServerTrust {
  if (code === null) return { trust: 'trusted', trustProblem: null }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return { trust: 'name-mismatch', trustProblem: 'The certificate is for another name.' }
  return { trust: 'untrusted', trustProblem: problems[code] ?? neutralise(code) }
}

const problems: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The server vouches only for itself (self-signed).',
  SELF_SIGNED_CERT_IN_CHAIN: 'Its root is not one that this computer trusts.',
  UNABLE_TO_GET_ISSUER_CERT: 'Its issuer is not known here.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'Its issuer is not known here.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its issuer is not known here, or the server does not send the whole chain.',
  CERT_HAS_EXPIRED: 'The server’s certificate has expired.',
  CERT_NOT_YET_VALID: 'The server’s certificate is not valid yet; check this computer’s clock.',
  INVALID_PURPOSE: 'The server’s certificate is not meant for servers.',
}

/**
 * Our own judgement, where the engine gives none: a TLS 1.2 server that insists on a certificate hangs up before, and the
 * second attempt may meet another key than the first. Name, dates, uses, each signature by a certificate that may sign, and
 * a root from `roots` (PEM) at the end; stricter than the engine where in doubt. Inputs: DER, leaf first. Never throws.
 */
export function judgeChain(chain: Uint8Array[], hostname: string, roots: string[], now: Date): ServerTrust {
  const [leaf] = chain
  if (leaf === undefined) return { trust: 'unknown', trustProblem: null }
  try {
    return trustFrom(problemOf(leaf, chain, hostname, now) ?? rootProblem(chain.at(-1) ?? leaf, roots))
  } catch {
    return { trust: 'untrusted', trustProblem: 'The server’s certificate cannot be read.' }
  }
}

function problemOf(leaf: Uint8Array, chain: Uint8Array[], hostname: string, now: Date): string | null {
  const own = new X509Certificate(leaf)
  const fits = isIP(hostname) === 0 ? own.checkHost(hostname) : own.checkIP(hostname)
  if (fits === undefined) return 'ERR_TLS_CERT_ALTNAME_INVALID'
  for (const der of chain) {
    const { notBefore, notAfter } = viewCertificate(der)
    if (Date.parse(notAfter) <= now.getTime()) return 'CERT_HAS_EXPIRED'
    if (Date.parse(notBefore) > now.getTime()) return 'CERT_NOT_YET_VALID'
  }
  const uses = extendedKeyUsageOf(parseCertificate(leaf))
  if (uses !== null && !uses.includes(ids.serverAuthentication)) return 'INVALID_PURPOSE'
  const linked = chain.slice(1).every((issuer, index) => isIssuedBy(chain[index] ?? issuer, issuer))
  return linked && chain.slice(1).every(maySign) ? null : 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'
}

/**
 * Else the owner of any ordinary certificate could issue one for any name (RFC 5280 §6.1.4 k–n). `below` intermediates
 * stand between this one and the leaf. Limits to names (§4.2.1.10) are not worked out here, and so not let pass.
 */
function maySign(der: Uint8Array, below: number): boolean {
  const certificate = parseCertificate(der)
  const constraints = constraintsOf(certificate)
  const usage = keyUsageOf(certificate)
  return (
    constraints?.cA === true &&
    (constraints.pathLenConstraint === undefined || constraints.pathLenConstraint >= below) &&
    (usage === null || usage.includes('keyCertSign')) &&
    readExtension(certificate, ids.nameConstraints, NameConstraints) === null
  )
}

const rootProblem = (top: Uint8Array, roots: string[]) =>
  roots.flatMap(splitBundle).some((root) => isRootOf(top, root)) ? null : 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'

function isRootOf(top: Uint8Array, root: X509Certificate): boolean {
  const certificate = new X509Certificate(top)
  return certificate.raw.equals(root.raw) || (certificate.checkIssued(root) && certificate.verify(root.publicKey))
}

function splitBundle(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/gu) ?? []
  return blocks.flatMap((block) => {
    try {
      return [new X509Certificate(block)]
    } catch {
      return []
    }
  })
}
