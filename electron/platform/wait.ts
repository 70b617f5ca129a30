import { AppError } from '#shared/errors'
import { throwIfCancelled } from './cancelled'

/** Injected, so that tests wait for nothing. Rejects with `cancelled` as soon as `signal` is aborted. */
export type Wait = (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>

export const systemWait: Wait = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    throwIfCancelled(signal)
    const cancel = () => {
      clearTimeout(timer)
      reject(new AppError('cancelled'))
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', cancel)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', cancel, { once: true })
  })
