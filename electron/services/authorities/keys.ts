import type { AuthorityListRow } from '#electron/database/authority-tables'
import type { Issuer } from '#electron/pki/authority/issuer'
import { lockSecret, unlockSecret } from '#electron/vault/locked'
import { AppError } from '#shared/errors'
import type { AuthorityId } from '#shared/model/ids'
import { requireUnlocked } from '../require-unlocked'
import type { AuthorityPorts, Signature } from './ports'

/** Signing keys: locked with a passphrase of their own, and sealed by the vault around it. */
export function createAuthorityKeys({ database, vault, jobs, random }: AuthorityPorts) {
  async function seal(id: AuthorityId, pkcs8: Uint8Array, passphrase: string): Promise<void> {
    await requireUnlocked(vault)
    const locked = await lockSecret(pkcs8, labelOf(id), passphrase, { jobs, random })
    await vault.seal('authority-key', id, locked)
  }

  /** Errors: `passphrase-wrong`, `key-not-in-vault`, those of the vault. The caller wipes what it gets. */
  async function open(row: AuthorityListRow, passphrase: string | null): Promise<Uint8Array> {
    if (!row.hasKey) throw new AppError('key-not-in-vault', `Only the certificate of “${row.name}” is here.`)
    if (passphrase === null) throw new AppError('invalid-input', `The passphrase of “${row.name}” is needed.`)
    await requireUnlocked(vault)
    return unlockSecret(await vault.open('authority-key', row.id), labelOf(row.id), passphrase, jobs)
  }

  async function get(id: AuthorityId): Promise<AuthorityListRow> {
    const row = await database.authorities.get(id)
    if (row === null) throw new AppError('not-found', 'This issuer is no longer here.')
    return row
  }

  /** Lends the signing key to `work` and wipes it afterwards, come what may. */
  async function signWith<T>(
    { authority, passphrase }: Signature,
    work: (issuer: Issuer, row: AuthorityListRow) => Promise<T>,
  ): Promise<T> {
    const row = await get(authority)
    const issuerKey = await open(row, passphrase)
    try {
      return await work({ issuerCertificate: row.der, issuerKey }, row)
    } finally {
      issuerKey.fill(0)
    }
  }

  async function setPassphrase(id: AuthorityId, current: string, passphrase: string): Promise<void> {
    const key = await open(await get(id), current)
    try {
      await seal(id, key, passphrase)
    } finally {
      key.fill(0)
    }
  }

  return { seal, get, signWith, setPassphrase }
}

const labelOf = (id: AuthorityId) => `authority-key:${id}`

export type AuthorityKeys = ReturnType<typeof createAuthorityKeys>
