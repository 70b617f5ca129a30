import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { call, useAction } from '../../../api'
import { CopyButton } from '../../../components/CopyButton'
import { ErrorNotice } from '../../../components/ErrorNotice'
import type { Side } from './attempt-words'

interface CookieValueProps {
  report: string
  side: Side
  name: string
  length: number
}

/** Masked until asked for; whoever has the value is let in. */
export function CookieValue({ report, side, name, length }: CookieValueProps) {
  const [value, setValue] = useState<string | null>(null)
  const show = useAction('connections.cookie')
  const reveal = () => show.mutate({ report, side, name }, { onSuccess: (answer) => setValue(answer.value) })
  return (
    <>
      <Group gap="xs">
        {value === null && <Text size="sm">•••••••• ({length} characters)</Text>}
        <Button
          size="compact-xs"
          variant="default"
          loading={show.isPending}
          aria-label={value === null ? `Show the value of ${name}` : `Hide the value of ${name}`}
          onClick={() => (value === null ? reveal() : setValue(null))}
        >
          {value === null ? 'Show' : 'Hide'}
        </Button>
        {value !== null && (
          <CopyButton
            iconOnly
            label="Copy the value"
            text={async () => (await call('connections.cookie', { report, side, name })).value}
          />
        )}
      </Group>
      {value !== null && (
        <Text className="mono wrap" mt={6}>
          {value}
        </Text>
      )}
      {show.error !== null && <ErrorNotice error={show.error} />}
    </>
  )
}
