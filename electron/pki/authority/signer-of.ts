import { isCheckable, signatureName } from '../sign'
import { isIssuedBy } from '../x509/issued-by'
import { type Certificate, readCertificate } from '../x509/read'
import { keyIdentifierOf } from './issuer'

/** Which of some issuers has signed a certificate, or what keeps each from being it. */
export type SignerSearch<Candidate> =
  /** One key may have several certificates: those whose key identifier the certificate names come first. */
  | { kind: 'found'; signers: Candidate[] }
  | { kind: 'no-such-name' }
  | { kind: 'other-key'; namesakes: Candidate[] }
  | { kind: 'not-checkable'; namesakes: Candidate[]; algorithm: string }

/**
 * Name and signature decide. Input: DER; candidates carry theirs as `der`. Errors: `malformed` for a certificate that cannot
 * be read.
 */
export function findSigner<Candidate extends { der: Uint8Array }>(
  der: Uint8Array,
  candidates: Candidate[],
): SignerSearch<Candidate> {
  const certificate = readCertificate(der)
  const all = candidates.map((candidate) => ({ candidate, issuer: readCertificate(candidate.der) }))
  const named = all.filter(({ issuer }) => issuer.subject.key === certificate.issuer.key)
  const namesakes = named.map(({ candidate }) => candidate)
  if (namesakes.length === 0) return { kind: 'no-such-name' }
  const signers = named.filter(({ issuer }) => isIssuedBy(certificate, issuer))
  if (signers.length > 0) return { kind: 'found', signers: byKeyIdentifier(certificate, signers) }
  const { signatureAlgorithm } = certificate
  if (isCheckable(signatureAlgorithm)) return { kind: 'other-key', namesakes }
  return { kind: 'not-checkable', namesakes, algorithm: signatureName(signatureAlgorithm.algorithm) }
}

/** Those whose key identifier the certificate names come first. */
function byKeyIdentifier<Candidate>(
  { extensions: { authorityKeyId } }: Certificate,
  signers: { candidate: Candidate; issuer: Certificate }[],
): Candidate[] {
  const isNamed = ({ issuer }: { issuer: Certificate }) =>
    Buffer.from(keyIdentifierOf(issuer)).toString('hex') === authorityKeyId
  const sorted = [...signers.filter(isNamed), ...signers.filter((signer) => !isNamed(signer))]
  return sorted.map(({ candidate }) => candidate)
}
