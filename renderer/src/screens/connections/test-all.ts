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

/** Null while nothing runs. Leaving the screen does not end it. */
const state = createStore<TestAll | null>(null)

/** More at once would only make each slower, and its times worthless. */
const MAX_AT_ONCE = 4

/** Tests every site with the certificate that is suggested for it. A second call while it runs does nothing. */
export async function testAll(
  hosts: Host[],
  certificates: IdentitySummary[],
  ask: (input: TestInput) => Promise<unknown> = (input) => call('connections.test', input),
): Promise<void> {
  if (state.get() !== null) return
  const waiting = [...hosts]
  state.set({ total: hosts.length, done: 0, running: new Set() })
  const work = async () => {
    for (let host = waiting.shift(); host !== undefined && state.get() !== null; host = waiting.shift()) {
      const { id } = host
      change(({ running }) => ({ running: new Set([...running, id]) }))
      const identity = suggestCertificate(host, certificates, null)
      await startTest({ host: id, identity, mode: 'direct' }, ask)
      change(({ running, done }) => ({ running: new Set([...running].filter((one) => one !== id)), done: done + 1 }))
    }
  }
  await Promise.all(Array.from({ length: MAX_AT_ONCE }, work))
  state.set(null)
}

function change(make: (now: TestAll) => Partial<TestAll>): void {
  const now = state.get()
  if (now !== null) state.set({ ...now, ...make(now) })
}

/** Starts no further test, and ends those that run. */
export function cancelTestAll(cancel = cancelTest): void {
  const running = state.get()?.running ?? new Set()
  state.set(null)
  for (const host of running) cancel(host)
}

export const useTestAll = (): TestAll | null => useStore(state, (now) => now)
