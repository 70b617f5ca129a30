import { createHash, type JsonWebKey, type KeyObject } from 'node:crypto'
import { childrenOf, readOnly } from '#electron/pki/der'
import { keySha256, normaliseSpki } from '#electron/pki/keys'
import { ids } from '#electron/pki/oids'
import { isIssuedBy, isSelfSigned } from '#electron/pki/x509/issued-by'
import { titleOf } from '#electron/pki/x509/name'
import { type Certificate, publicKeyOf, readCertificate } from '#electron/pki/x509/read'
import { isAppError } from '#shared/errors'

/** What the stores need to know of a certificate. */
export interface StoreCertificate {
  der: Buffer
  /** Lower-case hex of SHA-256 and SHA-1 over the DER. */
  sha256: string
  sha1: string
  /** The whole subject where there is none; neutralised. */
  commonName: string
  /** ISO 8601; null where the certificate does not hold a time. */
  notBefore: string | null
  notAfter: string | null
  selfSigned: boolean
  /** Null for a kind of key that this engine does not take. */
  publicKey: KeyObject | null
  /** Lower-case hex of SHA-256 over its SubjectPublicKeyInfo. */
  keySha256: string
  x509: Certificate
}

/** Input: DER. Null for what cannot be read: stores hold what any program has put there. */
export function storeCertificate(der: Uint8Array): StoreCertificate | null {
  try {
    return requireCertificate(der)
  } catch (error) {
    if (isAppError(error, 'malformed')) return null
    throw error
  }
}

/** As `storeCertificate`, for one of ours. Errors: `malformed` when it cannot be read. */
export function requireCertificate(der: Uint8Array): StoreCertificate {
  const x509 = readCertificate(der)
  return {
    der: Buffer.from(der),
    sha256: x509.sha256,
    sha1: sha1Hex(der),
    commonName: titleOf(x509.subject),
    notBefore: instantOf(x509.notBefore),
    notAfter: instantOf(x509.notAfter),
    selfSigned: isSelfSigned(x509),
    publicKey: publicKeyOf(x509),
    keySha256: keySha256(normaliseSpki(x509.spki)),
    x509,
  }
}

const instantOf = (date: Date): string | null => (Number.isNaN(date.getTime()) ? null : date.toISOString())

/** The issuers of `certificate` among `candidates`, nearest first, up to and including a self-signed one if there is one. */
export function issuersOf<C extends StoreCertificate>(certificate: StoreCertificate, candidates: readonly C[]): C[] {
  const found: C[] = []
  let current = certificate
  while (!current.selfSigned && found.length <= candidates.length) {
    const next = candidates.find((candidate) => !found.includes(candidate) && isIssuedBy(current.x509, candidate.x509))
    if (next === undefined) break
    found.push(next)
    current = next
  }
  return found
}

/** Whether `issuers` (as `issuersOf` gives them) lead to a self-signed root. */
export function isCompleteChain(certificate: StoreCertificate, issuers: readonly StoreCertificate[]): boolean {
  return (issuers.at(-1) ?? certificate).selfSigned
}

/**
 * Whether trusting exactly this certificate opens no hole: X.509 v3, basicConstraints not CA, extended key usage names
 * clientAuth. Chromium takes a user-trusted certificate as an anchor and demands basicConstraints only of v3 ones. Returns
 * null when fine, otherwise the reason as a sentence.
 */
export function whyNotTrust({ x509 }: StoreCertificate): string | null {
  const { basicConstraints, extendedKeyUsage } = x509.extensions
  if (x509.version !== 3)
    return 'This certificate is of an old version (not X.509 v3). Trusting it would let its key vouch for any website.'
  if (basicConstraints === null)
    return 'This certificate does not rule out being an issuer (it has no basic constraints), so it was not trusted.'
  if (basicConstraints.isAuthority)
    return 'This certificate is an issuer (CA). Trusting it would let its key vouch for any website.'
  if (extendedKeyUsage?.includes(ids.clientAuthentication) !== true)
    return 'This certificate is not limited to client authentication, so it was not trusted.'
  return null
}

/** Whether both certify the same key; also of a kind that this engine does not take. */
export function haveSameKey(one: StoreCertificate, other: StoreCertificate): boolean {
  return one.keySha256 === other.keySha256
}

/** The content of subjectPublicKey (RFC 5280 §4.1): for RSA the PKCS#1 key, for EC the point. Null for an unknown kind. */
export function publicKeyBits(key: KeyObject | null): Buffer | null {
  if (key === null) return null
  const [, bits] = childrenOf(readOnly(key.export({ type: 'spki', format: 'der' })))
  return bits === undefined ? null : Buffer.from(bits.content.subarray(1))
}

/**
 * The label under which macOS files a key: SHA-1 over those bits (kSecAttrApplicationLabel, Apple Developer
 * Documentation). Lower-case hex; null for an unknown kind.
 */
export function keychainKeyLabel(key: KeyObject | null): string | null {
  const bits = publicKeyBits(key)
  return bits === null ? null : sha1Hex(bits)
}

/**
 * The identifier under which NSS files a key: SHA-1 over the RSA modulus or the EC point (PK11_MakeIDFromPubKey).
 * Lower-case hex; null for other kinds of key.
 */
export function nssKeyId(key: KeyObject | null): string | null {
  if (key === null) return null
  let jwk: JsonWebKey
  try {
    jwk = key.export({ format: 'jwk' })
  } catch {
    return null
  }
  if (jwk.kty === 'RSA' && typeof jwk.n === 'string') return sha1Hex(Buffer.from(jwk.n, 'base64url'))
  if (jwk.kty === 'EC' && typeof jwk.x === 'string' && typeof jwk.y === 'string') {
    const point = [Buffer.from([4]), Buffer.from(jwk.x, 'base64url'), Buffer.from(jwk.y, 'base64url')]
    return sha1Hex(Buffer.concat(point))
  }
  return null
}

const sha1Hex = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex')
