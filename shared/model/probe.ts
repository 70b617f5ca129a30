import { z } from 'zod'
import { Attempt, UnusedProxy } from './attempt'
import { HostId, IdentityId, Instant, ReportId } from './ids'

export const ProbeMode = z.enum(['direct', 'browser'])
export type ProbeMode = z.infer<typeof ProbeMode>

export const VerdictKind = z.enum([
  'let-in',
  'let-in-without-cookie',
  'let-in-only-tried',
  'login-next',
  'protected',
  'token-unverified',
  'token-wrong',
  'open-to-everyone',
  'site-error',
  'login-either-way',
  'redirected',
  'refused',
  'refused-although-verified',
  'refused-unproven',
  'not-asked',
  'not-offered',
  'certificate-rejected',
  'server-untrusted',
  'proxy-failed',
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

/** Every cause that a test can name. */
export const CauseCode = z.enum([
  'clock-wrong',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-without-client-use',
  'certificate-cannot-sign',
  'certificate-self-signed',
  'certificate-revoked',
  'issuers-not-sent',
  'expired-issuer-sent',
  'key-too-small',
  'certificate-signed-with-sha1',
  'key-type-not-accepted',
  'issuer-not-accepted',
  'issuer-listed-but-rejected',
  'server-crl-or-clock',
  'certificate-type-unsupported',
  'certificate-called-bad',
  'certificate-called-unacceptable',
  'certificate-access-denied',
  'certificate-not-received',
  'handshake-ended-after-certificate',
  'signature-not-verified',
  'server-error-on-certificate',
  'rejected-without-reason',
  'closed-after-certificate',
  'certificate-demanded',
  'asked-after-the-request',
  'hostname-not-associated',
  'server-does-not-ask',
  'key-not-installed',
  'policy-does-not-match',
  'access-does-not-know-issuer',
  'reason-does-not-fit',
  'policy-is-login',
  'no-application',
  'rule-lets-everybody-in',
  'application-refuses',
  'edge-country',
  'edge-user-agent',
  'edge-rate',
  'edge-origin-name',
  'edge-rule',
  'edge-tunnel',
  'edge-other',
  'edge-to-origin',
  'bot-challenge',
  'firewall-block',
  'refused-by-server',
  'password-asked',
  'not-signed-in',
  'not-found',
  'wrong-server-for-name',
  'too-many-requests',
  'server-error',
  'site-login',
  'other-identity-provider',
  'sent-to-other-host',
  'sent-to-plain-http',
  'redirect-loop',
  'captive-portal',
  'name-not-found',
  'name-server-unreachable',
  'nobody-listens',
  'network-unreachable',
  'too-slow',
  'answer-too-slow',
  'connection-cut',
  'closed-without-answer',
  'plain-http-on-port',
  'other-protocol-on-port',
  'tls-version-too-old',
  'handshake-refused',
  'no-common-cipher',
  'name-refused',
  'no-common-protocol',
  'tls-failed',
  'not-http',
  'headers-too-large',
  'proxy-unreachable',
  'proxy-wants-login',
  'proxy-refuses',
  'proxy-cannot-connect',
  'proxy-not-used',
  'server-certificate-expired',
  'server-certificate-not-yet-valid',
  'server-certificate-incomplete',
  'server-certificate-wrong-use',
  'server-certificate-wrong-name',
  'server-certificate-self-signed',
  'server-certificate-private-root',
  'server-certificate-too-weak',
  'server-certificate-unreadable',
  'server-certificate-changed',
  'tls-inspected',
  'token-signature-invalid',
  'token-algorithm-refused',
  'token-key-unknown',
  'token-expired',
  'token-not-yet-valid',
  'token-for-other-application',
  'token-from-other-issuer',
  'token-for-another-name',
  'token-unverified',
  'cookie-is-no-token',
])
export type CauseCode = z.infer<typeof CauseCode>

/** Codes that only reports of format 1 carry. */
const RetiredCode = z.enum([
  'wrong-authority-or-chain',
  'edge-blocked',
  'server-certificate-unknown',
  'server-name-wrong',
  'not-https',
])

/** Who can do something about a cause. */
export const Who = z.enum(['you', 'administrator', 'network'])
export type Who = z.infer<typeof Who>

/** A diagnosed cause. Ranked: the first is the one to act on. */
export const Finding = z.strictObject({
  code: z.union([CauseCode, RetiredCode]),
  certainty: z.enum(['certain', 'likely', 'possible']),
  title: z.string(),
  evidence: z.array(z.string()),
  remedy: z.string(),
  who: Who,
})
export type Finding = z.infer<typeof Finding>

/** Why there is no attempt with a certificate. */
export const NotTried = z.enum(['none-chosen', 'no-connection', 'server-untrusted'])
export type NotTried = z.infer<typeof NotTried>

export const ProbeReport = z.strictObject({
  /** 1: judged by version 0.1 and shown as it was, never judged again. 2: judged from facts. */
  format: z.union([z.literal(1), z.literal(2)]),
  id: ReportId,
  host: HostId,
  identity: IdentityId.nullable(),
  identityName: z.string().nullable(),
  address: z.string(),
  mode: ProbeMode,
  startedAt: Instant,
  without: Attempt,
  with: Attempt.nullable(),
  /** Null exactly where `with` is there. */
  notTried: NotTried.nullable(),
  verdict: Verdict,
  findings: z.array(Finding),
  /** Distinguished names of the issuers of the certificate that was tried, nearest first. */
  ownIssuers: z.array(z.string()),
  /** Where the roots for judging the server came from, in words. */
  rootsFrom: z.string(),
  /** Absent in reports of earlier builds. */
  unusedProxy: UnusedProxy.nullable().default(null),
})
export type ProbeReport = z.infer<typeof ProbeReport>

/** What a report can be saved as: a page to read, what `latchkey diagnose` reads, a HTTP archive. */
export const ReportFileFormat = z.enum(['html', 'json', 'har'])
export type ReportFileFormat = z.infer<typeof ReportFileFormat>

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
