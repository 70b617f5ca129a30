import { z } from 'zod'
import { HostId, IdentityId, Instant, ReportId, Sha256 } from './ids'

export const ProbeMode = z.enum(['direct', 'browser'])
export type ProbeMode = z.infer<typeof ProbeMode>

/** Why no answer came. Each has its own sentence. */
export const FailureReason = z.enum([
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
export type FailureReason = z.infer<typeof FailureReason>

/** Milliseconds from the start of each phase to its end; null where the phase was not reached or cannot be seen. */
export const Timings = z.strictObject({
  dns: z.number().nullable(),
  tcp: z.number().nullable(),
  tls: z.number().nullable(),
  firstByte: z.number().nullable(),
  total: z.number(),
})
export type Timings = z.infer<typeof Timings>

export const ServerCertificate = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  notBefore: Instant,
  notAfter: Instant,
  sha256: Sha256,
  /** SHA-256 of its SubjectPublicKeyInfo: what a pin refers to. */
  keySha256: Sha256,
})
export type ServerCertificate = z.infer<typeof ServerCertificate>

export const TlsView = z.strictObject({
  version: z.string().nullable(),
  cipher: z.string().nullable(),
  alpn: z.string().nullable(),
  remoteAddress: z.string().nullable(),
  chain: z.array(ServerCertificate),
  /** `pinned`: not trusted by the system, but this very key was agreed to. */
  trust: z.enum(['trusted', 'pinned', 'untrusted', 'name-mismatch', 'unknown']),
  trustProblem: z.string().nullable(),
  /** Whether the server asked for a client certificate in the handshake. */
  asked: z.enum(['yes', 'no', 'unknown']),
  /** Distinguished names the server named as acceptable issuers; empty means "any". */
  acceptableIssuers: z.array(z.string()),
  /** Whether our certificate really went out. */
  sent: z.enum(['yes', 'no', 'unknown']),
})
export type TlsView = z.infer<typeof TlsView>

export const Header = z.strictObject({ name: z.string(), value: z.string() })
export type Header = z.infer<typeof Header>

/** A cookie without its value: the value stays in the main process' memory until asked for. */
export const CookieView = z.strictObject({
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
export type CookieView = z.infer<typeof CookieView>

/** CF_Authorization, decoded. Every claim may be missing: Cloudflare documents none of them for certificate sessions. */
export const TokenView = z.strictObject({
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
export type TokenView = z.infer<typeof TokenView>

/**
 * What Access says when asked, without a token, whether an application covers the address. `proven`: signed by the team it
 * names; `claimed`: said, but not proven; `none`: no application there, or one that is bypassed.
 */
export const ApplicationAnswer = z.enum(['proven', 'claimed', 'none'])
export type ApplicationAnswer = z.infer<typeof ApplicationAnswer>

/** What the answer says about Access itself. */
export const AccessView = z.strictObject({
  /** Cloudflare's hand was seen: its block page, cookie, login redirect or metadata. */
  seen: z.boolean(),
  mtlsStatus: z.string().nullable(),
  audience: z.string().nullable(),
  teamDomain: z.string().nullable(),
  rayId: z.string().nullable(),
  loginRedirect: z.boolean(),
  /** "error code: 1010" and the like: refused before Access was asked. */
  edgeErrorCode: z.string().nullable(),
  token: TokenView.nullable(),
  /** Null where it was not asked or not answered; earlier reports do not have it. */
  application: ApplicationAnswer.nullable().default(null),
})
export type AccessView = z.infer<typeof AccessView>

/** An answer without a trace of Access, and no answer at all. */
export const nothingSeen: AccessView = {
  seen: false,
  mtlsStatus: null,
  audience: null,
  teamDomain: null,
  rayId: null,
  loginRedirect: false,
  edgeErrorCode: null,
  token: null,
  application: null,
}

export const Attempt = z.strictObject({
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('answered'),
      status: z.number().int(),
      statusText: z.string(),
      headers: z.array(Header),
      cookies: z.array(CookieView),
      location: z.string().nullable(),
      /** The start of the body as text, at most 4,096 characters, neutralised; empty in a kept report. */
      body: z.string(),
      bodyTruncated: z.boolean(),
    }),
    z.strictObject({ kind: z.literal('failed'), reason: FailureReason, detail: z.string() }),
  ]),
  timings: Timings,
  tls: TlsView.nullable(),
  access: AccessView,
})
export type Attempt = z.infer<typeof Attempt>

export const VerdictKind = z.enum([
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
export type VerdictKind = z.infer<typeof VerdictKind>

export const Verdict = z.strictObject({
  kind: VerdictKind,
  tone: z.enum(['good', 'attention', 'bad', 'neutral']),
  /** One sentence, the first thing read: "Refused without your certificate, let in with it." */
  sentence: z.string(),
  /** What is so, in one or two more sentences. */
  explanation: z.string(),
})
export type Verdict = z.infer<typeof Verdict>

export const FindingCode = z.enum([
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
export type FindingCode = z.infer<typeof FindingCode>

/** A diagnosed cause. Ranked: the first is the one to act on. */
export const Finding = z.strictObject({
  code: FindingCode,
  certainty: z.enum(['certain', 'likely', 'possible']),
  title: z.string(),
  evidence: z.array(z.string()),
  remedy: z.string(),
  who: z.enum(['you', 'administrator', 'network']),
})
export type Finding = z.infer<typeof Finding>

export const ProbeReport = z.strictObject({
  id: ReportId,
  host: HostId,
  identity: IdentityId.nullable(),
  identityName: z.string().nullable(),
  address: z.string(),
  mode: ProbeMode,
  startedAt: Instant,
  without: Attempt,
  /** Null when no certificate was chosen or the server was not trusted enough to be shown one. */
  with: Attempt.nullable(),
  verdict: Verdict,
  findings: z.array(Finding),
  /** Where the roots for judging the server came from, in words. */
  rootsFrom: z.string(),
})
export type ProbeReport = z.infer<typeof ProbeReport>

export const ReportSummary = z.strictObject({
  id: ReportId,
  host: HostId,
  identity: IdentityId.nullable(),
  identityName: z.string().nullable(),
  address: z.string(),
  mode: ProbeMode,
  startedAt: Instant,
  verdict: Verdict,
})
export type ReportSummary = z.infer<typeof ReportSummary>
