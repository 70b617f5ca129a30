import { failureFrom } from '../../api'
import { createStore, useStore } from '../../store'
import { dependentsOf, journey, needs, type Step } from './practice-steps'
import { runStep, type StepResult, type Subject } from './run-step'

export interface StepState {
  state: 'idle' | 'running' | 'done' | 'failed'
  sentence: string
  error: unknown
  report: string | null
}

interface PracticeRun {
  subject: Subject | null
  /** Everything that requests made since the last tidying up; starting over does not forget it. */
  made: Subject[]
  /** Whether the journey was completed with this certificate. Testing it again, and cleaning up, leave that as it is. */
  isComplete: boolean
  steps: Record<Step, StepState>
}

const idle: StepState = { state: 'idle', sentence: '', error: null, report: null }
const beginning: PracticeRun = {
  subject: null,
  made: [],
  isComplete: false,
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

/** Leaving the screen neither stops a step nor forgets what was done. */
const walk = createStore(beginning)

const setStep = (step: Step, state: StepState) =>
  walk.set({ ...walk.get(), steps: { ...walk.get().steps, [step]: state } })

export async function run(step: Step, ask: typeof runStep = runStep): Promise<boolean> {
  const stale = dependentsOf(step)
  for (const later of stale) setStep(later, idle)
  if (stale.length > 0) walk.set({ ...walk.get(), isComplete: false })
  const running: StepState = { ...idle, state: 'running' }
  setStep(step, running)
  // A step that was reset meanwhile says nothing about what is there now.
  const finish = (state: StepState) => {
    if (walk.get().steps[step] === running) setStep(step, state)
  }
  try {
    const result = await ask(step, walk.get())
    if (result.subject !== undefined) walk.set({ ...walk.get(), ...remembered(result.subject) })
    finish(finished(result))
    if (nextStep(walk.get()) === null) walk.set({ ...walk.get(), isComplete: true })
    return result.held
  } catch (error) {
    finish({ ...idle, state: 'failed', sentence: failureFrom(error).message, error })
    return false
  }
}

/** Null: everything was removed. */
const remembered = (subject: Subject | null) => ({
  subject,
  made: subject === null ? [] : [...walk.get().made, subject],
})

const finished = ({ held, sentence, report }: StepResult): StepState => ({
  state: held ? 'done' : 'failed',
  sentence,
  error: null,
  report: report ?? null,
})

/** Whether everything before it is done. A site that was stopped has to be started again. */
export const isReady = (step: Step, { steps: all, subject }: PracticeRun, isRunning: boolean): boolean =>
  (subject !== null || step === 'lab' || step === 'request') &&
  needs[step].every((before) => (before === 'lab' ? isRunning : all[before].state === 'done'))

/** The first step of the journey that is not done: the obvious one to press. */
export const nextStep = ({ steps: all }: PracticeRun): Step | null =>
  journey.find((step) => all[step].state !== 'done') ?? null

/** Stops before cleaning up. */
export async function runRest(ask: typeof runStep = runStep): Promise<void> {
  for (let step = nextStep(walk.get()); step !== null; step = nextStep(walk.get())) if (!(await run(step, ask))) return
}

export const startOver = (): void => walk.set({ ...beginning, made: walk.get().made })
/** The site was stopped: its step is to be done again. */
export const noteStopped = (): void => setStep('lab', idle)
/** What the tests said was about the rule before. */
export function noteRuleChanged(): void {
  setStep('test-direct', idle)
  setStep('test-browser', idle)
}

export const usePracticeRun = (): PracticeRun => useStore(walk)
export const currentRun = (): PracticeRun => walk.get()
