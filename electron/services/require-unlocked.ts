import type { Vault } from '#electron/vault/vault'
import { AppError } from '#shared/errors'

/** Opens the vault by itself where the keyring allows it; otherwise says which question has to be asked. */
export async function requireUnlocked(vault: Vault): Promise<void> {
  const before = await vault.state()
  // Also a new vault: only asking tells whether the keyring would keep its first key.
  const { state, keyring, hasPassphrase } = before.state === 'unlocked' ? before : await vault.unlock(null)
  switch (state) {
    case 'unlocked':
      return
    case 'new':
      if (keyring === 'usable') return // The first sealed secret makes the master key.
      throw new AppError('passphrase-needed')
    case 'key-lost':
      throw new AppError('vault-key-lost')
    case 'locked':
      throw new AppError(keyring === 'locked' && !hasPassphrase ? 'keyring-locked' : 'vault-locked')
  }
}
