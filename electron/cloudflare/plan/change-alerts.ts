import { AccessAlertId, type AccessAlerting, AlertDestinations } from '#shared/model/access-account'
import type { AccessWish } from '#shared/model/access-wish'
import { addedDestinations, sameDestinations } from '../alerting'
import { addUnlessManaged, type Draft, oneNamed } from './draft'

/** Creates and changes the expiry alerts of the wish, by their names. What the account may not use is not tried. */
export function changeAlerts(draft: Draft, wish: AccessWish): void {
  for (const { name, enabled: isEnabled, ...destinations } of wish.alerts) {
    const { alerting } = draft.account()
    if (alerting === null) {
      draft.refuse({ kind: 'not-read', what: 'expiry alert', name })
      continue
    }
    const { one: existing, isAmbiguous } = oneNamed(draft, 'expiry alert', alerting.alerts, name)
    if (isAmbiguous) continue
    const isSame = existing?.isEnabled === isEnabled && sameDestinations(existing.destinations, destinations)
    if (isSame) continue
    if (existing === null && !alerting.isAvailable) draft.refuse({ kind: 'alert-unavailable', name })
    refuseUnusable(draft, alerting, name, addedDestinations(existing?.destinations ?? null, destinations))
    const isManaged = wish.managedElsewhere.alerts.includes(name)
    const change =
      existing === null
        ? ({
            kind: 'create-alert',
            id: AccessAlertId.parse(draft.newId()),
            name,
            isEnabled,
            destinations,
            fields: {},
          } as const)
        : ({ kind: 'update-alert', id: existing.id, isEnabled, destinations } as const)
    addUnlessManaged(draft, isManaged, { what: 'expiry alert', name }, change)
  }
}

/** A kind of destination that Cloudflare does not list is left to Cloudflare, and so is one whose list was not read. */
function refuseUnusable(
  draft: Draft,
  { destinations: states, known }: AccessAlerting,
  name: string,
  added: AlertDestinations,
): void {
  for (const destination of AlertDestinations.keyof().options) {
    const state = states[destination]
    if (state?.isEligible === false && added[destination].length > 0)
      draft.refuse({ kind: 'destination-unavailable', name, destination })
  }
  for (const destination of ['webhooks', 'pagerduty'] as const)
    for (const id of added[destination])
      if (known[destination]?.some((one) => one.id === id) === false)
        draft.refuse({ kind: 'destination-unknown', name, destination, id })
}

/** Those that are gone already are no problem. */
export function removeAlerts(draft: Draft, wish: AccessWish): void {
  for (const name of wish.removeAlerts) {
    const { alerting } = draft.account()
    if (alerting === null) {
      draft.refuse({ kind: 'not-read', what: 'expiry alert', name })
      continue
    }
    const { one: alert } = oneNamed(draft, 'expiry alert', alerting.alerts, name)
    if (alert === null) continue
    const isManaged = wish.managedElsewhere.alerts.includes(name)
    addUnlessManaged(draft, isManaged, { what: 'expiry alert', name }, { kind: 'delete-alert', id: alert.id })
  }
}
