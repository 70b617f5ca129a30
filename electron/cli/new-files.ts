import { lstat, rm, stat, writeFile } from 'node:fs/promises'
import { createFile, replaceFile } from '#electron/platform/write-file'
import { AppError } from '#shared/errors'

export interface NewFile {
  path: string
  bytes: string | Uint8Array
  /** Readable by its owner only. */
  secret: boolean
}

/** Before anything is made for them: names that are taken are refused, unless `force`. */
export async function requireFree(paths: string[], force: boolean): Promise<void> {
  if (force) return
  const there = await Promise.all(paths.map(isTaken))
  const taken = paths.filter((_path, index) => there[index])
  if (taken.length > 0) throw refused(taken)
}

/** Writes files that must not be there yet, unless `force`; none is left behind when one of them is, or cannot be written. */
export async function writeNew(files: NewFile[], force: boolean): Promise<void> {
  const paths = files.map(({ path }) => path)
  await requireFree(paths, force)
  const made: string[] = []
  try {
    for (const file of files) {
      const isMade = await write(file, force).catch((error: unknown) => {
        throw notWritten(file.path, error)
      })
      if (!isMade) throw refused([file.path])
      made.push(file.path)
    }
  } catch (error) {
    // What was replaced cannot come back, so the new one stays.
    if (!force) for (const path of made) await rm(path, { force: true })
    throw error
  }
}

/** False when the name is taken, and nothing was written. */
async function write({ path, bytes, secret }: NewFile, force: boolean): Promise<boolean> {
  const mode = secret ? 0o600 : 0o644
  if (await isStream(path)) await writeFile(path, bytes)
  else if (force) await replaceFile(path, bytes, mode)
  else return createFile(path, bytes, mode)
  return true
}

/** A link to nowhere is there, too. */
async function isTaken(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null && !(await isStream(path))
}

/** /dev/stdout, a pipe or a terminal: nothing lies there that could be lost. */
async function isStream(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found !== null && (found.isFIFO() || found.isCharacterDevice())
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'unwritable')
const refused = (paths: string[]) =>
  new AppError('invalid-input', `There already: ${paths.join(', ')}. Say --force, or choose another name.`)
export const notWritten = (path: string, error: unknown) =>
  new AppError('file-not-written', `${path}: ${codeOf(error)}`, { cause: error })
