import { Loader } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import styles from './StepMark.module.css'

interface StepMarkProps {
  state: 'idle' | 'running' | 'done' | 'failed'
  /** Shown until it is begun. */
  number: number
  /** The one to begin with. */
  isNext?: boolean
}

/** How far one step of a list is: its number, that it is being done, or how it ended. */
export function StepMark({ state, number, isNext = false }: StepMarkProps) {
  const words = { idle: `Step ${number}`, running: 'Working', done: 'Done', failed: 'Failed' }
  return (
    <span
      className={styles.mark}
      data-state={state}
      data-next={isNext || undefined}
      role="img"
      aria-label={words[state]}
    >
      {state === 'idle' && number}
      {state === 'running' && <Loader size={16} role="presentation" />}
      {state === 'done' && <IconCheck size={16} aria-hidden />}
      {state === 'failed' && <IconX size={16} aria-hidden />}
    </span>
  )
}
