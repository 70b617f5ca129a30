import { Button, Group } from '@mantine/core'
import type { VaultState } from '#shared/model/vault'
import { useAction } from '../api'
import { ErrorNotice } from '../components/ErrorNotice'

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
