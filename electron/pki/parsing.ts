import { AppError, isAppError } from '#shared/errors'

/** Whatever a parser throws at a broken file is one thing to a person: the file is malformed. */
export function parsing<T>(what: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (isAppError(error)) throw error
    throw new AppError('malformed', `The ${what} cannot be read.`, { cause: error })
  }
}
