import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import Sqlite from 'libsql'
import { z } from 'zod'
import { systemCodeOf } from '#electron/platform/error-code'
import { diskFull, hasNoRoom, shownPath, unusable } from '#electron/platform/home-trouble'
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

/** Errors: `database-damaged`, `disk-full`, `home-unusable`, `busy`; each names the folder. */
export function openConnection(path: string, { busyMs }: ConnectionOptions): Connection {
  const guarded = <T>(act: () => T): T => asOurs(path, act)
  makePrivate(path)
  const database = guarded(() => new Sqlite(path, { timeout: busyMs / 1000 }))
  guarded(() => database.exec(`PRAGMA busy_timeout = ${busyMs}`))

  function all<Row>(row: z.ZodType<Row>, sql: string, values: Value[] = []): Row[] {
    const rows = z.array(row).safeParse(guarded(() => database.prepare(sql).all(values)))
    if (rows.success) return rows.data
    const columns = new Set(rows.error.issues.map((issue) => issue.path.slice(1).join('.')))
    throw damaged(path, `A record does not fit: ${[...columns].join(', ')}`, rows.error)
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
    close() {
      emptyLog(database)
      database.close()
    },
  }
}

/**
 * SQLite does this when the last connection closes, but the driver keeps its connection until the statements made from it are
 * collected, which is never where the process ends. Nobody is waited for: what cannot be moved now stays in the log, and the
 * next connection reads it there.
 */
function emptyLog(database: Sqlite.Database): void {
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)')
  } catch (error) {
    if (!SqliteError.safeParse(error).success) throw error
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
    if (systemCodeOf(error) === null) throw error
  }
}

const SqliteError = z.object({ code: z.string(), message: z.string() })

/** The driver gives a failed opening no code, but the number at the end of its message. */
function sqliteErrorOf(error: unknown): { code: string; message: string } {
  const { code = '', message = '' } = SqliteError.safeParse(error).data ?? {}
  const cannotOpen = code === '' && /^ConnectionFailed\("Unable to open .*: 14"\)$/su.test(message)
  return { code: cannotOpen ? 'SQLITE_CANTOPEN' : code, message }
}

/** SQLite says FULL of a failed write only. A new file, the index beside the log and what is synced have codes of their own. */
function isDiskFull(code: string, folder: string): boolean {
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') return true
  return /^SQLITE_(CANTOPEN|IOERR)/u.test(code) && hasNoRoom(folder)
}

const damaged = (path: string, why: string, cause: unknown): AppError =>
  new AppError('database-damaged', `“${basename(path)}” in ${shownPath(dirname(path))}: ${why}.`, { cause })

/** SQLite's result codes (sqlite.org/rescode.html) as our errors; any other is a bug. */
function asOurs<T>(path: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    const { code, message } = sqliteErrorOf(error)
    if (/^SQLITE_(CORRUPT|NOTADB)/u.test(code) || /malformed|not a database/u.test(message))
      throw damaged(path, code, error)
    // The database of another program, or one that lost a table. A mistake in our own SQL fails in every test.
    if (code === 'SQLITE_ERROR' && /^no such (table|column)|already exists$/u.test(message))
      throw damaged(path, message, error)
    const folder = dirname(path)
    if (isDiskFull(code, folder)) throw diskFull(folder, { cause: error })
    if (/^SQLITE_(CANTOPEN|READONLY|PERM|IOERR)/u.test(code))
      throw unusable(folder, `“${basename(path)}” in it could not be read or written (${code}).`, { cause: error })
    if (/^SQLITE_BUSY/u.test(code) || /database is locked/u.test(message))
      throw new AppError('busy', 'The database is in use.')
    throw error
  }
}
