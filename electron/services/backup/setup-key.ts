import { setupKeyOf } from '#electron/pki/setup-file'
import type { BackupRecord } from '#electron/vault/backup/records'
import type { Vault } from '#electron/vault/vault'
import { isAppError } from '#shared/errors'
import type { RestoreReport } from '#shared/model/backup'
import type { Sha256 } from '#shared/model/ids'
import { SETUP_KEY_ID } from '../setup-keys'
import { damagedEntry } from './from-record'

/** The fingerprint of the key in a record. Errors: `backup-damaged`. */
export function setupKeyIn({ section, fields, bytes }: BackupRecord): Sha256 {
  const { key } = bytes
  if (key === undefined || JSON.stringify(fields) !== '{}') throw damagedEntry(section)
  try {
    return setupKeyOf(key).sha256
  } catch (error) {
    if (isAppError(error)) throw damagedEntry(section)
    throw error
  }
}

/** People have compared the key that is here, and policies pin it: a restore brings one only where there is none. */
export function createSetupKeyRestore(vault: Vault) {
  /** Null also where it cannot be read now. */
  async function keyHere(): Promise<Sha256 | null> {
    try {
      const pkcs8 = await vault.open('setup-key', SETUP_KEY_ID)
      const { sha256 } = setupKeyOf(pkcs8)
      pkcs8.fill(0)
      return sha256
    } catch (error) {
      if (isAppError(error)) return null
      throw error
    }
  }

  return {
    async outcomeOf(inBackup: Sha256 | null): Promise<RestoreReport['setupKey']> {
      if (inBackup === null) return null
      if (!(await vault.has('setup-key', SETUP_KEY_ID))) return 'added'
      return (await keyHere()) === inBackup ? 'present' : 'kept'
    },
    /** Only the one that this restore brought. */
    async takeBack(brought: Sha256): Promise<void> {
      if ((await keyHere()) === brought) await vault.delete('setup-key', SETUP_KEY_ID)
    },
  }
}
