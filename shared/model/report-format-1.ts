import { z } from 'zod'
import type { Attempt } from './attempt'
import { HostId, IdentityId, Instant, ReportId, Sha256 } from './ids'
import type { ProbeReport } from './probe'

/*
 * Reports as version 0.1 kept them. This schema is frozen: what was stored then opens for ever, and shows the judgement that
 * was made then. It does not follow the present model; `fromFormat1` only fills in what that version did not record.
 */

const FailureReason = z.enum([
  'name-unknown',
  'name-server-silent',
  'connection-refused',
  'unreachable',
  'timeout',
  'connection-reset',
  'server-untrusted',
  'server-name-mismatch',
  'certificate-rejected',
  'certificate-demanded',
  'tls-failed',
  'not-http',
  'certificate-not-offered',
  'cancelled',
])

const Timings = z.strictObject({
  dns: z.number().nullable(),
  tcp: z.number().nullable(),
  tls: z.number().nullable(),
  firstByte: z.number().nullable(),
  total: z.number(),
})

const ServerCertificate = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  notBefore: Instant,
  notAfter: Instant,
  sha256: Sha256,
  keySha256: Sha256,
})

const TlsView = z.strictObject({
  version: z.string().nullable(),
  cipher: z.string().nullable(),
  alpn: z.string().nullable(),
  remoteAddress: z.string().nullable(),
  chain: z.array(ServerCertificate),
  trust: z.enum(['trusted', 'pinned', 'untrusted', 'name-mismatch', 'unknown']),
  trustProblem: z.string().nullable(),
  asked: z.enum(['yes', 'no', 'unknown']),
  acceptableIssuers: z.array(z.string()),
  sent: z.enum(['yes', 'no', 'unknown']),
})

const CookieView = z.strictObject({
  name: z.string(),
  domain: z.string().nullable(),
  path: z.string().nullable(),
  expires: Instant.nullable(),
  maxAge: z.number().nullable(),
  secure: z.boolean(),
  httpOnly: z.boolean(),
  sameSite: z.string().nullable(),
  valueLength: z.number().int(),
})

const TokenView = z.strictObject({
  algorithm: z.string().nullable(),
  keyId: z.string().nullable(),
  type: z.string().nullable(),
  commonName: z.string().nullable(),
  audience: z.array(z.string()),
  issuer: z.string().nullable(),
  issuedAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
  signature: z.enum(['valid', 'invalid', 'unchecked']),
  signatureNote: z.string().nullable(),
})

const AccessView = z.strictObject({
  seen: z.boolean(),
  mtlsStatus: z.string().nullable(),
  audience: z.string().nullable(),
  teamDomain: z.string().nullable(),
  rayId: z.string().nullable(),
  loginRedirect: z.boolean(),
  edgeErrorCode: z.string().nullable(),
  token: TokenView.nullable(),
  application: z.enum(['proven', 'claimed', 'none']).nullable().default(null),
})

const Attempt1 = z.strictObject({
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('answered'),
      status: z.number().int(),
      statusText: z.string(),
      headers: z.array(z.strictObject({ name: z.string(), value: z.string() })),
      cookies: z.array(CookieView),
      location: z.string().nullable(),
      body: z.string(),
      bodyTruncated: z.boolean(),
    }),
    z.strictObject({ kind: z.literal('failed'), reason: FailureReason, detail: z.string() }),
  ]),
  timings: Timings,
  tls: TlsView.nullable(),
  access: AccessView,
})

const VerdictKind = z.enum([
  'let-in',
  'let-in-without-cookie',
  'login-next',
  'login-either-way',
  'open-to-everyone',
  'refused',
  'refused-although-verified',
  'not-asked',
  'not-offered',
  'certificate-rejected',
  'protected',
  'server-untrusted',
  'unreachable',
  'other-answer',
])

const FindingCode = z.enum([
  'hostname-not-associated',
  'policy-does-not-match',
  'wrong-authority-or-chain',
  'policy-is-login',
  'no-application',
  'rule-lets-everybody-in',
  'edge-blocked',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-revoked',
  'certificate-self-signed',
  'certificate-without-client-use',
  'issuer-not-accepted',
  'key-not-installed',
  'tls-inspected',
  'server-certificate-unknown',
  'server-name-wrong',
  'name-not-found',
  'name-server-unreachable',
  'nobody-listens',
  'network-unreachable',
  'too-slow',
  'connection-cut',
  'not-https',
  'token-signature-invalid',
  'token-for-another-name',
])

export const ReportFormat1 = z.strictObject({
  id: ReportId,
  host: HostId,
  identity: IdentityId.nullable(),
  identityName: z.string().nullable(),
  address: z.string(),
  mode: z.enum(['direct', 'browser']),
  startedAt: Instant,
  without: Attempt1,
  with: Attempt1.nullable(),
  verdict: z.strictObject({
    kind: VerdictKind,
    tone: z.enum(['good', 'attention', 'bad', 'neutral']),
    sentence: z.string(),
    explanation: z.string(),
  }),
  findings: z.array(
    z.strictObject({
      code: FindingCode,
      certainty: z.enum(['certain', 'likely', 'possible']),
      title: z.string(),
      evidence: z.array(z.string()),
      remedy: z.string(),
      who: z.enum(['you', 'administrator', 'network']),
    }),
  ),
  rootsFrom: z.string(),
})
type ReportFormat1 = z.infer<typeof ReportFormat1>

/** The same report in the present shape: verdict and findings word for word, and null for what was not recorded. */
export function fromFormat1(report: ReportFormat1): ProbeReport {
  const reason = report.without.tls === null ? 'no-connection' : 'server-untrusted'
  return {
    ...report,
    format: 1,
    without: attemptFrom(report.without),
    with: report.with === null ? null : attemptFrom(report.with),
    notTried: report.with !== null ? null : report.identity === null ? 'none-chosen' : reason,
    ownIssuers: [],
    unusedProxy: null,
  }
}

function attemptFrom({ outcome, tls, access, ...rest }: z.infer<typeof Attempt1>): Attempt {
  const { token } = access
  return {
    ...rest,
    outcome:
      outcome.kind === 'answered'
        ? { ...outcome, httpVersion: null, bodyEnd: null }
        : { ...outcome, phase: null, firstBytes: null },
    tls:
      tls === null
        ? null
        : { ...tls, trustReason: null, rootOrigin: null, renegotiated: false, signatureSchemes: [], alert: null },
    access: { ...access, token: token === null ? null : { ...token, notBefore: null, signatureCheck: null } },
    proxy: null,
    askedForHttp1: false,
    answeredAt: null,
  }
}
