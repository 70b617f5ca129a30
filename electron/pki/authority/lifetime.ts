import { AppError } from '#shared/errors'

const dayMs = 86_400_000

/** For clocks that are a little behind. */
const toleranceMs = 5 * 60_000

/** From when until when a certificate is valid. */
export interface Validity {
  notBefore: Date
  notAfter: Date
}

/**
 * From five minutes ago for `days`, never beyond the issuer (`null` for a root), since outside
 * of its dates nothing could be verified. Whole seconds (RFC 5280 §4.1.2.5).
 * Errors: `invalid-input` where the issuer has ended.
 */
export function lifetime(now: Date, days: number, issuer: Validity | null): Validity {
  const begin = new Date(Math.floor((now.getTime() - toleranceMs) / 1000) * 1000)
  const end = new Date(begin.getTime() + days * dayMs)
  if (issuer === null) return { notBefore: begin, notAfter: end }
  if (issuer.notAfter <= now)
    throw new AppError('invalid-input', `The issuer’s own certificate ended on ${issuer.notAfter.toISOString()}.`)
  return {
    notBefore: issuer.notBefore > begin ? issuer.notBefore : begin,
    notAfter: issuer.notAfter < end ? issuer.notAfter : end,
  }
}
