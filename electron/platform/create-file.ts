import { open, rm } from 'node:fs/promises'

/**
 * Makes a file that must not be there yet; the system itself refuses a name that is taken. False when it is. Nothing is left
 * behind by an error, which is the system's own.
 */
export async function createFile(path: string, bytes: string | Uint8Array, mode: number): Promise<boolean> {
  const file = await open(path, 'wx', mode).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null
    throw error
  })
  if (file === null) return false
  try {
    await file.writeFile(bytes)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
  return true
}
