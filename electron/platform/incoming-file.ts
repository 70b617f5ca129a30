import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError, isAppError } from '#shared/errors'
import { countOf } from '#shared/logic/formatting'
import { MAX_FILE_BYTES } from '#shared/model/file'

/** A file as it was chosen, dropped or named in a terminal. */
export interface IncomingFile {
  name: string
  bytes: Uint8Array
}

/**
 * Reads a regular file, and no more of it than a file may have: a pipe would never end, and a device has no size. `shown`:
 * how the place may be named in an error (a window must not learn a path). Errors: `too-large`, `file-unreadable`.
 */
export async function readIncoming(path: string, shown: string | null): Promise<IncomingFile> {
  const name = basename(path)
  let handle: FileHandle | null = null
  try {
    // A pipe without a writer is opened at once, and then refused. Windows has no such flag.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const status = await handle.stat()
    if (!status.isFile()) throw unreadable(shown, 'not a regular file')
    if (status.size > MAX_FILE_BYTES) throw new AppError('too-large', `${name}: ${countOf(status.size, 'byte')}`)
    return { name, bytes: await readUpTo(handle, name) }
  } catch (error) {
    if (isAppError(error)) throw error
    throw unreadable(shown, error instanceof Error && 'code' in error ? String(error.code) : 'unreadable')
  } finally {
    await handle?.close()
  }
}

const unreadable = (shown: string | null, why: string) =>
  new AppError('file-unreadable', shown === null ? why : `${shown}: ${why}`)

/** To the end, also where the file has grown since, or has no size (`/proc`). */
async function readUpTo(handle: FileHandle, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, null)
    if (bytesRead === 0) return Buffer.concat(chunks, length)
    chunks.push(buffer.subarray(0, bytesRead))
    length += bytesRead
    if (length > MAX_FILE_BYTES)
      throw new AppError('too-large', `${name}: more than ${countOf(MAX_FILE_BYTES, 'byte')}`)
  }
}
