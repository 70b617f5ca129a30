import { z } from 'zod'
import { Instant, Sha256 } from './ids'
import { KeyCode } from './key'

/** What the screens show of one certificate. Text from the certificate is neutralised (no control or bidi characters). */
export const CertificateView = z.strictObject({
  sha256: Sha256,
  sha1: z.string(),
  commonName: z.string().nullable(),
  subject: z.string(),
  issuer: z.string(),
  issuerCommonName: z.string().nullable(),
  serial: z.string(),
  version: z.number().int(),
  notBefore: Instant,
  notAfter: Instant,
  publicKey: z.string(),
  keyCode: KeyCode,
  signatureAlgorithm: z.string(),
  isAuthority: z.boolean(),
  selfSigned: z.boolean(),
  keyUsage: z.array(z.string()),
  extendedKeyUsage: z.array(z.string()),
  alternativeNames: z.array(z.string()),
  pem: z.string(),
})
export type CertificateView = z.infer<typeof CertificateView>

/** A check made on an issued certificate, before and after it is filed. The words are in `logic/checks.ts`. */
export const CheckCode = z.enum([
  'matches-key',
  'not-authority',
  'validity',
  'client-use',
  'signature-accepted',
  'chain-complete',
  'issuers-valid',
  'version-3',
  'maker-had-key',
  'subject-as-requested',
  'named-issuer',
  'issuer-not-compared',
])
export type CheckCode = z.infer<typeof CheckCode>

export const Check = z.strictObject({
  code: CheckCode,
  /** `note` never stops anything (an X.509 v1 leaf is what the walkthrough itself produces). */
  outcome: z.enum(['pass', 'note', 'warning', 'fail']),
  /** The concrete fact: a date, an algorithm, a name. */
  evidence: z.string(),
})
export type Check = z.infer<typeof Check>
