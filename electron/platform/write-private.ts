import { randomBytes } from 'node:crypto'
import { mkdtemp, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { memoryFolder, privateFolderName, removeShredded } from './private-folders'

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

/**
 * Runs `work` with a fresh 0700 folder, in memory (tmpfs) where the system has such a place, and removes it afterwards
 * whatever happens. What a killed process leaves behind is found again by `sweepPrivateFolders(prefix)`.
 */
export async function withPrivateFolder<T>(prefix: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(await memoryFolder(), privateFolderName(prefix)))
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
