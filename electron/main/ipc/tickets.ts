import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import { AppError } from '#shared/errors'
import { TicketId } from '#shared/model/ids'

export type TicketVerb = 'import' | 'inspect'

export interface Ticket {
  id: TicketId
  path: string
  verb: TicketVerb
  expires: number
}

const lifetimeMs = 10 * 60_000

/** A file chosen in a dialog ↔ an opaque id: single-use, bound to one verb, and it expires. The window never sees a path. */
export function createTickets(clock: Clock, random: Random) {
  const open = new Map<string, Ticket>()

  function issue(path: string, verb: TicketVerb): TicketId {
    const id = TicketId.parse(random.uuid())
    open.set(id, { id, path, verb, expires: clock.now().getTime() + lifetimeMs })
    return id
  }

  function redeem(id: TicketId, verb: TicketVerb): Ticket {
    const ticket = open.get(id)
    open.delete(id)
    if (ticket === undefined || ticket.verb !== verb || ticket.expires < clock.now().getTime()) {
      throw new AppError('ticket-expired')
    }
    return ticket
  }

  /** What was refused or cancelled has not been used: it can be tried again, until it expires. */
  const giveBack = (ticket: Ticket) => void open.set(ticket.id, ticket)

  return { issue, redeem, giveBack }
}

export type Tickets = ReturnType<typeof createTickets>
