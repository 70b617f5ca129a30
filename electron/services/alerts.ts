import type { Database } from '#electron/database/database'
import type { Clock } from '#electron/platform/clock'
import { allRows } from '#shared/logic/all-rows'
import { findExpiring, PAST_DAYS } from '#shared/logic/expiring/find'
import { NOTICE_DAYS } from '#shared/logic/expiring/stages'
import type { AuthoritySummary } from '#shared/model/authority'
import type { Expiring } from '#shared/model/expiring'

export interface AlertPorts {
  database: Pick<Database, 'identities' | 'hosts'>
  issuers(): Promise<AuthoritySummary[]>
  clock: Clock
}

/** Calendar days can begin up to a day earlier, or end later, than whole days from now. */
const DAY_MS = 86_400_000

/** What expires soon. Needs records alone, no keys. */
export function createAlerts({ database, issuers, clock }: AlertPorts) {
  /** Everything that ends within so many calendar days, and the moment for which that is said. */
  async function find(within = NOTICE_DAYS): Promise<{ expiring: Expiring[]; now: Date }> {
    const now = clock.now()
    const inDays = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString()
    const [certificates, authorities, { rows: hosts }] = await Promise.all([
      database.identities.ending(inDays(-PAST_DAYS - 1), inDays(within + 1)),
      issuers(),
      allRows((page) => database.hosts.list({ ...page, search: '' })),
    ])
    return { expiring: findExpiring({ certificates, issuers: authorities, hosts }, now, within), now }
  }

  return { find }
}
