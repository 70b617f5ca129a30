import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import { useState } from 'react'
import type { VaultState } from '#shared/model/vault'
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

/** Keys that were locked on purpose want the passphrase where there is one: the keyring would ask for nothing. */
export const opensByKeyring = ({ keyring, lockedOnPurpose, hasPassphrase }: VaultState): boolean =>
  keyring !== 'unavailable' && !(lockedOnPurpose && hasPassphrase)

/** The operating system asks for its own password, where the keyring itself is locked. */
export function UnlockKeyring({ vault }: { vault: VaultState }) {
  const unlock = useAction('vault.unlock')
  return (
    <>
      {unlock.error !== null && <ErrorNotice error={unlock.error} />}
      <Group>
        <Button variant="light" loading={unlock.isPending} onClick={() => unlock.mutate({ passphrase: null })}>
          {vault.keyring === 'locked' ? 'Unlock the keyring' : 'Unlock'}
        </Button>
      </Group>
    </>
  )
}
