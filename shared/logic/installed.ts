import type { Install } from '../model/store'

interface Validity {
  /** ISO 8601; null where a certificate does not hold a time. */
  notBefore: string | null
  notAfter: string | null
}

/**
 * In the order in which Chromium offers certificates (net/ssl/client_cert_identity.cc, ClientCertIdentitySorter): valid
 * ones first, then those that last longest, then those that were issued last.
 */
export function inOfferedOrder<Certificate extends Validity>(certificates: Certificate[], now: Date): Certificate[] {
  const isValid = ({ notBefore, notAfter }: Validity) =>
    timeOf(notBefore) <= now.getTime() && now.getTime() <= timeOf(notAfter)
  return [...certificates].sort(
    (a, b) =>
      Number(isValid(b)) - Number(isValid(a)) ||
      timeOf(b.notAfter) - timeOf(a.notAfter) ||
      timeOf(b.notBefore) - timeOf(a.notBefore),
  )
}

const timeOf = (instant: string | null) => (instant === null ? 0 : Date.parse(instant))

/** Whether this very certificate is there with its key, and not only an earlier one of the same key. */
export function isInstalled(
  { present, keyPresent, sha256, certificates }: Pick<Install, 'present' | 'keyPresent' | 'sha256' | 'certificates'>,
  certificate: string | null,
): boolean {
  return present && keyPresent && [sha256, ...certificates.map((one) => one.sha256)].some((one) => one === certificate)
}
