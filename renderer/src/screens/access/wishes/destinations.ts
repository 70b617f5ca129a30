import { accessLimits } from '#shared/logic/access/limits'
import type { AccessOverview } from '#shared/model/access-screen'
import type { Intent } from '../plan/use-planner'
import { emailsIn, faultOfEmails, tooMany } from './wish-input'

type Alerting = NonNullable<AccessOverview['alerting']>
type Destinations = Extract<Intent, { kind: 'add-alert' }>['destinations']

/** To whom an alert should go, as it is typed and chosen. */
export interface TypedDestinations {
  emails: string
  /** Ids. */
  webhooks: string[]
  pagerduty: string[]
}

export const noDestinations: TypedDestinations = { emails: '', webhooks: [], pagerduty: [] }

export const typedDestinations = ({ emails, webhooks, pagerduty }: Alerting['alerts'][number]['destinations']) => ({
  emails: emails.join('\n'),
  webhooks,
  pagerduty,
})

/** Null until it is complete. */
export function destinationsOf({ emails: text, webhooks, pagerduty }: TypedDestinations): Destinations | null {
  const emails = emailsIn(text)
  const faults = [faultOfEmails(emails), faultOfChosen(webhooks), faultOfChosen(pagerduty)]
  const isComplete = emails.length + webhooks.length + pagerduty.length > 0 && faults.every((fault) => fault === null)
  return isComplete ? { emails, webhooks, pagerduty } : null
}

export const faultOfChosen = (ids: string[]): string | null => tooMany(ids, accessLimits.destinations, 'destinations')

/** Those that the account has, and those that an alert goes to although they are not among them. */
export function choosable(known: Alerting['webhooks'], chosen: string[]): Alerting['webhooks'] {
  const others = chosen.filter((id) => !known.some((one) => one.id === id))
  return [...known, ...others.map((id) => ({ id, name: id }))]
}
