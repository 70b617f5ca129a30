import type { CertificateNames } from '#electron/pki/authority/client'
import { decodePem } from '#electron/pki/containers/pem'
import { isAuthority, isIssuedBy } from '#electron/pki/x509/issued-by'
import { certificateKey, readCertificate } from '#electron/pki/x509/read'
import { AppError } from '#shared/errors'
import { nameDifference, namesOfChoice } from './said-names'

/** What a certificate must be to be believed. */
export interface Expected {
  /** The signer's own certificate, DER. */
  issuer: Uint8Array
  /** SubjectPublicKeyInfo of the request, DER. */
  spki: Uint8Array
  /** Null where the signer decides on them. */
  names: CertificateNames | null
}

/** What a signer returned (PEM), if it is what it was asked for; DER. Errors: `signer-wrong`, saying what does not fit. */
export function signedCertificate(pem: string, { issuer, spki, names }: Expected): Uint8Array {
  const leaf = onlyCertificate(pem)
  if (isAuthority(leaf)) throw new AppError('signer-wrong', 'It is an issuer’s certificate (CA:TRUE), not a client’s.')
  if (Buffer.compare(certificateKey(leaf), spki) !== 0) throw new AppError('signer-wrong', 'It is for another key.')
  if (!isIssuedBy(readCertificate(leaf), readCertificate(issuer)))
    throw new AppError('signer-wrong', 'The signer’s own certificate did not sign it.')
  if (names !== null) requireNames(leaf, names)
  return leaf
}

function requireNames(leaf: Uint8Array, names: CertificateNames): void {
  const { missing, added } = nameDifference(leaf, namesOfChoice(names))
  if (missing.length + added.length === 0) return
  const changes = [
    ...(missing.length === 0 ? [] : [`without ${missing.join(', ')}`]),
    ...(added.length === 0 ? [] : [`with ${added.join(', ')}`]),
  ]
  throw new AppError('signer-wrong', `It says other names than those decided on: ${changes.join(' and ')}.`)
}

/** The one certificate in an answer; DER. Errors: `signer-wrong`. */
export function onlyCertificate(pem: string): Uint8Array {
  const [block] = decodePem(pem)
  if (block?.label !== 'CERTIFICATE')
    throw new AppError('signer-wrong', 'It returned something else than a certificate.')
  return block.der
}
