import { AuthorityKeyIdentifier } from '@peculiar/asn1-x509'
import { isAppError } from '#shared/errors'
import { isIssuedBy, namesOf, parseCertificate, readExtension } from '../certificate'
import { ids } from '../extensions'
import { isCheckable, signatureName } from '../sign'
import { keyIdentifierOf } from './issuer'

/** Which of some issuers has signed a certificate, or what keeps each from being it. */
export type SignerSearch<Candidate> =
  /** One key may have several certificates: those whose key identifier the certificate names come first. */
  | { kind: 'found'; signers: Candidate[] }
  | { kind: 'no-such-name' }
  | { kind: 'other-key'; namesakes: Candidate[] }
  | { kind: 'not-checkable'; namesakes: Candidate[]; algorithm: string }

/**
 * Name (to the octet) and signature decide. Input: DER; candidates carry theirs as `der`. Errors: `malformed` for a
 * certificate that cannot be read.
 */
export function findSigner<Candidate extends { der: Uint8Array }>(
  certificate: Uint8Array,
  candidates: Candidate[],
): SignerSearch<Candidate> {
  const { issuer } = namesOf(certificate)
  const namesakes = candidates.filter(({ der }) => Buffer.compare(namesOf(der).subject, issuer) === 0)
  if (namesakes.length === 0) return { kind: 'no-such-name' }
  const signers = namesakes.filter(({ der }) => isIssuedBy(certificate, der))
  if (signers.length > 0) return { kind: 'found', signers: namedFirst(certificate, signers) }
  const { signatureAlgorithm } = parseCertificate(certificate)
  if (isCheckable(signatureAlgorithm)) return { kind: 'other-key', namesakes }
  return { kind: 'not-checkable', namesakes, algorithm: signatureName(signatureAlgorithm.algorithm) }
}

function namedFirst<Candidate extends { der: Uint8Array }>(certificate: Uint8Array, signers: Candidate[]): Candidate[] {
  const named = issuerKeyIdOf(certificate)
  if (named === null) return signers
  const isNamed = ({ der }: Candidate) => Buffer.compare(keyIdentifierOf(parseCertificate(der)), named) === 0
  return [...signers.filter(isNamed), ...signers.filter((signer) => !isNamed(signer))]
}

/** One that cannot be read names nobody. */
function issuerKeyIdOf(certificate: Uint8Array): Uint8Array | null {
  try {
    const found = readExtension(parseCertificate(certificate), ids.authorityKeyIdentifier, AuthorityKeyIdentifier)
    const identifier = found?.keyIdentifier
    return identifier === undefined ? null : new Uint8Array(identifier.buffer)
  } catch (error) {
    if (!isAppError(error, 'malformed')) throw error
    return null
  }
}
