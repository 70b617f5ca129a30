import { formatDateTime, joinNames } from '../formatting'
import type { Facts } from './facts'

/** The first thing that stands in the way of a certificate, as the account says. */
type Obstacle = 'no-ca' | 'other-ca' | 'no-policy'

/**
 * Why Access refuses the certificate, as far as the account that was read is definite. Null where it would let it in, where it
 * depends, and where the test saw something that the account does not know of: then one of the two is out of date.
 */
export function obstacleInAccount(facts: Facts): Obstacle | null {
  const { account, deciding } = facts
  if (account === null || facts.with === null || account.explanation.verdict !== 'refused') return null
  if (deciding.treatment !== 'access-refused') return null
  const status = deciding.attempt.access.mtlsStatus?.toUpperCase() ?? ''
  const association = account.explanation.reasons.find((reason) => reason.kind === 'association')
  switch (association?.outcome) {
    case 'no-ca':
      return deciding.asked === 'yes' || status.startsWith('SUCCESS') ? null : 'no-ca'
    case 'other-ca':
      return deciding.asked === 'no' || status.startsWith('SUCCESS') ? null : 'other-ca'
    case 'accepted':
      return deciding.asked === 'no' || status.startsWith('FAILED') || status === 'NONE' ? null : 'no-policy'
    case 'ca-expired':
    case 'unknown':
    case undefined:
      return null
  }
}

/** With the time, without which nothing of the account is said. */
export function accountLines(facts: Facts, obstacle: Obstacle): string[] {
  if (facts.account === null || obstacleInAccount(facts) !== obstacle) return []
  return [`In the account “${facts.account.name}”, as read ${readTime(facts)}: ${obstacleWords(facts, obstacle)}`]
}

function obstacleWords({ account, host }: Facts, obstacle: Obstacle): string {
  const reasons = account?.explanation.reasons ?? []
  switch (obstacle) {
    case 'no-ca':
      return `no CA is associated with ${host.hostname}.`
    case 'other-ca': {
      const cas = reasons.flatMap((reason) => (reason.kind === 'association' ? reason.cas : []))
      return `${host.hostname} is associated with ${joinNames(cas)}, not with the issuer of this certificate.`
    }
    case 'no-policy': {
      const policies = reasons.flatMap((reason) => (reason.kind === 'policy' ? [reason.name ?? reason.id] : []))
      return policies.length === 0
        ? 'the application has no policy.'
        : `of the policies ${joinNames(policies)}, none lets this certificate in.`
    }
  }
}

const readTime = ({ account }: Facts): string => `on ${formatDateTime(account?.explanation.readAt ?? '')}`

/** What would help by the account, in front of what helps in general. */
export function remedyInAccount(facts: Facts, obstacle: Obstacle, general: string): string {
  const { account } = facts
  if (account === null || account.advice === null || obstacleInAccount(facts) !== obstacle) return general
  return `As the account was read ${readTime(facts)}: ${account.advice} ${general}`
}
