import { AppError } from '#shared/errors'

/** The largest INTEGER of 20 octets: a conforming issuer uses none beyond (RFC 5280 §5.2.3). */
export const MAX_CRL_NUMBER = 2n ** 159n - 1n

/** The number of the list that follows. Errors: `crl-numbers-used-up`. */
export function crlNumberAfter(last: bigint): bigint {
  if (last >= MAX_CRL_NUMBER) throw new AppError('crl-numbers-used-up', `The last CRL has the number ${last}.`)
  return last + 1n
}

/**
 * The number of a list that was made elsewhere, if another list can follow it. RFC 5280 §5.2.3 allows 0 and more; a
 * negative one counts as none, since whatever follows is larger. Padding changes no number, so it is accepted.
 * Errors: `crl-numbers-used-up` where it is longer than 20 octets, so that no list could follow.
 */
export function continuableNumber(number: bigint | null): bigint | null {
  if (number === null || number < 0n) return null
  if (number > MAX_CRL_NUMBER)
    throw new AppError('crl-numbers-used-up', `The number of this CRL is longer than 20 octets: ${shortened(number)}.`)
  return number
}

const shownDigits = 60

function shortened(number: bigint): string {
  const digits = number.toString()
  return digits.length <= shownDigits ? digits : `${digits.slice(0, shownDigits)}… (${digits.length} digits)`
}
