import { joinNames } from '#shared/logic/formatting'
import type { AccessAccount, AlertDestinations } from '#shared/model/access-account'
import type { AccessIntent } from '#shared/model/access-intent'
import { addedDestinations } from '../alerting'

type AlertIntent = Extract<AccessIntent, { kind: 'add-alert' | 'set-alert' | 'remove-alert' }>

/** What a plan file would say for an intent about expiry alerts; null where the account does not have the alert that it names. */
export function alertWish(
  { alerting }: AccessAccount,
  intent: AlertIntent,
): { title: string; parts: { alerts?: object[]; removeAlerts?: string[] } | null } {
  const known = alerting?.alerts ?? []
  if (intent.kind === 'add-alert') {
    const { name, destinations } = intent
    const existing = known.find((one) => one.name === name)?.destinations ?? null
    const nameIn = (kind: 'webhooks' | 'pagerduty') => (id: string) =>
      alerting?.known[kind]?.find((one) => one.id === id)?.name ?? id
    const { emails, webhooks, pagerduty } = destinations
    const whom = [...emails, ...webhooks.map(nameIn('webhooks')), ...pagerduty.map(nameIn('pagerduty'))]
    const title = `Warn ${joinNames(whom)} before a CA expires`
    return { title, parts: { alerts: [{ name, enabled: true, ...joined(existing, destinations) }] } }
  }
  const alert = known.find(({ id }) => id === intent.alert)
  if (intent.kind === 'remove-alert') {
    const title = alert === undefined ? 'Delete an expiry alert' : `Delete the expiry alert ${alert.name}`
    return { title, parts: alert === undefined ? null : { removeAlerts: [alert.name] } }
  }
  const { isEnabled: enabled, destinations } = intent
  if (alert === undefined) return { title: 'Change an expiry alert', parts: null }
  return {
    title: `Change the expiry alert ${alert.name}`,
    parts: { alerts: [{ name: alert.name, enabled, ...destinations }] },
  }
}

function joined(old: AlertDestinations | null, added: AlertDestinations): AlertDestinations {
  const others = addedDestinations(old, added)
  const all = (kind: keyof AlertDestinations) => [...(old?.[kind] ?? []), ...others[kind]]
  return { emails: all('emails'), webhooks: all('webhooks'), pagerduty: all('pagerduty') }
}
