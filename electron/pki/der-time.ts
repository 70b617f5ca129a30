import { AppError } from '#shared/errors'
import { encode, tags } from './der'

/**
 * A Time as certificates and CRLs write it, DER: UTCTime through the year 2049, GeneralizedTime from 2050, whole seconds,
 * UTC (RFC 5280 §4.1.2.5, §5.1.2.4). Errors: those of `requireTime`.
 */
export function time(date: Date): Uint8Array {
  requireTime(date)
  const digits = `${date.toISOString().slice(0, 19).replace(/[-:T]/gu, '')}Z`
  return isUtcTime(date)
    ? encode(tags.utcTime, Buffer.from(digits.slice(2), 'latin1'))
    : encode(tags.generalizedTime, Buffer.from(digits, 'latin1'))
}

/** The two digits of a UTCTime mean 1950 to 2049 (RFC 5280 §4.1.2.5.1): what is older needs all four as well. */
export const isUtcTime = (date: Date): boolean => date.getUTCFullYear() >= 1950 && date.getUTCFullYear() < 2050

/** Four digits are all that a Time has for the year (RFC 5280 §4.1.2.5.2). Errors: `invalid-input`. */
export function requireTime(date: Date): void {
  const year = date.getUTCFullYear()
  if (!(year >= 0 && year <= 9999))
    throw new AppError('invalid-input', 'A date would be beyond the year 9999, the last that a certificate can name.')
}
