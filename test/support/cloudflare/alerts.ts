import { z } from 'zod'
import type { Context } from './context'
import { type Json, type Reply, success } from './reply'
import { newId, type StoredGroup, timestamp, type World } from './world'

const expiryType = 'access_custom_certificate_expiration_type'

const destination = <T extends z.ZodType>(id: T) => z.array(z.strictObject({ id })).optional()
const Uuid = z.string().regex(/^[0-9a-f]{32}$/u)

const fields = {
  name: z.string().min(1),
  description: z.string().optional(),
  alert_type: z.enum([expiryType, 'expiring_service_token_alert']),
  alert_interval: z.string().optional(),
  filters: z.record(z.string(), z.array(z.string())).optional(),
  enabled: z.boolean(),
  mechanisms: z.strictObject({
    email: destination(z.email()),
    webhooks: destination(Uuid),
    pagerduty: destination(Uuid),
  }),
}
/** What the OpenAPI document has of a notification; other fields are refused. */
const Alert = z.strictObject(fields)
const ChangedAlert = Alert.partial()
type Fields = z.infer<typeof ChangedAlert>

/** Errors of this part of the API may lack their code (OpenAPI document: only `message` is required). */
const refused = (message: string, status = 400): Reply => ({
  status,
  body: { success: false, errors: [{ message }], messages: [], result: null },
})

const view = ({ id, fields: own }: StoredGroup): Json => ({ id, ...own })

const one = ({ world, ids }: Context, act: (alert: StoredGroup) => Reply): Reply => {
  const found = world.alerts.find(({ id }) => id === ids[0])
  return found === undefined ? refused('policy not found', 404) : act(found)
}

export const listAlerts = ({ world }: Context): Reply => success(world.alerts.map(view))

export const getAlert = (context: Context): Reply => one(context, (alert) => success(view(alert)))

/** The kinds that the plan of the account has, in groups. */
export const availableAlerts = ({ world }: Context): Reply => {
  const kind = (type: string, name: string) => ({ type, display_name: name, description: name, filter_options: null })
  return success({
    Access: [
      ...(world.behaviour.expiryAlerts ? [kind(expiryType, 'Expiring Access mTLS Certificate Alert')] : []),
      kind('expiring_service_token_alert', 'Expiring Access Service Token Alert'),
    ],
    'Origin Monitoring': [kind('http_alert_origin_error', 'Origin Error Rate Alert')],
  })
}

export const eligibleDestinations = ({ world }: Context): Reply => {
  const kinds = Object.entries(world.behaviour.destinations)
  return success(Object.fromEntries(kinds.map(([type, state]) => [type, [{ ...state, type }]])))
}

const destinationsOf =
  (kind: 'webhooks' | 'pagerduty') =>
  ({ world }: Context): Reply =>
    world.behaviour.destinations[kind].eligible
      ? success(world[kind].map(view))
      : refused('account is not eligible for this mechanism', 403)

export const listWebhooks = destinationsOf('webhooks')
export const listPagerDuty = destinationsOf('pagerduty')

/** What the account may not use is refused, whatever it was told before. */
function faultIn(world: World, { alert_type: kind, mechanisms }: Fields): string | null {
  if (kind === expiryType && !world.behaviour.expiryAlerts) return 'alert type is not available for this account'
  const used = Object.entries(mechanisms ?? {}).filter(([, all]) => (all ?? []).length > 0)
  if (mechanisms !== undefined && used.length === 0) return 'at least one mechanism is required'
  const states = new Map(Object.entries(world.behaviour.destinations))
  const [unusable] = used.filter(([type]) => states.get(type)?.eligible !== true)
  if (unusable !== undefined) return `not eligible for ${unusable[0]}`
  const isThere = (kind: 'webhooks' | 'pagerduty') =>
    (mechanisms?.[kind] ?? []).every(({ id }) => world[kind].some((one) => one.id === id))
  return isThere('webhooks') && isThere('pagerduty') ? null : 'destination not found'
}

function withAlert<T extends Fields>({ world, body }: Context, schema: z.ZodType<T>, act: (value: T) => Reply): Reply {
  const parsed = schema.safeParse(body)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return refused(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
  }
  const fault = faultIn(world, parsed.data)
  return fault === null ? act(parsed.data) : refused(fault)
}

/** The answer has the id alone. */
export const createAlert = (context: Context): Reply =>
  withAlert(context, Alert, (given) => {
    const { world } = context
    const now = timestamp(world)
    const id = newId().replaceAll('-', '')
    world.alerts.push({ id, fields: { filters: {}, description: '', ...given, created: now, modified: now } })
    return success({ id })
  })

/** Fields that are left out stay: none is required. */
export const updateAlert = (context: Context): Reply =>
  one(context, (alert) =>
    withAlert(context, ChangedAlert, (given) => {
      alert.fields = { ...alert.fields, ...given, modified: timestamp(context.world) }
      return success({ id: alert.id })
    }),
  )

export const deleteAlert = (context: Context): Reply =>
  one(context, (alert) => {
    context.world.alerts = context.world.alerts.filter((other) => other !== alert)
    return success([])
  })

/** Whether anything arrives, the API does not say. It refuses where a mechanism cannot be reached. */
export const testAlert = (context: Context): Reply =>
  one(context, () =>
    context.world.behaviour.alertTests === 'accepted'
      ? { status: 200, body: { success: true, errors: [], messages: [] } }
      : refused('delivery mechanism is unreachable'),
  )
