import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { BasicConstraints, Certificate, ExtendedKeyUsage, type Extension, KeyUsage } from '@peculiar/asn1-x509'
import { isAppError } from '#shared/errors'
import type { CertificateView } from '#shared/model/certificate'
import { Sha256 } from '#shared/model/ids'
import { describeAlternativeNames } from './alternative-names'
import { encodePem } from './containers/pem'
import { childAt, childrenOf, readElement, readOnly, tags } from './der'
import { commonNameIn, nameLine } from './describe/name'
import { ids } from './extensions'
import { describeKey, keyCodeOf, normaliseSpki } from './keys'
import { wordsForOid } from './oid-names'
import { parsing } from './parsing'
import { spellSerialNumber } from './serial-number'
import { isSignedBy, signatureName } from './sign'

/** An X.509 certificate taken apart once. Input: DER. Errors: `malformed`. */
export function parseCertificate(der: Uint8Array): Certificate {
  return parsing('certificate', () => AsnConvert.parse(der, Certificate))
}

/**
 * Issuer and subject (DER) as they stand there, to the octet; parsed and written anew, some kinds of strings would differ.
 * Input: DER. Errors: `malformed`.
 */
export function namesOf(der: Uint8Array): { issuer: Uint8Array; subject: Uint8Array } {
  const fields = childrenOf(childAt(childrenOf(readElement(der), 1), 0, tags.sequence))
  // The version is absent in v1 (RFC 5280 §4.1).
  const first = fields[0]?.tag === explicit0 ? 1 : 0
  const nameAt = (index: number) => childAt(fields, index, tags.sequence).raw
  return { issuer: nameAt(first + 2), subject: nameAt(first + 4) }
}

const explicit0 = 0xa0

/** SHA-256 over the DER, lower-case hex: a certificate's name inside Latchkey. */
export function certificateSha256(der: Uint8Array): Sha256 {
  return Sha256.parse(createHash('sha256').update(der).digest('hex'))
}

/** Its SubjectPublicKeyInfo (DER), in the one spelling in which equal keys compare equal. */
export function certificateKey(der: Uint8Array): Uint8Array {
  return normaliseSpki(rawKey(parseCertificate(der)))
}

const rawKey = (certificate: Certificate) =>
  new Uint8Array(AsnConvert.serialize(certificate.tbsCertificate.subjectPublicKeyInfo))

/** Basic constraints say CA:TRUE, or it is a self-signed v1 certificate as old roots are (RFC 5280 §4.2.1.9). */
export function isAuthority(der: Uint8Array): boolean {
  return mayIssue(parseCertificate(der))
}

function mayIssue(certificate: Certificate): boolean {
  const constraints = constraintsOf(certificate)
  if (constraints !== null) return constraints.cA
  return certificate.tbsCertificate.version === 0 && isMadeBy(certificate, certificate)
}

/** Name and signature both match: the only thing that makes one certificate the issuer of another. Input: DER. */
export function isIssuedBy(der: Uint8Array, issuerDer: Uint8Array): boolean {
  return isMadeBy(parseCertificate(der), parseCertificate(issuerDer))
}

function isMadeBy(certificate: Certificate, issuer: Certificate): boolean {
  const named = Buffer.from(AsnConvert.serialize(certificate.tbsCertificate.issuer))
  if (!named.equals(Buffer.from(AsnConvert.serialize(issuer.tbsCertificate.subject)))) return false
  const key = publicKeyObject(rawKey(issuer))
  if (key === null) return false
  const content = certificate.tbsCertificateRaw ?? AsnConvert.serialize(certificate.tbsCertificate)
  const { signatureAlgorithm, signatureValue } = certificate
  return isSignedBy(new Uint8Array(content), new Uint8Array(signatureValue), signatureAlgorithm, key)
}

function publicKeyObject(spki: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}

export function constraintsOf(certificate: Certificate): BasicConstraints | null {
  return readExtension(certificate, ids.basicConstraints, BasicConstraints)
}

export function keyUsageOf(certificate: Certificate): string[] | null {
  return readExtension(certificate, ids.keyUsage, KeyUsage)?.toJSON() ?? null
}

/** OIDs; null where the extension is absent, which means "any use". */
export function extendedKeyUsageOf(certificate: Certificate): string[] | null {
  const usage = readExtension(certificate, ids.extendedKeyUsage, ExtendedKeyUsage)
  return usage === null ? null : [...usage]
}

export function extensionOf(certificate: Certificate, id: string): Extension | null {
  return [...(certificate.tbsCertificate.extensions ?? [])].find(({ extnID }) => extnID === id) ?? null
}

export function readExtension<T>(certificate: Certificate, id: string, type: new () => T): T | null {
  const found = extensionOf(certificate, id)
  return found === null ? null : parsing('certificate', () => AsnConvert.parse(found.extnValue.buffer, type))
}

/** What the screens show of a certificate. Input: DER. Errors: `malformed`. */
export function viewCertificate(der: Uint8Array): CertificateView {
  return parsing('certificate', () => view(der, parseCertificate(der)))
}

function view(der: Uint8Array, certificate: Certificate): CertificateView {
  const { tbsCertificate: body } = certificate
  const spki = normaliseSpki(rawKey(certificate))
  const names = namesOf(der)
  const [issuer, subject] = [readOnly(names.issuer), readOnly(names.subject)]
  return {
    sha256: certificateSha256(der),
    sha1: createHash('sha1').update(der).digest('hex'),
    commonName: commonNameIn(subject),
    subject: nameLine(subject, []),
    issuer: nameLine(issuer, []),
    issuerCommonName: commonNameIn(issuer),
    serial: spellSerialNumber(new Uint8Array(body.serialNumber)),
    version: body.version + 1,
    notBefore: body.validity.notBefore.getTime().toISOString(),
    notAfter: body.validity.notAfter.getTime().toISOString(),
    publicKey: describeKey(spki),
    keyCode: keyCodeOf(spki),
    signatureAlgorithm: signatureName(certificate.signatureAlgorithm.algorithm),
    isAuthority: orElse(false, () => mayIssue(certificate)),
    selfSigned: isMadeBy(certificate, certificate),
    keyUsage: orElse(null, () => keyUsageOf(certificate)) ?? [],
    extendedKeyUsage: (orElse(null, () => extendedKeyUsageOf(certificate)) ?? []).map(wordsForOid),
    alternativeNames: alternativeNamesOf(certificate),
    pem: encodePem('CERTIFICATE', der),
  }
}

/** An extension that cannot be read must not hide the rest of a certificate; its path's verdict names it. */
function orElse<T>(otherwise: T, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!isAppError(error, 'malformed')) throw error
    return otherwise
  }
}

/** What cannot be read must not hide the rest of a certificate. */
function alternativeNamesOf(certificate: Certificate): string[] {
  const found = extensionOf(certificate, ids.subjectAlternativeName)
  if (found === null) return []
  return orElse(['names that cannot be read'], () => describeAlternativeNames(new Uint8Array(found.extnValue.buffer)))
}
