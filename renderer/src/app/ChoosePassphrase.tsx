import { Button, PasswordInput, Progress, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { ErrorNotice } from '../components/ErrorNotice'
import { shortestPassphrase, strengthOf } from './passphrase-strength'

interface ChooseProps {
  action: string
  busy: boolean
  error: unknown
  onChosen(passphrase: string): void
}

/** Typed twice, because a mistyped passphrase locks everything away for good. */
export function ChoosePassphrase({ action, busy, error, onChosen }: ChooseProps) {
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const strength = strengthOf(passphrase)
  const differs = again !== '' && again !== passphrase
  const isReady = [...passphrase].length >= shortestPassphrase && passphrase === again

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isReady) onChosen(passphrase)
      }}
    >
      <Stack>
        <PasswordInput
          label="Passphrase"
          description="At least eight characters; several words are best."
          value={passphrase}
          maxLength={1024}
          autoComplete="new-password"
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        {passphrase !== '' && (
          <div>
            <Progress value={strength.share * 100} color={strength.color} aria-label="Strength of the passphrase" />
            <Text size="sm" mt={4} role="status">
              {strength.words}
            </Text>
          </div>
        )}
        <PasswordInput
          label="Passphrase once more"
          value={again}
          maxLength={1024}
          autoComplete="new-password"
          error={differs ? 'The two are different.' : null}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
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
