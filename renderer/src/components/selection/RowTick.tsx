import type { MouseEvent } from 'react'
import { isolated } from '#shared/logic/isolate'
import styles from './RowTick.module.css'
import type { Selection } from './use-selection'

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
    aria-label={`Select ${isolated(name)}`}
    checked={checked}
    onChange={() => undefined}
    onClick={onClick}
  />
)

interface SelectBoxProps<Key> {
  selection: Selection<Key>
  rowKey: Key
  /** Whose row it is. */
  name: string
}

/** Beside a row while several can be selected. */
export function SelectBox<Key>({ selection, rowKey, name }: SelectBoxProps<Key>) {
  if (!selection.isOn) return null
  return <RowTick name={name} checked={selection.has(rowKey)} onClick={() => selection.toggle(rowKey)} />
}
