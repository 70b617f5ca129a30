import { Button, CloseButton, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatCount } from '#shared/logic/formatting'
import styles from './SelectionBar.module.css'
import type { Selection } from './use-selection'

interface SelectionBarProps<Key> {
  selection: Selection<Key>
  /** What can be done with all of them: small buttons. */
  children: ReactNode
}

/** How many rows are selected, and what can be done with them. Nothing while none can be. */
export function SelectionBar<Key>({ selection, children }: SelectionBarProps<Key>) {
  if (!selection.isOn) return null
  return (
    <section className={styles.bar} aria-label="Selected rows">
      <div className={styles.head}>
        <Text size="sm" fw={600} role="status">
          {formatCount(selection.keys.length)} selected
        </Text>
        <Button size="compact-xs" variant="subtle" onClick={selection.all}>
          Select all
        </Button>
        <CloseButton size="sm" aria-label="Stop selecting" onClick={selection.clear} />
      </div>
      {selection.keys.length > 0 && <div className={styles.actions}>{children}</div>}
    </section>
  )
}
