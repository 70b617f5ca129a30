import { Anchor, Button, FocusTrap, Stack, Text, Title } from '@mantine/core'
import type { VaultState } from '#shared/model/vault'
import { hasCode, useAction } from '../api'
import { ErrorNotice } from '../components/ErrorNotice'
import layout from '../components/layout.module.css'
import { ChoosePassphrase } from './ChoosePassphrase'
import styles from './ClosedVault.module.css'
import { EnterPassphrase, opensByKeyring, UnlockKeyring } from './Unlock'

/** What stands before the window while the keys are closed: choose a passphrase, enter it, or unlock the keyring. */
export function ClosedVault({ vault, onLook }: { vault: VaultState; onLook(): void }) {
  return vault.state === 'new' ? <NewVault vault={vault} /> : <LockedVault vault={vault} onLook={onLook} />
}

function NewVault({ vault }: { vault: VaultState }) {
  const create = useAction('vault.create')
  return (
    <main className={styles.gate}>
      <FocusTrap>
        <div className={layout.card}>
          <Stack>
            <Title order={1}>Choose a passphrase for your keys</Title>
            <Text>
              Latchkey seals your private keys. This computer has no usable keyring to keep the master key in, so a
              passphrase protects it. It is asked for once each time Latchkey starts.
            </Text>
            {vault.keyring === 'locked' && <UnlockKeyring vault={vault} />}
            {vault.keyringProblem !== null && <Text c="dimmed">{vault.keyringProblem}</Text>}
            <ChoosePassphrase
              action="Protect my keys with this passphrase"
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

function LockedVault({ vault, onLook }: { vault: VaultState; onLook(): void }) {
  return (
    <main className={styles.gate}>
      <FocusTrap>
        <div className={layout.card}>
          <Stack>
            <Title order={1}>Your keys are locked</Title>
            <Text>
              {vault.hasPassphrase
                ? 'Enter your passphrase to unlock them.'
                : 'Your keyring holds the key to them. Unlock it, usually with your login password.'}
            </Text>
            {vault.keyringProblem !== null && <Text c="dimmed">{vault.keyringProblem}</Text>}
            {vault.hasPassphrase && <EnterPassphrase />}
            {opensByKeyring(vault) && <UnlockKeyring vault={vault} />}
            <BrowseLink onLook={onLook} />
          </Stack>
        </div>
      </FocusTrap>
    </main>
  )
}

interface UnreadableProps {
  error: unknown
  isRetrying: boolean
  onRetry(): void
  onLook(): void
}

/** A vault of which not even the state can be told. */
export function UnreadableVault({ error, isRetrying, onRetry, onLook }: UnreadableProps) {
  const areRecordsFine = hasCode(error, 'vault-too-new') || hasCode(error, 'vault-damaged')
  return (
    <main className={styles.gate}>
      <div className={layout.card}>
        <Stack>
          <Title order={1}>Latchkey cannot open its data</Title>
          <ErrorNotice error={error} />
          <Button w="fit-content" loading={isRetrying} onClick={onRetry}>
            Try again
          </Button>
          {areRecordsFine && <BrowseLink onLook={onLook} />}
        </Stack>
      </div>
    </main>
  )
}

/** Certificates, sites and reports are no secrets: they can be read while the keys are closed. */
function BrowseLink({ onLook }: { onLook(): void }) {
  return (
    <Anchor component="button" type="button" onClick={onLook}>
      View your certificates without unlocking
    </Anchor>
  )
}
