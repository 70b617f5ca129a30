import { chmodSync, existsSync } from 'node:fs'
import Sqlite from 'libsql'
import { z } from 'zod'
import { AppError } from '#shared/errors'

export type Value = string | number | Uint8Array | null

/**
 * One SQLite connection with parsed rows. Values always travel as one array: libsql takes a lone Buffer for a table of
 * named parameters and ends the process.
 */
export interface Connection {
  run(sql: string, values?: Value[]): void
  all<Row>(row: z.ZodType<Row>, sql: string, values?: Value[]): Row[]
  get<Row>(row: z.ZodType<Row>, sql: string, values?: Value[]): Row | null
  script(sql: string): void
  /** All or nothing. */
  transaction<T>(work: () => T): T
  close(): void
}

export interface ConnectionOptions {
  /** How long a statement waits for another process, in milliseconds. */
  busyMs: number
}

export function openConnection(path: string, { busyMs }: ConnectionOptions): Connection {
  const isNew = !existsSync(path)
  const database = guarded(() => new Sqlite(path, { timeout: busyMs / 1000 }))
  if (isNew) chmodSync(path, 0o600)
  guarded(() => database.exec(`PRAGMA busy_timeout = ${busyMs}`))

  function all<Row>(row: z.ZodType<Row>, sql: string, values: Value[] = []): Row[] {
    return z.array(row).parse(guarded(() => database.prepare(sql).all(values)))
  }

  return {
    run: (sql, values = []) => void guarded(() => database.prepare(sql).run(values)),
    all,
    // Not the driver's own get(): it adds a `_metadata` column to the row.
    get: (row, sql, values = []) => all(row, sql, values)[0] ?? null,
    script: (sql) => void guarded(() => database.exec(sql)),
    transaction(work) {
      guarded(() => database.exec('BEGIN IMMEDIATE'))
      try {
        const result = work()
        guarded(() => database.exec('COMMIT'))
        return result
      } catch (error) {
        if (database.inTransaction) database.exec('ROLLBACK')
        throw error
      }
    },
    close: () => void database.close(),
  }
}

const SqliteError = z.object({ code: z.string(), message: z.string() })

/** SQLite's result codes (sqlite.org/rescode.html) in our words; whatever is not foreseen stays a bug. */
function guarded<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    const { code = '', message = '' } = SqliteError.safeParse(error).data ?? {}
    if (/^SQLITE_(CORRUPT|NOTADB)/u.test(code) || /malformed|not a database/u.test(message)) {
      throw new AppError('database-damaged', code)
    }
    if (/^SQLITE_(FULL|IOERR)/u.test(code)) throw new AppError('disk-full', code)
    if (/^SQLITE_BUSY/u.test(code) || /database is locked/u.test(message))
      throw new AppError('busy', 'The database is in use.')
    throw error
  }
}
