import { Badge, UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './ListRow.module.css'
import layout from './layout.module.css'

/** Of every row in a list beside a detail, with the room around it; `ListRow.module.css` has the same. */
export const LIST_ROW_HEIGHT = 62

interface ListRowProps {
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
export function ListRow({ name, mark, line, badge, isChosen, onChoose }: ListRowProps) {
  return (
    <UnstyledButton
      className={`${layout.row} ${styles.row}`}
      aria-current={isChosen ? 'true' : undefined}
      data-row-name={name}
      onClick={onChoose}
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
        <Badge color={badge.color}>{badge.words}</Badge>
      </span>
    </UnstyledButton>
  )
}
