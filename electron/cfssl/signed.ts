import { describeAlternativeName } from '#electron/pki/alternative-names'
import { certificateKey, isAuthority, isIssuedBy, parseCertificate, viewCertificate } from '#electron/pki/certificate'
import { decodePem } from '#electron/pki/containers/pem'
import { alternativeNamesFrom } from '#electron/pki/extensions'
import { attributesOf, nameFrom } from '#electron/pki/names'
import { AppError } from '#shared/errors'
import type { DecidedNames } from './remote'

/** What a certificate must be to be believed. */
export interface Expected {
  /** The signer's own certificate, DER. */
  issuer: Uint8Array
  /** SubjectPublicKeyInfo of the request, DER. */
  spki: Uint8Array
  /** Null where the requester's names were to be taken. */
  names: DecidedNames | null
}

/** What a signer returned (PEM), if it is what it was asked for; DER. Errors: `signer-wrong`, saying what does not fit. */
export function signedCertificate(pem: string, { issuer, spki, names }: Expected): Uint8Array {
  const leaf = onlyCertificate(pem)
  if (isAuthority(leaf)) throw new AppError('signer-wrong', 'It is an issuer’s certificate (CA:TRUE), not a client’s.')
  if (Buffer.compare(certificateKey(leaf), spki) !== 0) throw new AppError('signer-wrong', 'It is for another key.')
  if (!isIssuedBy(leaf, issuer)) throw new AppError('signer-wrong', 'The signer’s own certificate did not sign it.')
  if (names !== null && !saysOnly(leaf, names))
    throw new AppError('signer-wrong', `It says other names than those decided on: ${viewCertificate(leaf).subject}.`)
  return leaf
}

/** The one certificate in an answer; DER. Errors: `signer-wrong`. */
export function onlyCertificate(pem: string): Uint8Array {
  const [block] = decodePem(pem)
  if (block?.label !== 'CERTIFICATE')
    throw new AppError('signer-wrong', 'It returned something else than a certificate.')
  return block.der
}

function saysOnly(leaf: Uint8Array, { subject, emails, dnsNames }: DecidedNames): boolean {
  const own = attributesOf(parseCertificate(leaf).tbsCertificate.subject)
  const alternative = alternativeNamesFrom(emails, dnsNames).map(describeAlternativeName)
  return isSame(own, attributesOf(nameFrom(subject))) && isSame(viewCertificate(leaf).alternativeNames, alternative)
}

/** In any order: cfssl sorts names in its own. */
const isSame = (some: string[], others: string[]) =>
  JSON.stringify([...some].sort()) === JSON.stringify([...others].sort())
