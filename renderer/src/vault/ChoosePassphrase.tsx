import { Button, Stack, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { ErrorNotice } from '../components/ErrorNotice'
import { isChosen, NewPassphrase, nothingTyped } from './NewPassphrase'

interface ChooseProps {
  action: string
  label?: string
  /** What else has to be typed first, and whether it was. */
  before?: { field: ReactNode; isReady: boolean }
  busy: boolean
  error: unknown
  onChosen(passphrase: string): void
}

export function ChoosePassphrase({ action, label = 'Passphrase', before, busy, error, onChosen }: ChooseProps) {
  const [typed, setTyped] = useState(nothingTyped)
  const isReady = isChosen(typed) && (before?.isReady ?? true)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) onChosen(typed.first)
      }}
    >
      <Stack>
        {before?.field}
        <NewPassphrase label={label} typed={typed} onChange={setTyped} />
        <Text size="sm" c="dimmed">
          Nobody can reset it for you. Write it down and keep it in a safe place.
        </Text>
        {error !== null && <ErrorNotice error={error} />}
        <Button type="submit" loading={busy} disabled={!isReady}>
          {action}
        </Button>
      </Stack>
    </form>
  )
}
