import type { MouseEvent } from 'react'
import styles from './RowTick.module.css'

interface RowTickProps {
  /** Whose row it is. */
  name: string
  checked: boolean
  onClick(event: MouseEvent): void
}

/** The box to tick in a row of a long list. A plain element: a search draws dozens of rows at once. */
export const RowTick = ({ name, checked, onClick }: RowTickProps) => (
  <input
    type="checkbox"
    className={styles.tick}
    aria-label={`Select ${name}`}
    checked={checked}
    onChange={() => undefined}
    onClick={onClick}
  />
)
