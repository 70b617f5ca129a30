import type { Database } from '#electron/database/database'
import type { Clock } from '#electron/platform/clock'
import type { Preferences } from '#electron/platform/preferences'
import type { Vault } from '#electron/vault/vault'
import type { AppPreferences } from '#shared/model/preferences'
import type { LockAfter, VaultState } from '#shared/model/vault'
import type { Changed } from './changes'
import type { Operations } from './operations'
import { findUnrecordedKeys } from './unrecorded-keys'

export interface VaultPorts {
  vault: Vault
  database: Database
  clock: Clock
  operations: Pick<Operations, 'settled'>
  changed: Changed
  preferences: Preferences<AppPreferences>
  /** Called when the vault was opened: what had to wait for it. */
  unlocked(): Promise<unknown>
  /** Everything else in memory that opens something: files that wait for a password, cookie values. */
  forgetSecrets(): void
}

/** The vault with its lines in the activity log. */
export function createVaultService(ports: VaultPorts) {
  const { vault, database, clock, operations, changed, preferences, unlocked, forgetSecrets } = ports

  async function noted(
    kind: 'vault-created' | 'vault-passphrase-set' | 'vault-reset',
    sentence: string,
    act: Promise<VaultState>,
  ): Promise<VaultState> {
    const state = await act
    await database.activity.append({ at: clock.now().toISOString(), kind, about: 'Keys', sentence })
    changed('vault', 'activity', 'identities')
    return state
  }

  /** What is under way is finished first: half of it is worse than a key that is in memory a little longer. */
  async function lock(): Promise<VaultState> {
    await operations.settled()
    forgetSecrets()
    const state = await vault.lock()
    changed('vault', 'identities')
    return state
  }

  return {
    state: () => vault.state(),
    unrecorded: () => findUnrecordedKeys(vault, database),
    async unlock(passphrase: string | null): Promise<VaultState> {
      const state = await vault.unlock(passphrase)
      if (state.state === 'unlocked') await unlocked()
      changed('vault', 'identities')
      return state
    },
    lock,
    async lockAfter(): Promise<LockAfter> {
      return (await preferences.read()).lockAfter
    },
    async setLockAfter(minutes: LockAfter): Promise<LockAfter> {
      await preferences.change(() => ({ lockAfter: minutes }))
      changed('vault')
      return minutes
    },
    /** `idleSeconds`: how long the computer has been idle; infinity when it was left. Locks only an open vault, and only if that is switched on. */
    async lockWhenIdle(idleSeconds: number): Promise<void> {
      const { lockAfter } = await preferences.read()
      if (lockAfter === null || idleSeconds < lockAfter * 60) return
      if ((await vault.state()).state === 'unlocked') await lock()
    },
    create: (passphrase: string) =>
      noted('vault-created', 'Keys were sealed with a passphrase.', vault.createWithPassphrase(passphrase)),
    setPassphrase: (current: string | null, passphrase: string) =>
      noted('vault-passphrase-set', 'A recovery passphrase was set.', vault.setPassphrase(current, passphrase)),
    startAfresh: () =>
      noted(
        'vault-reset',
        'The unreadable keys were set aside, and Latchkey started with an empty vault.',
        vault.startAfresh(),
      ),
  }
}
