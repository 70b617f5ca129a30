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

/** Certificates are dealt with on one screen, issuers and their lists on another. */
export function placesOf(expiring: Expiring[], now: Date): ExpiringPlaces {
  const isOwn = ({ kind }: Expiring) => kind === 'certificate'
  return {
    certificates: groupOf(expiring.filter(isOwn), now),
    issuers: groupOf(
      expiring.filter((one) => !isOwn(one)),
      now,
    ),
  }
}

/** What the dock or the taskbar shows. */
export const totalOf = ({ certificates, issuers }: ExpiringPlaces): number =>
  (certificates?.count ?? 0) + (issuers?.count ?? 0)
