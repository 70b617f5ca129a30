import { z } from 'zod'
import { AuthorityId } from './ids'

export const VaultState = z.strictObject({
  /**
   * `new`: nothing sealed yet and no keyring: a passphrase must be chosen. `locked`: ask for the passphrase or unlock
   * the keyring. `key-lost`: sealed files exist, the keyring answered and has no key for them.
   */
  state: z.enum(['unlocked', 'new', 'locked', 'key-lost']),
  /** Where the master key lives, in words: "GNOME Keyring", "Keychain", "Credential Manager", "passphrase". */
  keptIn: z.string(),
  /** By the person or after idle time, not by the keyring: it stays locked until it is unlocked by hand. */
  lockedOnPurpose: z.boolean(),
  keyring: z.enum(['usable', 'locked', 'unavailable']),
  keyringProblem: z.string().nullable(),
  hasPassphrase: z.boolean(),
  sealedFiles: z.number().int(),
})
export type VaultState = z.infer<typeof VaultState>

/** Minutes without any use of the computer after which the keys are locked; null for never. */
export const LockAfter = z.literal([5, 15, 60]).nullable()
export type LockAfter = z.infer<typeof LockAfter>

/**
 * How the person wants the vault to behave. 15 minutes of inactivity end a session of the highest level in NIST SP 800-63B-3
 * (section 4.3.3).
 */
export const VaultPreferences = z.object({ lockAfter: LockAfter.default(15) })
export type VaultPreferences = z.infer<typeof VaultPreferences>

/** Typed by a person and measured in characters; the renderer shows its strength. */
export const Passphrase = z.string().min(1).max(1024)

/** Keys that no record speaks of: the database was removed or replaced, the vault was not. */
export const UnrecordedKeys = z.strictObject({
  certificateKeys: z.number().int().nonnegative(),
  /** Of issuers, which can be rebuilt from the certificate beside the key. `name`: what it says; null where there is none. */
  issuers: z.array(z.strictObject({ id: AuthorityId, name: z.string().nullable() })),
})
export type UnrecordedKeys = z.infer<typeof UnrecordedKeys>
