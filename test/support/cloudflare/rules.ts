import { z } from 'zod'

/** A selector of `access_rule` in Cloudflare's OpenAPI document: an object of exactly one of these. */
const text = z.string()
const selectors: Record<string, z.ZodType> = {
  everyone: z.strictObject({}),
  certificate: z.strictObject({}),
  any_valid_service_token: z.strictObject({}),
  common_name: z.strictObject({ common_name: text }),
  group: z.strictObject({ id: text }),
  email: z.strictObject({ email: text }),
  email_domain: z.strictObject({ domain: text }),
  email_list: z.strictObject({ id: text }),
  ip: z.strictObject({ ip: text }),
  ip_list: z.strictObject({ id: text }),
  geo: z.strictObject({ country_code: text }),
  login_method: z.strictObject({ id: text }),
  device_posture: z.strictObject({ integration_uid: text }),
  service_token: z.strictObject({ token_id: text }),
  external_evaluation: z.strictObject({ evaluate_url: text, keys_url: text }),
  linked_app_token: z.strictObject({ app_uid: text }),
  okta: z.strictObject({ name: text, identity_provider_id: text }),
  // Two that came later than any client, with fields that none of them knows.
  weather: z.strictObject({}),
  moon_phase: z.strictObject({ phase: text }),
}

const Rule = z.record(z.string(), z.unknown()).refine((rule) => {
  const [name = '', ...others] = Object.keys(rule)
  return others.length === 0 && (selectors[name]?.safeParse(rule[name]).success ?? false)
}, 'unknown rule')

export const Rules = {
  include: z.array(Rule).min(1),
  require: z.array(Rule).optional(),
  exclude: z.array(Rule).optional(),
}

/** The ids of the groups that a policy or group mentions. */
export const groupsIn = (fields: { [name: string]: unknown }): string[] =>
  [fields['include'], fields['require'], fields['exclude']].flatMap((rules) =>
    z
      .array(z.object({ group: z.object({ id: z.string() }) }).or(z.unknown().transform(() => null)))
      .catch([])
      .parse(rules)
      .flatMap((rule) => (rule === null ? [] : [rule.group.id])),
  )
