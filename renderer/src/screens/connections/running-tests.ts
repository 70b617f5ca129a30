import type { ProbeMode } from '#shared/model/probe'
import { call } from '../../api'
import { newJob } from '../../progress'
import { createStore, useStore } from '../../store'

interface TestState {
  /** The job of the test that runs; null when none does. */
  job: string | null
  error: Error | null
}

export interface TestInput {
  host: string
  identity: string | null
  mode: ProbeMode
  job: string
}

const idle: TestState = { job: null, error: null }

/** One for each site. Leaving the screen loses neither a running test nor why it failed. */
const tests = createStore<ReadonlyMap<string, TestState>>(new Map())

const set = (host: string, state: TestState) => tests.set(new Map([...tests.get(), [host, state]]))

export const testOf = (host: string): TestState => tests.get().get(host) ?? idle

/** Null when it failed, or when one runs already; the site's state says which. */
export async function startTest<Report>(
  choice: Omit<TestInput, 'job'>,
  ask: (input: TestInput) => Promise<Report>,
): Promise<Report | null> {
  const { host } = choice
  if (testOf(host).job !== null) return null
  const job = newJob()
  set(host, { job, error: null })
  try {
    const report = await ask({ ...choice, job })
    set(host, idle)
    return report
  } catch (error) {
    set(host, { job: null, error: error instanceof Error ? error : new Error(String(error)) })
    return null
  }
}

export function cancelTest(host: string): void {
  const { job } = testOf(host)
  if (job !== null) void call('jobs.cancel', { job })
}

export const useTestOf = (host: string): TestState => useStore(tests, (all) => all.get(host) ?? idle)
