import type { Database, WantedWarning } from '#electron/database/database'
import type { Clock } from '#electron/platform/clock'
import { AppError } from '#shared/errors'
import { allRows } from '#shared/logic/all-rows'
import { clockToleranceMs } from '#shared/logic/crl-dates'
import { DAY_MS } from '#shared/logic/day'
import { findExpiring, PAST_DAYS } from '#shared/logic/expiring/find'
import { placesOf } from '#shared/logic/expiring/groups'
import { type DueWarning, newWarnings } from '#shared/logic/expiring/new-warnings'
import { type ExpiryNotification, notificationsFor } from '#shared/logic/expiring/notification'
import type { DatedStored } from '#shared/logic/expiring/replaced'
import { NOTICE_DAYS } from '#shared/logic/expiring/stages'
import { certificateName } from '#shared/logic/naming'
import type { AuthoritySummary } from '#shared/model/authority'
import type { Expiring, ExpiringPlaces } from '#shared/model/expiring'
import type { AuthorityId, IdentityId, Sha256 } from '#shared/model/ids'
import type { ShownThing } from '#shared/model/window-command'
import { type CalendarItem, calendarFile } from './calendar'
import type { StoredCertificatesService } from './stored-certificates'

export interface AlertPorts {
  database: Pick<Database, 'identities' | 'hosts' | 'warnings' | 'accessReadings'>
  issuers(): Promise<AuthoritySummary[]>
  stored: Pick<StoredCertificatesService, 'recent'>
  clock: Clock
}

/** Nothing is due that long after its end, so its warnings need not be remembered. */
const FORGET_DAYS = 365
const END_OF_TIME = '9999-12-31T23:59:59.999Z'

/** What expires soon, and who has to be told. Needs records alone, no keys. */
export function createAlerts({ database, issuers, stored, clock }: AlertPorts) {
  /** Everything that ends within so many calendar days, and the moment for which that is said. */
  async function find(within = NOTICE_DAYS): Promise<{ expiring: Expiring[]; now: Date }> {
    const now = clock.now()
    // Calendar days can begin up to a day earlier, or end later, than whole days from now.
    const [from, until] = [after(now, -PAST_DAYS - 1), after(now, within + 1)]
    const [inStores, authorities, { rows: hosts }, accounts] = await Promise.all([
      datedStored(),
      issuers(),
      allRows((page) => database.hosts.list({ ...page, search: '' })),
      database.accessReadings.all(),
    ])
    // The successor of one that only a store has may be the person's own, and end at any time.
    const isAnyDue = inStores.some(({ ends }) => ends >= from && ends <= until)
    const certificates = await database.identities.ending(from, isAnyDue ? END_OF_TIME : until)
    const records = { certificates, stored: inStores, issuers: authorities, hosts, accounts }
    return { expiring: findExpiring(records, now, within), now }
  }

  async function datedStored(): Promise<DatedStored[]> {
    const { certificates } = await stored.recent()
    return certificates.map(({ certificate, places }) => ({
      sha256: certificate.sha256,
      name: certificateName(certificate),
      issuer: certificate.issuer,
      begins: certificate.notBefore,
      ends: certificate.notAfter,
      stores: places.map(({ name }) => name),
      identity: null,
      replaces: null,
    }))
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

  /** The system did not show this one: its warnings are due again at the next look. */
  async function returnWarnings({ warnings }: ExpiryNotification): Promise<void> {
    await database.warnings.release(warnings.map(({ about: { key }, stage }) => ({ key, stage })))
  }

  /** A calendar file for one certificate or issuer, however far away its end is. Errors: `not-found`. */
  async function calendar(about: ShownThing): Promise<{ name: string; file: string }> {
    const item = await calendarItem(about)
    if (item === null) throw new AppError('not-found', 'This certificate is no longer here.')
    return { name: item.name, file: await calendarFile([item]) }
  }

  function calendarItem(about: ShownThing): Promise<CalendarItem | null> {
    if ('identity' in about) return certificateItem(about.identity)
    return 'issuer' in about ? issuerItem(about.issuer) : storedItem(about.stored)
  }

  async function storedItem(sha256: Sha256): Promise<CalendarItem | null> {
    const found = (await datedStored()).find((one) => one.sha256 === sha256)
    return found === undefined ? null : { kind: 'stored', key: sha256, name: found.name, ends: found.ends }
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

  return { find, places, takeWarnings, returnWarnings, calendar }
}

const after = (now: Date, days: number): string => new Date(now.getTime() + days * DAY_MS).toISOString()

const wanted = ({ about: { key, ends }, stage }: DueWarning): WantedWarning => ({ key, stage, ends })
