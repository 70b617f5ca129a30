import type {
  AccessAlert,
  AccessAlerting,
  AlertDestinations,
  NamedDestinations,
  NamedResource,
} from '../../model/access-account'
import type { AccessChange } from '../../model/access-plan'
import { countOf, joinNames } from '../formatting'

/** What one of those is that have names of their own. */
export const destinationNouns: Record<keyof NamedDestinations, string> = {
  webhooks: 'webhook',
  pagerduty: 'PagerDuty service',
}

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
    ...namedWords(webhooks, known.webhooks, destinationNouns.webhooks),
    ...namedWords(pagerduty, known.pagerduty, destinationNouns.pagerduty),
  ]
  return parts.length === 0 ? 'to no destination that Latchkey can name' : `to ${joinNames(parts)}`
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

/** By what a notification is sent. */
export const destinationKinds: Record<keyof AlertDestinations, string> = {
  emails: 'e-mail',
  webhooks: 'webhooks',
  pagerduty: 'PagerDuty',
}

type AlertChange = Extract<AccessChange, { kind: 'create-alert' | 'update-alert' | 'delete-alert' }>

/** A change of an expiry alert as a person reads it. `before` and `after`: what the account has around it. */
export function alertChangeWords(
  change: AlertChange,
  before: AccessAlerting | null,
  after: AccessAlerting | null,
): { title: string; detail: string } {
  const name = before?.alerts.find(({ id }) => id === change.id)?.name ?? change.id
  switch (change.kind) {
    case 'create-alert':
      return {
        title: `Create the expiry alert ${change.name}`,
        detail: `${alertWords(change, before)} Cloudflare sends it 30 and 14 days before an uploaded CA expires.`,
      }
    case 'update-alert':
      return { title: `Change the expiry alert ${name}`, detail: `Then: ${alertWords(change, before)}` }
    case 'delete-alert': {
      const isWarned = after?.alerts.some(({ isEnabled }) => isEnabled) ?? true
      return {
        title: `Delete the expiry alert ${name}`,
        detail: isWarned ? '' : 'Then Cloudflare warns nobody before an uploaded CA expires.',
      }
    }
  }
}

const alertWords = (
  { isEnabled, destinations }: Pick<AccessAlert, 'isEnabled' | 'destinations'>,
  alerting: AccessAlerting | null,
) => `${isEnabled ? 'On' : 'Off'}, ${destinationWords(destinations, alerting?.known)}.`

export const alertUnavailable =
  'Cloudflare does not list expiry alerts for CAs of Access among the notifications that this account may use.'

/** Why no alert can be created; null where nothing is known against it. */
export function alertObstacle({ isAvailable, destinations }: AccessAlerting): string | null {
  if (!isAvailable) return alertUnavailable
  const mayUseOne = Object.values(destinations).some((state) => state?.isEligible !== false)
  return mayUseOne ? null : 'This account may not send notifications.'
}
