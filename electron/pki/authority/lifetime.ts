import { Validity } from '@peculiar/asn1-x509'
import { AppError } from '#shared/errors'

const dayMs = 86_400_000

/** For clocks that are a little behind. */
const toleranceMs = 5 * 60_000

/** A certificate's dates are bounded by its issuer's: outside of them it could not be verified. */
export interface Bounds {
  notBefore: Date
  notAfter: Date
}

/**
 * From five minutes ago for `days`, never beyond the issuer (`null` for a root). Whole seconds (RFC 5280 §4.1.2.5).
 * Errors: `invalid-input` where the issuer has ended.
 */
export function lifetime(now: Date, days: number, issuer: Bounds | null): Validity {
  const begin = new Date(Math.floor((now.getTime() - toleranceMs) / 1000) * 1000)
  const end = new Date(begin.getTime() + days * dayMs)
  if (issuer === null) return new Validity({ notBefore: begin, notAfter: end })
  if (issuer.notAfter <= now)
    throw new AppError('invalid-input', `The issuer’s own certificate ended on ${issuer.notAfter.toISOString()}.`)
  return new Validity({
    notBefore: issuer.notBefore > begin ? issuer.notBefore : begin,
    notAfter: issuer.notAfter < end ? issuer.notAfter : end,
  })
}
