import { certificateSha256 } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { throwIfCancelled } from '#electron/platform/cancelled'
import type { Clock } from '#electron/platform/clock'
import type { Probe, ProbeIdentity, ProbeInput, ProbeResult, ProxyServer } from '#electron/probe/probe'
import type { ProxyAnswer } from '#electron/probe/proxies'
import { formatAddress } from '#shared/logic/address'
import { joinNames } from '#shared/logic/formatting'
import { hideSecrets } from '#shared/logic/redact-report'
import type { AccountFacts, TestedIdentity } from '#shared/logic/test/input'
import type { UnusedProxy } from '#shared/model/attempt'
import type { CertificateView } from '#shared/model/certificate'
import type { HostId, IdentityId, ReportId } from '#shared/model/ids'
import type { NotTried, ProbeMode, ProbeReport } from '#shared/model/probe'

/** How to connect, where a person says so for one test. */
export interface NetworkChoice {
  /** `off`: directly; a server: through this one; left out: as the environment and the system say. */
  proxy?: ProxyServer | 'off'
  family?: 4 | 6
  http1?: boolean
  timeoutMs?: number
  /** More roots (PEM) to judge the server by; `from` names them in words, for the report. */
  roots?: { certificates: string[]; from: string }
}

const defaultTimeoutMs = 15_000

/** `found`: the proxy to use; `ownRoots`: what Latchkey itself vouches for (the practice site's). */
export const networkFor = (
  { family, http1, timeoutMs, roots }: NetworkChoice,
  found: ProxyAnswer,
  ownRoots: string[] = [],
): ConnectionTestInput['network'] => ({
  extraRoots: [...ownRoots, ...(roots?.certificates ?? [])],
  extraRootsFrom: joinNames([
    ...(ownRoots.length > 0 ? ['the practice site’s own'] : []),
    ...(roots ? [roots.from] : []),
  ]),
  proxy: found.proxy,
  unusedProxy: found.unused,
  family: family ?? null,
  http1: http1 ?? false,
  timeoutMs: timeoutMs ?? defaultTimeoutMs,
})

export interface ConnectionTestInput {
  probe: Probe
  report: ReportId
  host: ProbeInput['host'] & { id: HostId }
  /** The certificate to show; null for the attempt without one alone. */
  identity: { id: IdentityId | null; presented: ProbeIdentity; tested: TestedIdentity } | null
  mode: ProbeMode
  network: Pick<ProbeInput, 'extraRoots' | 'extraRootsFrom' | 'proxy' | 'family' | 'http1' | 'timeoutMs'> & {
    /** A proxy that this computer names, and that cannot be used. */
    unusedProxy: UnusedProxy | null
  }
  signal: AbortSignal
  clock: Clock
  /** What a Cloudflare account says of a visit with these certificates (DER); null without one, or where none was read. */
  account: ((certificates: Uint8Array[] | null) => Promise<AccountFacts | null>) | null
}

export interface ConnectionTestResult {
  /** Without secrets in any text of the server's. */
  report: ProbeReport
  /** Cookie values, for memory only. */
  result: ProbeResult
}

/** One test, judged: the same for the window, the command line and a certificate from a file. */
export async function testConnection(input: ConnectionTestInput): Promise<ConnectionTestResult> {
  const { probe, host, identity, mode, network, signal, clock } = input
  const startedAt = clock.now()
  throwIfCancelled(signal)
  const result = await probe.test({ host, identity: identity?.presented ?? null, ...network, signal })
  throwIfCancelled(signal)
  const without = result.without.attempt
  const presented = result.with?.attempt ?? null
  const notTried = presented === null ? whyNotTried(identity !== null, result) : null
  const tested = identity?.tested ?? null
  // A browser's engine uses what it is told to use, SOCKS included.
  const unusedProxy = mode === 'direct' ? network.unusedProxy : null
  const now = clock.now()
  const { unreadRoots } = result
  const seen = { host, without, with: presented, notTried, identity: tested, unusedProxy, mode, now, unreadRoots }
  // Loaded by the first test: nothing else needs every cause and its words.
  const { judgeWithAccount } = await import('./judge-connection')
  const report = hideSecrets({
    format: 2,
    id: input.report,
    host: host.id,
    identity: identity?.id ?? null,
    identityName: tested?.name ?? null,
    address: formatAddress(host),
    mode,
    startedAt: startedAt.toISOString(),
    without,
    with: presented,
    notTried,
    ...(await judgeWithAccount(seen, input)),
    rootsFrom:
      unreadRoots === null ? result.rootsFrom : `${result.rootsFrom}, without this computer’s certificate store`,
    unusedProxy,
  })
  return { report, result }
}

function whyNotTried(isChosen: boolean, { without }: ProbeResult): NotTried {
  if (!isChosen) return 'none-chosen'
  const { tls } = without.attempt
  return tls !== null && (tls.trust === 'untrusted' || tls.trust === 'name-mismatch')
    ? 'server-untrusted'
    : 'no-connection'
}

/**
 * What the judgement needs to know of a certificate and the issuers that are sent with it. `known` are issuers on this
 * computer, among which a newer certificate of an expired one may be. Inputs: DER, leaf first.
 */
export function describeTested(
  name: string,
  chain: Uint8Array[],
  known: Uint8Array[],
  now: Date,
): TestedIdentity | null {
  const [certificate, ...issuers] = viewsOf(chain)
  if (certificate === undefined) return null
  return { name, certificate, issuers, newerIssuer: newerIssuer(issuers, known, now) }
}

/** Kept for the next test: many sites are tested with one certificate, and reading its key takes longer than a judgement. */
let kept: { chain: string; views: CertificateView[] } | null = null

function viewsOf(chain: Uint8Array[]): CertificateView[] {
  const key = chain.map(certificateSha256).join()
  if (kept?.chain !== key) kept = { chain: key, views: chain.map(viewCertificate) }
  return kept.views
}

function newerIssuer(issuers: CertificateView[], known: Uint8Array[], now: Date): CertificateView | null {
  const expired = issuers.find(({ notAfter }) => Date.parse(notAfter) <= now.getTime())
  if (expired === undefined) return null
  const valid = known
    .map(viewCertificate)
    .filter(({ subject, keyCode }) => subject === expired.subject && keyCode === expired.keyCode)
    .filter(({ notBefore, notAfter }) => Date.parse(notBefore) <= now.getTime() && now.getTime() < Date.parse(notAfter))
  return valid.sort((a, b) => Date.parse(b.notAfter) - Date.parse(a.notAfter))[0] ?? null
}
