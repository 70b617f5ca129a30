import { type MouseEvent, memo } from 'react'
import { formatDate, formatSerial } from '#shared/logic/formatting'
import type { IssuedCertificate } from '#shared/model/authority'
import layout from '../../../components/layout.module.css'
import { RowBadge } from '../../../components/RowBadge'
import { RowTick } from '../../../components/selection/RowTick'
import textStyles from '../../../components/text.module.css'
import styles from './issued.module.css'
import { issuedWords } from './issued-words'

interface RowProps {
  row: IssuedCertificate
  now: Date
  isSelected: boolean
  onOpen(row: IssuedCertificate): void
  /** A click on the row: whether it selected it, and so opens nothing. */
  onClick(event: MouseEvent, row: IssuedCertificate): boolean
  onToggle(row: IssuedCertificate): void
}

/** Name, number, end and state, in columns that stand below each other. Plain elements: a search draws dozens of rows at once. */
export const IssuedRow = memo(function IssuedRow({ row, now, isSelected, onOpen, onClick, onToggle }: RowProps) {
  const { words, color } = issuedWords(row, now)
  /** Shift and Ctrl (or Command) select, as in the other lists. */
  const open = (event: MouseEvent) => !onClick(event, row) && onOpen(row)
  return (
    <div className={styles.line} data-row-key={row.sha256}>
      {/* The row comes first on the page: arrow keys go from one to the next. */}
      <button type="button" className={`${layout.row} ${styles.row}`} onClick={open}>
        <span>
          <span className={styles.name} title={row.commonName}>
            {row.commonName}
          </span>
          <span className={`${styles.minor} ${styles.cut}`} title={row.subject}>
            {row.subject}
          </span>
        </span>
        <span className={`${styles.minor} ${styles.serial} ${textStyles.mono}`}>{formatSerial(row.serial)}</span>
        <span className={`${styles.minor} ${styles.until}`}>until {formatDate(row.notAfter)}</span>
        <RowBadge color={color} words={words} />
      </button>
      <span className={styles.tick}>
        <RowTick
          name={row.commonName}
          checked={isSelected}
          onClick={(event) => !onClick(event, row) && onToggle(row)}
        />
      </span>
    </div>
  )
})
