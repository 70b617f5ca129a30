import { randomBytes } from 'node:crypto'
import { open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#shared/errors'
import { codeOf, hasCode } from './error-code'

/** As a whole, or in pieces as they are made. */
export type FileContent = string | Uint8Array | AsyncIterable<Uint8Array>

/**
 * Makes a file that must not be there yet; the system itself refuses a name that is taken. False when it is. Nothing is left
 * behind by an error, which is the system's own.
 */
export async function createFile(path: string, bytes: FileContent, mode: number): Promise<boolean> {
  const file = await open(path, 'wx', mode).catch((error: unknown) => {
    if (hasCode(error, 'EEXIST')) return null
    throw error
  })
  if (file === null) return false
  try {
    await writeFile(file, bytes)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
  return true
}

/**
 * Writes a file so that either the old or the new content survives a crash: temporary name, fsync, rename, fsync of the
 * folder. The folder must exist. A link with that name is replaced, not followed. Errors are the system's own.
 */
export async function replaceFile(path: string, bytes: FileContent, mode: number): Promise<void> {
  const folder = dirname(path)
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const file = await open(temporary, 'wx', mode)
    try {
      await writeFile(file, bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(folder)
}

async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    // Windows cannot open a folder as a file; NTFS journals the rename itself.
    if (!hasCode(error, 'EPERM', 'EISDIR', 'EACCES', 'EINVAL')) throw error
  }
}

/** As `replaceFile`, readable by its owner only from the moment it exists. */
export const writePrivateFile = (path: string, bytes: Uint8Array | string) => replaceFile(path, bytes, 0o600)

/** Writing one small file never takes an hour, so its writer is dead. */
const staleMs = 60 * 60 * 1000

/** Removes what `writePrivateFile` left of files with names that are `ours` when its process was killed half-way. */
export async function sweepUnfinished(folder: string, ours: RegExp, now: Date): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const { name } = entry
    const [, target] = /^\.(.+)\.[0-9a-f]{12,32}\.tmp$/u.exec(name) ?? []
    if (target === undefined || !ours.test(target) || !entry.isFile()) continue
    const path = join(folder, name)
    const written = await stat(path).catch(() => null)
    if (written !== null && now.getTime() - written.mtimeMs > staleMs) await rm(path, { force: true })
  }
}

/** `file-not-written`, with what the system said of this path. */
export const notWritten = (path: string, error: unknown): AppError =>
  new AppError('file-not-written', `${path}: ${codeOf(error) ?? 'unwritable'}`, { cause: error })
