import { randomBytes } from 'node:crypto'
import { mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { memoryFolder, privateFolderName, removeShredded, type StatFileSystem } from './private-folders'

export { sweepPrivateFolders } from './private-folders'

/**
 * Writes a file that only its owner may read (0600 from the moment it exists) so that either the old or the new content
 * survives a crash: temporary name, fsync, rename, fsync of the folder. The folder must exist.
 */
export async function writePrivateFile(path: string, bytes: Uint8Array | string): Promise<void> {
  const folder = dirname(path)
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
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

/** Nobody takes an hour to write one small file, so its writer is dead. */
const staleMs = 60 * 60 * 1000

/** Removes what `writePrivateFile` left of files with names that are `ours` when its process was killed half-way. */
export async function sweepUnfinished(folder: string, ours: RegExp, now: Date): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const [, target] = /^\.(.+)\.[0-9a-f]{12,32}\.tmp$/u.exec(name) ?? []
    if (target === undefined || !ours.test(target)) continue
    const path = join(folder, name)
    const written = await stat(path).catch(() => null)
    if (written !== null && now.getTime() - written.mtimeMs > staleMs) await rm(path, { force: true })
  }
}

/**
 * Runs `work` with a fresh 0700 folder, in memory (tmpfs) where the system has such a place, and removes it afterwards
 * whatever happens. What is written there may be found again on a disk that is not: nothing that opens a key may be.
 * What a killed process leaves behind is found again by `sweepPrivateFolders(prefix)`.
 */
export async function withPrivateFolder<T>(
  prefix: string,
  work: (folder: string) => Promise<T>,
  statFileSystem?: StatFileSystem,
): Promise<T> {
  const folder = await mkdtemp(join(await memoryFolder(statFileSystem), privateFolderName(prefix)))
  try {
    return await work(folder)
  } finally {
    await removeShredded(folder)
  }
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
    if (!isRefusal(error)) throw error
  }
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['EPERM', 'EISDIR', 'EACCES', 'EINVAL'].includes(String(error.code))
  )
}
