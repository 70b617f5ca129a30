import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Failure } from '#shared/ipc/contract'
import { withIsolatedNames } from '#shared/logic/isolate'
import { explanationOf, messages } from '#shared/messages'
import { failureFrom } from '../api'
import { CopyButton } from './CopyButton'
import textStyles from './text.module.css'

interface NoticeProps {
  error: unknown
  onRetry?: (() => void) | undefined
  /** What to do, where the screen offers something other than the error’s own remedy. */
  remedy?: string | undefined
}

/** What happened, why, what to do, and the details to copy. A mistake of ours reads like any other error, but says so. */
export function ErrorNotice({ error, onRetry, remedy }: NoticeProps) {
  const failure = failureFrom(error)
  const { title, remedy: usualRemedy } = messages[failure.code]
  if (failure.code === 'cancelled') return <Text c="dimmed">{[title, failure.done].filter(Boolean).join(' ')}</Text>
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={title}>
      <Stack gap="xs">
        <Text size="sm">{explanationOf(failure)}</Text>
        <Text size="sm" fw={600}>
          {remedy ?? usualRemedy}
        </Text>
        {failure.detail !== null && <Code className={textStyles.wrap}>{withIsolatedNames(failure.detail)}</Code>}
        <Group gap="xs">
          {onRetry !== undefined && (
            <Button size="xs" color="red" variant="light" onClick={onRetry}>
              Try again
            </Button>
          )}
          <CopyButton label="Copy details" text={detailsOf(failure)} />
        </Group>
      </Stack>
    </Alert>
  )
}

const detailsOf = ({ code, message, detail, done }: Failure) =>
  [`Latchkey: ${message} (${code})`, detail, done].filter(Boolean).join('\n')
