import { isDatedAhead } from '#shared/logic/crl-dates'
import { isUrgent } from '#shared/logic/expiring/stages'
import { daysLeft, expiryBadge } from '#shared/logic/expiry'
import { countOf, formatDate } from '#shared/logic/formatting'
import { canSign } from '#shared/logic/issuers'
import type { AuthoritySummary } from '#shared/model/authority'

export interface BadgeWords {
  words: string
  color: 'teal' | 'indigo' | 'orange' | 'red' | 'gray'
}

/** An issuer is replaced long before it ends: everything it has signed ends with it. */
const soon = 90

export const hasEnded = ({ notAfter }: AuthoritySummary, now: Date): boolean => Date.parse(notAfter) <= now.getTime()
export const endsSoon = ({ notAfter }: AuthoritySummary, now: Date): boolean => daysLeft(notAfter, now) <= soon

/** The two words beside an issuer's name: the most pressing one. */
export function issuerWords(issuer: AuthoritySummary, now: Date): BadgeWords {
  if (issuer.archivedAt !== null && issuer.crlDue === 'no') return { words: 'Archived', color: 'gray' }
  if (hasEnded(issuer, now)) return { words: 'Expired', color: 'red' }
  if (issuer.successor !== null) return { words: 'Replaced', color: 'gray' }
  if (!canSign(issuer)) return { words: 'No key here', color: 'gray' }
  if (!issuer.hasKey) return { words: 'At a signer', color: 'indigo' }
  if (issuer.crlDue === 'now') return { words: 'CRL due', color: 'orange' }
  if (endsSoon(issuer, now))
    return { words: expiryBadge(issuer.notAfter, now), color: isUrgent(issuer.notAfter, now) ? 'red' : 'orange' }
  if (issuer.crlDue === 'soon') return { words: 'CRL due soon', color: 'orange' }
  return { words: 'Ready', color: 'teal' }
}

/** The line below the name; where it stands says that it is an intermediate. */
export function issuerLine({ isRoot, notAfter }: AuthoritySummary): string {
  return `${isRoot ? 'Root, until' : 'Until'} ${formatDate(notAfter)}`
}

export function issuedLine({ issued, revoked }: AuthoritySummary): string {
  if (issued === 0) return 'Nothing issued yet.'
  const all = `${countOf(issued, 'certificate')} issued`
  return revoked === 0 ? `${all}.` : `${all}, ${revoked} of them revoked.`
}

/** Why a new revocation list is wanted. */
export function crlWords({ crl, crlDue }: AuthoritySummary, now: Date): string {
  if (crlDue === 'no') return ''
  if (crl === null) return 'A certificate was revoked, and no list says so yet.'
  const { thisUpdate, nextUpdate } = crl
  if (isDatedAhead(thisUpdate, now))
    return `The last one is dated ${formatDate(thisUpdate)}. Nobody who checks it accepts it before that day.`
  if (nextUpdate !== null && Date.parse(nextUpdate) <= now.getTime())
    return `The last one expired on ${formatDate(nextUpdate)}. Whoever checks it may refuse everyone.`
  if (crlDue === 'now')
    return 'A certificate was revoked after the last list, so whoever checks that list still accepts it.'
  return nextUpdate === null
    ? 'The last one does not say when the next one is due.'
    : `The last one expires on ${formatDate(nextUpdate)}. After that, whoever checks it may refuse everyone.`
}
