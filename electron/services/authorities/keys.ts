import type { AuthorityListRow } from '#electron/database/authority-tables'
import type { Issuer } from '#electron/pki/authority/issuer'
import { certificatePem } from '#electron/pki/x509/pem'
import { lockSecret, unlockSecret } from '#electron/vault/locked'
import { AppError } from '#shared/errors'
import type { AuthorityId, StagedId } from '#shared/model/ids'
import { requireUnlocked } from '../require-unlocked'
import type { AuthorityPorts, Signature } from './ports'
import { takeRestored } from './restored-key'
import type { UnlockedKeyHolder } from './unlocked-key'

/** Signing keys: locked with a passphrase of their own, and sealed by the vault around it. */
export function createAuthorityKeys({ database, vault, jobs, random }: AuthorityPorts, unlocked: UnlockedKeyHolder) {
  /** With its certificate (DER) beside it. */
  async function seal(
    id: AuthorityId,
    { pkcs8, certificate }: { pkcs8: Uint8Array; certificate: Uint8Array },
    passphrase: string,
  ): Promise<void> {
    await requireUnlocked(vault)
    await vault.keepCertificate(id, certificatePem(certificate))
    const locked = await lockSecret(pkcs8, labelOf(id), passphrase, { jobs, random })
    await vault.seal('authority-key', id, locked)
  }

  /** Errors: `passphrase-wrong`, `key-not-in-vault`, those of the vault. The caller wipes what it gets. */
  async function open(row: AuthorityListRow, passphrase: string | null): Promise<Uint8Array> {
    if (!row.hasKey) throw new AppError('key-not-in-vault', `Only the certificate of “${row.name}” is here.`)
    if (passphrase === null) throw new AppError('invalid-input', `The passphrase of “${row.name}” is needed.`)
    return openSealed(row.id, passphrase)
  }

  /** Whether a record speaks of it or not. Errors and wiping as with `open`. */
  async function openSealed(id: AuthorityId, passphrase: string): Promise<Uint8Array> {
    await requireUnlocked(vault)
    const { locked, lockedFor } = takeRestored(await vault.open('authority-key', id), id)
    return unlockSecret(locked, labelOf(lockedFor), passphrase, jobs)
  }

  async function get(id: AuthorityId): Promise<AuthorityListRow> {
    const row = await database.authorities.get(id)
    if (row === null) throw new AppError('not-found', 'This issuer is no longer here.')
    return row
  }

  /** Lends the signing key to `work` and wipes it afterwards, come what may. */
  async function signWith<T>(
    { authority, passphrase, batch }: Signature,
    work: (issuer: Issuer, row: AuthorityListRow) => Promise<T>,
  ): Promise<T> {
    const row = await get(authority)
    if (row.hasKey && row.lastCrl === 'needed') throw new AppError('last-crl-needed', `“${row.name}”`)
    const kept = passphrase === null && batch !== undefined ? unlocked.copyFor(authority, batch) : null
    const issuerKey = kept ?? (await open(row, passphrase))
    try {
      return await work({ issuerCertificate: row.der, issuerKey }, row)
    } finally {
      issuerKey.fill(0)
    }
  }

  /** For one reviewed batch. Roots are needed rarely, so theirs is asked for each time. Errors: `invalid-input`, those of `open`. */
  async function unlockFor(batch: StagedId, id: AuthorityId, passphrase: string): Promise<void> {
    const row = await get(id)
    if (!unlocked.staysUnlocked)
      throw new AppError(
        'invalid-input',
        'Keys do not stay unlocked here: the passphrase is needed for each signature.',
      )
    if (row.isRoot) throw new AppError('invalid-input', 'The key of a root never stays unlocked.')
    const key = await open(row, passphrase)
    unlocked.hold(id, batch, key)
  }

  async function setPassphrase(id: AuthorityId, current: string, passphrase: string): Promise<void> {
    const row = await get(id)
    const key = await open(row, current)
    try {
      await seal(id, { pkcs8: key, certificate: row.der }, passphrase)
    } finally {
      key.fill(0)
    }
  }

  /** For issuers whose keys were sealed before certificates were kept beside them. */
  async function keepCertificates(): Promise<void> {
    for (const { id, der, hasKey } of await database.authorities.list())
      if (hasKey && (await vault.certificate(id)) === null) await vault.keepCertificate(id, certificatePem(der))
  }

  return { seal, openSealed, get, signWith, unlockFor, setPassphrase, keepCertificates }
}

const labelOf = (id: AuthorityId) => `authority-key:${id}`

export type AuthorityKeys = ReturnType<typeof createAuthorityKeys>
