import type { AuthorityListRow } from '#electron/database/authority-tables'
import { wholeFile } from '#electron/pki/containers/opened'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { AppError } from '#shared/errors'
import type { AuthoritySummary } from '#shared/model/authority'
import type { AuthorityId } from '#shared/model/ids'
import { openFile } from '../open-file'
import type { AuthorityKeys } from './keys'
import { broughtRevocations } from './last-crl'
import type { AuthorityPorts } from './ports'
import { summarise } from './summary'

/**
 * A restored issuer may have published lists after the backup was made. Before it signs again, its last one is given, so that
 * what that revokes stays revoked and the numbers go on, or somebody declares that none can be given.
 */
export function createLastCrlSettler({ database, jobs, clock, changed }: AuthorityPorts, keys: AuthorityKeys) {
  /** `files`: with its last list; null where there is none. Errors: `already-present`, `invalid-input`, those of the files. */
  return async (id: AuthorityId, files: IncomingFile[] | null): Promise<AuthoritySummary> => {
    const row = await keys.get(id)
    if (row.lastCrl !== 'needed')
      throw new AppError('already-present', `“${row.name}” does not wait for its last list.`)
    const brought = files === null ? { revoked: [], crl: null } : await lastOf(row, files)
    const sentence =
      brought.crl === null
        ? 'No revocation list is newer than its backup, or none can be found. The next number leaves room.'
        : 'Its last revocation list was added.'
    const at = clock.now().toISOString()
    await database.authorities.settleLastCrl(id, brought, { at, kind: 'issuer-imported', about: row.name, sentence })
    changed('authorities', 'activity')
    return summarise(await keys.get(id), clock.now())
  }

  async function lastOf({ name, der, crl: known }: AuthorityListRow, files: IncomingFile[]) {
    const crls: Uint8Array[] = []
    for (const file of files) crls.push(...wholeFile(await openFile(jobs, file, null)).crls)
    const others = (await database.authorities.list()).map((row) => row.der)
    const brought = broughtRevocations(crls, der, others)
    if (brought.crl === null)
      throw new AppError('invalid-input', `There is no revocation list of “${name}” in this file.`)
    const { number } = brought.crl
    const isOlder = known?.number != null && (number === null || number < known.number)
    if (isOlder)
      throw new AppError(
        'invalid-input',
        `This is CRL number ${number ?? 'unknown'}, but number ${known.number} is here already. Add the last one that was published.`,
      )
    return brought
  }
}
