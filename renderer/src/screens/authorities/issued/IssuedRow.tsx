import { Badge, UnstyledButton } from '@mantine/core'
import { memo } from 'react'
import { formatDate, formatSerial } from '#shared/logic/formatting'
import type { IssuedCertificate } from '#shared/model/authority'
import { issuedWords } from './issued-words'

interface RowProps {
  row: IssuedCertificate
  now: Date
  onOpen(row: IssuedCertificate): void
}

/** Name, number, end and state, in columns that stand below each other. Plain elements: a search draws dozens of rows at once. */
export const IssuedRow = memo(function IssuedRow({ row, now, onOpen }: RowProps) {
  const { words, color } = issuedWords(row, now)
  return (
    <UnstyledButton className="row issued-row" onClick={() => onOpen(row)}>
      <span>
        <span className="row-name">{row.commonName}</span>
        <span className="issued-minor wrap">{row.subject}</span>
      </span>
      <span className="issued-minor issued-serial mono">{formatSerial(row.serial)}</span>
      <span className="issued-minor">until {formatDate(row.notAfter)}</span>
      <Badge color={color}>{words}</Badge>
    </UnstyledButton>
  )
})
