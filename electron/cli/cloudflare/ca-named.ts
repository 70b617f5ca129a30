import { AppError } from '#shared/errors'
import type { AccessAccount, AccessCa } from '#shared/model/access-account'

/** The CA of an account by its name or ID. Errors: `not-found`; `ambiguous` where several have the name. */
export function caNamed({ cas }: AccessAccount, wanted: string): AccessCa {
  const [only, ...others] = cas.filter(({ id, name }) => id === wanted || name === wanted)
  if (only === undefined) throw new AppError('not-found', `Access has no CA called “${wanted}”.`)
  if (others.length > 0) throw new AppError('ambiguous', `Several CAs are called “${wanted}”. Use the ID.`)
  return only
}
