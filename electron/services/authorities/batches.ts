import type { Clock } from '#electron/platform/clock'
import { createExpiringMap } from '#electron/platform/expiring-map'
import type { Random } from '#electron/platform/random'
import { AppError } from '#shared/errors'
import { type AuthorityId, StagedId } from '#shared/model/ids'
import type { BatchRow } from './requests'

interface Batch {
  authority: AuthorityId
  rows: BatchRow[]
  /** Rows that were signed: a second press of the button is not a second certificate. */
  issued: Set<number>
}

/** An administrator telephones with people while the batch waits. */
const lifetimeMs = 4 * 60 * 60_000

/** Requests that were read and wait for a decision; in memory only. */
export function createBatches(clock: Clock, random: Random) {
  const waiting = createExpiringMap<StagedId, Batch>({ newId: () => StagedId.parse(random.uuid()), clock, lifetimeMs })

  function get(id: StagedId, authority: AuthorityId): Batch {
    const found = waiting.get(id)
    if (found?.authority !== authority)
      throw new AppError('ticket-expired', 'The requests waited too long. Open them again.')
    return found
  }

  return {
    put: (authority: AuthorityId, rows: BatchRow[]) => waiting.put({ authority, rows, issued: new Set() }),
    get,
  }
}
