import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { VaultState } from '#shared/model/vault'
import { useAction } from '../../api'
import { ChoosePassphrase } from '../../app/ChoosePassphrase'

/** For the day the keyring is reset: a second way to the same master key. */
export function RecoveryPassphrase({ vault }: { vault: VaultState }) {
  const [isOpen, setOpen] = useState(false)
  const set = useAction('vault.setPassphrase')
  const onlyPassphrase = vault.keyring === 'unavailable'
  const verb = vault.hasPassphrase ? 'Change the passphrase' : 'Set a recovery passphrase'
  const close = () => {
    setOpen(false)
    set.reset()
  }
  return (
    <>
      <Text size="sm">
        {onlyPassphrase
          ? 'It is asked for once each time Latchkey starts.'
          : 'If your keyring is ever reset, this passphrase opens your keys. Without one they would be lost.'}
      </Text>
      <Group>
        <Button variant={vault.hasPassphrase ? 'default' : 'light'} onClick={() => setOpen(true)}>
          {verb}
        </Button>
      </Group>
      <Modal opened={isOpen} onClose={close} title={verb}>
        <Stack>
          <ChoosePassphrase
            action={verb}
            busy={set.isPending}
            error={set.error}
            onChosen={(passphrase) =>
              set.mutate(
                { passphrase },
                {
                  onSuccess: () => {
                    close()
                    notifications.show({
                      color: 'teal',
                      title: 'The passphrase is set.',
                      message: 'Keep it in a safe place.',
                    })
                  },
                },
              )
            }
          />
        </Stack>
      </Modal>
    </>
  )
}
