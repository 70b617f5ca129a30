import type { Expiring, ExpiringGroup, SitesUsed } from '#shared/model/expiring'
import { daysLeft, hasEnded } from '../expiry'
import { countOf, formatCount, formatDay, formatTime } from '../formatting'
import { isolated, quoted } from '../isolate'
import { neutralise } from '../neutralise'

/** "expires in 12 days", "expires tomorrow", "expires today at 16:30", "expired on 7 December" */
function endWords(ends: string, now: Date): string {
  if (hasEnded(ends, now)) return `expired on ${formatDay(ends)}`
  const days = daysLeft(ends, now)
  if (days === 0) return `expires today at ${formatTime(ends)}`
  return days === 1 ? 'expires tomorrow' : `expires in ${countOf(days, 'day')}`
}

/** "Expires on 7 December, in 12 days", "Expires today at 16:30" */
export function endTitle(ends: string, now: Date): string {
  if (hasEnded(ends, now)) return `Expired on ${formatDay(ends)}`
  const days = daysLeft(ends, now)
  if (days > 1) return `Expires on ${formatDay(ends)}, in ${countOf(days, 'day')}`
  return `Expires ${days === 0 ? 'today' : 'tomorrow'} at ${formatTime(ends)}`
}

/** "“Mira Falk (admin)” expires in 12 days"; of a list, until when it is valid. */
export function oneTitle({ kind, name, ends }: Expiring, now: Date): string {
  if (kind === 'uploaded-ca') return `The CA ${quoted(shown(name))} in Access ${endWords(ends, now)}`
  if (kind !== 'crl') return `${quoted(shown(name))} ${endWords(ends, now)}`
  return `${isolated(shown(name))}’s revocation list ${listWords(ends, now)}`
}

/** "is valid until 2 December" */
export function listWords(ends: string, now: Date): string {
  if (hasEnded(ends, now)) return `was valid until ${formatDay(ends)}`
  return daysLeft(ends, now) === 0 ? `is valid until today at ${formatTime(ends)}` : `is valid until ${formatDay(ends)}`
}

/** "3 certificates expire in the next 14 days" */
export function severalTitle({ count, ended, lastEnd }: ExpiringGroup, nouns: string, now: Date): string {
  const things = `${formatCount(count)} ${nouns}`
  if (ended === count) return `${things} have expired`
  const verb = ended === 0 ? 'expire' : 'have expired or expire'
  return `${things} ${verb} ${byWhen(lastEnd, now)}`
}

/** "3 expire within 14 days": for a slim list, whose heading says of what. */
export function severalLine({ count, ended, lastEnd }: ExpiringGroup, now: Date): string {
  const number = formatCount(count)
  if (ended === count) return `${number} have expired`
  return `${number} ${ended === 0 ? 'expire' : 'expired or expire'} ${byWhen(lastEnd, now, 'within')}`
}

/** In the steps in which warnings are given, so that the number does not change every day. */
function byWhen(ends: string, now: Date, within = 'in the next'): string {
  const days = daysLeft(ends, now)
  if (days <= 0) return 'today'
  if (days === 1) return 'by tomorrow'
  const step = [7, 14, 30].find((one) => days <= one) ?? days
  return `${within} ${step} days`
}

/** "used on 3 sites, such as admin.acme.example"; null where no test says so. */
export function siteWords({ count, example }: SitesUsed): string | null {
  if (count === 0 || example === null) return null
  return count === 1 ? `used on ${example}` : `used on ${countOf(count, 'site')}, such as ${example}`
}

const MAX_NAME = 80

/** A name from a certificate, harmless to show and short enough for a line. */
export function shown(name: string): string {
  const characters = [...neutralise(name)]
  return characters.length <= MAX_NAME ? characters.join('') : `${characters.slice(0, MAX_NAME - 1).join('')}…`
}
