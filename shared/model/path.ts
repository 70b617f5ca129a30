import { z } from 'zod'
import { CertificateView } from './certificate'
import { Instant, Sha256 } from './ids'

/** Every rule a path can break, named after what a person would check. The words are in `logic/path-words.ts`. */
export const PathRule = z.enum([
  'no-issuer',
  'untrusted-root',
  'signature',
  'signature-unchecked',
  'not-yet-valid',
  'expired',
  'issuer-name',
  'not-authority',
  'path-length',
  'key-usage',
  'extended-key-usage',
  'name-constraints',
  'certificate-policies',
  'unknown-critical-extension',
  'malformed',
  'algorithm-refused',
  'weak-key',
  'revoked',
  'revocation-unknown',
  'crl-issuer',
  'crl-signature',
  'crl-signature-unchecked',
  'crl-malformed',
  'crl-expired',
  'crl-not-yet-valid',
  'crl-delta',
  'crl-indirect',
  'crl-partitioned',
  'crl-unknown-critical-extension',
])
export type PathRule = z.infer<typeof PathRule>

/** One broken rule: which, by which certificate (or which certificate's CRL), the fact, and where the rule stands. */
export const PathReason = z.strictObject({
  rule: PathRule,
  certificate: Sha256.nullable(),
  /** Its Common Name, or what stands for it. */
  about: z.string(),
  evidence: z.string(),
  /** `RFC 5280 §6.1.4 (k)` */
  source: z.string(),
})
export type PathReason = z.infer<typeof PathReason>

/** The verdict on one certificate: the best path found, and every reason against it. */
export const PathVerdict = z.strictObject({
  valid: z.boolean(),
  at: Instant,
  /** From the certificate itself up to the trust anchor, as far as it got. */
  path: z.array(CertificateView),
  reasons: z.array(PathReason),
  /** What does not stop it but is worth saying (X.509 v1 leaf, no CRL for an issuer, no EKU). */
  notes: z.array(PathReason),
})
export type PathVerdict = z.infer<typeof PathVerdict>
