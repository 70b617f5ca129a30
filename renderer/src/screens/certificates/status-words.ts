import { expiryBadge } from '#shared/logic/expiry'
import type { IdentitySummary } from '#shared/model/identity'

type Color = 'teal' | 'indigo' | 'orange' | 'red' | 'gray'

/** The two words beside a name. */
export function statusWords(
  { status, notAfter, keyInVault }: IdentitySummary,
  now: Date,
): { words: string; color: Color } {
  switch (status) {
    case 'waiting':
      return keyInVault ? { words: 'Requested', color: 'indigo' } : { words: 'No private key', color: 'red' }
    case 'issued':
      return { words: 'Ready to install', color: 'indigo' }
    case 'installed':
      return { words: 'Installed', color: 'indigo' }
    case 'working':
      return { words: 'Working', color: 'teal' }
    case 'refused':
      return { words: 'Refused', color: 'red' }
    case 'expiring':
      return { words: notAfter === null ? 'Expires soon' : expiryBadge(notAfter, now), color: 'orange' }
    case 'expired':
      return { words: 'Expired', color: 'gray' }
    case 'not-yet-valid':
      return { words: 'Not valid yet', color: 'orange' }
  }
}
