import { AsnConvert } from '@peculiar/asn1-schema'
import { type Certificate, SubjectKeyIdentifier } from '@peculiar/asn1-x509'
import { AppError } from '#shared/errors'
import { constraintsOf, isAuthority, keyUsageOf, namesOf, parseCertificate, readExtension } from '../certificate'
import { readOnly } from '../der'
import { commonNameIn, nameLine } from '../describe/name'
import { ids, keyIdentifier } from '../extensions'
import { type Signer, signerFor } from '../sign'
import type { IssuerDates } from './lifetime'

/** Whoever signs: certificate (DER) and its key (PKCS#8, DER). */
export interface Issuer {
  issuerCertificate: Uint8Array
  issuerKey: Uint8Array
}

/** The same, opened once for any number of signatures. */
export interface OpenIssuer extends IssuerDates {
  /** DER, as its own certificate spells it: verifiers may compare octets. */
  name: Uint8Array
  /** As in its own certificate, so that whoever searches by it finds the right key. */
  keyIdentifier: Uint8Array
  /** How many authorities may stand below it; null for no limit. */
  pathLength: number | null
  signer: Signer
}

/** Errors: `invalid-input` where the certificate may not issue (RFC 5280 §4.2.1.3, §4.2.1.9), `malformed`, `unsupported-algorithm`. */
export function openIssuer({ issuerCertificate, issuerKey }: Issuer): OpenIssuer {
  const certificate = parseCertificate(issuerCertificate)
  const usage = keyUsageOf(certificate)
  if (!isAuthority(issuerCertificate) || (usage !== null && !usage.includes('keyCertSign')))
    throw new AppError('invalid-input', 'This certificate may not issue others.')
  return {
    name: namesOf(issuerCertificate).subject,
    ...datesOf(issuerCertificate),
    keyIdentifier: keyIdentifierOf(certificate),
    pathLength: constraintsOf(certificate)?.pathLenConstraint ?? null,
    signer: signerFor(issuerKey),
  }
}

/** Input: DER. Errors: `malformed`. */
export function datesOf(der: Uint8Array): IssuerDates {
  const { validity } = parseCertificate(der).tbsCertificate
  const subject = readOnly(namesOf(der).subject)
  return {
    title: commonNameIn(subject) ?? nameLine(subject, []),
    notBefore: validity.notBefore.getTime(),
    notAfter: validity.notAfter.getTime(),
  }
}

/** The identifier it gives itself, or the one computed from its key (RFC 5280 §4.2.1.1, §4.2.1.2). */
export function keyIdentifierOf(certificate: Certificate): Uint8Array {
  const own = readExtension(certificate, ids.subjectKeyIdentifier, SubjectKeyIdentifier)
  if (own !== null) return new Uint8Array(own.buffer)
  return keyIdentifier(new Uint8Array(AsnConvert.serialize(certificate.tbsCertificate.subjectPublicKeyInfo)))
}
