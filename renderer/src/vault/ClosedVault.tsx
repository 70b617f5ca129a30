import { Anchor, FocusTrap, Stack, Text, Title } from '@mantine/core'
import type { VaultState } from '#shared/model/vault'
import layout from '../components/layout.module.css'
import styles from './ClosedVault.module.css'
import { EnterPassphrase, opensByKeyring, UnlockKeyring } from './Unlock'

/** Shown instead of the window while the keys are locked: enter the passphrase, or unlock the keyring. */
export function ClosedVault({ vault, onLook }: { vault: VaultState; onLook(): void }) {
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

/** Certificates, sites and reports are no secrets: they can be read while the keys are closed. */
export function BrowseLink({ onLook }: { onLook(): void }) {
  return (
    <Anchor component="button" type="button" onClick={onLook}>
      View your certificates without unlocking
    </Anchor>
  )
}
