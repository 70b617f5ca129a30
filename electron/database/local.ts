import { databaseOver } from './client'
import type { Database } from './database'
import { dispatch } from './dispatch'
import { openTables } from './open'

/** The same database in the caller's own thread: for tests and for short-lived tools. */
export function openLocalDatabase(home: string): Database {
  const opened = openTables(home)
  return databaseOver(
    async (table, method, args) => dispatch(opened, { id: 0, table, method, args }),
    async () => undefined,
  )
}
