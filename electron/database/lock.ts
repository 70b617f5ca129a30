import { basename, dirname } from 'node:path'
import { unusable } from '#electron/platform/home-trouble'
import { isAppError } from '#shared/errors'
import { openConnection } from './connection'

export interface OperationLock {
  /** False when another process, or an earlier call of this one, holds it. */
  take(): boolean
  release(): void
  close(): void
}

/**
 * A write transaction held open on a SQLite file of its own. SQLite's file locks belong to the process, so the kernel
 * drops them at the very moment the process dies: no stale lock file, no guessing by process ids.
 */
export function createOperationLock(path: string): OperationLock {
  const connection = openConnection(path, { busyMs: 0 })
  let held = false
  return {
    take() {
      if (held) return false
      try {
        connection.script('BEGIN IMMEDIATE')
        held = true
      } catch (error) {
        // It holds no data, so there is nothing to restore.
        if (isAppError(error, 'database-damaged'))
          throw unusable(dirname(path), `“${basename(path)}” in it is damaged. Remove it; it holds no data.`, {
            cause: error,
          })
        if (!isAppError(error, 'busy')) throw error
      }
      return held
    },
    release() {
      if (held) connection.script('ROLLBACK')
      held = false
    },
    close: () => connection.close(),
  }
}
