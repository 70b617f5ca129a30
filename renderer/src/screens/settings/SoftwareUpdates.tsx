import { Alert, Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { formatAgo, formatDate } from '#shared/logic/formatting'
import { notInstalledWords, noUpdateReasons, updateStepWords } from '#shared/logic/update-words'
import { messages } from '#shared/messages'
import type { Updates } from '#shared/model/updates'
import { CallError, useAction, useAnswer } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'
import textStyles from '../../components/text.module.css'
import { useNow } from '../../components/use-now'
import { Section } from './Section'

/** What replaces this copy with a newer one, and what is new in it. */
export function SoftwareUpdates() {
  const query = useAnswer('updates.state', undefined, { refetchOnMount: 'always' })
  const { data: updates } = query
  const reason = updates === undefined ? null : noUpdateReasons[updates.channel]
  return (
    <Section title="Updates">
      {query.error !== null && <ErrorNotice error={query.error} />}
      {reason !== null && <Text size="sm">{reason}</Text>}
      {updates?.channel === 'feed' && <OwnUpdates updates={updates} />}
    </Section>
  )
}

function OwnUpdates({ updates }: { updates: Updates }) {
  const now = useNow()
  const check = useAction('updates.check')
  const change = useAction('updates.setAutomatic')
  const { isAutomatic, checkedAt, step, offered, problem, notInstalled } = updates
  const failure = check.error ?? change.error ?? (problem === null ? null : errorOf(problem))
  const isBusy = step === 'checking' || step === 'downloading'
  return (
    <>
      <Checkbox
        label="Update Latchkey automatically"
        description="It looks for a newer release while it is open, and installs it when you quit."
        checked={change.isPending ? change.variables.isOn : isAutomatic}
        disabled={change.isPending}
        onChange={(event) => change.mutate({ isOn: event.currentTarget.checked })}
      />
      <Group gap="sm">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={isBusy || check.isPending}
          onClick={() => check.mutate(undefined)}
        >
          Check for updates
        </Button>
        <Text size="sm" role="status">
          {updateStepWords(updates, checkedAt === null ? null : formatAgo(checkedAt, now))}
        </Text>
      </Group>
      {notInstalled !== null && (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={notInstalledWords(notInstalled).title}>
          {notInstalledWords(notInstalled).message}
        </Alert>
      )}
      {failure !== null && <ErrorNotice error={failure} />}
      {offered !== null && (
        <Stack gap={4}>
          <Title order={3} size="h5">
            New in {offered.version} ({formatDate(offered.released)})
          </Title>
          <Text size="sm" className={textStyles.lines}>
            {offered.notes}
          </Text>
        </Stack>
      )}
    </>
  )
}

const errorOf = ({ code, detail }: NonNullable<Updates['problem']>) =>
  new CallError({ code, message: messages[code].title, detail })
