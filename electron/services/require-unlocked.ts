import { closedBy } from '#electron/vault/describe'
import type { Vault } from '#electron/vault/vault'

/**
 * Opens the vault by itself where the keyring allows it; otherwise says which question has to be asked. A new vault is
 * asked too: only asking tells whether the keyring would keep its first key, which the first sealed secret makes.
 */
export async function requireUnlocked(vault: Vault): Promise<void> {
  const before = await vault.state()
  const closed = closedBy(before.state === 'unlocked' ? before : await vault.openByItself())
  if (closed !== null) throw closed
}
