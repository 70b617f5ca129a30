import { type IncomingFile, readIncoming } from '#electron/platform/incoming-file'
import type { FileSource } from '#shared/model/file'
import type { Ticket, Tickets, TicketVerb } from './ipc/tickets'

/** Bytes from a drop or a paste, or the files behind tickets, which are spent by work that succeeds. */
export async function withFiles<Result>(
  sources: FileSource[],
  { verb, tickets }: { verb: TicketVerb; tickets: Tickets },
  work: (files: IncomingFile[], taken: Ticket[]) => Promise<Result>,
): Promise<Result> {
  const taken: Ticket[] = []

  async function read(source: FileSource): Promise<IncomingFile> {
    if (source.kind === 'bytes') return { name: source.name, bytes: source.bytes }
    const ticket = tickets.redeem(source.ticket, verb)
    taken.push(ticket)
    return readIncoming(ticket.path, null)
  }

  try {
    return await work(await Promise.all(sources.map(read)), taken)
  } catch (error) {
    taken.forEach(tickets.giveBack)
    throw error
  }
}
