import { type Log, silentLog } from '#electron/platform/log'
import { databaseOver, SLOW_MS } from './client'
import type { Database } from './database'
import { openTables } from './open'
import { methodsOver } from './repositories'

/**
 * The same database in the caller's own thread: for the command line, which has no window to keep alive and would wait longer
 * for a thread of its own than for its queries, and for tests. Errors: those of `openTables`.
 */
export function openLocalDatabase(home: string, log: Log = silentLog): Database {
  const methods = methodsOver(openTables(home))
  return databaseOver(
    async (step, args) => {
      const started = performance.now()
      try {
        return methods[step]?.(args)
      } finally {
        const milliseconds = performance.now() - started
        if (milliseconds >= SLOW_MS) log.warn('slow-query', { step, milliseconds: Math.round(milliseconds) })
      }
    },
    async () => undefined,
  )
}
