import type { Host } from '#shared/model/host'
import type { IdentitySummary } from '#shared/model/identity'
import { call } from '../../api'
import { createStore, useStore } from '../../store'
import { cancelTest, startTest, type TestInput } from './running-tests'
import { suggestCertificate } from './suggest-certificate'

interface TestAll {
  total: number
  done: number
  /** The sites whose test runs at this moment. */
  running: ReadonlySet<string>
}

/** The round that runs, null while none does. Leaving the screen does not end it. */
const round = createStore<TestAll | null>(null)

/** More at once would only make each slower, and its times worthless. */
const MAX_AT_ONCE = 4

/** Tests these sites, each with the certificate that is suggested for it. A second call while it runs does nothing. */
export async function testAll(
  hosts: Host[],
  certificates: IdentitySummary[],
  ask: (input: TestInput) => Promise<unknown> = (input) => call('connections.test', input),
): Promise<void> {
  if (round.get() !== null) return
  const waiting = [...hosts]
  let mine: TestAll = { total: hosts.length, done: 0, running: new Set() }
  round.set(mine)
  // After a cancellation the next round may have begun. This one must not change its state.
  const isOver = () => round.get() !== mine
  const change = (next: Partial<TestAll>) => {
    if (isOver()) return
    mine = { ...mine, ...next }
    round.set(mine)
  }
  const work = async () => {
    for (let host = waiting.shift(); host !== undefined && !isOver(); host = waiting.shift()) {
      const { id } = host
      change({ running: new Set([...mine.running, id]) })
      const identity = suggestCertificate(host, certificates, null)
      await startTest({ host: id, identity, mode: 'direct' }, ask)
      change({ running: new Set([...mine.running].filter((one) => one !== id)), done: mine.done + 1 })
    }
  }
  await Promise.all(Array.from({ length: MAX_AT_ONCE }, work))
  if (!isOver()) round.set(null)
}

/** Starts no further test, and ends those that run. */
export function cancelTestAll(cancel = cancelTest): void {
  const running = round.get()?.running ?? new Set()
  round.set(null)
  for (const host of running) cancel(host)
}

export const useTestAll = (): TestAll | null => useStore(round, (now) => now)
