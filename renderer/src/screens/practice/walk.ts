import { useSyncExternalStore } from 'react'
import { failureFrom } from '../../components/ErrorNotice'
import { runStep, type StepResult, type Subject } from './run-step'
import { dependentsOf, needs, type Step, steps } from './steps'

export interface StepState {
  state: 'idle' | 'running' | 'done' | 'failed'
  sentence: string
  error: unknown
  report: string | null
}

export interface Walk {
  subject: Subject | null
  /** Everything that requests made since the last tidying up; starting over does not forget it. */
  made: Subject[]
  steps: Record<Step, StepState>
}

const idle: StepState = { state: 'idle', sentence: '', error: null, report: null }
const beginning: Walk = {
  subject: null,
  made: [],
  steps: {
    lab: idle,
    request: idle,
    issue: idle,
    install: idle,
    'test-direct': idle,
    'test-browser': idle,
    remove: idle,
  },
}

/** Outside React, so that leaving the screen neither stops a step nor forgets what was done. */
let walk = beginning
const listeners = new Set<() => void>()

function change(next: Walk): void {
  walk = next
  for (const listener of listeners) listener()
}

const setStep = (step: Step, state: StepState) => change({ ...walk, steps: { ...walk.steps, [step]: state } })

export async function run(step: Step, ask: typeof runStep = runStep): Promise<boolean> {
  for (const later of dependentsOf(step)) setStep(later, idle)
  setStep(step, { ...idle, state: 'running' })
  try {
    const result = await ask(step, walk)
    if (result.subject !== undefined) change({ ...walk, ...remembered(result.subject) })
    setStep(step, finished(result))
    return result.held
  } catch (error) {
    setStep(step, { ...idle, state: 'failed', sentence: failureFrom(error).message, error })
    return false
  }
}

/** Null: everything was removed. */
const remembered = (subject: Subject | null) => ({ subject, made: subject === null ? [] : [...walk.made, subject] })

const finished = ({ held, sentence, report }: StepResult): StepState => ({
  state: held ? 'done' : 'failed',
  sentence,
  error: null,
  report: report ?? null,
})

/** Whether everything before it is done. A site that was stopped has to be started again. */
export const isReady = (step: Step, { steps: all, subject }: Walk, isRunning: boolean): boolean =>
  (subject !== null || step === 'lab' || step === 'request') &&
  needs[step].every((before) => (before === 'lab' ? isRunning : all[before].state === 'done'))

/** The first step that is not done: the obvious one to press. */
export const nextStep = ({ steps: all }: Walk): Step | null => steps.find((step) => all[step].state !== 'done') ?? null

export async function runRest(): Promise<void> {
  for (let step = nextStep(walk); step !== null; step = nextStep(walk)) if (!(await run(step))) return
}

export const startOver = (): void => change({ ...beginning, made: walk.made })
/** The site was stopped: its step is to be done again. */
export const noteStopped = (): void => setStep('lab', idle)

export function useWalk(): Walk {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => walk,
  )
}

export const currentWalk = (): Walk => walk
