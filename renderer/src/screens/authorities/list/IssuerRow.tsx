import { Badge, Text, UnstyledButton } from '@mantine/core'
import { IconCornerDownRight } from '@tabler/icons-react'
import { useNavigation } from '../../../navigation'
import { issuerLine, issuerWords } from '../issuer-words'
import type { Branch } from './tree'

interface RowProps {
  branch: Branch
  isChosen: boolean
  now: Date
}

/** Name and badge stand on lines of their own, so neither is ever cut short. */
export function IssuerRow({ branch: { authority, depth }, isChosen, now }: RowProps) {
  const { go } = useNavigation()
  const { words, color } = issuerWords(authority, now)
  return (
    <UnstyledButton
      className="row issuer-row"
      aria-current={isChosen}
      data-depth={Math.min(depth, 3)}
      onClick={() => go({ screen: 'authorities', issuer: authority.id, issuerView: 'overview' })}
    >
      <span className="row-name">
        {depth > 0 && <IconCornerDownRight size={16} aria-hidden />}
        {authority.name}
      </span>
      <span className="row-line">
        <Text span size="xs" c="dimmed" className="wrap">
          {issuerLine(authority)}
        </Text>
        <Badge color={color}>{words}</Badge>
      </span>
    </UnstyledButton>
  )
}
