import type { IdentityListRow } from '#electron/database/database'
import { NOTICE_DAYS } from '#shared/logic/expiring/stages'
import { daysLeft, hasEnded } from '#shared/logic/expiry'
import { isInstalled } from '#shared/logic/installed'
import type { IdentityStatus, IdentitySummary, Journey } from '#shared/model/identity'

/** An issuer's clock may be a few seconds ahead; such a certificate counts as valid now. */
const MAX_CLOCK_LAG_MS = 60_000

/**
 * What the list shows of one certificate, derived from what is recorded; nothing here is stored. `isForClients`: whether the
 * certificate's own restrictions allow client authentication.
 */
export function summarise(row: IdentityListRow, now: Date, isForClients = true): IdentitySummary {
  const { id, name, algorithm, keyCode, keyInVault, createdAt, issuer, notBefore, notAfter, practice } = row
  const { replacement, replaces } = row
  return {
    id,
    name,
    algorithm,
    keyCode,
    keyInVault,
    createdAt,
    status: statusOf(row, now, isForClients),
    sites: row.sites,
    journey: journeyOf(row),
    issuer,
    notBefore,
    notAfter,
    sha256: row.certificate,
    practice,
    replacement,
    replaces,
  }
}

function statusOf(row: IdentityListRow, now: Date, isForClients: boolean): IdentityStatus {
  if (row.notAfter === null || row.notBefore === null) return 'waiting'
  if (hasEnded(row.notAfter, now)) return 'expired'
  if (Date.parse(row.notBefore) > now.getTime() + MAX_CLOCK_LAG_MS) return 'not-yet-valid'
  if (!isForClients) return 'no-client-use'
  if (isReplaced(row, now)) return 'replaced'
  if (daysLeft(row.notAfter, now) <= NOTICE_DAYS && !row.practice) return 'expiring'
  if (row.sites.total > 0) return row.sites.works > 0 ? 'working' : 'refused'
  return row.installs.some((install) => isInstalled(install, row.certificate)) ? 'installed' : 'issued'
}

/** Another one was issued in its place, and it is the one that lasts longer. */
const isReplaced = ({ replacement, notAfter }: IdentityListRow, now: Date): boolean =>
  replacement !== null &&
  replacement.notAfter !== null &&
  notAfter !== null &&
  replacement.notAfter > notAfter &&
  !hasEnded(replacement.notAfter, now)

function journeyOf(row: IdentityListRow): Journey {
  const installed = row.installs.filter((install) => isInstalled(install, row.certificate))
  const facts: [keyof Journey, boolean][] = [
    ['key', true],
    ['requested', row.hasRequest || row.certificate !== null],
    ['issued', row.certificate !== null],
    ['installed', installed.length > 0],
    ['trusted', installed.some(({ trust }) => trust.state === 'trusted' || trust.state === 'not-needed')],
    ['tested', row.sites.works > 0],
  ]
  const journey: Journey = {
    key: 'later',
    requested: 'later',
    issued: 'later',
    installed: 'later',
    trusted: 'later',
    tested: 'later',
  }
  for (const [step, done] of facts) journey[step] = done ? 'done' : 'later'
  if (journey.trusted === 'later' && installed.some(({ trust }) => trust.state === 'withheld'))
    journey.trusted = 'withheld'
  if (row.sites.total > 0 && row.sites.works === 0) journey.tested = 'failed'
  const next = facts.find(([step]) => journey[step] === 'later')
  if (next !== undefined) journey[next[0]] = 'next'
  return journey
}
