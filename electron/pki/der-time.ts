import { encode, tags } from './der'

/**
 * A Time as certificates and CRLs write it, DER: UTCTime through the year 2049, GeneralizedTime from 2050, whole seconds,
 * UTC (RFC 5280 §4.1.2.5, §5.1.2.4).
 */
export function time(date: Date): Uint8Array {
  const digits = `${date.toISOString().slice(0, 19).replace(/[-:T]/gu, '')}Z`
  return date.getUTCFullYear() < 2050
    ? encode(tags.utcTime, Buffer.from(digits.slice(2), 'latin1'))
    : encode(tags.generalizedTime, Buffer.from(digits, 'latin1'))
}
