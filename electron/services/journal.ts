import { timingSafeEqual } from 'node:crypto'
import type { Database, OperationRow } from '#electron/database/database'
import type { Authenticate } from '#electron/vault/authenticate'
import type { Vault } from '#electron/vault/vault'
import { type AppError, isAppError } from '#shared/errors'
import { requireUnlocked } from './require-unlocked'

export interface JournalPorts {
  database: Pick<Database, 'operations'>
  vault: Vault
  /** This account on this computer (`platform/machine-account.ts`); null where the system cannot name it. */
  machineAccount(): Promise<string | null>
}

export type UnsignedRow = Omit<OperationRow, 'mac'>

/**
 * The journal's rows with the proof of who wrote them. The database may lie on a stick, in a shared folder or in
 * somebody's backup, and a row makes the next start change certificate stores. So a row counts only with a MAC under a key
 * of the vault, over all of it and over the account and computer it was written on.
 *
 * What a MAC cannot show is that a row is over: whoever can write to the folder can put an earlier row of ours back.
 * That is why recoveries must be harmless when repeated: they only take away what their own operation had brought, or
 * finish a removal that was asked for, and never give trust.
 */
export function createJournal({ database, vault, machineAccount }: JournalPorts) {
  const { operations } = database

  /**
   * For writing and checking. Null where rows cannot be signed: the master key is lost, there is no keyring for a new one,
   * or the system cannot name the computer. Errors: `vault-locked` and `keyring-locked`, where a person can help it.
   */
  async function authenticator(): Promise<RowAuthenticator | null> {
    const here = await machineAccount()
    if (here === null) return null
    try {
      await requireUnlocked(vault)
      return authenticatorFor(await vault.authenticator('journal'), here)
    } catch (error) {
      if (!isAppError(error) || (await canBeUnlocked(error))) throw error
      return null
    }
  }

  /** Where nobody can open the vault, an uninstall must still be possible. */
  async function canBeUnlocked(error: AppError): Promise<boolean> {
    if (error.code !== 'vault-locked' && error.code !== 'keyring-locked') return false
    const { state, keyring, hasPassphrase, lockedOnPurpose } = await vault.state()
    return state === 'locked' && (hasPassphrase || keyring === 'locked' || lockedOnPurpose)
  }

  /** For a mere look: nobody is asked, and no key is made. Null where nothing can be proven now. */
  async function authenticatorIfOpen(): Promise<RowAuthenticator | null> {
    return (await vault.state()).state === 'unlocked' ? authenticator() : null
  }

  const begin = (row: UnsignedRow, by: RowAuthenticator | null) =>
    operations.begin({ ...row, mac: by?.mac(row) ?? null })

  const advance = (row: UnsignedRow, by: RowAuthenticator | null) =>
    operations.advance(row.id, { step: row.step, payload: row.payload, mac: by?.mac(row) ?? null })

  return {
    authenticator,
    authenticatorIfOpen,
    begin,
    advance,
    finish: operations.finish,
    unfinished: operations.unfinished,
  }
}

export interface RowAuthenticator {
  mac(row: UnsignedRow): string
  isGenuine(row: OperationRow): boolean
}

function authenticatorFor(authenticate: Authenticate, here: string): RowAuthenticator {
  const tag = ({ id, kind, step, payload, startedAt }: UnsignedRow) =>
    // JSON keeps the fields apart, whatever is in them.
    authenticate(Buffer.from(JSON.stringify([1, here, id, kind, step, payload, startedAt])))
  return {
    mac: (row) => tag(row).toString('hex'),
    isGenuine(row) {
      const given = Buffer.from(row.mac ?? '', 'hex')
      const wanted = tag(row)
      return given.length === wanted.length && timingSafeEqual(given, wanted)
    },
  }
}

export type Journal = ReturnType<typeof createJournal>
