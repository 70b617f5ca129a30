import { createHash, type JsonWebKey, type KeyObject, X509Certificate } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import {
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_kp_clientAuth,
  SubjectPublicKeyInfo,
  Version,
} from '@peculiar/asn1-x509'
import { AppError } from '#shared/errors'

/** What the stores need to know of a certificate. */
export interface StoreCertificate {
  der: Buffer
  /** Lower-case hex of SHA-256 and SHA-1 over the DER. */
  sha256: string
  sha1: string
  commonName: string
  /** ISO 8601; null where the certificate does not hold a time. */
  notBefore: string | null
  notAfter: string | null
  selfSigned: boolean
  /** Null for a kind of key that Node does not know. */
  publicKey: KeyObject | null
  /** Lower-case hex of SHA-256 over its SubjectPublicKeyInfo; null for such a kind. */
  keySha256: string | null
  x509: X509Certificate
}

/** `bytes`: DER or PEM of one certificate. Null when Node cannot read it (foreign stores hold the oddest things). */
export function readCertificate(bytes: Uint8Array | string): StoreCertificate | null {
  let x509: X509Certificate
  try {
    x509 = new X509Certificate(bytes)
  } catch {
    return null
  }
  const der = x509.raw
  const publicKey = publicKeyOf(x509)
  const spki = publicKey?.export({ type: 'spki', format: 'der' })
  return {
    der,
    sha256: digest('sha256', der).toString('hex'),
    sha1: digest('sha1', der).toString('hex'),
    commonName: commonNameOf(x509),
    notBefore: instantOf(x509.validFrom),
    notAfter: instantOf(x509.validTo),
    selfSigned: isIssuedBy(x509, x509),
    publicKey,
    keySha256: spki === undefined ? null : digest('sha256', spki).toString('hex'),
    x509,
  }
}

/** As `readCertificate`, for one of ours: 'malformed' when it cannot be read. */
export function requireCertificate(bytes: Uint8Array): StoreCertificate {
  const certificate = readCertificate(bytes)
  if (certificate === null) throw new AppError('malformed', 'The certificate cannot be read.')
  return certificate
}

/** RFC 5280 §4.1.2: name, key identifier and signature all match. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

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
 * clientAuth. Chromium takes a user-trusted certificate as an anchor and
 * demands basicConstraints only of v3 ones. Returns null when fine, otherwise the reason as a sentence.
 */
export function whyNotTrust(der: Uint8Array): string | null {
  const { tbsCertificate } = AsnConvert.parse(der, Certificate)
  if (tbsCertificate.version !== Version.v3) {
    return 'This certificate is of an old version (not X.509 v3); trusting it would let its key vouch for any website.'
  }
  const extension = (id: string) => tbsCertificate.extensions?.find((one) => one.extnID === id)?.extnValue.buffer
  const constraints = extension(id_ce_basicConstraints)
  if (constraints === undefined) {
    return 'This certificate does not say that it is not an issuer (basicConstraints is missing), so trust is withheld.'
  }
  if (AsnConvert.parse(constraints, BasicConstraints).cA) {
    return 'This certificate is an issuer (CA); trusting it would let its key vouch for any website.'
  }
  const usages = extension(id_ce_extKeyUsage)
  if (usages === undefined || !AsnConvert.parse(usages, ExtendedKeyUsage).includes(id_kp_clientAuth)) {
    return 'This certificate is not limited to client authentication, so trust is withheld.'
  }
  return null
}

/** Whether both certify the same key; false where Node does not know the kind of key. */
export function haveSameKey(one: StoreCertificate, other: StoreCertificate): boolean {
  return one.keySha256 !== null && one.keySha256 === other.keySha256
}

/** The content of subjectPublicKey (RFC 5280 §4.1): for RSA the PKCS#1 key, for EC the point. Null for an unknown kind. */
export function publicKeyBits(key: KeyObject | null): Buffer | null {
  if (key === null) return null
  const { subjectPublicKey } = AsnConvert.parse(key.export({ type: 'spki', format: 'der' }), SubjectPublicKeyInfo)
  return Buffer.from(subjectPublicKey)
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

export function toPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/gu) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

/** Every PEM certificate in `text`, in order. */
export function splitPem(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/gu) ?? []
}

function commonNameOf(x509: X509Certificate): string {
  const lines = x509.subject?.split('\n') ?? []
  return lines.find((line) => line.startsWith('CN='))?.slice(3) ?? lines[0] ?? ''
}

/** OpenSSL writes `Nov 23 09:00:00 2026 GMT`, or `Bad time value`. */
function instantOf(text: string): string | null {
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

function publicKeyOf(x509: X509Certificate): KeyObject | null {
  try {
    return x509.publicKey
  } catch {
    return null
  }
}

function digest(algorithm: 'sha1' | 'sha256', bytes: Uint8Array): Buffer {
  return createHash(algorithm).update(bytes).digest()
}

function sha1Hex(bytes: Uint8Array): string {
  return digest('sha1', bytes).toString('hex')
}
