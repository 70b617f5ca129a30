import { closeSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { failPoint } from '#electron/platform/fail-point'
import { isOurLiveProcess } from '#electron/platform/live-process'
import type { Connection } from './connection'

/** Those from before the last updates; an older one only keeps what a person has deleted since. */
const mostCopies = 3

/**
 * The database as it is before it becomes `version`, beside itself and readable by its owner from the first byte on:
 * VACUUM INTO takes a file that is there already if it is empty (sqlite.org/lang_vacuum.html). libsql has no backup();
 * this is a consistent copy even while others read. `isStillOld`: asked once the copy is whole.
 */
export function copyAside(connection: Connection, path: string, version: number, isStillOld: () => boolean): void {
  const target = `${path}.before-${version}`
  const copy = `${target}.${process.pid}`
  rmSync(copy, { force: true })
  closeSync(openSync(copy, 'wx', 0o600))
  connection.run('VACUUM INTO ?', [copy])
  failPoint('database:copied')
  // Whoever else was faster has kept the copy from before the change; ours may be from after it.
  if (isStillOld()) renameSync(copy, target)
  else rmSync(copy)
}

/** Removes the copies that killed processes have left half-written or without their name. */
export function sweepCopies(path: string): void {
  for (const name of namesBeside(path)) {
    const [, processId] = /^\.before-\d+\.(\d{1,10})(?:-journal)?$/u.exec(name.slice(basename(path).length)) ?? []
    if (processId !== undefined && !isOurLiveProcess(Number(processId))) removeBeside(path, name)
  }
}

/** Keeps the copies from before the last updates only. */
export function limitCopies(path: string): void {
  for (const { name } of copiesOf(path).slice(mostCopies)) removeBeside(path, name)
}

/** Those that are whole, the newest first; `version` is the one that the database became after it. */
export function copiesOf(path: string): { name: string; version: number }[] {
  const copies = namesBeside(path).flatMap((name) => {
    const [, version] = /^\.before-(\d{1,6})$/u.exec(name.slice(basename(path).length)) ?? []
    return version === undefined ? [] : [{ name, version: Number(version) }]
  })
  return copies.sort((a, b) => b.version - a.version)
}

/** Files only: nothing else is a copy of ours, and a folder with such a name must not stop the start. */
const namesBeside = (path: string) =>
  readdirSync(dirname(path), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.startsWith(basename(path)))
    .map(({ name }) => name)
const removeBeside = (path: string, name: string) => rmSync(join(dirname(path), name), { force: true })
