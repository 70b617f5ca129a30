import { chmodSync, renameSync, rmSync } from 'node:fs'
import { z } from 'zod'
import { AppError } from '#shared/errors'
import type { Connection } from './connection'
import { migrations } from './migrations'

const Version = z.object({ user_version: z.number().int() })

/** Brings the schema up to date, each step in a transaction, an existing database copied beside itself first. */
export function migrate(connection: Connection, path: string, steps: readonly string[] = migrations): void {
  const current = versionOf(connection)
  if (current > steps.length) {
    throw new AppError('database-too-new', `schema ${current}, this version knows ${steps.length}`)
  }
  for (let version = current; version < steps.length; version += 1) {
    if (version > 0) copyAside(connection, version, `${path}.before-${version + 1}`)
    connection.transaction(() => {
      // Another process may have been faster while we waited for the write lock.
      if (versionOf(connection) > version) return
      connection.script(steps[version] ?? '')
      connection.script(`PRAGMA user_version = ${version + 1}`)
    })
  }
}

const versionOf = (connection: Connection) => connection.get(Version, 'PRAGMA user_version')?.user_version ?? 0

/** VACUUM INTO, since libsql has no backup(); it is a consistent copy even while others read. */
function copyAside(connection: Connection, version: number, target: string): void {
  const copy = `${target}.${process.pid}`
  rmSync(copy, { force: true })
  connection.run('VACUUM INTO ?', [copy])
  chmodSync(copy, 0o600)
  // Whoever else was faster has kept the copy from before the change; ours may be from after it.
  if (versionOf(connection) === version) renameSync(copy, target)
  else rmSync(copy)
}
