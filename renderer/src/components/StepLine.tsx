import { Tooltip, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconMinus, IconX } from '@tabler/icons-react'
import styles from './StepLine.module.css'

export type StepState = 'done' | 'next' | 'later' | 'withheld' | 'failed'

export interface Step {
  label: string
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

/** How far something is on its way, from left to right. */
export function StepLine({ label, steps }: { label: string; steps: Step[] }) {
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

function Sign({ state, number }: { state: StepState; number: number }) {
  if (state === 'done') return <IconCheck size={16} stroke={3} aria-hidden />
  if (state === 'failed') return <IconX size={16} stroke={3} aria-hidden />
  if (state === 'withheld') return <IconMinus size={16} stroke={3} aria-hidden />
  return <span aria-hidden>{number}</span>
}
