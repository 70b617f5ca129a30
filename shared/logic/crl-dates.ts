import { formatUtc } from './formatting'

/** Clocks differ by seconds and are corrected by seconds; such a difference means nothing. */
export const clockToleranceMs = 5 * 60_000

/** Whether a list of this date (its thisUpdate) was written by a clock that is, or was, wrong. */
export const isDatedAhead = (thisUpdate: string, now: Date): boolean =>
  Date.parse(thisUpdate) > now.getTime() + clockToleranceMs

/** What to know of a list whose date is still to come; null for any other. */
export function aheadNote(thisUpdate: string, now: Date): string | null {
  if (!isDatedAhead(thisUpdate, now)) return null
  const from = formatUtc(new Date(thisUpdate))
  return `Until ${from}, verifiers with a correct clock do not accept this list. Create a successor of this issuer and renew its certificates: the successor’s lists count at once.`
}
