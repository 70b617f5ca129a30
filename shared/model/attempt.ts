import { z } from 'zod'
import { Instant, Sha256 } from './ids'

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
  'not-tls',
  'not-http',
  'headers-too-large',
  'certificate-not-offered',
  'proxy-unreachable',
  'proxy-wants-login',
  'proxy-refused',
  'proxy-cannot-connect',
  'cancelled',
])
export type FailureReason = z.infer<typeof FailureReason>

/**
 * How far a connection came before it ended. `handshake-over` is behind our own part of it, before the first byte of an answer;
 * `accepted`: there, too, and a session ticket has shown that the server took our part (TLS 1.3).
 */
export const Phase = z.enum(['lookup', 'connect', 'proxy', 'handshake', 'handshake-over', 'accepted', 'answer'])
export type Phase = z.infer<typeof Phase>

/** RFC 8446 §6 and the older ones of RFC 5246 §7.2 that servers still send. */
export const AlertName = z.enum([
  'close_notify',
  'unexpected_message',
  'bad_record_mac',
  'record_overflow',
  'handshake_failure',
  'no_certificate',
  'bad_certificate',
  'unsupported_certificate',
  'certificate_revoked',
  'certificate_expired',
  'certificate_unknown',
  'illegal_parameter',
  'unknown_ca',
  'access_denied',
  'decode_error',
  'decrypt_error',
  'protocol_version',
  'insufficient_security',
  'internal_error',
  'inappropriate_fallback',
  'user_canceled',
  'no_renegotiation',
  'missing_extension',
  'unsupported_extension',
  'unrecognized_name',
  'bad_certificate_status_response',
  'unknown_psk_identity',
  'certificate_required',
  'no_application_protocol',
])
export type AlertName = z.infer<typeof AlertName>

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

/** Why the server's own certificate is not trusted here; the first that applies, in this order. */
export const TrustReason = z.enum([
  'unreadable',
  'wrong-name',
  'expired',
  'not-yet-valid',
  'wrong-use',
  'self-signed',
  'incomplete',
  'private-root',
  'too-weak',
  'other',
])
export type TrustReason = z.infer<typeof TrustReason>

/**
 * Where the root comes from that a trusted server's chain ends at. `public`: in Mozilla's list, or known to Chromium as public.
 * `administrator`: from the folder where administrators of this computer put roots. `system`: in the system's list, and not a
 * public one. `given`: named for this test, or the practice site's own.
 */
export const RootOrigin = z.enum(['public', 'administrator', 'system', 'given'])
export type RootOrigin = z.infer<typeof RootOrigin>

export const TlsView = z.strictObject({
  version: z.string().nullable(),
  cipher: z.string().nullable(),
  alpn: z.string().nullable(),
  remoteAddress: z.string().nullable(),
  chain: z.array(ServerCertificate),
  /** `pinned`: not trusted by the system, but this very key was agreed to. */
  trust: z.enum(['trusted', 'pinned', 'untrusted', 'name-mismatch', 'unknown']),
  trustProblem: z.string().nullable(),
  trustReason: TrustReason.nullable(),
  /** Null where the server is not trusted, or where it cannot be seen; absent in reports of earlier builds. */
  rootOrigin: RootOrigin.nullable().default(null),
  /** Whether the server asked for a client certificate in the handshake. */
  asked: z.enum(['yes', 'no', 'unknown']),
  /** It started a second handshake after the request, where the older TLS asks late (RFC 5246 §7.4.1.1). */
  renegotiated: z.boolean(),
  /** Distinguished names the server named as acceptable issuers; empty means "any". */
  acceptableIssuers: z.array(z.string()),
  /** Signature schemes that the server takes from a client, by the names of RFC 8446 §4.2.3; empty where it asked for nothing. */
  signatureSchemes: z.array(z.string()),
  /** Whether our certificate really went out. */
  sent: z.enum(['yes', 'no', 'unknown']),
  /** The fatal alert that the server sent. */
  alert: AlertName.nullable(),
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

/** What became of the check of a token's signature. Only `valid` proves who wrote it. */
export const SignatureCheck = z.enum([
  'valid',
  'wrong',
  'algorithm-refused',
  'key-unknown',
  'keys-unreachable',
  'keys-unusable',
  'issuer-unknown',
  'issuer-missing',
])
export type SignatureCheck = z.infer<typeof SignatureCheck>

/** CF_Authorization, decoded. Every claim may be missing: Cloudflare documents none of them for certificate sessions. */
export const TokenView = z.strictObject({
  algorithm: z.string().nullable(),
  keyId: z.string().nullable(),
  type: z.string().nullable(),
  commonName: z.string().nullable(),
  audience: z.array(z.string()),
  issuer: z.string().nullable(),
  issuedAt: Instant.nullable(),
  notBefore: Instant.nullable(),
  expiresAt: Instant.nullable(),
  signature: z.enum(['valid', 'invalid', 'unchecked']),
  /** Null in reports of format 1. */
  signatureCheck: SignatureCheck.nullable(),
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
  /** Null where it was not asked or not answered. */
  application: ApplicationAnswer.nullable(),
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

/** The proxy that a connection went through, without name and password. */
export const ProxyView = z.strictObject({
  /** "http://proxy.acme.example:3128" */
  address: z.string(),
  /** Who named it: a variable of the environment, the system's settings or PAC file, the command line. */
  from: z.enum(['environment', 'system', 'command-line']),
  /** Status of its answer to CONNECT; null where it did not answer. */
  status: z.number().int().nullable(),
})
export type ProxyView = z.infer<typeof ProxyView>

/** A SOCKS proxy, which Latchkey does not use: the connection was made directly. Without name and password. */
export const UnusedProxy = z.strictObject({
  /** "socks5://proxy.acme.example:1080" */
  address: z.string(),
  from: ProxyView.shape.from,
})
export type UnusedProxy = z.infer<typeof UnusedProxy>

/** How the page behind an answer ended. Whatever it says, the answer itself had begun with its status line. */
export const BodyEnd = z.enum(['complete', 'limit', 'time', 'cut'])
export type BodyEnd = z.infer<typeof BodyEnd>

export const Answered = z.strictObject({
  kind: z.literal('answered'),
  status: z.number().int(),
  statusText: z.string(),
  /** "1.1" or "2"; null where it cannot be seen. */
  httpVersion: z.string().nullable(),
  headers: z.array(Header),
  cookies: z.array(CookieView),
  location: z.string().nullable(),
  /** The start of the body as text, at most 4,096 characters, neutralised; empty in a kept report. */
  body: z.string(),
  bodyTruncated: z.boolean(),
  bodyEnd: BodyEnd.nullable(),
})
export type Answered = z.infer<typeof Answered>

export const Failed = z.strictObject({
  kind: z.literal('failed'),
  reason: FailureReason,
  detail: z.string(),
  /** Null in reports of format 1. */
  phase: Phase.nullable(),
  /** What came first where it was neither TLS nor http, as text, neutralised; null elsewhere. */
  firstBytes: z.string().nullable(),
})
export type Failed = z.infer<typeof Failed>

export const Attempt = z.strictObject({
  outcome: z.discriminatedUnion('kind', [Answered, Failed]),
  timings: Timings,
  tls: TlsView.nullable(),
  access: AccessView,
  proxy: ProxyView.nullable(),
  /** The server agreed to HTTP/2 and then asked for HTTP/1.1, so the connection was made again. */
  askedForHttp1: z.boolean(),
  /** This computer's clock when the answer's headers came; null without an answer. */
  answeredAt: Instant.nullable(),
})
export type Attempt = z.infer<typeof Attempt>
