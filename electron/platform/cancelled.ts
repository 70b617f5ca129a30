import { AppError } from '#shared/errors'

/** Between two steps that cannot be interrupted themselves. Throws `AppError('cancelled')` once `signal` is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('cancelled')
}
