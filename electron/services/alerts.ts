import type { Database, WantedWarning } from '#electron/database/database'
import type { Clock } from '#electron/platform/clock'
import { AppError } from '#shared/errors'
import { allRows } from '#shared/logic/all-rows'
import { clockToleranceMs } from '#shared/logic/crl-dates'
import { findExpiring, PAST_DAYS } from '#shared/logic/expiring/find'
import { placesOf } from '#shared/logic/expiring/groups'
import { type DueWarning, newWarnings } from '#shared/logic/expiring/new-warnings'
import { type ExpiryNotification, notificationsFor } from '#shared/logic/expiring/notification'
import { NOTICE_DAYS } from '#shared/logic/expiring/stages'
import type { AuthoritySummary } from '#shared/model/authority'
import type { Expiring, ExpiringPlaces } from '#shared/model/expiring'
import type { AuthorityId, IdentityId } from '#shared/model/ids'
import type { ShownThing } from '#shared/model/window-command'
import { type CalendarItem, calendarFile } from './calendar'

export interface AlertPorts {
  database: Pick<Database, 'identities' | 'hosts' | 'warnings' | 'accessReadings'>
  issuers(): Promise<AuthoritySummary[]>
  clock: Clock
}

const DAY_MS = 86_400_000
/** Nothing is due that long after its end, so its warnings need not be remembered. */
const FORGET_DAYS = 365

/** What expires soon, and who has to be told. Needs records alone, no keys. */
export function createAlerts({ database, issuers, clock }: AlertPorts) {
  /** Everything that ends within so many calendar days, and the moment for which that is said. */
  async function find(within = NOTICE_DAYS): Promise<{ expiring: Expiring[]; now: Date }> {
    const now = clock.now()
    const [certificates, authorities, { rows: hosts }, accounts] = await Promise.all([
      // Calendar days can begin up to a day earlier, or end later, than whole days from now.
      database.identities.ending(after(now, -PAST_DAYS - 1), after(now, within + 1)),
      issuers(),
      allRows((page) => database.hosts.list({ ...page, search: '' })),
      database.accessReadings.all(),
    ])
    return { expiring: findExpiring({ certificates, issuers: authorities, hosts, accounts }, now, within), now }
  }

  /** For the counts and lines of the window. */
  async function places(): Promise<ExpiringPlaces> {
    const { expiring, now } = await find()
    return placesOf(expiring, now)
  }

  /** The warnings that have not been given yet; from now on they count as given, in every process. */
  async function takeWarnings(): Promise<ExpiryNotification[]> {
    const { expiring, now } = await find()
    const due = newWarnings(expiring, await database.warnings.given(), now)
    if (due.length === 0) return []
    const claimed = await database.warnings.claim(due.map(wanted), {
      now: now.toISOString(),
      ahead: new Date(now.getTime() + clockToleranceMs).toISOString(),
      forget: after(now, -FORGET_DAYS),
    })
    const ours = new Set(claimed.map(({ key }) => key))
    return notificationsFor(
      due.filter(({ about }) => ours.has(about.key)),
      now,
    )
  }

  /** A calendar file for one certificate or issuer, however far away its end is. Errors: `not-found`. */
  async function calendar(about: ShownThing): Promise<{ name: string; file: string }> {
    const item = 'identity' in about ? await certificateItem(about.identity) : await issuerItem(about.issuer)
    if (item === null) throw new AppError('not-found', 'This certificate is no longer here.')
    return { name: item.name, file: await calendarFile([item]) }
  }

  async function certificateItem(id: IdentityId): Promise<CalendarItem | null> {
    const row = await database.identities.summary(id)
    if (row === null || row.certificate === null || row.notAfter === null) return null
    return { kind: 'certificate', key: row.certificate, name: row.name, ends: row.notAfter }
  }

  async function issuerItem(id: AuthorityId): Promise<CalendarItem | null> {
    const issuer = (await issuers()).find((one) => one.id === id)
    if (issuer === undefined) return null
    const { isRoot, sha256: key, name, notAfter: ends } = issuer
    return { kind: isRoot ? 'root' : 'intermediate', key, name, ends }
  }

  return { find, places, takeWarnings, calendar }
}

const after = (now: Date, days: number): string => new Date(now.getTime() + days * DAY_MS).toISOString()

const wanted = ({ about: { key, ends }, stage }: DueWarning): WantedWarning => ({ key, stage, ends })
