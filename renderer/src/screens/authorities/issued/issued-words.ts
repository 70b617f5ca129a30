import { daysLeft } from '#shared/logic/expiry'
import { countOf, formatDate, formatSerial } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import type { IssuedCertificate, IssuedStatus, RevocationReason } from '#shared/model/authority'
import type { Revocable } from '#shared/model/revocation'
import type { BadgeWords } from '../issuer-words'

export const statuses: { value: IssuedStatus; label: string }[] = [
  { value: 'valid', label: 'Valid' },
  { value: 'expiring', label: 'Expiring soon' },
  { value: 'expired', label: 'Expired' },
  { value: 'revoked', label: 'Revoked' },
  { value: 'not-yet-valid', label: 'Not valid yet' },
]

/** The two words beside an issued certificate. */
export function issuedWords({ status, notAfter }: IssuedCertificate, now: Date): BadgeWords {
  switch (status) {
    case 'valid':
      return { words: 'Valid', color: 'teal' }
    case 'expiring':
      return { words: endingWords(notAfter, now), color: 'orange' }
    case 'expired':
      return { words: 'Expired', color: 'gray' }
    case 'revoked':
      return { words: 'Revoked', color: 'red' }
    case 'not-yet-valid':
      return { words: 'Not valid yet', color: 'orange' }
  }
}

function endingWords(notAfter: string, now: Date): string {
  const days = daysLeft(notAfter, now)
  return days <= 0 ? 'Expires today' : `${countOf(days, 'day')} left`
}

interface Reason {
  value: RevocationReason
  label: string
}

/** The reasons of RFC 5280, in words, the usual ones first. */
export const reasons: readonly [Reason, ...Reason[]] = [
  { value: 'unspecified', label: 'No reason given' },
  { value: 'key-compromise', label: 'Somebody else may have its private key' },
  { value: 'cessation-of-operation', label: 'The person or device no longer needs it' },
  { value: 'affiliation-changed', label: 'The person has left, or the name has changed' },
  { value: 'superseded', label: 'Another certificate replaced it' },
  { value: 'privilege-withdrawn', label: 'The holder may no longer get in' },
  { value: 'ca-compromise', label: 'Somebody else may have the issuer’s own key' },
]

/** A certificate that is about to be revoked, by its name or, where nobody knows it, its number. */
export const foundName = ({ certificate, serial }: Revocable): string =>
  certificate === null ? `serial number ${formatSerial(serial)}` : quoted(certificate.commonName)

export function revokedWords({ revokedAt, reason }: IssuedCertificate): string {
  const because = reasons.find(({ value }) => value === reason)?.label
  const when = revokedAt === null ? 'Revoked' : `Revoked on ${formatDate(revokedAt)}`
  return because === undefined ? `${when}.` : `${when}: ${because.toLowerCase()}.`
}

export const sorts = [
  { value: 'issued', label: 'Newest first', descending: true },
  { value: 'name', label: 'By name', descending: false },
  { value: 'ends', label: 'Expiring first', descending: false },
  { value: 'serial', label: 'By serial number', descending: false },
] as const
export type Sort = (typeof sorts)[number]['value']
