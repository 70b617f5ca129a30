import { Text } from '@mantine/core'
import { countOf } from '#shared/logic/formatting'
import type { VaultState } from '#shared/model/vault'
import { useAnswer } from '../../api'
import { Answered } from '../../components/Answered'
import { Facts } from '../../components/Facts'
import { EnterPassphrase, UnlockKeyring } from '../../vault/Unlock'
import { KeyLost } from './KeyLost'
import { LockAfterField, LockKeys } from './Locking'
import { RecoveryPassphrase } from './RecoveryPassphrase'
import { Section } from './Section'

/** Where the private keys are and how they are protected. */
export function Keys() {
  const query = useAnswer('vault.state', undefined)
  return (
    <Section title="Keys and passphrase" intro="Private keys are kept in sealed files. One master key opens them.">
      <Answered query={query} keepsData>
        {(vault) => (
          <>
            <VaultFacts vault={vault} />
            {vault.state === 'locked' && (vault.hasPassphrase ? <EnterPassphrase /> : <UnlockKeyring vault={vault} />)}
            {vault.state === 'unlocked' && <RecoveryPassphrase vault={vault} />}
            {vault.state === 'unlocked' && <LockKeys vault={vault} />}
            <LockAfterField />
            {vault.state === 'key-lost' && <KeyLost vault={vault} />}
            {vault.state === 'new' && <Text size="sm">No key has been made yet.</Text>}
          </>
        )}
      </Answered>
    </Section>
  )
}

const states: Record<VaultState['state'], string> = {
  unlocked: 'Unlocked',
  new: 'Nothing sealed yet',
  locked: 'Locked',
  'key-lost': 'The master key is missing',
}

function VaultFacts({ vault }: { vault: VaultState }) {
  const onlyPassphrase = vault.keyring === 'unavailable'
  return (
    <Facts
      facts={[
        ['State', states[vault.state]],
        [
          'Master key kept in',
          vault.state === 'key-lost' ? 'Not found' : onlyPassphrase ? 'your passphrase' : vault.keptIn,
        ],
        ['Sealed', countOf(vault.sealedFiles, 'private key')],
        [onlyPassphrase ? 'Passphrase' : 'Recovery passphrase', vault.hasPassphrase ? 'Set' : 'Not set'],
        ['Keyring', vault.keyringProblem],
      ]}
    />
  )
}
