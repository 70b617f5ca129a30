import { isUrgent } from '#shared/logic/expiring/stages'
import { expiryBadge } from '#shared/logic/expiry'
import type { IdentitySummary, TestedSites } from '#shared/model/identity'

type Color = 'teal' | 'indigo' | 'orange' | 'red' | 'gray'

/** The two words beside a name. */
export function statusWords(
  { status, sites, notAfter, keyInVault }: IdentitySummary,
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
      return { words: siteWords(sites, 'Working'), color: 'teal' }
    case 'refused':
      return { words: siteWords(sites, 'Not let in'), color: 'red' }
    case 'expiring':
      if (notAfter === null) return { words: 'Expires soon', color: 'orange' }
      return { words: expiryBadge(notAfter, now), color: isUrgent(notAfter, now) ? 'red' : 'orange' }
    case 'expired':
      return { words: 'Expired', color: 'gray' }
    case 'not-yet-valid':
      return { words: 'Not valid yet', color: 'orange' }
    case 'replaced':
      return { words: 'Replaced', color: 'gray' }
    case 'no-client-use':
      return { words: 'Cannot sign in', color: 'red' }
  }
}

/** One site needs no count. */
const siteWords = ({ works, total }: TestedSites, one: string) =>
  total > 1 ? `Works on ${works} of ${total} sites` : one
