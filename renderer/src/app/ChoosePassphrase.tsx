import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { ErrorNotice } from '../components/ErrorNotice'
import { isChosen, NewPassphrase, nothingTyped } from './NewPassphrase'

interface ChooseProps {
  action: string
  busy: boolean
  error: unknown
  onChosen(passphrase: string): void
}

export function ChoosePassphrase({ action, busy, error, onChosen }: ChooseProps) {
  const [typed, setTyped] = useState(nothingTyped)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isChosen(typed)) onChosen(typed.first)
      }}
    >
      <Stack>
        <NewPassphrase typed={typed} onChange={setTyped} />
        <Text size="sm" c="dimmed">
          Nobody can reset it for you. Write it down and keep it in a safe place.
        </Text>
        {error !== null && <ErrorNotice error={error} />}
        <Button type="submit" loading={busy} disabled={!isChosen(typed)}>
          {action}
        </Button>
      </Stack>
    </form>
  )
}
