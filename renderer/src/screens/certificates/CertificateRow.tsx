import { Badge, Text, UnstyledButton } from '@mantine/core'
import { shortName } from '#shared/logic/naming'
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
    <UnstyledButton
      className="row"
      aria-current={isChosen}
      onClick={() => go({ screen: 'certificates', identity: summary.id })}
    >
      <span className="row-name">{summary.name}</span>
      <span className="row-line">
        <Text span size="xs" c="dimmed" className="wrap">
          {issuerWords(summary)}
        </Text>
        <Badge color={color}>{words}</Badge>
      </span>
    </UnstyledButton>
  )
}

function issuerWords({ issuer, practice }: IdentitySummary): string {
  if (practice) return 'Practice issuer'
  return issuer === null ? 'Waiting for its certificate' : shortName(issuer)
}
