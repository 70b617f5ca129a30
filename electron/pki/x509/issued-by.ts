import { ifReadable } from '../der'
import { checkSignature, type SignatureCheck } from '../sign'
import { type Certificate, publicKeyOf, readCertificate } from './read'

/** Counts the costly steps of one question, so that a hostile pool cannot make it last. */
export interface Effort {
  signatures: number
  steps: number
  /** Names times name constraints. */
  comparisons: number
}

export const newEffort = (): Effort => ({ signatures: 500, steps: 5000, comparisons: 2 ** 23 })

/**
 * Whether `issuer` issued `certificate`: the name matches as RFC 5280 §7.1 compares names, and its key made the signature.
 * Says nothing about whether it may issue; key identifiers are hints for a search and decide nothing here.
 */
export function isIssuedBy(certificate: Certificate, issuer: Certificate, effort: Effort = newEffort()): boolean {
  return certificate.issuer.key === issuer.subject.key && isMadeBy(certificate, issuer, effort)
}

/** Its own issuer: nothing stands above it. A self-issued certificate of another key is issued by that one. */
export function isSelfSigned(certificate: Certificate, effort?: Effort): boolean {
  return isIssuedBy(certificate, certificate, effort)
}

/** Where a path may end, among certificates (DER) of any kind; those that cannot be read are left out. */
export const selfSignedAmong = (certificates: Uint8Array[]): Uint8Array[] =>
  certificates.filter((der) => {
    const certificate = ifReadable(() => readCertificate(der))
    return certificate !== null && isSelfSigned(certificate)
  })

/** CA:TRUE, or a self-signed certificate from before v3, as old roots are (RFC 5280 §4.2.1.9). */
export function mayIssue(certificate: Certificate, effort?: Effort): boolean {
  const { basicConstraints } = certificate.extensions
  if (basicConstraints !== null) return basicConstraints.isAuthority
  return certificate.version < 3 && isSelfSigned(certificate, effort)
}

/** The same by DER. Errors: `malformed`. */
export const isAuthority = (der: Uint8Array): boolean => mayIssue(readCertificate(der))

const results = new WeakMap<Certificate, Map<string, SignatureCheck>>()

/** Whether `issuer`'s key made the signature, as far as that can be said here. */
export const isMadeBy = (certificate: Certificate, issuer: Certificate, effort: Effort): boolean =>
  signatureBy(certificate, issuer, effort) === 'good'

/**
 * What is known about the signature, were it made by `issuer`'s key. Answers are kept for each key, since many certificates may
 * be of one key; `unchecked` once the effort is used up.
 */
export function signatureBy(certificate: Certificate, issuer: Certificate, effort: Effort): SignatureCheck {
  const known = results.get(certificate) ?? new Map<string, SignatureCheck>()
  results.set(certificate, known)
  const spki = Buffer.from(issuer.spki).toString('latin1')
  const answer = known.get(spki)
  if (answer !== undefined) return answer
  if (effort.signatures <= 0) return 'unchecked'
  effort.signatures -= 1
  const { signedContent, signature, signatureAlgorithm } = certificate
  const check = checkSignature(signedContent, signature, signatureAlgorithm, publicKeyOf(issuer))
  known.set(spki, check)
  return check
}
