import { databaseOver } from './client'
import type { Database } from './database'
import { methodsOver } from './methods'
import { openTables } from './open'

/** The same database in the caller's own thread: for tests and for short-lived tools. */
export function openLocalDatabase(home: string): Database {
  const methods = methodsOver(openTables(home))
  return databaseOver(
    async (name, args) => methods[name]?.(args),
    async () => undefined,
  )
}
