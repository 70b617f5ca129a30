import { z } from 'zod'
import { AppError } from '#shared/errors'
import type { Connection } from './connection'
import { copyAside, limitCopies, sweepCopies } from './copies'
import { migrations } from './migrations'

const Version = z.object({ user_version: z.number().int() })

/** Brings the schema up to date, each step in a transaction, a database of an earlier one copied beside itself first. */
export function migrate(connection: Connection, path: string, steps: readonly string[] = migrations): void {
  const current = versionOf(connection)
  if (current > steps.length) {
    throw new AppError(
      'database-too-new',
      `The database has schema ${current}, but this Latchkey knows ${steps.length}.`,
    )
  }
  sweepCopies(path)
  if (current > 0 && current < steps.length)
    copyAside(connection, path, current + 1, () => versionOf(connection) === current)
  for (let version = current; version < steps.length; version += 1) {
    connection.transaction(() => {
      // Another process may have been faster while we waited for the write lock.
      if (versionOf(connection) > version) return
      connection.script(steps[version] ?? '')
      connection.script(`PRAGMA user_version = ${version + 1}`)
    })
  }
  limitCopies(path)
}

const versionOf = (connection: Connection) => connection.get(Version, 'PRAGMA user_version')?.user_version ?? 0
