import { AppError } from '#shared/errors'
import { clockToleranceMs } from '#shared/logic/crl-dates'
import { DAY_MS } from '#shared/logic/day'
import { formatUtc } from '#shared/logic/formatting'

/** From when until when a certificate is valid. */
export interface Validity {
  notBefore: Date
  notAfter: Date
}

/** The dates of an issuer. */
export interface IssuerDates extends Validity {
  /** What refusals call it. */
  title: string
}

/**
 * The clock guard of everything that is signed under an issuer: certificates, intermediates, CRLs. Outside of the issuer's
 * own dates nothing that it signs verifies (RFC 5280 §6.1.3 (a)(2)), and a clock that is wrong writes wrong dates.
 * Errors: `issuer-not-yet-valid`, `issuer-expired`.
 */
export function requireRunning(now: Date, issuer: IssuerDates): void {
  requireStarted(now, issuer)
  if (issuer.notAfter <= now) throw new AppError('issuer-expired', clockAgainst(now, issuer, 'ended', issuer.notAfter))
}

/** The half of the guard that holds for a successor too: an issuer may be taken over from after its end, never before its start. */
export function requireStarted(now: Date, issuer: IssuerDates): void {
  if (now < issuer.notBefore)
    throw new AppError('issuer-not-yet-valid', clockAgainst(now, issuer, 'begins', issuer.notBefore))
}

const clockAgainst = (now: Date, { title }: IssuerDates, verb: 'begins' | 'ended', date: Date): string =>
  `This computer’s clock says ${formatUtc(now)}. The certificate of “${title}” ${verb} on ${formatUtc(date)}.`

/**
 * From five minutes ago, for clocks that are a little behind, for `days`, never beyond the issuer (`null` for a root), since outside
 * of its dates nothing could be verified. Whole seconds (RFC 5280 §4.1.2.5).
 * Errors: those of `requireRunning`.
 */
export function lifetime(now: Date, days: number, issuer: IssuerDates | null): Validity {
  const begin = Math.floor((now.getTime() - clockToleranceMs) / 1000) * 1000
  const end = begin + days * DAY_MS
  if (issuer === null) return { notBefore: new Date(begin), notAfter: new Date(end) }
  requireRunning(now, issuer)
  return {
    notBefore: new Date(Math.max(begin, issuer.notBefore.getTime())),
    notAfter: new Date(Math.min(end, issuer.notAfter.getTime())),
  }
}
