import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import type { IdentitySummary } from '#shared/model/identity'

/** By id, key code or exact name; two of one name are told apart instead of guessed. */
export async function findIdentity(services: Services, wanted: string): Promise<IdentitySummary> {
  const { rows } = await services.identities.list({ offset: 0, limit: 1000, search: '' })
  const found = rows.filter((row) => [row.id, row.keyCode, row.name].some((name) => name === wanted.trim()))
  const [only] = found
  if (only === undefined) throw new AppError('not-found', `No certificate is called “${wanted}”.`)
  if (found.length > 1) {
    throw new AppError(
      'not-found',
      `Several are called “${wanted}”; use a key code: ${found.map((row) => row.keyCode).join(', ')}`,
    )
  }
  return only
}
