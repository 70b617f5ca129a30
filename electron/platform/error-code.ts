import { AppError, type ErrorCode } from '#shared/errors'

/** The code of an error of the system or of Node, `ENOENT` say; null for one that has none. */
export const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error ? String(error.code) : null

/** Node's code of a failed system call; null for any other error. */
export const systemCodeOf = (error: unknown): string | null =>
  error instanceof Error && 'errno' in error && 'code' in error ? String(error.code) : null

export const hasCode = (error: unknown, ...codes: string[]): boolean => codes.includes(codeOf(error) ?? '')

/** For `catch`: an answer where the file or folder is not there. Any other error goes on. */
export const ifMissing =
  <T>(value: T) =>
  (error: unknown): T => {
    if (hasCode(error, 'ENOENT')) return value
    throw error
  }

/** For `catch`: a failed system call as this error of ours, with what the system said. Any other error goes on. */
export const failedAs =
  (code: ErrorCode) =>
  (error: unknown): never => {
    if (!(error instanceof Error) || systemCodeOf(error) === null) throw error
    throw new AppError(code, error.message, { cause: error })
  }
