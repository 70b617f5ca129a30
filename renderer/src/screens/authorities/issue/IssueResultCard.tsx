import { ActionIcon, Button, Group, List, Stack, Text, Title } from '@mantine/core'
import { IconDownload, IconMail } from '@tabler/icons-react'
import { countOf, formatCount } from '#shared/logic/formatting'
import type { AuthoritySummary, IssuedCertificate, IssueOutcome } from '#shared/model/authority'
import { useAction } from '../../../api'
import { ErrorNotice } from '../../../components/ErrorNotice'
import layout from '../../../components/layout.module.css'
import { SaveResult } from '../../../components/SaveResult'
import textStyles from '../../../components/text.module.css'
import { useNavigation } from '../../../navigation'
import issuerPage from '../issuer-page.module.css'
import styles from './issue.module.css'
import { SaveEach } from './SaveEach'

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
  const shown = issued.slice(0, 20)
  return (
    <div className={issuerPage.body}>
      <section className={`${layout.card} ${styles.outcome}`} aria-label="What was issued">
        <Stack>
          <Title order={2}>
            {issued.length === 0 ? 'Nothing was issued' : `${countOf(issued.length, 'certificate')} issued`}
          </Title>
          {issued.length > 0 && (
            <>
              <ul className={styles.issued}>
                {shown.map((certificate) => (
                  <IssuedLine key={certificate.sha256} certificate={certificate} />
                ))}
              </ul>
              {issued.length > shown.length && (
                <Text size="sm">and {formatCount(issued.length - shown.length)} more</Text>
              )}
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
          {issued.length > 1 && <SaveEach certificates={certificates} />}
          <Group gap="xs">
            {issued.length > 0 && (
              <Button
                variant={issued.length === 1 ? 'filled' : 'default'}
                leftSection={<IconDownload size={16} aria-hidden />}
                loading={save.isPending}
                onClick={() => save.mutate({ certificates })}
              >
                {issued.length === 1 ? 'Save the certificate' : 'Save all in one file'}
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

/** Whose it is, and a message to them with it. */
function IssuedLine({ certificate: { sha256, subject } }: { certificate: IssuedCertificate }) {
  const mail = useAction('authorities.mailIssued')
  return (
    <li>
      <span className={textStyles.wrap}>{subject}</span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`E-mail to ${subject}`}
        loading={mail.isPending}
        onClick={() => mail.mutate({ certificate: sha256 })}
      >
        <IconMail size={16} aria-hidden />
      </ActionIcon>
      {mail.error !== null && <ErrorNotice error={mail.error} />}
    </li>
  )
}
