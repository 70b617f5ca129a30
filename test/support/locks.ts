import { join } from 'node:path'
import { createOperationLock } from '#electron/database/lock'
import type { TryLock } from '#electron/platform/hold-lock'

/** The lock of a home folder, each time as another process would open it. */
export function lockOf(home: string): TryLock {
  const lock = createOperationLock(join(home, 'operations.lock'))
  return async () => (lock.take() ? async () => lock.release() : null)
}

/** For a folder that only one process uses. */
export const unlocked: TryLock = async () => async () => undefined
