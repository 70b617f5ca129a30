import { existsSync } from 'node:fs'
import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import { allRows } from '#shared/logic/all-rows'
import type { IdentitySummary } from '#shared/model/identity'

export const allIdentities = ({ identities }: Services) => allRows((page) => identities.list({ ...page, search: '' }))

/**
 * By ID, key code or exact name. Errors: `not-found`; `ambiguous` with the key codes, if several have the name.
 *
 * @param fileOption The option of the command that takes a file, for somebody who passed one here.
 */
export async function findIdentity(
  services: Services,
  wanted: string,
  fileOption: '--file' | '--cert' | null = null,
  { isForRenewal = false } = {},
): Promise<IdentitySummary> {
  const { rows } = await allIdentities(services)
  const named = rows.filter((row) => [row.id, row.keyCode, row.name].some((name) => name === wanted.trim()))
  const found = named.filter((row) => !isPartOfAnother(row, named, isForRenewal))
  const [only] = found
  if (only === undefined) {
    const file =
      fileOption !== null && existsSync(wanted) ? ` To use the file of that name, pass ${fileOption} ${wanted}.` : ''
    throw new AppError('not-found', `No certificate is called “${wanted}”.${file}`)
  }
  if (found.length > 1) {
    throw new AppError(
      'ambiguous',
      `Several certificates are called “${wanted}”. Use a key code: ${found.map((row) => row.keyCode).join(', ')}`,
    )
  }
  return only
}

/**
 * A renewal has two certificates of one name. Nothing can be done with the request but wait for it; to continue a renewal,
 * either of them will do.
 */
function isPartOfAnother({ replaces, sha256, id }: IdentitySummary, named: IdentitySummary[], isForRenewal: boolean) {
  if (replaces === null || replaces.identity === id || replaces.isKept) return false
  return (sha256 === null || isForRenewal) && named.some((other) => other.id === replaces.identity)
}
