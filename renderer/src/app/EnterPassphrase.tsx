import { Button, PasswordInput, Stack } from '@mantine/core'
import { useState } from 'react'
import { useAction } from '../api'
import { ErrorNotice } from '../components/ErrorNotice'

export function EnterPassphrase({ label = 'Passphrase' }: { label?: string }) {
  const [passphrase, setPassphrase] = useState('')
  const unlock = useAction('vault.unlock')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        unlock.mutate({ passphrase }, { onSuccess: () => setPassphrase('') })
      }}
    >
      <Stack>
        <PasswordInput
          label={label}
          value={passphrase}
          maxLength={1024}
          autoComplete="current-password"
          data-autofocus
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        {unlock.error !== null && <ErrorNotice error={unlock.error} />}
        <Button type="submit" loading={unlock.isPending} disabled={passphrase === ''}>
          Unlock
        </Button>
      </Stack>
    </form>
  )
}
