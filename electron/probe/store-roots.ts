import { certificatePem } from '#electron/pki/x509/pem'
import { certificateSha256 } from '#electron/pki/x509/read'
import type { StoreRoots } from '#electron/pki/x509/store-roots'
import type { Clock } from '#electron/platform/clock'
import type { UnreadRoots } from '#shared/logic/test/input'
import { startDeadline } from './deadline'
import type { Probe, ProbeInput, ProbeResult } from './probe'
import type { Roots } from './roots'

/** The operating system's certificate store, where the engine does not read it by itself. */
export interface RootStore {
  /** In words, for the report: "the Keychain". */
  name: string
  /** May take long, and runs in a process of its own for that reason, which the signal ends. */
  read(signal: AbortSignal): Promise<StoreRoots>
}

export interface RootsWithStore {
  /** The roots of this program, with those of the store once they were read. */
  roots(): Roots
  /** Null once the store was read; otherwise why it was not. Never rejects. */
  read(limit: Pick<ProbeInput, 'timeoutMs' | 'signal'>): Promise<UnreadRoots | null>
}

/** Many sites may be tested at once; a root that a person has just installed is to be found soon. */
const KEPT_MS = 30_000
/** A reading that takes longer hangs: it is ended when the next test asks, and begun anew. */
const HUNG_MS = 120_000

interface Reading {
  startedAt: number
  endedAt: number | null
  answer: Promise<UnreadRoots | null>
  end(): void
}

/**
 * Reads the store when it is first asked for, once for all who ask meanwhile, and again when the answer has become old.
 * Whoever cannot wait any longer gets `late`; the reading goes on for the next test.
 */
export function createRootsWithStore(base: () => Roots, store: RootStore, clock: Clock): RootsWithStore {
  let current: { roots: Roots; content: string } | null = null
  let reading: Reading | null = null
  const now = () => clock.now().getTime()

  async function readStore(signal: AbortSignal): Promise<UnreadRoots | null> {
    const answer = await store.read(signal).catch((): StoreRoots => ({ kind: 'failed' }))
    if (answer.kind !== 'read') return answer.kind
    const content = answer.certificates.map(certificateSha256).sort().join()
    // The same object for the same roots: contexts and answers are kept for it.
    if (current?.content !== content) current = { roots: withStore(base(), answer.certificates, store.name), content }
    return null
  }

  function latest(): Promise<UnreadRoots | null> {
    if (reading !== null && isCurrent(reading)) return reading.answer
    reading?.end()
    const control = new AbortController()
    const begun: Reading = {
      startedAt: now(),
      endedAt: null,
      answer: readStore(control.signal),
      end: () => control.abort(),
    }
    reading = begun
    void begun.answer.then(() => {
      begun.endedAt = now()
    })
    return begun.answer
  }

  const isCurrent = ({ startedAt, endedAt }: Reading): boolean =>
    endedAt === null ? Math.abs(now() - startedAt) < HUNG_MS : Math.abs(now() - endedAt) < KEPT_MS

  return {
    roots: () => current?.roots ?? base(),
    async read({ timeoutMs, signal }) {
      const deadline = startDeadline(timeoutMs, signal)
      try {
        return await Promise.race([latest(), deadline.passed.then((): UnreadRoots => 'late')])
      } finally {
        deadline.end()
      }
    },
  }
}

/** Those that this program knows already count as what they are there. */
function withStore(base: Roots, stored: Uint8Array[], name: string): Roots {
  const lists = base.lists()
  const known = new Set(lists.flatMap(({ certificates }) => certificates).map(certificateSha256))
  const added = stored.filter((der) => !known.has(certificateSha256(der)))
  const all = [...lists, { origin: 'system' as const, certificates: added }]
  return {
    certificates: [...base.certificates, ...added.map(certificatePem)],
    lists: () => all,
    from: `${base.from}, and ${name}`,
  }
}

/**
 * A probe that tests once more with the roots of the operating system's store, where a server is not trusted without them.
 * The first time, our certificate is not shown to such a server. Reading them before each test would make every test wait.
 */
export function withRootStore(probe: Probe, { roots, read }: RootsWithStore): Probe {
  return {
    async test(input) {
      const before = roots()
      const first = await probe.test(input)
      if (!isForLackOfRoot(first)) return first
      const unreadRoots = await read(input)
      return unreadRoots === null && roots() !== before ? probe.test(input) : { ...first, unreadRoots }
    },
  }
}

/** A root that is not known here may be what is missing; no root mends anything else. */
function isForLackOfRoot({ without }: ProbeResult): boolean {
  const { tls } = without.attempt
  if (tls?.trust !== 'untrusted') return false
  return tls.trustReason === 'private-root' || tls.trustReason === 'incomplete' || tls.trustReason === 'self-signed'
}
