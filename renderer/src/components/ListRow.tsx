import type { MouseEvent, ReactNode } from 'react'
import styles from './ListRow.module.css'
import layout from './layout.module.css'
import { RowBadge } from './RowBadge'
import { SelectBox } from './selection/RowTick'
import type { Selection } from './selection/use-selection'

/** Of every row in a list beside a detail, with the room around it; `ListRow.module.css` has the same. */
export const LIST_ROW_HEIGHT = 56

interface ListRowProps<Key> {
  /** What its menu and the selection know it by. */
  rowKey?: Key
  /** Where several rows can be selected. */
  selection?: Selection<Key>
  name: string
  /** Before the name: how deep it stands. */
  mark?: ReactNode
  /** Below the name. */
  line: string
  badge: { words: string; color: string }
  isChosen: boolean
  onChoose(): void
}

/** The name on one line; below it who issued it, or when it was tested, beside its state. What is cut off is one hover away. */
export function ListRow<Key extends string>(props: ListRowProps<Key>) {
  const { rowKey, selection, name, mark, line, badge, isChosen, onChoose } = props
  const choose = (event: MouseEvent) => {
    if (rowKey === undefined || selection?.click(event, rowKey) !== true) onChoose()
  }
  const row = (
    <button
      type="button"
      className={`${layout.row} ${styles.row}`}
      aria-current={isChosen ? 'true' : undefined}
      data-row-name={name}
      onClick={choose}
    >
      <span className={styles.name}>
        {mark}
        <span className={styles.cut} title={name}>
          <bdi>{name}</bdi>
        </span>
      </span>
      <span className={styles.line}>
        <span className={styles.cut} title={line}>
          <bdi>{line}</bdi>
        </span>
        <RowBadge {...badge} />
      </span>
    </button>
  )
  if (rowKey === undefined) return row
  return (
    <div className={styles.place} data-row-key={rowKey}>
      {row}
      {selection !== undefined && <SelectBox selection={selection} rowKey={rowKey} name={name} />}
    </div>
  )
}
