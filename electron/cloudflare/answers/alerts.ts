import { z } from 'zod'
import { AccessAlertId } from '#shared/model/access-account'
import { ResourceId } from '#shared/model/access-rule'
import { kept, list } from './kept'

const Destinations = list(z.object({ id: z.string().nullish() }))

/** A notification of an account (`…/alerting/v3/policies`). Kinds that Latchkey does not know are among them. */
export const AlertAnswer = kept({
  id: AccessAlertId,
  name: z.string().nullish(),
  alert_type: z.string().nullish(),
  enabled: z.boolean().nullish(),
  mechanisms: z.object({ email: Destinations, webhooks: Destinations, pagerduty: Destinations }).nullish(),
})
export type AlertAnswer = z.infer<typeof AlertAnswer>

export const AlertAnswers = list(AlertAnswer)

/** The kinds of notifications that the account may have, by groups with names for people (`…/available_alerts`). */
export const AvailableAlertsAnswer = z.record(z.string(), list(kept({ type: z.string().nullish() })))
export type AvailableAlertsAnswer = z.infer<typeof AvailableAlertsAnswer>

/** The kinds of destinations that the account may use, in groups as well (`…/destinations/eligible`). */
export const EligibleDestinationsAnswer = z.record(
  z.string(),
  list(kept({ type: z.string().nullish(), eligible: z.boolean().nullish(), ready: z.boolean().nullish() })),
)
export type EligibleDestinationsAnswer = z.infer<typeof EligibleDestinationsAnswer>

/** A webhook (`…/destinations/webhooks`) or a PagerDuty service (`…/destinations/pagerduty`) of an account. */
export const DestinationAnswer = kept({ id: ResourceId, name: z.string().nullish() })
export type DestinationAnswer = z.infer<typeof DestinationAnswer>

export const DestinationAnswers = list(DestinationAnswer)
