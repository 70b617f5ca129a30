import type { ExpiringGroup } from '#shared/model/expiring'
import { isUrgent } from './stages'
import { oneTitle, severalLine, severalTitle } from './words'

/** The line at the top of the screen on which it is dealt with. */
export function expiringLine(group: ExpiringGroup, place: 'certificates' | 'issuers', now: Date): string {
  if (group.count === 1) return oneTitle(group.first, now)
  return place === 'certificates' ? severalLine(group, now) : severalTitle(group, 'issuers or revocation lists', now)
}

/** Orange until the last day, then red. */
export const expiringColor = ({ first }: ExpiringGroup, now: Date): 'orange' | 'red' =>
  isUrgent(first.ends, now) ? 'red' : 'orange'
