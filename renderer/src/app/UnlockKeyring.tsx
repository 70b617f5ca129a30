import { Button, Group } from '@mantine/core'
import { useAction } from '../api'
import { ErrorNotice } from '../components/ErrorNotice'

/** The operating system asks for its own password. */
export function UnlockKeyring() {
  const unlock = useAction('vault.unlock')
  return (
    <>
      {unlock.error !== null && <ErrorNotice error={unlock.error} />}
      <Group>
        <Button variant="light" loading={unlock.isPending} onClick={() => unlock.mutate({ passphrase: null })}>
          Unlock the keyring
        </Button>
      </Group>
    </>
  )
}
