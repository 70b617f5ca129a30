import { timingSafeEqual } from 'node:crypto'
import type { Database, OperationProgress, OperationRow } from '#electron/database/database'
import type { Authenticate } from '#electron/vault/authenticate'
import type { Vault } from '#electron/vault/vault'
import { type AppError, isAppError } from '#shared/errors'
import { requireUnlocked } from './require-unlocked'

export interface JournalPorts {
  database: Pick<Database, 'operations'>
  vault: Vault
  /** This account on this computer (`platform/machine-account.ts`); null where the system cannot name it. */
  machineAccount(): Promise<string | null>
  /** False where the folder cannot be closed to others: anybody may put any earlier row back, so none is run. */
  keepsModes: boolean
}

export type UnsignedRow = Omit<OperationRow, 'mac'>

/**
 * Who wrote a row, as far as is known now. `elsewhere`: this vault, on another computer or account. `vault-locked` and
 * `vault-unreadable`: known only once the vault is open.
 */
export type Standing =
  | 'genuine'
  | 'unsigned'
  | 'elsewhere'
  | 'other-vault'
  | 'no-machine-id'
  | 'no-permissions'
  | 'vault-locked'
  | 'vault-unreadable'

/**
 * The journal's rows with the proof of who wrote them. The database may lie on a stick, in a shared folder or in
 * somebody's backup, and a row makes the next start change certificate stores. So a row counts only with a MAC under a key
 * of the vault, over all of it and over the account and computer it was written on.
 *
 * What a MAC cannot show is that a row is over: whoever can write to the folder can put an earlier row of ours back.
 * That is why recoveries must be harmless when repeated: they only take away what their own operation had brought, or
 * finish a removal that was asked for, and never give trust.
 */
export function createJournal({ database, vault, machineAccount, keepsModes }: JournalPorts) {
  const { operations } = database

  /**
   * For writing and checking. Null where rows are not signed: the folder is open to all, the master key is lost, there is no
   * keyring for a new one, or the system cannot name the computer. Errors: `vault-locked` and `keyring-locked`, where a person can help it.
   */
  async function authenticator(): Promise<RowAuthenticator | null> {
    const here = keepsModes ? await machineAccount() : null
    if (here === null) return null
    try {
      await requireUnlocked(vault)
      return authenticatorFor(await vault.authenticator('journal'), here)
    } catch (error) {
      if (!isAppError(error) || (await canBeUnlocked(error))) throw error
      return null
    }
  }

  /** An uninstall must still be possible when the vault cannot be opened. */
  async function canBeUnlocked(error: AppError): Promise<boolean> {
    if (error.code !== 'vault-locked' && error.code !== 'keyring-locked') return false
    const { state, keyring, hasPassphrase, lockedOnPurpose } = await vault.state()
    return state === 'locked' && (hasPassphrase || keyring === 'locked' || lockedOnPurpose)
  }

  /** For reading only: no question is asked and no key is created. Null where nothing can be proven now. */
  async function authenticatorIfOpen(): Promise<RowAuthenticator | null> {
    return (await vault.state()).state === 'unlocked' ? authenticator() : null
  }

  /** In the order of the rows. For reading only, as above. */
  async function judge(rows: OperationRow[]): Promise<Standing[]> {
    if (!keepsModes) return rows.map(() => 'no-permissions')
    const isAnySigned = rows.some(({ mac }) => mac !== null)
    const standingOf = isAnySigned ? await signedStanding() : () => 'unsigned' as const
    return rows.map((row) => (row.mac === null ? 'unsigned' : standingOf(row)))
  }

  async function signedStanding(): Promise<(row: OperationRow) => Standing> {
    if ((await machineAccount()) === null) return () => 'no-machine-id'
    try {
      const { state } = await vault.state()
      if (state === 'unlocked') return (await authenticator())?.standing ?? (() => 'vault-unreadable')
      // Without sealed keys and a way to the master key, this vault has never signed anything.
      const standing = ({ locked: 'vault-locked', 'key-lost': 'vault-unreadable', new: 'other-vault' } as const)[state]
      return () => standing
    } catch (error) {
      if (!isAppError(error)) throw error
      // It was locked meanwhile, or its header is damaged or of a newer version.
      return isAppError(error, 'vault-locked') ? () => 'vault-locked' : () => 'vault-unreadable'
    }
  }

  const begin = (row: UnsignedRow, by: RowAuthenticator | null) =>
    operations.begin({ ...row, mac: by?.mac(row) ?? null })

  const progressOf = (row: UnsignedRow, by: RowAuthenticator | null): OperationProgress => ({
    id: row.id,
    step: row.step,
    payload: row.payload,
    mac: by?.mac(row) ?? null,
  })

  const advance = (row: UnsignedRow, by: RowAuthenticator | null) => operations.advance(progressOf(row, by))

  return {
    authenticator,
    authenticatorIfOpen,
    judge,
    begin,
    progressOf,
    advance,
    finish: operations.finish,
    unfinished: operations.unfinished,
  }
}

export interface RowAuthenticator {
  mac(row: UnsignedRow): string
  isGenuine(row: OperationRow): boolean
  standing(row: OperationRow): Standing
}

/**
 * Two tags: one over the row and where it was written, which alone makes it genuine, and one over the row, which only tells a
 * home folder that moved from a row of somebody else.
 */
function authenticatorFor(authenticate: Authenticate, here: string): RowAuthenticator {
  const tag = (place: string | null, { id, kind, step, payload, startedAt }: UnsignedRow) =>
    // JSON keeps the fields apart, whatever is in them.
    authenticate(Buffer.from(JSON.stringify([1, place, id, kind, step, payload, startedAt])))
  const mac = (row: UnsignedRow) => Buffer.concat([tag(here, row), tag(null, row)])

  function standing(row: OperationRow): Standing {
    const [given, wanted] = [Buffer.from(row.mac ?? '', 'hex'), mac(row)]
    if (given.length !== wanted.length) return 'other-vault'
    const matches = (from: number) => timingSafeEqual(given.subarray(from, from + 32), wanted.subarray(from, from + 32))
    if (matches(0)) return 'genuine'
    return matches(32) ? 'elsewhere' : 'other-vault'
  }

  return {
    mac: (row) => mac(row).toString('hex'),
    standing,
    isGenuine: (row) => standing(row) === 'genuine',
  }
}

export type Journal = ReturnType<typeof createJournal>
