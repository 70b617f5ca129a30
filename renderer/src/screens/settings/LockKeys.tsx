import { Button, Group, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import type { VaultState } from '#shared/model/vault'
import { useAction } from '../../api'
import { ErrorNotice } from '../../components/ErrorNotice'

/** Locking, and what it is good for: no more than it does. */
export function LockKeys({ vault }: { vault: VaultState }) {
  const lock = useAction('vault.lock')
  return (
    <>
      <Text size="sm">
        Locking removes the master key, waiting files and cookie values from memory. Certificates, sites and reports
        stay readable.{' '}
        {vault.hasPassphrase
          ? 'Your passphrase unlocks the keys again.'
          : 'Without a passphrase, anyone who uses this window can unlock them again.'}{' '}
        {vault.keyring !== 'unavailable' && 'Programs that can read your keyring are not kept out.'}
      </Text>
      {lock.error !== null && <ErrorNotice error={lock.error} />}
      <Group>
        <Button
          variant="default"
          leftSection={<IconLock size={16} aria-hidden />}
          loading={lock.isPending}
          onClick={() => lock.mutate(undefined)}
        >
          Lock now
        </Button>
      </Group>
    </>
  )
}
