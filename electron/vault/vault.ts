import type { VaultState } from '#shared/model/vault'
import type { Authenticate, AuthenticationPurpose } from './authenticate'

/**
 * What a sealed file is for; part of the associated data, so that files cannot be swapped for one another. An
 * 'authority-key' is moreover locked with a passphrase of its own (`locked.ts`).
 */
export type SecretKind = 'private-key' | 'api-token' | 'authority-key' | 'signer-key' | 'setup-key' | 'compared-keys'

/** Sealing and opening. After the vault has been locked meanwhile: `vault-locked`. */
export interface VaultSession {
  /** `id`: the record's id, `[0-9a-f-]{36}`. Overwrites atomically. Creates the keyring master key on first use. */
  seal(kind: SecretKind, id: string, secret: Uint8Array): Promise<void>
  /** `not-found` AppError when there is no such file. The caller wipes what it gets (`fill(0)`). */
  open(kind: SecretKind, id: string): Promise<Uint8Array>
}

/**
 * Secrets at rest. One file for each, AES-256-GCM under the master key, mode 0600; written to a temporary name, fsynced
 * and renamed, so that a file is there whole or not at all.
 * Errors: `vault-locked`, `vault-key-lost`, `vault-damaged`, `vault-too-new`, `passphrase-*`, `keyring-locked`, `disk-full`,
 * `home-unusable`.
 */
export interface Vault extends VaultSession {
  /** Asks the keyring at most once for each master key, so that looking never makes the system prompt again and again. */
  state(): Promise<VaultState>
  /** Tries the keyring again, unless the vault was locked on purpose. */
  openByItself(): Promise<VaultState>
  /**
   * By the person's own wish. With null: try the keyring; `vault-locked` where the vault was locked on purpose and has a
   * passphrase. With a passphrase: open the passphrase slot. Idempotent.
   */
  unlock(passphrase: string | null): Promise<VaultState>
  /** The first master key where no keyring is usable. Never while sealed files exist. */
  createWithPassphrase(passphrase: string): Promise<VaultState>
  /** Wipes the master key. Until the person unlocks it the vault stays closed, also to whoever asks the keyring. */
  lock(): Promise<VaultState>
  /** Adds the recovery slot, or replaces it: then `current` must open it. Needs an unlocked vault. */
  setPassphrase(current: string | null, passphrase: string): Promise<VaultState>
  /** After a lost master key: moves the unreadable files aside (nothing is deleted) and starts with an empty vault. */
  startAfresh(): Promise<VaultState>
  /** For many secrets at once: looks at the folder and for the master key only now. */
  session(): Promise<VaultSession>
  has(kind: SecretKind, id: string): Promise<boolean>
  delete(kind: SecretKind, id: string): Promise<void>
  ids(kind: SecretKind): Promise<string[]>
  /**
   * An issuer's certificate (PEM, public) beside its sealed key, so that the issuer can be known again when the database is
   * gone. Needs no unlocked vault; goes with the key. `id`: the issuer's.
   */
  keepCertificate(id: string, pem: string): Promise<void>
  /** Null where none is kept. */
  certificate(id: string): Promise<string | null>
  /** Makes and checks tags under a key derived from the master key, which it creates on first use as `seal` does. */
  authenticator(purpose: AuthenticationPurpose): Promise<Authenticate>
}
