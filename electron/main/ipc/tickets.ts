import type { Clock } from '#electron/platform/clock'
import { createExpiringMap } from '#electron/platform/expiring-map'
import type { Random } from '#electron/platform/random'
import { AppError } from '#shared/errors'
import { TicketId } from '#shared/model/ids'

export type TicketVerb = 'import' | 'inspect' | 'restore'

export interface Ticket {
  path: string
  verb: TicketVerb
  isUsed: boolean
}

const lifetimeMs = 10 * 60_000

/** A file chosen in a dialog ↔ an opaque id: single-use, bound to one verb, and it expires. The window never sees a path. */
export function createTickets(clock: Clock, random: Random) {
  const tickets = createExpiringMap<TicketId, Ticket>({ newId: () => TicketId.parse(random.uuid()), clock, lifetimeMs })

  function redeem(id: TicketId, verb: TicketVerb): Ticket {
    const ticket = tickets.get(id)
    if (ticket === null || ticket.isUsed) throw new AppError('ticket-expired')
    ticket.isUsed = true
    if (ticket.verb !== verb) throw new AppError('ticket-expired')
    return ticket
  }

  /** After work that failed or was cancelled: the ticket can be used again until it expires. */
  const giveBack = (ticket: Ticket): void => {
    ticket.isUsed = false
  }

  return { issue: (path: string, verb: TicketVerb) => tickets.put({ path, verb, isUsed: false }), redeem, giveBack }
}

export type Tickets = ReturnType<typeof createTickets>
