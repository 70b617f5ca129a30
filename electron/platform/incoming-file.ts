import { readFile, stat } from 'node:fs/promises'
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
 * Reads a file whose size is known before a byte of it is read. `shown`: how the place may be named in an error (a window
 * must not learn a path). Errors: `too-large`, `file-unreadable`.
 */
export async function readIncoming(path: string, shown: string | null): Promise<IncomingFile> {
  try {
    const { size } = await stat(path)
    if (size > MAX_FILE_BYTES) throw new AppError('too-large', `${basename(path)}: ${countOf(size, 'byte')}`)
    return { name: basename(path), bytes: await readFile(path) }
  } catch (error) {
    if (isAppError(error)) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new AppError('file-unreadable', shown === null ? code : `${shown}: ${code}`)
  }
}
