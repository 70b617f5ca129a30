import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs'
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
  makePrivate(path)
  const database = guarded(() => new Sqlite(path, { timeout: busyMs / 1000 }))
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

/**
 * Readable by its owner alone before SQLite writes the first byte; the log and the index beside it get their modes from it
 * (sqlite's findCreateFileMode). Also where a restored backup, or another program, was more generous.
 */
function makePrivate(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0
    if ((mode & 0o077) !== 0) tryToClose(file)
  }
}

/** Not every file system keeps modes, and the file may belong to another account. Both are checked with the folder. */
function tryToClose(file: string): void {
  try {
    chmodSync(file, 0o600)
  } catch (error) {
    if (!isSystemError(error)) throw error
  }
}

const isSystemError = (error: unknown): boolean => error instanceof Error && 'errno' in error

const SqliteError = z.object({ code: z.string(), message: z.string() })

/** SQLite's result codes (sqlite.org/rescode.html) as our errors; any other is a bug. */
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
