import { type IncomingFile, readIncoming } from '#electron/platform/incoming-file'
import type { FileSource } from '#shared/model/identity'
import type { Tickets } from './ipc/tickets'

/** Bytes from a drop or a paste, or the file behind a ticket. */
export async function readSource(source: FileSource, tickets: Tickets): Promise<IncomingFile> {
  if (source.kind === 'bytes') return { name: source.name, bytes: source.bytes }
  return readIncoming(tickets.redeem(source.ticket, 'import'), null)
}
