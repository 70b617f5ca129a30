import { messages } from '#shared/messages'
import type { LabScenario } from '#shared/model/lab-scenario'
import type { ProbeReport } from '#shared/model/probe'
import { CallError, call } from '../../api'
import { newJob } from '../../progress'
import { createStore, useStore } from '../../store'
import { currentRun, run } from './practice-run'
import type { Step } from './practice-steps'

interface ScenarioRun {
  /** What was broken when the test began; null where nothing was tested. */
  scenario: LabScenario | null
  isRunning: boolean
  report: ProbeReport | null
  error: unknown
}

const nothing: ScenarioRun = { scenario: null, isRunning: false, report: null, error: null }
const last = createStore(nothing)

/** The last test of a broken site. Leaving the screen does not forget it. */
export const useScenarioRun = (): ScenarioRun => useStore(last)
export const lastScenarioRun = (): ScenarioRun => last.get()

/** A test needs a certificate of the practice issuer, and so the first steps of the journey. */
const stepsBefore: Step[] = ['lab', 'request', 'issue']

/** Tests the site as it is now broken. Of two tests at once, the later one counts. */
export async function testScenario(
  scenario: LabScenario,
  test: () => Promise<ProbeReport | null> = testPracticeSite,
): Promise<void> {
  const begun: ScenarioRun = { ...nothing, scenario, isRunning: true }
  last.set(begun)
  const finish = (result: Partial<ScenarioRun>) => {
    if (last.get() === begun) last.set({ ...begun, isRunning: false, ...result })
  }
  try {
    finish({ report: await test() })
  } catch (error) {
    finish({ error })
  }
}

/** Null if an earlier step failed. That step shows the reason. */
async function testPracticeSite(): Promise<ProbeReport | null> {
  for (const step of stepsBefore) if (currentRun().steps[step].state !== 'done' && !(await run(step))) return null
  const { host } = await call('lab.state', undefined)
  const { subject } = currentRun()
  if (host === null || subject === null)
    throw new CallError({ code: 'lab-not-running', message: messages['lab-not-running'].title, detail: null })
  return call('connections.test', { host, identity: subject.identity, mode: 'direct', job: newJob() })
}
