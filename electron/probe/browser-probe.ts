import type { Clock } from '#electron/platform/clock'
import type { FailureReason, TlsView, TrustReason } from '#shared/model/attempt'
import { presentAnswer, presentFailure } from './answer'
import type { BrowserVisitor, Visit } from './browser'
import type { AttemptResult, Probe, ProbeInput, TokenKeys } from './probe'
import { describeServer } from './server-trust'

export interface BrowserProbeDependencies {
  visitor: BrowserVisitor
  tokenKeys: TokenKeys
  clock: Clock
}

/**
 * The same test with a browser's own engine and the operating system's certificates: it proves the install. Visits come one
 * after the other, because the engine's choice of a certificate is one event for the whole program.
 */
export function createBrowserProbe({ visitor, tokenKeys, clock }: BrowserProbeDependencies): Probe {
  async function visit(input: ProbeInput, choose: string | null): Promise<{ visit: Visit; result: AttemptResult }> {
    const seen = await visitor.visit({ host: input.host, choose, timeoutMs: input.timeoutMs, signal: input.signal })
    return { visit: seen, result: await describe(seen, choose, tokenKeys, clock.now()) }
  }

  return {
    async test(input) {
      const bare = await visit(input, null)
      const isWelcome = bare.visit.server?.verdict === 'OK' || bare.visit.server?.pinned === true
      const presented = input.identity !== null && isWelcome ? await visit(input, input.identity.sha256) : null
      return {
        without: bare.result,
        with: presented?.result ?? null,
        rootsFrom: 'the browser engine on this computer',
        unreadRoots: null,
      }
    },
  }
}

async function describe(
  visit: Visit,
  choose: string | null,
  keys: TokenKeys,
  answeredAt: Date,
): Promise<AttemptResult> {
  const tls = tlsOf(visit, choose)
  const fail = (reason: FailureReason, detail: string) =>
    presentFailure({
      reason,
      detail,
      phase: null,
      firstBytes: null,
      timings: visit.timings,
      tls,
      proxy: null,
      askedForHttp1: false,
    })
  // Asked, but ours was not among the candidates: whatever the answer was, the certificate was not part of it.
  if (choose !== null && visit.choice.asked && !visit.choice.offered && visit.answer === null) {
    return fail('certificate-not-offered', `${visit.choice.candidates} other certificates matched`)
  }
  const { answer, timings } = visit
  if (answer !== null)
    return presentAnswer({
      raw: { ...answer, httpVersion: versionOf(visit.alpn), bodyEnd: null },
      timings,
      tls,
      proxy: null,
      askedForHttp1: false,
      answeredAt,
      keys,
    })
  const error = visit.error ?? 'ERR_FAILED'
  return fail(reasonOf(error, choose !== null, visit.choice.offered), error)
}

/** Chromium tells the protocol, not the version in the answer. */
const versionOf = (alpn: string | null) => (alpn === 'h2' ? '2' : alpn === 'http/1.1' ? '1.1' : null)

/**
 * Chromium raises the choice only when the server asked *and* at least one certificate fits. Without it, whether the server asked
 * is not known, and neither is what an answer is owed to, unless the engine's error says that a certificate was wanted.
 */
function tlsOf(
  { server, choice, error, tlsVersion, cipher, alpn, remoteAddress }: Visit,
  choose: string | null,
): TlsView | null {
  const asked = choice.asked || error === needed
  const isMissed = asked || error === badCertificate
  if (server === null && tlsVersion === null) return null
  return {
    version: tlsVersion,
    cipher,
    alpn,
    remoteAddress,
    chain: describeServer(server?.chain ?? []),
    trust:
      server === null
        ? 'unknown'
        : server.verdict === 'OK'
          ? 'trusted'
          : server.pinned
            ? 'pinned'
            : trustOf(server.verdict),
    trustProblem: server === null || server.verdict === 'OK' ? null : server.verdict,
    trustReason: server === null ? null : (trustReasons[server.verdict] ?? (server.verdict === 'OK' ? null : 'other')),
    rootOrigin: server?.verdict === 'OK' ? (server.isPublicRoot ? 'public' : 'system') : null,
    asked: asked ? 'yes' : 'unknown',
    renegotiated: false,
    acceptableIssuers: [],
    signatureSchemes: [],
    alert: null,
    sent: choose === null ? 'no' : choice.offered ? 'yes' : isMissed ? 'no' : 'unknown',
  }
}

/** The server's handshake asked, and nothing was there to answer with. */
const needed = 'ERR_SSL_CLIENT_AUTH_CERT_NEEDED'
/** The server ended the handshake with an alert about our certificate, or about its absence. */
const badCertificate = 'ERR_BAD_SSL_CLIENT_AUTH_CERT'

/** Chromium's certificate errors (net/base/net_error_list.h). An expired one and one of the future share a code. */
const trustReasons: Record<string, TrustReason> = {
  ERR_CERT_COMMON_NAME_INVALID: 'wrong-name',
  ERR_CERT_DATE_INVALID: 'expired',
  ERR_CERT_AUTHORITY_INVALID: 'private-root',
  ERR_CERT_INVALID: 'unreadable',
  ERR_CERT_WEAK_SIGNATURE_ALGORITHM: 'too-weak',
  ERR_CERT_WEAK_KEY: 'too-weak',
}

const trustOf = (verdict: string) => (verdict === 'ERR_CERT_COMMON_NAME_INVALID' ? 'name-mismatch' : 'untrusted')

/** Chromium's net error list (net/base/net_error_list.h). */
function reasonOf(error: string, presenting: boolean, offered: boolean): FailureReason {
  switch (error) {
    case 'ERR_NAME_NOT_RESOLVED':
      return 'name-unknown'
    case 'ERR_NAME_RESOLUTION_FAILED':
    case 'ERR_DNS_TIMED_OUT':
    case 'ERR_DNS_SERVER_FAILED':
      return 'name-server-silent'
    case 'ERR_CONNECTION_REFUSED':
      return 'connection-refused'
    case 'ERR_TIMED_OUT':
    case 'ERR_CONNECTION_TIMED_OUT':
      return 'timeout'
    case 'ERR_CONNECTION_RESET':
    case 'ERR_CONNECTION_CLOSED':
    case 'ERR_EMPTY_RESPONSE':
    case 'ERR_CONNECTION_ABORTED':
      return 'connection-reset'
    case 'ERR_TUNNEL_CONNECTION_FAILED':
      return 'proxy-refused'
    case 'ERR_PROXY_CONNECTION_FAILED':
      return 'proxy-unreachable'
    case 'ERR_PROXY_AUTH_REQUESTED':
    case 'ERR_PROXY_AUTH_UNSUPPORTED':
      return 'proxy-wants-login'
    case 'ERR_RESPONSE_HEADERS_TOO_BIG':
      return 'headers-too-large'
    case 'ERR_CERT_COMMON_NAME_INVALID':
      return 'server-name-mismatch'
    case badCertificate:
      if (offered) return 'certificate-rejected'
      return presenting ? 'certificate-not-offered' : 'certificate-demanded'
    case needed:
      return presenting ? 'certificate-not-offered' : 'certificate-demanded'
    case 'ERR_SSL_PROTOCOL_ERROR':
    case 'ERR_SSL_VERSION_OR_CIPHER_MISMATCH':
      return 'tls-failed'
    case 'ERR_INVALID_HTTP_RESPONSE':
      return 'not-http'
    default:
      return error.startsWith('ERR_CERT_') ? 'server-untrusted' : 'unreachable'
  }
}
