import { Badge, Text, UnstyledButton } from '@mantine/core'
import type { IdentitySummary } from '#shared/model/identity'
import { useNavigation } from '../../navigation'
import { statusWords } from './status-words'

interface RowProps {
  summary: IdentitySummary
  isChosen: boolean
  now: Date
}

/** Name and badge stand on lines of their own, so neither is ever cut short. */
export function CertificateRow({ summary, isChosen, now }: RowProps) {
  const { go } = useNavigation()
  const { words, color } = statusWords(summary, now)
  return (
    <UnstyledButton className="row" aria-current={isChosen} onClick={() => go({ identity: summary.id })}>
      <span className="row-name">{summary.name}</span>
      <span className="row-line">
        <Text span size="xs" c="dimmed" className="wrap">
          {summary.practice ? 'Practice issuer' : (summary.issuer ?? 'Waiting for its certificate')}
        </Text>
        <Badge color={color}>{words}</Badge>
      </span>
    </UnstyledButton>
  )
}
