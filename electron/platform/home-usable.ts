import { accessSync, constants, lstatSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AppError } from '#shared/errors'
import { systemCodeOf } from './error-code'
import { diskFull, isDiskFull, leadsNowhere, reasonOf, shownPath, unusable } from './home-trouble'

interface OwnFile {
  name: string
  kind: 'file' | 'folder'
  /** Of access(2). */
  access: number
}

const { R_OK, W_OK, X_OK } = constants

/** Opened by SQLite where it finds them. */
const databaseFiles = ['latchkey.db', 'operations.lock'].flatMap((name) =>
  ['', '-wal', '-shm', '-journal'].map((end) => `${name}${end}`),
)
/** A new file replaces these when they change. */
const replacedFiles = ['preferences.json', 'practice.json', 'practice-access.json', join('vault', 'header.json')]

const ownFiles: OwnFile[] = [
  { name: 'vault', kind: 'folder', access: R_OK | W_OK | X_OK },
  ...databaseFiles.map((name): OwnFile => ({ name, kind: 'file', access: R_OK | W_OK })),
  ...replacedFiles.map((name): OwnFile => ({ name, kind: 'file', access: R_OK })),
]

/**
 * Makes Latchkey's folder, and says why it, or a file of Latchkey's in it, cannot be used; null where nothing speaks against
 * it. A few stats and nothing else, since the window waits for it. Opening would say less: a pipe holds whoever opens it, and
 * in a read-only folder Chromium takes its own failed lock for a second start.
 */
export function refuseUnusable(home: string): AppError | null {
  const refusal = refuseFolder(home)
  if (refusal !== null) return refusal
  for (const file of ownFiles) {
    const why = whyUnusable(home, file)
    if (why !== null) return unusable(home, why)
  }
  return null
}

/** The same for one folder, whatever is in it. */
export function refuseFolder(folder: string): AppError | null {
  try {
    const refusal = make(folder)
    if (refusal !== null) return refusal
    if (!statSync(folder).isDirectory()) return unusable(folder, 'It is a file, not a folder.')
    accessSync(folder, R_OK | W_OK | X_OK)
    return null
  } catch (error) {
    return unusable(folder, reasonOf(knownCode(error), 'it'))
  }
}

/**
 * Makes the folder and those above it, one at a time: Node's `recursive` turns most errors of the first one into ENOENT, and
 * of no error says which folder it was.
 */
function make(folder: string): AppError | null {
  const missing: string[] = []
  for (let at = folder; statSync(at, { throwIfNoEntry: false }) === undefined; at = dirname(at)) missing.unshift(at)
  for (const path of missing) {
    try {
      mkdirSync(path, { mode: 0o700 })
    } catch (error) {
      const code = knownCode(error)
      if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) continue
      if (isDiskFull(code)) return diskFull(folder)
      if (code === 'EEXIST') return unusable(folder, leadsNowhere(path === folder ? 'It' : `“${shownPath(path)}”`))
      return unusable(folder, `It could not be created. ${reasonOf(code, `“${shownPath(dirname(path))}”`)}`)
    }
  }
  return null
}

function whyUnusable(home: string, { name, kind, access }: OwnFile): string | null {
  const path = join(home, name)
  const it = `“${name}” in it`
  try {
    const own = lstatSync(path, { throwIfNoEntry: false })
    const status = own?.isSymbolicLink() === true ? statSync(path, { throwIfNoEntry: false }) : own
    if (own !== undefined && status === undefined) return leadsNowhere(it)
    if (status === undefined) return null
    if (kind === 'folder' && !status.isDirectory()) return `${it} is a file, not a folder. Move it away.`
    if (kind === 'file' && status.isDirectory()) return reasonOf('EISDIR', it)
    if (kind === 'file' && !status.isFile()) return `${it} is not a regular file. Move it away.`
    accessSync(path, access)
    return null
  } catch (error) {
    const code = knownCode(error)
    // The last process to close the database removes the files beside it, perhaps at this moment.
    return code === 'ENOENT' ? null : reasonOf(code, it)
  }
}

/** Of a failed system call; anything else is a bug. */
function knownCode(error: unknown): string {
  const code = systemCodeOf(error)
  if (code === null) throw error
  return code
}
