import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { IncomingFile } from '#electron/services/identities/files'
import { AppError } from '#shared/errors'
import type { FileSource } from '#shared/model/identity'
import type { Tickets } from './ipc/tickets'

const sizeLimit = 16 * 1024 * 1024

/** Bytes from a drop or a paste, or the file behind a ticket. The size is known before a byte is read. */
export async function readSource(source: FileSource, tickets: Tickets): Promise<IncomingFile> {
  if (source.kind === 'bytes') return { name: source.name, bytes: source.bytes }
  const path = tickets.redeem(source.ticket, 'import')
  try {
    const { size } = await stat(path)
    if (size > sizeLimit) throw new AppError('too-large', `${basename(path)}: ${size} bytes`)
    return { name: basename(path), bytes: await readFile(path) }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('file-unreadable', error instanceof Error && 'code' in error ? String(error.code) : null)
  }
}
