import { randomBytes } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a file so that either the old or the new content survives a crash: temporary name, fsync, rename, fsync of the
 * folder. The folder must exist. A link with that name is replaced, not followed. Errors are the system's own.
 */
export async function replaceFile(path: string, bytes: Uint8Array | string, mode: number): Promise<void> {
  const folder = dirname(path)
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`)
  try {
    const file = await open(temporary, 'wx', mode)
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
