import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import { AppError } from '#shared/errors'
import { type AuthorityId, StagedId } from '#shared/model/ids'
import type { BatchRow } from './requests'

interface Batch {
  authority: AuthorityId
  rows: BatchRow[]
  /** Rows that were signed: a second press of the button is not a second certificate. */
  issued: Set<number>
  expires: number
}

/** An administrator telephones with people while the batch waits. */
const lifetimeMs = 4 * 60 * 60_000

/** Requests that were read and wait for a decision; in memory only. */
export function createBatches(clock: Clock, random: Random) {
  const waiting = new Map<StagedId, Batch>()

  function put(authority: AuthorityId, rows: BatchRow[]): StagedId {
    sweep()
    const id = StagedId.parse(random.uuid())
    waiting.set(id, { authority, rows, issued: new Set(), expires: clock.now().getTime() + lifetimeMs })
    return id
  }

  function get(id: StagedId, authority: AuthorityId): Batch {
    sweep()
    const found = waiting.get(id)
    if (found === undefined || found.authority !== authority)
      throw new AppError('ticket-expired', 'The requests were waiting for too long. Open them again.')
    return found
  }

  function sweep(): void {
    for (const [id, { expires }] of waiting) if (expires < clock.now().getTime()) waiting.delete(id)
  }

  return { put, get }
}
