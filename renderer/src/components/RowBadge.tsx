import type { CSSProperties } from 'react'
import styles from './RowBadge.module.css'

const variablesOf = (color: string): CSSProperties & Record<`--${string}`, string> => ({
  '--row-badge-ground': `var(--mantine-color-${color}-light)`,
  '--row-badge-ink': `var(--mantine-color-${color}-light-color)`,
})

/** The state of a row in a long list. A plain element: a search draws dozens of rows at once. */
export const RowBadge = ({ color, words }: { color: string; words: string }) => (
  <span className={styles.badge} data-row-badge style={variablesOf(color)}>
    {words}
  </span>
)
