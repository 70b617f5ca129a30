import { Anchor, Box, FocusTrap, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { VaultState } from '#shared/model/vault'
import { useAction, useAnswer } from '../api'
import { ErrorNotice } from '../components/ErrorNotice'
import { ChoosePassphrase } from './ChoosePassphrase'
import { EnterPassphrase } from './EnterPassphrase'
import { UnlockKeyring } from './UnlockKeyring'
import { UnlockPrompt } from './UnlockPrompt'

/** Asks for a passphrase where there is no usable keyring; everybody else never sees this. */
export function VaultGate({ children }: { children: ReactNode }) {
  const { data: vault, error, refetch } = useAnswer('vault.state', undefined)
  const [isLooking, setLooking] = useState(false)
  if (error !== null) {
    return (
      <Box p="xl" maw={640}>
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </Box>
    )
  }
  // Most people never see a gate, so nobody waits before it.
  if (vault === undefined) return children
  if (vault.state === 'new' && vault.keyring !== 'usable') return <Welcome vault={vault} />
  if (vault.state === 'locked' && !isLooking) return <Locked vault={vault} onLook={() => setLooking(true)} />
  return (
    <>
      {children}
      <UnlockPrompt vault={vault} />
    </>
  )
}

function Welcome({ vault }: { vault: VaultState }) {
  const create = useAction('vault.create')
  return (
    <main className="gate">
      <FocusTrap>
        <div className="card">
          <Stack>
            <Title order={1}>Choose a passphrase for your keys</Title>
            <Text>
              Latchkey seals your private keys. This computer has no usable keyring to keep the master key in, so a
              passphrase of yours protects it. It is asked for once each time Latchkey starts.
            </Text>
            {vault.keyring === 'locked' && <UnlockKeyring />}
            {vault.keyringProblem !== null && <Text c="dimmed">{vault.keyringProblem}</Text>}
            <ChoosePassphrase
              action="Seal my keys with it"
              error={create.error}
              busy={create.isPending}
              onChosen={(passphrase) => create.mutate({ passphrase })}
            />
          </Stack>
        </div>
      </FocusTrap>
    </main>
  )
}

function Locked({ vault, onLook }: { vault: VaultState; onLook(): void }) {
  return (
    <main className="gate">
      <FocusTrap>
        <div className="card">
          <Stack>
            <Title order={1}>Your keys are locked</Title>
            <Text>
              {vault.hasPassphrase
                ? 'Enter your passphrase to open them.'
                : 'Your keyring holds the key to them. Unlock it, usually with your login password.'}
            </Text>
            {vault.keyringProblem !== null && <Text c="dimmed">{vault.keyringProblem}</Text>}
            {vault.hasPassphrase && <EnterPassphrase />}
            {vault.keyring !== 'unavailable' && <UnlockKeyring />}
            <Anchor component="button" type="button" onClick={onLook}>
              Look at your certificates without unlocking
            </Anchor>
          </Stack>
        </div>
      </FocusTrap>
    </main>
  )
}
