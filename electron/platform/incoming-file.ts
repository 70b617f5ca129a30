import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError, isAppError } from '#shared/errors'
import { MAX_FILE_BYTES } from '#shared/logic/file-limits'
import { countOf } from '#shared/logic/formatting'
import { neutralise } from '#shared/logic/neutralise'
import { codeOf } from './error-code'

/** A file as it was chosen, dropped or named in a terminal. */
export interface IncomingFile {
  /** As it can be shown: a line break in a name would pass for the end of a line of ours. */
  name: string
  bytes: Uint8Array
}

/**
 * Reads a regular file, and no more of it than a file may have: a pipe would never end, and a device has no size. `shown`:
 * how the place may be named in an error (a window must not learn a path). Errors: `too-large`, `file-unreadable`.
 */
export async function readIncoming(path: string, shown: string | null): Promise<IncomingFile> {
  const name = shownName(path)
  const handle = await openRegular(path, shown, MAX_FILE_BYTES)
  try {
    return { name, bytes: await readUpTo(handle, name) }
  } catch (error) {
    throw asUnreadable(shown, error)
  } finally {
    await handle.close()
  }
}

/** Larger than any backup; beyond it is a mistake or an attack. */
const MAX_BACKUP_BYTES = 8 * 1024 ** 3
const PIECE = 256 * 1024

/**
 * The pieces of a file that is too large for the memory, from its beginning each time they are asked for. Errors and `shown`: as
 * above, once they are read.
 */
export const incomingPieces = (path: string, shown: string | null) =>
  async function* (): AsyncGenerator<Uint8Array> {
    const handle = await openRegular(path, shown, MAX_BACKUP_BYTES)
    try {
      for (;;) {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(PIECE), 0, PIECE, null)
        if (bytesRead === 0) return
        yield buffer.subarray(0, bytesRead)
      }
    } catch (error) {
      throw asUnreadable(shown, error)
    } finally {
      await handle.close()
    }
  }

/** Only a regular file of a sensible size. */
async function openRegular(path: string, shown: string | null, limit: number): Promise<FileHandle> {
  let handle: FileHandle | null = null
  try {
    // A pipe without a writer is opened at once, and then refused. Windows has no such flag.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const status = await handle.stat()
    if (!status.isFile()) throw unreadable(shown, 'not a regular file')
    if (status.size > limit) throw new AppError('too-large', `${shownName(path)}: ${countOf(status.size, 'byte')}`)
    return handle
  } catch (error) {
    await handle?.close()
    throw asUnreadable(shown, error)
  }
}

function asUnreadable(shown: string | null, error: unknown): unknown {
  if (isAppError(error)) return error
  const code = codeOf(error)
  return code === null ? error : unreadable(shown, code)
}

const unreadable = (shown: string | null, why: string) =>
  new AppError('file-unreadable', shown === null ? why : `${neutralise(shown)}: ${why}`)

const shownName = (path: string): string => neutralise(basename(path))

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
