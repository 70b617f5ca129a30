import type { IdentityRow } from '#electron/database/identity-rows'
import { certificateKey } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { AppError } from '#shared/errors'
import type { IdentityId } from '#shared/model/ids'
import { issuedCertificates } from '../issued-certificates'
import type { Filer } from './filing'
import type { IdentityPorts } from './ports'

/** Changes the issuers that are sent with a certificate, and nothing else about it. */
export function createChainUpdate({ database }: Pick<IdentityPorts, 'database'>, filer: Filer) {
  /** Issuers (DER) that came alone go to the certificates whose chain they complete or renew; returns those. */
  async function addIssuers(issuers: Uint8Array[], signal: AbortSignal | undefined): Promise<IdentityRow[]> {
    const names = new Set(issuers.map((der) => viewCertificate(der).subject))
    const updated: IdentityRow[] = []
    for (const id of await database.identities.ids()) {
      const row = await database.identities.get(id)
      if (row !== null && (await isBelow(row, names)) && (await update(row, issuers, signal))) updated.push(row)
    }
    return updated
  }

  /** Takes newer issuers of the same key from this computer. False where there are none. Errors: `not-found`. */
  async function renewIssuers(id: IdentityId): Promise<boolean> {
    const row = await database.identities.get(id)
    if (row === null) throw new AppError('not-found', 'This certificate is no longer here.')
    return update(row, [], undefined)
  }

  /** By name alone; whether one really issued the other is decided where the chain is made. */
  async function isBelow(row: IdentityRow, names: ReadonlySet<string>): Promise<boolean> {
    return (await issuedCertificates(database, row)).some(({ issuer }) => names.has(issuer))
  }

  async function update(row: IdentityRow, issuers: Uint8Array[], signal: AbortSignal | undefined): Promise<boolean> {
    const [leaf] = await issuedCertificates(database, row)
    if (leaf === undefined) return false
    const match = { leaf: leaf.der, spki: certificateKey(leaf.der), identity: row, key: null }
    const result = await filer.file(match, issuers, 'file', signal)
    // Another process has just filed this certificate. Read again which chain it has now.
    if (result === 'overtaken') return false
    const now = await database.identities.get(row.id)
    return now !== null && now.chain.join() !== row.chain.join()
  }

  return { addIssuers, renewIssuers }
}

export type ChainUpdate = ReturnType<typeof createChainUpdate>
