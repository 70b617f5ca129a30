import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconListSearch, IconRubberStamp, IconTemplate } from '@tabler/icons-react'
import { isCurrent } from '#shared/logic/issuers'
import type { AuthorityDetail } from '#shared/model/authority'
import layout from '../../../components/layout.module.css'
import { useNow } from '../../../components/use-now'
import { useNavigation } from '../../../navigation'
import { hasEnded, issuedLine } from '../issuer-words'

/** Certificates: issue one, and see what was issued. */
export function IssueCard({ detail, onTemplates }: { detail: AuthorityDetail; onTemplates(): void }) {
  const { summary } = detail
  const { go } = useNavigation()
  const now = useNow()
  const canIssue = isCurrent(summary) && !hasEnded(summary, now)
  return (
    <section className={layout.card} aria-label="Certificates">
      <Stack gap="sm">
        <Title order={3}>Certificates</Title>
        <Text size="sm">{issuedLine(summary)}</Text>
        <Text size="sm" c="dimmed">
          {issueWords(detail)}
        </Text>
        <Group gap="xs">
          {canIssue && (
            <Button
              size="xs"
              variant="light"
              leftSection={<IconRubberStamp size={16} aria-hidden />}
              onClick={() => go({ screen: 'authorities', issuer: summary.id, issuerView: 'issue', requests: null })}
            >
              Issue a certificate
            </Button>
          )}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconListSearch size={16} aria-hidden />}
            onClick={() => go({ screen: 'authorities', issuer: summary.id, issuerView: 'issued' })}
          >
            Issued certificates
          </Button>
          {canIssue && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconTemplate size={16} aria-hidden />}
              onClick={onTemplates}
            >
              Templates…
            </Button>
          )}
        </Group>
      </Stack>
    </section>
  )
}

function issueWords({ summary, children }: AuthorityDetail): string {
  if (summary.successor !== null) return 'Its successor issues from now on, and renews what this one has issued.'
  return summary.isRoot && children.length > 0
    ? 'Let an intermediate sign people’s certificates: it is easier to replace than a root.'
    : 'From a request (CSR), a list of them, or for a certificate of your own.'
}
