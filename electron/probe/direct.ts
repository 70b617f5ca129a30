import { certificatesIn } from '#electron/pki/x509/pem'
import type { Clock } from '#electron/platform/clock'
import type { Resolver } from '#electron/platform/resolver'
import { isAppError } from '#shared/errors'
import type { Phase, ProxyView, Timings, TlsView } from '#shared/model/attempt'
import { presentAnswer, presentFailure } from './answer'
import { bareContext, presentingContext } from './contexts'
import { whenTimeIsUp } from './deadline'
import { type DialResult, dial } from './dial'
import { codeOrMessage } from './error-code'
import { type Exchange, exchange } from './exchange'
import { type Failure, failureOf } from './failures'
import { exchangeOverHttp2, wantsHttp1Code } from './http2'
import type { AttemptResult, Probe, ProbeIdentity, ProbeInput, TokenKeys } from './probe'
import type { RootList, Roots } from './roots'
import { type MetServer, type SecureInput, type SecureSession, secure } from './secure'

export interface DirectProbeDependencies {
  resolver: Resolver
  clock: Clock
  tokenKeys: TokenKeys
  /** What servers are trusted by. */
  roots: () => Roots
}

/**
 * The test on sockets of its own. The attempt without a certificate goes first as far as the server's certificate; the one
 * with it follows at once, beside it, when that server is trusted or pinned. A server that changes its key between the two
 * is noticed and told, though only after the fact: the engines send the client's certificate before they let us judge.
 */
export function createDirectProbe(dependencies: DirectProbeDependencies): Probe {
  return {
    async test(input) {
      const roots = dependencies.roots()
      const trust = {
        roots: [...roots.certificates, ...input.extraRoots],
        rootLists: listsFor(roots, input.extraRoots),
      }
      const context = bareContext(roots, input.extraRoots)
      const bare = begin(input, { context, presenting: false, known: null, ...trust }, dependencies)
      const { identity } = input
      const met = identity === null ? null : await bare.met
      const presented =
        met !== null && isWelcome(met) && hasKey(identity)
          ? present(identity, (context) =>
              begin(input, { context, presenting: true, known: met, ...trust }, dependencies),
            )
          : null
      const [without, withCertificate] = await Promise.all([bare.result, presented])
      const rootsFrom = input.extraRoots.length > 0 ? `${roots.from}, and ${input.extraRootsFrom}` : roots.from
      return { without, with: withCertificate, rootsFrom, unreadRoots: null }
    },
  }
}

/** Those that were named for the test count as such only where no other list has them. */
function listsFor(roots: Roots, extraRoots: string[]): () => RootList[] {
  if (extraRoots.length === 0) return roots.lists
  const key = extraRoots.join('\n')
  return () => {
    if (withGiven?.roots !== roots || withGiven.key !== key) {
      const given: RootList = { origin: 'given', certificates: extraRoots.flatMap(certificatesIn) }
      withGiven = { roots, key, lists: [...roots.lists(), given] }
    }
    return withGiven.lists
  }
}

/** Kept for the next test: what is known of a chain is known for these lists. */
let withGiven: { roots: Roots; key: string; lists: RootList[] } | null = null

/** Whether this server may be shown a certificate. */
const isWelcome = ({ trust }: MetServer) => trust === 'trusted' || trust === 'pinned'

interface Begun {
  /** The server as met in the handshake; null when there was none. */
  met: Promise<MetServer | null>
  result: Promise<AttemptResult>
}

type Trust = Pick<SecureInput, 'roots' | 'rootLists'>
type Presentation = Trust & Pick<SecureInput, 'context' | 'presenting' | 'known'>
type KeyedIdentity = ProbeIdentity & { pkcs8: Uint8Array }
type Tell = (met: MetServer | null) => void

const hasKey = (identity: ProbeIdentity | null): identity is KeyedIdentity =>
  identity !== null && identity.pkcs8 !== null

/** A key that this engine cannot use was not offered to anyone: no connection is made for it. */
function present(
  identity: KeyedIdentity,
  start: (context: SecureInput['context']) => Begun,
): Promise<AttemptResult> | AttemptResult {
  let context: SecureInput['context']
  try {
    context = presentingContext(identity)
  } catch (error) {
    // A key of another certificate says nothing about its type.
    if (!isAppError(error, 'unsupported-algorithm') || /MISMATCH/u.test(error.detail ?? '')) throw error
    return presentFailure({
      reason: 'certificate-not-offered',
      detail: error.detail ?? error.code,
      phase: null,
      firstBytes: null,
      timings: { dns: null, tcp: null, tls: null, firstByte: null, total: 0 },
      tls: null,
      proxy: null,
      askedForHttp1: false,
    })
  }
  return start(context).result
}

function begin(input: ProbeInput, presents: Presentation, dependencies: DirectProbeDependencies): Begun {
  let tell: Tell = () => undefined
  const met = new Promise<MetServer | null>((resolve) => {
    tell = resolve
  })
  const result = attempt(input, presents, dependencies, tell).finally(() => tell(null))
  // `met` is awaited later; until then it must not count as unhandled.
  result.catch(() => undefined)
  return { met, result }
}

/** How an attempt is made; a connection that ended for one of these reasons is made again in that way. */
interface Manner {
  protocols: SecureInput['protocols']
  askedForHttp1: boolean
  /** Waits longer for the server's word on our certificate. */
  isPatient: boolean
}

/**
 * Over HTTP/2 where the server offers it, and again over HTTP/1.1 where it then asks for that (RFC 9113 §9.2.3). Again, too, where
 * our own request could not be written: the engines then drop whatever the server had said before.
 */
async function attempt(
  input: ProbeInput,
  presents: Presentation,
  dependencies: DirectProbeDependencies,
  tell: Tell,
): Promise<AttemptResult> {
  let manner: Manner = {
    protocols: input.http1 ? ['http/1.1'] : ['h2', 'http/1.1'],
    askedForHttp1: false,
    isPatient: false,
  }
  /** What HTTP/2 came to, which counts where the server has no HTTP/1.1. */
  let sentAway: AttemptResult | null = null
  for (;;) {
    const result = await attemptOver(input, { ...presents, ...manner }, dependencies, tell)
    if (result === 'more-patiently') manner = { ...manner, isPatient: true }
    else if (isSentAway(result)) {
      sentAway = result.overHttp2
      manner = { ...manner, protocols: ['http/1.1'], askedForHttp1: true }
    } else return sentAway !== null && result.attempt.tls?.alert === 'no_application_protocol' ? sentAway : result
  }
}

/** The server speaks HTTP/2, and gave no answer over it. */
interface SentAway {
  overHttp2: AttemptResult
}

const isSentAway = (result: AttemptResult | SentAway): result is SentAway => 'overHttp2' in result

async function attemptOver(
  input: ProbeInput,
  presents: Presentation & Manner,
  { resolver, clock, tokenKeys }: DirectProbeDependencies,
  tell: Tell,
): Promise<AttemptResult | SentAway | 'more-patiently'> {
  const started = performance.now()
  const { host, proxy, timeoutMs, signal, family } = input
  const dialled = await dial({ host, proxy, resolver, timeoutMs, signal, family })
  const fail = (failure: Failure, session: SecureSession | null, tls: TlsView | null) =>
    presentFailure({
      ...failure,
      timings: timings(started, dialled, session, null),
      tls,
      proxy: dialled.proxy,
      askedForHttp1: presents.askedForHttp1,
    })
  if (!dialled.ok) return fail({ ...dialled, firstBytes: null }, null, null)
  const { socket, address } = dialled
  const { hostname, pinnedKey } = host
  const session = secure({ socket, hostname, pinnedKey, ...presents, remoteAddress: address, now: clock.now() })
  const limit = watch(session, input, started)
  let phase: Phase = 'handshake'
  let exchanged: Exchange
  try {
    await session.ready
    phase = 'handshake-over'
    const met = session.met()
    tell(met)
    if (presents.presenting && !isWelcome(met)) {
      const reason = met.trust === 'name-mismatch' ? 'server-name-mismatch' : 'server-untrusted'
      const detail = met.trustProblem ?? 'another server than before'
      return fail({ reason, detail, phase, firstBytes: null }, session, session.view())
    }
    await session.accepted(presents.isPatient ? MAX_PATIENCE_MS : patience(dialled.tcp))
    exchanged = await (session.tls.alpnProtocol === 'h2' ? exchangeOverHttp2 : exchange)(session.tls, host)
  } catch (error) {
    const tls = session.view(error)
    if (isFailedWrite(error) && tls.alert === null && !presents.isPatient) return 'more-patiently'
    const met = session.met()
    // A certificate that cannot be read is not in the view, and is one all the same.
    const hasShown = met.leaf !== null
    tell(phase === 'handshake' && !hasShown ? null : met)
    const failure = failureOf({
      error,
      tls,
      presenting: presents.presenting,
      phase: phase === 'handshake-over' && session.hasTicket() ? 'accepted' : phase,
      firstBytes: session.firstBytes(),
      timedOut: limit.timedOut(),
      cancelled: signal.aborted,
    })
    const failed = fail(failure, session, hasShown || tls.alert !== null || phase !== 'handshake' ? tls : null)
    return wantsHttp1(error) && !presents.askedForHttp1 ? { overHttp2: failed } : failed
  } finally {
    limit.end()
    session.tls.destroy()
    socket.destroy()
  }
  // Out of reach of the `catch` above: whatever goes wrong with an answer, the server was reached.
  const { answer, firstByte } = exchanged
  return presentAnswer({
    raw: answer,
    timings: timings(started, dialled, session, firstByte),
    tls: session.view(),
    proxy: dialled.proxy,
    askedForHttp1: presents.askedForHttp1,
    answeredAt: clock.now(),
    keys: tokenKeys,
  })
}

const wantsHttp1 = (error: unknown) => codeOrMessage(error) === wantsHttp1Code

/** The system call that failed, by Node's name for it. */
const isFailedWrite = (error: unknown) => error instanceof Error && 'syscall' in error && error.syscall === 'write'

const MAX_PATIENCE_MS = 1_000

/**
 * How long to wait for a server's word on our certificate: three times the way there and back, since its processor may be
 * busy, too. A server that is silent for so long will most likely say nothing.
 */
const patience = (roundTripMs: number) => Math.min(MAX_PATIENCE_MS, Math.max(100, 3 * roundTripMs))

/** Ends the connection at the time limit or when the test is cancelled; what awaits it then rejects. */
function watch({ tls }: SecureSession, { timeoutMs, signal }: ProbeInput, started: number) {
  let isLate = false
  const stop = () => tls.destroy(Object.assign(new Error('Stopped.'), { code: 'ABORTED' }))
  const endWait = whenTimeIsUp(timeoutMs - (performance.now() - started), () => {
    isLate = true
    stop()
  })
  // An event between connecting and here had no listener.
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  return {
    timedOut: () => isLate,
    end() {
      endWait()
      signal.removeEventListener('abort', stop)
    },
  }
}

function timings(
  started: number,
  dialled: DialResult & { proxy: ProxyView | null },
  session: SecureSession | null,
  firstByte: number | null,
): Timings {
  const tcp = dialled.ok ? dialled.tcp : null
  return { dns: dialled.dns, tcp, tls: session?.milliseconds() ?? null, firstByte, total: performance.now() - started }
}
