import type { CrlRow, KnownRevocation } from '#electron/database/authority-tables'
import { AppError } from '#shared/errors'
import { isDatedAhead } from '#shared/logic/crl-dates'
import { formatUtc } from '#shared/logic/formatting'
import type { LastCrlAnswer } from '#shared/model/authority'

/** The dates of the list that comes next, and what becomes of the last one. */
export interface NextCrlDates {
  thisUpdate: Date
  /** Somebody has published a list of that date: no later one of this key is dated before it. */
  follows: Date | null
  /** Lists dated after it were never published, so what they list or leave out does not count. */
  discardAfter: Date | null
}

/**
 * The date of a list never goes back behind one that somebody may have: verifiers keep the newer of two. Where the last list
 * is dated in the future, a clock was or is wrong, and only a person knows whether anybody has that list. Clocks that are
 * set right by seconds, or differ between two computers, need no person.
 * Errors: `crl-dated-ahead` without an answer.
 */
export function nextDates(now: Date, last: CrlRow | null, answer: LastCrlAnswer | null): NextCrlDates {
  const second = Math.floor(now.getTime() / 1000) * 1000
  if (last === null) return { thisUpdate: new Date(second), follows: null, discardAfter: null }
  const follows = last.follows === null ? null : new Date(last.follows)
  const lastAt = Math.max(Date.parse(last.thisUpdate), follows?.getTime() ?? 0)
  if (!isDatedAhead(new Date(lastAt).toISOString(), now))
    return { thisUpdate: new Date(Math.max(second, lastAt)), follows, discardAfter: null }
  switch (answer) {
    case null:
      throw datedAhead(last, now)
    case 'published':
      return { thisUpdate: new Date(lastAt + 1000), follows: new Date(lastAt), discardAfter: null }
    case 'unpublished': {
      const earliest = follows === null ? 0 : follows.getTime() + 1000
      return { thisUpdate: new Date(Math.max(second, earliest)), follows, discardAfter: now }
    }
  }
}

function datedAhead({ number, thisUpdate }: CrlRow, now: Date): AppError {
  const which = number === null ? 'The last CRL' : `CRL number ${number}`
  const dates = `dated ${formatUtc(new Date(thisUpdate))}. This computer’s clock says ${formatUtc(now)}.`
  return new AppError('crl-dated-ahead', `${which} is ${dates}`)
}

/** What a list says of the revocations known, and which of them it says after their certificates' ends. */
export interface CrlListing {
  /** Each serial number once, by age. */
  listed: KnownRevocation[]
  listedAfterEnd: KnownRevocation[]
}

/**
 * An entry stays until a list of the same key that is not dated in the future has shown it after the certificate's end
 * (RFC 5280 §3.3), and until that end is over by the clock of now. So a clock that ran ahead loses none: once it is right
 * again, its lists are dated in the future. Where only the serial number is known, the entry stays for ever. Ends count to
 * the second, as in the list.
 */
export function listingOf(known: KnownRevocation[], now: Date, thisUpdate: Date): CrlListing {
  const all = known.filter((one) => !mayLeave(one, now))
  const bySerial = new Map<string, KnownRevocation>()
  for (const one of all) if (!bySerial.has(one.serial)) bySerial.set(one.serial, one)
  const isNews = ({ notAfter, listedAfterEnd }: KnownRevocation) =>
    notAfter !== null &&
    Date.parse(notAfter) < thisUpdate.getTime() &&
    (listedAfterEnd === null || thisUpdate.getTime() < Date.parse(listedAfterEnd))
  return { listed: [...bySerial.values()], listedAfterEnd: all.filter(isNews) }
}

function mayLeave({ notAfter, listedAfterEnd }: KnownRevocation, now: Date): boolean {
  if (notAfter === null || listedAfterEnd === null) return false
  return Date.parse(listedAfterEnd) <= now.getTime() && Date.parse(notAfter) < now.getTime()
}
