import { Badge, Text, UnstyledButton } from '@mantine/core'
import { formatDate, formatFingerprint } from '#shared/logic/formatting'
import type { IssuedCertificate } from '#shared/model/authority'
import { issuedWords } from './issued-words'

interface RowProps {
  row: IssuedCertificate
  now: Date
  onOpen(row: IssuedCertificate): void
}

/** Name, number, end and state, in columns that stand below each other. */
export function IssuedRow({ row, now, onOpen }: RowProps) {
  const { words, color } = issuedWords(row, now)
  return (
    <UnstyledButton className="row issued-row" onClick={() => onOpen(row)}>
      <span>
        <span className="row-name">{row.commonName}</span>
        <Text component="span" display="block" size="xs" c="dimmed" className="wrap">
          {row.subject}
        </Text>
      </span>
      <Text component="span" size="xs" c="dimmed" className="mono issued-serial">
        {formatFingerprint(row.serial)}
      </Text>
      <Text component="span" size="xs" c="dimmed">
        until {formatDate(row.notAfter)}
      </Text>
      <Badge color={color}>{words}</Badge>
    </UnstyledButton>
  )
}
