import { z } from 'zod'
import { AccessPolicyId } from '#shared/model/access-account'
import { AccessGroupId, JsonObject } from '#shared/model/access-rule'
import { kept, list } from './kept'

const rules = { include: list(JsonObject), require: list(JsonObject), exclude: list(JsonObject) }

/** Decisions are read as text, so that a new one does not make the account unreadable. */
const policy = { id: AccessPolicyId, name: z.string(), decision: z.string(), ...rules }

/** GET `/accounts/{a}/access/policies`. */
export const PolicyAnswer = kept({ ...policy, app_count: z.number().int().nullish() })
export type PolicyAnswer = z.infer<typeof PolicyAnswer>

/** GET `…/apps/{app}/policies`, and in `policies` of an application. */
export const ApplicationPolicyAnswer = kept({
  ...policy,
  precedence: z.number().int().nullish(),
  reusable: z.boolean().nullish(),
})
export type ApplicationPolicyAnswer = z.infer<typeof ApplicationPolicyAnswer>

export const GroupAnswer = kept({ id: AccessGroupId, name: z.string(), ...rules })
export type GroupAnswer = z.infer<typeof GroupAnswer>
