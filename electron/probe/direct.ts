import type { Clock } from '#electron/platform/clock'
import type { Resolver } from '#electron/platform/resolver'
import type { Timings, TlsView } from '#shared/model/probe'
import { presentAnswer, presentFailure } from './answer'
import { bareContext, presentingContext } from './contexts'
import { type DialResult, dial } from './dial'
import { type Exchange, exchange } from './exchange'
import { failureOf } from './failures'
import type { AttemptResult, Probe, ProbeIdentity, ProbeInput, TokenKeys } from './probe'
import { systemRoots } from './roots'
import { type SecureInput, type SecureSession, secure } from './secure'

export interface DirectProbeDependencies {
  resolver: Resolver
  clock: Clock
  tokenKeys: TokenKeys
}

/**
 * The test on sockets of its own. The attempt without a certificate goes first as far as the server's certificate; the one
 * with it follows at once, beside it, when that server is trusted or pinned. A server that changes its key between the two
 * is noticed and told, though only after the fact: the engines send the client's certificate before they let us judge.
 */
export function createDirectProbe(dependencies: DirectProbeDependencies): Probe {
  return {
    async test(input) {
      const roots = systemRoots()
      const certificates = [...roots.certificates, ...input.extraRoots]
      const context = bareContext(input.extraRoots)
      const bare = begin(input, { context, presenting: false, known: null, roots: certificates }, dependencies)
      const { identity } = input
      const met = identity === null ? null : await bare.met
      const presented =
        met !== null && isWelcome(met) && hasKey(identity)
          ? begin(input, presentation(identity, met, certificates), dependencies).result
          : null
      const [without, withCertificate] = await Promise.all([bare.result, presented])
      const rootsFrom = input.extraRoots.length > 0 ? `${roots.from}, and the practice site’s own` : roots.from
      return { without, with: withCertificate, rootsFrom }
    },
  }
}

/** Whether this server may be shown a certificate. */
const isWelcome = ({ trust }: TlsView) => trust === 'trusted' || trust === 'pinned'

/** Another server than the one before, and not a trusted one: the certificate went out, but no request follows it. */
function refuseServer(tls: TlsView, timings: Timings): AttemptResult {
  const reason = tls.trust === 'name-mismatch' ? 'server-name-mismatch' : 'server-untrusted'
  return presentFailure(reason, tls.trustProblem ?? 'another server than before', timings, tls)
}

interface Begun {
  /** The server as met in the handshake; null when there was none. */
  met: Promise<TlsView | null>
  result: Promise<AttemptResult>
}

type Presentation = Pick<SecureInput, 'context' | 'presenting' | 'known' | 'roots'>
type KeyedIdentity = ProbeIdentity & { pkcs8: Uint8Array }

const hasKey = (identity: ProbeIdentity | null): identity is KeyedIdentity =>
  identity !== null && identity.pkcs8 !== null

const presentation = (identity: KeyedIdentity, known: TlsView, roots: string[]): Presentation => ({
  context: presentingContext(identity),
  presenting: true,
  known,
  roots,
})

function begin(input: ProbeInput, presents: Presentation, dependencies: DirectProbeDependencies): Begun {
  let tell: (view: TlsView | null) => void = () => undefined
  const met = new Promise<TlsView | null>((resolve) => {
    tell = resolve
  })
  const result = attempt(input, presents, dependencies, tell).finally(() => tell(null))
  // `met` is awaited later; until then it must not count as unhandled.
  result.catch(() => undefined)
  return { met, result }
}

async function attempt(
  input: ProbeInput,
  presents: Presentation,
  { resolver, clock, tokenKeys }: DirectProbeDependencies,
  tell: (view: TlsView | null) => void,
): Promise<AttemptResult> {
  const started = performance.now()
  const { host, timeoutMs, signal } = input
  const dialled = await dial({ host, resolver, timeoutMs, signal })
  if (!dialled.ok) return presentFailure(dialled.reason, dialled.detail, timings(started, dialled, null, null), null)
  const { socket, address } = dialled
  const { hostname, pinnedKey } = host
  const session = secure({ socket, hostname, pinnedKey, ...presents, remoteAddress: address, now: clock.now() })
  const limit = watch(session, input, started)
  let secured = false
  let exchanged: Exchange
  try {
    await session.ready
    secured = true
    const met = session.view()
    tell(met)
    const { presenting } = presents
    if (presenting && !isWelcome(met)) return refuseServer(met, timings(started, dialled, session, null))
    exchanged = await exchange(session.tls, host)
  } catch (error) {
    const tls = session.view()
    tell(tls)
    const { presenting } = presents
    const { reason, detail } = failureOf({
      error,
      tls,
      presenting,
      secured,
      timedOut: limit.timedOut(),
      cancelled: signal.aborted,
    })
    return presentFailure(
      reason,
      detail,
      timings(started, dialled, session, null),
      tls.chain.length > 0 || secured ? tls : null,
    )
  } finally {
    limit.end()
    session.tls.destroy()
    socket.destroy()
  }
  // Out of reach of the `catch` above: whatever goes wrong with an answer, the server was reached.
  const { answer, firstByte } = exchanged
  return presentAnswer(answer, timings(started, dialled, session, firstByte), session.view(), tokenKeys)
}

/** Ends the connection at the time limit or when the test is cancelled; what awaits it then rejects. */
function watch({ tls }: SecureSession, { timeoutMs, signal }: ProbeInput, started: number) {
  let isLate = false
  const stop = () => tls.destroy(Object.assign(new Error('Stopped.'), { code: 'ABORTED' }))
  const timer = setTimeout(
    () => {
      isLate = true
      stop()
    },
    Math.max(0, timeoutMs - (performance.now() - started)),
  )
  // An event between connecting and here had no listener.
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  return {
    timedOut: () => isLate,
    end() {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    },
  }
}

function timings(
  started: number,
  dialled: DialResult,
  session: SecureSession | null,
  firstByte: number | null,
): Timings {
  const tcp = dialled.ok ? dialled.tcp : null
  return { dns: dialled.dns, tcp, tls: session?.milliseconds() ?? null, firstByte, total: performance.now() - started }
}
