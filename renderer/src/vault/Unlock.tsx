import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { VaultState } from '#shared/model/vault'
import { useAction } from '../api'
import { DialogButtons } from '../components/DialogButtons'
import { ErrorNotice } from '../components/ErrorNotice'
import { SubmitButton, whenReady } from '../components/SubmitButton'

interface EnterProps {
  label?: string
  /** Only where it is shown in a dialog. */
  onCancel?(): void
  /** What it is for, above its field: the buttons of a dialog stay in sight of it. */
  children?: ReactNode
}

export function EnterPassphrase({ label = 'Passphrase', onCancel, children }: EnterProps) {
  const [passphrase, setPassphrase] = useState('')
  const unlock = useAction('vault.unlock')
  return (
    <form
      noValidate
      onSubmit={whenReady(passphrase !== '', () =>
        unlock.mutate({ passphrase }, { onSuccess: () => setPassphrase('') }),
      )}
    >
      <Stack>
        {children}
        <PasswordInput
          label={label}
          value={passphrase}
          maxLength={1024}
          autoComplete="current-password"
          data-autofocus
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        {unlock.error !== null && <ErrorNotice error={unlock.error} />}
        <DialogButtons>
          {onCancel !== undefined && (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          )}
          <SubmitButton isReady={passphrase !== ''} loading={unlock.isPending}>
            Unlock
          </SubmitButton>
        </DialogButtons>
      </Stack>
    </form>
  )
}

/** Keys that were locked on purpose want the passphrase where there is one: the keyring would ask for nothing. */
export const opensByKeyring = ({ keyring, lockedOnPurpose, hasPassphrase }: VaultState): boolean =>
  keyring !== 'unavailable' && !(lockedOnPurpose && hasPassphrase)

/** The operating system asks for its own password, where the keyring itself is locked. */
export function UnlockKeyring({ vault, onCancel }: { vault: VaultState; onCancel?: (() => void) | undefined }) {
  const unlock = useAction('vault.unlock')
  const open = () => unlock.mutate({ passphrase: null })
  const words = vault.keyring === 'locked' ? 'Unlock the keyring' : 'Unlock'
  return (
    <>
      {unlock.error !== null && <ErrorNotice error={unlock.error} />}
      {onCancel === undefined ? (
        <Group>
          <Button variant="light" loading={unlock.isPending} onClick={open}>
            {words}
          </Button>
        </Group>
      ) : (
        <DialogButtons>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button loading={unlock.isPending} onClick={open} data-autofocus>
            {words}
          </Button>
        </DialogButtons>
      )}
    </>
  )
}
