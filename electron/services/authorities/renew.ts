import type { AuthorityListRow } from '#electron/database/authority-tables'
import { AppError } from '#shared/errors'
import { formatDate } from '#shared/logic/formatting'
import type { IssuedCertificate } from '#shared/model/authority'
import type { AuthorityId, Sha256 } from '#shared/model/ids'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts } from './ports'
import { issuedRowOf } from './record'
import { horizonOf, issuedCertificate } from './summary'

/** The same subject and key, a new serial number and new dates. */
export function createRenewer({ database, jobs, clock, changed }: AuthorityPorts, keys: AuthorityKeys) {
  /** After a roll-over the newest successor signs: that is how an old issuer's certificates come to an end. */
  async function signerOf(id: AuthorityId): Promise<AuthorityListRow> {
    let row = await keys.get(id)
    while (row.successor !== null) row = await keys.get(row.successor)
    return row
  }

  return async (certificate: Sha256, days: number, passphrase: string): Promise<IssuedCertificate> => {
    const old = await database.issued.get(certificate)
    if (old === null) throw new AppError('not-found', 'This certificate is not in the list.')
    if (old.revokedAt !== null)
      throw new AppError('invalid-input', 'This certificate was revoked; a new one needs a new request.')
    const { id: authority } = await signerOf(old.authority)
    return keys.signWith({ authority, passphrase }, async (issuer, { id }) => {
      const now = clock.now()
      const made = await jobs.run('renew-certificate', { issuer, certificate: old.der, days, now })
      const row = issuedRowOf(id, made, now.toISOString())
      const sentence = `Valid until ${formatDate(row.notAfter)}.`
      const line = { at: now.toISOString(), kind: 'certificate-renewed', about: row.commonName, sentence } as const
      await database.issued.add([row], line)
      changed('authorities', 'activity')
      return issuedCertificate(row, horizonOf(now))
    })
  }
}
