import type { AccessAlerting, AlertDestinations, NamedDestinations, NamedResource } from '../../model/access-account'
import { countOf, joinNames } from '../formatting'

const noNames: NamedDestinations = { webhooks: null, pagerduty: null }

/**
 * To whom a notification goes: “to pki@example.com, the webhook Chat and 1 PagerDuty service”. Those whose names are not known are
 * counted.
 */
export function destinationWords(
  { emails, webhooks, pagerduty }: AlertDestinations,
  known: NamedDestinations = noNames,
): string {
  const parts = [
    ...emails,
    ...namedWords(webhooks, known.webhooks, 'webhook'),
    ...namedWords(pagerduty, known.pagerduty, 'PagerDuty service'),
  ]
  return parts.length === 0 ? 'to nobody whom Latchkey can name' : `to ${joinNames(parts)}`
}

function namedWords(ids: string[], known: NamedResource[] | null, what: string): string[] {
  const names = ids.flatMap((id) => known?.find((one) => one.id === id)?.name ?? [])
  const others = ids.length - names.length
  const counted = others === 0 ? [] : [names.length === 0 ? countOf(others, what) : `${others} more`]
  return [...names.map((name) => `the ${what} ${name}`), ...counted]
}

/** Of an alert that Latchkey creates, unless a person gives another one. */
export const defaultAlertName = 'Access mTLS certificates expire'

/** What is known once a test was accepted, and no more. */
export const testAccepted = 'Cloudflare accepted the test; whether the message arrives cannot be seen from here.'

/** The practice account sends nothing. */
export const practiceTestAccepted = 'The practice account accepted the test; it sends no messages.'

const destinationNames: Record<keyof AlertDestinations, string> = {
  emails: 'e-mail',
  webhooks: 'webhooks',
  pagerduty: 'PagerDuty',
}

export const destinationName = (kind: keyof AlertDestinations): string => destinationNames[kind]

export const alertUnavailable =
  'Cloudflare does not list expiry alerts for CAs of Access among the notifications that this account may use.'

/** Why no alert can be created; null where nothing is known against it. */
export function alertObstacle({ isAvailable, destinations }: AccessAlerting): string | null {
  if (!isAvailable) return alertUnavailable
  const mayUseOne = Object.values(destinations).some((state) => state?.isEligible !== false)
  return mayUseOne ? null : 'This account may not send notifications.'
}
