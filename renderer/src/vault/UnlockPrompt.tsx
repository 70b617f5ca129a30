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
  const why = (
    <>
      <Text size="sm">
        {vault.state === 'new' ? firstPassphrase : 'What you were doing continues once they are unlocked.'}
      </Text>
      {vault.keyringProblem !== null && (
        <Text size="sm" c="dimmed">
          {vault.keyringProblem}
        </Text>
      )}
    </>
  )
  return (
    <OpenModal
      onClose={decline}
      zIndex={400}
      title={vault.state === 'new' ? 'Choose a passphrase for your keys' : 'Your keys are locked'}
    >
      {vault.state === 'new' ? (
        <ChoosePassphrase
          action="Protect my keys"
          error={create.error}
          busy={create.isPending}
          onCancel={decline}
          onChosen={(passphrase) => create.mutate({ passphrase })}
        >
          {why}
        </ChoosePassphrase>
      ) : (
        <Stack>
          {vault.hasPassphrase ? <EnterPassphrase onCancel={decline}>{why}</EnterPassphrase> : why}
          {opensByKeyring(vault) && (
            <UnlockKeyring vault={vault} onCancel={vault.hasPassphrase ? undefined : decline} />
          )}
        </Stack>
      )}
    </OpenModal>
  )
}

const firstPassphrase =
  'Latchkey seals your private keys. This computer has no usable keyring to keep the master key in, so a passphrase protects it. It is asked for once each time Latchkey starts. What you were doing continues then.'
