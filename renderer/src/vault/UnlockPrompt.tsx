import { Stack, Text } from '@mantine/core'
import { useEffect } from 'react'
import type { VaultState } from '#shared/model/vault'
import { useAction } from '../api'
import { OpenModal } from '../components/OpenModal'
import { settleUnlock, useUnlockRequest } from '../unlock-request'
import { ChoosePassphrase } from './ChoosePassphrase'
import { EnterPassphrase, opensByKeyring, UnlockKeyring } from './Unlock'

/** Something needs the keys while they are closed: ask here, and what was asked for goes on by itself. */
export function UnlockPrompt({ vault }: { vault: VaultState }) {
  const isAsked = useUnlockRequest()
  const create = useAction('vault.create')
  const isOpen = vault.state === 'unlocked'
  useEffect(() => {
    if (isAsked && isOpen) settleUnlock(true)
  }, [isAsked, isOpen])
  // After the key press is over: Escape closes this prompt, not the window below it as well.
  const decline = () => setTimeout(() => settleUnlock(false))
  if (!isAsked || isOpen) return null
  return (
    <OpenModal
      onClose={decline}
      zIndex={400}
      title={vault.state === 'new' ? 'Choose a passphrase for your keys' : 'Your keys are locked'}
    >
      <Stack>
        {vault.state === 'new' ? (
          <Text size="sm">
            Latchkey seals your private keys. This computer has no usable keyring to keep the master key in, so a
            passphrase protects it. It is asked for once each time Latchkey starts. What you were doing continues then.
          </Text>
        ) : (
          <Text size="sm">What you were doing continues once they are unlocked.</Text>
        )}
        {vault.keyringProblem !== null && (
          <Text size="sm" c="dimmed">
            {vault.keyringProblem}
          </Text>
        )}
        {vault.state === 'new' && (
          <ChoosePassphrase
            action="Protect my keys with this passphrase"
            error={create.error}
            busy={create.isPending}
            onCancel={decline}
            onChosen={(passphrase) => create.mutate({ passphrase })}
          />
        )}
        {vault.state !== 'new' && vault.hasPassphrase && <EnterPassphrase onCancel={decline} />}
        {opensByKeyring(vault) && <UnlockKeyring vault={vault} />}
      </Stack>
    </OpenModal>
  )
}
