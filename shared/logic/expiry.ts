import { DAY_MS } from './day'
import { countOf, formatDate } from './formatting'

/** Whole calendar days, in the reader's time zone, from `now` to the day on which it ends; negative once that day is past. */
export function daysLeft(notAfter: string, now: Date): number {
  return dayNumber(new Date(notAfter)) - dayNumber(now)
}

const dayNumber = (date: Date) => Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS)

/** Whether it has ended by now. */
export const hasEnded = (notAfter: string, now: Date) => Date.parse(notAfter) <= now.getTime()

/** Two words for a badge. */
export function expiryBadge(notAfter: string, now: Date): string {
  if (hasEnded(notAfter, now)) return 'Expired'
  const days = daysLeft(notAfter, now)
  if (days === 0) return 'Expires today'
  return days === 1 ? 'Expires tomorrow' : `${countOf(days, 'day')} left`
}

/** The window's time is up to half a minute old, and the clock of an issuer a little ahead. */
const MAX_CLOCK_LAG_MS = 60_000

/** One sentence on where today lies between the two dates of a certificate. */
export function expirySentence(notBefore: string, notAfter: string, now: Date): string {
  if (hasEnded(notAfter, now)) return ended(notAfter, now)
  if (Date.parse(notBefore) > now.getTime() + MAX_CLOCK_LAG_MS) return `Not valid before ${formatDate(notBefore)}`
  const days = daysLeft(notAfter, now)
  return `Valid until ${formatDate(notAfter)} ${inBrackets(days === 0 ? 'today' : countOf(days, 'day'))}`
}

function ended(notAfter: string, now: Date): string {
  const days = -daysLeft(notAfter, now)
  return days === 0
    ? 'Expired today'
    : `Expired on ${formatDate(notAfter)} ${inBrackets(`${countOf(days, 'day')} ago`)}`
}

/** In one piece: a line does not end within it. */
const inBrackets = (words: string) => `(${words.replaceAll(' ', '\u00a0')})`
