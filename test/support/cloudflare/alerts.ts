import { z } from 'zod'
import { type Context, withBody } from './context'
import { type Json, type Reply, success } from './reply'
import { newId, timestamp } from './world'

/** What the OpenAPI document has of a notification, as far as e-mail goes; other fields are refused. */
const Alert = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  alert_type: z.enum(['access_custom_certificate_expiration_type', 'expiring_service_token_alert']),
  enabled: z.boolean(),
  mechanisms: z.strictObject({ email: z.array(z.strictObject({ id: z.email() })).min(1) }),
})

export const listAlerts = ({ world }: Context): Reply =>
  success(world.alerts.map(({ id, fields }): Json => ({ id, ...fields })))

/** The answer has the id alone. */
export const createAlert = (context: Context): Reply =>
  withBody(Alert, context.body, (fields) => {
    const { world } = context
    const now = timestamp(world)
    const id = newId().replaceAll('-', '')
    world.alerts.push({ id, fields: { ...fields, filters: {}, created: now, modified: now } })
    return success({ id })
  })
