import { Button, Group, Select, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import type { LockAfter, VaultState } from '#shared/model/vault'
import { useAction, useAnswer } from '../../api'
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
        {vault.keyring !== 'unavailable' && 'This does not keep out programs that can read your keyring.'}
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

const choices: { value: string; label: string; minutes: LockAfter }[] = [
  { value: '5', label: '5 minutes', minutes: 5 },
  { value: '15', label: '15 minutes', minutes: 15 },
  { value: '60', label: '1 hour', minutes: 60 },
  { value: 'never', label: 'Never', minutes: null },
]

/** When nobody uses the computer, or it is left. */
export function LockAfterField() {
  const { data: minutes, error } = useAnswer('vault.lockAfter', undefined)
  const save = useAction('vault.setLockAfter')
  const current = choices.find((choice) => choice.minutes === minutes)
  const choose = (value: string | null) => {
    const choice = choices.find((each) => each.value === value)
    if (choice !== undefined) save.mutate({ minutes: choice.minutes })
  }
  const failure = error ?? save.error
  return (
    <>
      <Select
        label="Lock when this computer has not been used for"
        description="Also when it goes to sleep and, on macOS and Windows, when its screen is locked."
        data={choices.map(({ value, label }) => ({ value, label }))}
        value={current?.value ?? null}
        onChange={choose}
        allowDeselect={false}
        disabled={current === undefined}
        w="fit-content"
      />
      {failure !== null && <ErrorNotice error={failure} />}
    </>
  )
}
