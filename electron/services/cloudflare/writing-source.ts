import { AppError } from '#shared/errors'
import { type AccessAccount, isPracticeAccount } from '#shared/model/access-account'
import type { Progress, Source } from './ports'

/** The stored token is for reading, so it never stands in for one that may write. */
export function writingSource({ id }: Pick<AccessAccount, 'id'>, token: string | null, progress: Progress): Source {
  if (isPracticeAccount({ id })) return { token, account: null, isPractice: true, ...progress }
  if (token === null) throw new AppError('invalid-input', 'Changes need an API token that may write.')
  return { token, account: id, ...progress }
}
