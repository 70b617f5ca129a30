import { Alert, Button, List, Stack, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { changeWords, tallyLines, waitingWords } from '#shared/logic/backup-words'
import { formatDateTime } from '#shared/logic/formatting'
import { withIsolatedNames } from '#shared/logic/isolate'
import type { RestoreReport } from '#shared/model/backup'
import { DialogButtons } from '../../../components/DialogButtons'
import { ErrorNotice } from '../../../components/ErrorNotice'
import { Facts } from '../../../components/Facts'

interface PreviewProps {
  report: RestoreReport
  error: unknown
  onRestore(): void
  onCancel(): void
}

/** What is new, what is here already, and what differs. */
export function RestorePreview({ report, error, onRestore, onCancel }: PreviewProps) {
  const isNews = addsSomething(report)
  return (
    <Stack>
      <Text size="sm">Made {formatDateTime(report.madeAt)}. What is here already stays as it is.</Text>
      <Tallies report={report} />
      {!isNews && (
        <Text size="sm" fw={600} role="status">
          Everything in this backup is here already.
        </Text>
      )}
      {error !== null && <ErrorNotice error={error} />}
      <DialogButtons>
        <Button variant="default" data-autofocus={!isNews} onClick={onCancel}>
          {isNews ? 'Cancel' : 'Close'}
        </Button>
        {isNews && (
          <Button data-autofocus onClick={onRestore}>
            Restore
          </Button>
        )}
      </DialogButtons>
    </Stack>
  )
}

export function RestoredNotice({ report, onDone }: { report: RestoreReport; onDone(): void }) {
  return (
    <Stack>
      <Text fw={600} role="status">
        The backup is restored.
      </Text>
      <Tallies report={report} />
      <DialogButtons>
        <Button data-autofocus onClick={onDone}>
          Done
        </Button>
      </DialogButtons>
    </Stack>
  )
}

const MAX_SHOWN = 20

function Tallies({ report }: { report: RestoreReport }) {
  const waiting = waitingWords(report.waiting)
  const shown = report.changes.slice(0, MAX_SHOWN)
  const hidden = report.changes.length - shown.length
  return (
    <>
      <Facts facts={tallyLines(report).map(({ what, words }) => [what, words])} />
      {shown.length > 0 && (
        <List size="sm">
          {shown.map((change) => (
            <List.Item key={`${change.kind} ${change.name} ${change.added.join()} ${change.kept.join()}`}>
              {withIsolatedNames(changeWords(change))}
            </List.Item>
          ))}
        </List>
      )}
      {hidden > 0 && (
        <Text size="sm" c="dimmed">
          {hidden} more
        </Text>
      )}
      {waiting !== null && (
        <Alert color="orange" icon={<IconInfoCircle aria-hidden />} title="Before these issuers sign again">
          <Text size="sm">{waiting} Add it on the issuer’s page.</Text>
        </Alert>
      )}
    </>
  )
}

function addsSomething(report: RestoreReport): boolean {
  const { certificates, sites, reports, activity, issuers, templates, issued, revocations } = report
  const tallies = [certificates, sites, reports, activity, issuers, templates, issued, revocations]
  return report.setupKey === 'added' || tallies.some(({ added, completed }) => added + completed > 0)
}
