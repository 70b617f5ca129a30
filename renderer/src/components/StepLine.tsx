import { Tooltip, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconChevronDown, IconChevronUp, IconMinus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import styles from './StepLine.module.css'
import { useNarrow } from './use-narrow'

export type StepState = 'done' | 'next' | 'later' | 'withheld' | 'failed'

export interface Step {
  label: string
  /** What is done in it, where that is another word: "Install" for "Installed". */
  act?: string
  /** One hover away. */
  explanation: string
  state: StepState
}

const states: Record<StepState, string> = {
  done: 'done',
  next: 'comes next',
  later: 'comes later',
  withheld: 'skipped on purpose',
  failed: 'failed',
}

interface StepLineProps {
  label: string
  steps: Step[]
}

/** How far something is on its way, from left to right; in a narrow window the step that comes next, and the others on demand. */
export function StepLine(props: StepLineProps) {
  return useNarrow() ? <CurrentStep {...props} /> : <Steps {...props} />
}

function Steps({ label, steps }: StepLineProps) {
  return (
    <ol className={styles.steps} aria-label={label}>
      {steps.map((step, index) => (
        <li key={step.label} className={styles.step} data-state={step.state}>
          <Tooltip label={`${step.explanation} (${states[step.state]})`}>
            <span className={styles.sign}>
              <Sign state={step.state} number={index + 1} />
            </span>
          </Tooltip>
          <span>
            {step.label}
            <VisuallyHidden>: {states[step.state]}</VisuallyHidden>
          </span>
        </li>
      ))}
    </ol>
  )
}

/** "Step 4 of 6: Install", a bar in as many parts, and all names one press away. */
function CurrentStep({ label, steps }: StepLineProps) {
  const [isOpen, setOpen] = useState(false)
  const Chevron = isOpen ? IconChevronUp : IconChevronDown
  return (
    <section className={styles.current} aria-label={label}>
      <div className={styles.currentLine}>
        <span className={styles.currentWords}>{currentWords(steps)}</span>
        <UnstyledButton className={styles.unfold} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          All steps
          <Chevron size={16} aria-hidden />
        </UnstyledButton>
      </div>
      <div className={styles.parts} aria-hidden>
        {steps.map((step) => (
          <span key={step.label} data-state={step.state} />
        ))}
      </div>
      {isOpen && (
        <ol className={styles.names}>
          {steps.map((step) => (
            <li key={step.label} data-state={step.state}>
              <strong>{step.label}</strong>: {states[step.state]}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function currentWords(steps: Step[]): string {
  const at = steps.findIndex(({ state }) => state === 'next' || state === 'failed')
  const step = steps[at]
  if (step === undefined) return `All ${steps.length} steps are done`
  return `Step ${at + 1} of ${steps.length}: ${step.act ?? step.label}${step.state === 'failed' ? ' (failed)' : ''}`
}

function Sign({ state, number }: { state: StepState; number: number }) {
  if (state === 'done') return <IconCheck size={16} stroke={3} aria-hidden />
  if (state === 'failed') return <IconX size={16} stroke={3} aria-hidden />
  if (state === 'withheld') return <IconMinus size={16} stroke={3} aria-hidden />
  return <span aria-hidden>{number}</span>
}
