import { databaseOver } from './client'
import type { Database } from './database'
import { openTables } from './open'
import { methodsOver } from './repositories'

/** The same database in the caller's own thread: for tests and for short-lived tools. */
export function openLocalDatabase(home: string): Database {
  const methods = methodsOver(openTables(home))
  return databaseOver(
    async (name, args) => methods[name]?.(args),
    async () => undefined,
  )
}
