import { z } from 'zod'
import { AccessAlertId } from '#shared/model/access-account'
import { JsonObject } from '#shared/model/access-rule'
import { expiryType } from '../alerting'
import type { AccessCall } from '../api'
import { alertRefused, notFound } from './refusals'
import type { Performed, PracticeState, Surroundings } from './state'

const Destinations = z.array(z.object({ id: z.string().min(1) })).optional()

const Fields = z.looseObject({
  name: z.string().min(1),
  alert_type: z.literal(expiryType),
  enabled: z.boolean(),
  mechanisms: z.strictObject({ email: Destinations, webhooks: Destinations, pagerduty: Destinations }),
})

/** Notifications of the practice account. It keeps them, and sends none. */
export function onAlert(state: PracticeState, { method, path, body }: AccessCall, { newId }: Surroundings): Performed {
  const id = path.split('/')[6] ?? null
  if (method === 'POST' && id === null) {
    const alert = { id: AccessAlertId.parse(newId()), fields: fieldsOf(body) }
    return { state: { ...state, alerts: [...state.alerts, alert] }, value: alert.id }
  }
  const old = state.alerts.find((one) => one.id === id)
  if (old === undefined) throw notFound('notification policy')
  if (method === 'DELETE')
    return { state: { ...state, alerts: state.alerts.filter((one) => one !== old) }, value: null }
  const changed = { ...old, fields: fieldsOf({ ...old.fields, ...body }) }
  return { state: { ...state, alerts: state.alerts.map((one) => (one === old ? changed : one)) }, value: old.id }
}

function fieldsOf(body: JsonObject | null): JsonObject {
  const parsed = Fields.safeParse(body)
  if (!parsed.success)
    throw alertRefused(parsed.error.issues.map((issue) => `${issue.path.join('.')} is invalid`).join('; '))
  return JsonObject.parse(parsed.data)
}
