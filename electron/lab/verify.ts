import { anyAlgorithms } from '#electron/pki/x509/algorithms'
import { type Judgement, judge } from '#electron/pki/x509/judge'
import { createPool } from '#electron/pki/x509/pool'
import { certificateSha256, readCertificate } from '#electron/pki/x509/read'
import { viewOf } from '#electron/pki/x509/view'
import { PathRule } from '#shared/model/path'

/** Cloudflare's values: NONE, SUCCESS, or FAILED with the reason. */
type MtlsStatus = 'NONE' | 'SUCCESS' | `FAILED:${string}`

export interface ClientVerdict {
  status: MtlsStatus
  commonName: string | null
  der: Uint8Array | null
}

export interface VerifyInput {
  /** The certificate that the client presented, DER; null if there was none. */
  leaf: Uint8Array | null
  /** Intermediate first, then root, DER. */
  chain: Uint8Array[]
  /** The CRL of the intermediate, DER. Null where none is looked at: Access knows of none. */
  crl: Uint8Array | null
  now: Date
}

/** Checks chain, dates, usage and revocation, like the edge. TLS cannot do this, because it accepts any certificate here. */
export function verifyClient({ leaf, chain, crl, now }: VerifyInput): ClientVerdict {
  if (leaf === null) return { status: 'NONE', commonName: null, der: null }
  const certificate = readCertificate(leaf)
  const judgement = judge({
    certificate,
    purpose: 'client',
    pool: createPool({ certificates: [], anchors: chain, crls: crl === null ? [] : [crl] }),
    at: now,
    algorithms: anyAlgorithms,
  })
  const failure = failureOf(judgement, crl === null ? [] : chain)
  const { commonName } = viewOf(certificate)
  return { status: failure === null ? 'SUCCESS' : `FAILED:${failure}`, commonName, der: leaf }
}

/** The reason in OpenSSL's wording, which Cloudflare uses: the first one that OpenSSL would report. Null if there is none. */
function failureOf({ path, reasons, notes }: Judgement, [issuer]: Uint8Array[]): string | null {
  const broken = new Set(reasons.map(({ rule }) => rule))
  const rule = inOrder.find((one) => broken.has(one))
  if (rule === 'untrusted-root' && path.length > 1) return 'self signed certificate in certificate chain'
  if (rule !== undefined) return words[rule]
  // The CRL covers only what the first issuer has signed.
  const isListed = issuer !== undefined && path[1]?.sha256 === certificateSha256(issuer)
  const isUnknown = notes.some((note) => note.rule === 'revocation-unknown' && note.certificate === path[0]?.sha256)
  return isListed && isUnknown ? words['revocation-unknown'] : null
}

/** OpenSSL's messages (`openssl-verification-options`), in the order in which OpenSSL checks. */
const words: Record<PathRule, string> = {
  'untrusted-root': 'self signed certificate',
  'no-issuer': 'unable to get local issuer certificate',
  signature: 'unable to get local issuer certificate',
  'signature-unchecked': 'certificate signature failure',
  'issuer-name': 'unable to get local issuer certificate',
  expired: 'certificate has expired',
  'not-yet-valid': 'certificate is not yet valid',
  'not-authority': 'invalid CA certificate',
  'path-length': 'path length constraint exceeded',
  'key-usage': 'unsupported certificate purpose',
  'extended-key-usage': 'unsupported certificate purpose',
  'unknown-critical-extension': 'unhandled critical extension',
  malformed: 'unable to decode the certificate',
  'name-constraints': 'permitted subtree violation',
  'certificate-policies': 'no explicit policy',
  'algorithm-refused': 'CA signature digest algorithm too weak',
  'weak-key': 'EE certificate key too weak',
  'revocation-unknown': 'unable to get certificate CRL',
  'crl-issuer': 'unable to get CRL issuer certificate',
  'crl-signature': 'CRL signature failure',
  'crl-signature-unchecked': 'CRL signature failure',
  'crl-malformed': 'CRL signature failure',
  'crl-not-yet-valid': 'CRL is not yet valid',
  'crl-expired': 'CRL has expired',
  'crl-delta': 'different CRL scope',
  'crl-indirect': 'different CRL scope',
  'crl-partitioned': 'different CRL scope',
  'crl-unknown-critical-extension': 'unhandled critical CRL extension',
  revoked: 'certificate revoked',
}

const places = Object.keys(words)
const inOrder = [...PathRule.options].sort((a, b) => places.indexOf(a) - places.indexOf(b))
