import { Button, Group, List, Stack, Text, Title } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { countOf, formatCount } from '#shared/logic/formatting'
import type { AuthoritySummary, IssueOutcome } from '#shared/model/authority'
import { useAction } from '../../../api'
import layout from '../../../components/layout.module.css'
import { SaveResult } from '../../../components/SaveResult'
import textStyles from '../../../components/text.module.css'
import { useNavigation } from '../../../navigation'
import issuerPage from '../issuer-page.module.css'
import styles from './issue.module.css'

export interface IssueResult {
  outcome: IssueOutcome
  /** Where each request came from, by its row. */
  sources: ReadonlyMap<number, string>
}

interface OutcomeProps extends IssueResult {
  issuer: AuthoritySummary
  onAgain(): void
}

export function IssueResultCard({ issuer, outcome: { issued, refused }, sources, onAgain }: OutcomeProps) {
  const { go } = useNavigation()
  const save = useAction('authorities.saveIssued')
  const certificates = issued.map(({ sha256 }) => sha256)
  const shown = issued.slice(0, 12)
  return (
    <div className={issuerPage.body}>
      <section className={`${layout.card} ${styles.outcome}`} aria-label="What was issued">
        <Stack>
          <Title order={2}>
            {issued.length === 0 ? 'Nothing was issued' : `${countOf(issued.length, 'certificate')} issued`}
          </Title>
          {issued.length > 0 && (
            <>
              <List size="sm">
                {shown.map(({ sha256, subject }) => (
                  <List.Item key={sha256} className={textStyles.wrap}>
                    {subject}
                  </List.Item>
                ))}
                {issued.length > shown.length && (
                  <List.Item>and {formatCount(issued.length - shown.length)} more</List.Item>
                )}
              </List>
              <Text size="sm" c="dimmed">
                Send each certificate to its holder. It is not secret: without the private key it is of no use.
              </Text>
            </>
          )}
          {refused.length > 0 && (
            <div>
              <Text size="sm" fw={600}>
                {countOf(refused.length, 'request')} refused:
              </Text>
              <List size="sm">
                {refused.map(({ row, reason }) => (
                  <List.Item key={row} className={textStyles.wrap}>
                    {sources.get(row) ?? `Request ${row + 1}`}: {reason}
                  </List.Item>
                ))}
              </List>
            </div>
          )}
          <SaveResult save={save} />
          <Group gap="xs">
            {issued.length > 0 && (
              <Button
                leftSection={<IconDownload size={16} aria-hidden />}
                loading={save.isPending}
                onClick={() => save.mutate({ certificates })}
              >
                {issued.length === 1 ? 'Save the certificate' : 'Save the certificates'}
              </Button>
            )}
            <Button variant="default" onClick={onAgain}>
              Issue more
            </Button>
            <Button
              variant="default"
              onClick={() => go({ screen: 'authorities', issuer: issuer.id, issuerView: 'issued', requests: null })}
            >
              See all issued certificates
            </Button>
          </Group>
        </Stack>
      </section>
    </div>
  )
}
