import type { Expiring, ExpiringGroup, ExpiringPlaces } from '#shared/model/expiring'
import { hasEnded } from '../expiry'

/** Null for none. They come in the order of their ends. */
export function groupOf(expiring: Expiring[], now: Date): ExpiringGroup | null {
  const [first] = expiring
  const last = expiring.at(-1)
  if (first === undefined || last === undefined) return null
  const ended = expiring.filter(({ ends }) => hasEnded(ends, now)).length
  return { count: expiring.length, ended, first, lastEnd: last.ends }
}

/** A client certificate, the person's own or one that only a store has. */
export const isClientCertificate = ({ kind }: Expiring): boolean => kind === 'certificate' || kind === 'stored'

/** Certificates are dealt with on one screen, issuers and their lists on another. */
export function placesOf(expiring: Expiring[], now: Date): ExpiringPlaces {
  return {
    certificates: groupOf(expiring.filter(isClientCertificate), now),
    issuers: groupOf(
      expiring.filter((one) => !isClientCertificate(one)),
      now,
    ),
  }
}
