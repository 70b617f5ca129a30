import { z } from 'zod'

/** Names a resource of an Access account; it becomes part of a path, so it holds nothing that a path could trip over. */
export const ResourceId = z.string().regex(/^[\w-]{1,64}$/u)

export const AccessGroupId = ResourceId.brand<'AccessGroupId'>()
export type AccessGroupId = z.infer<typeof AccessGroupId>

/** Any JSON, as it came. */
export const Json = z.json()
export type Json = z.infer<typeof Json>

export const JsonObject = z.record(z.string(), Json)
export type JsonObject = z.infer<typeof JsonObject>

/** A group that an identity provider keeps, by the provider's kind. */
const ProviderGroup = z.strictObject({
  kind: z.literal('provider-group'),
  service: z.enum(['azureAD', 'github-organization', 'gsuite', 'okta']),
  provider: z.string(),
  /** Azure: the group's id; Google: its address. */
  group: z.string(),
  /** GitHub alone has teams below an organisation. */
  team: z.string().nullable(),
})

/** A SAML attribute or an OIDC claim that the login must carry. */
const LoginClaim = z.strictObject({
  kind: z.literal('login-claim'),
  protocol: z.enum(['saml', 'oidc']),
  provider: z.string(),
  name: z.string(),
  value: z.string(),
})

/**
 * One selector of an Access policy or rule group. What this version does not know, in name or in fields, is `unknown`: it
 * is kept as it came, written back unchanged, and never guessed about.
 */
export const AccessRule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('everyone') }),
  z.strictObject({ kind: z.literal('valid-certificate') }),
  z.strictObject({ kind: z.literal('common-name'), name: z.string() }),
  z.strictObject({ kind: z.literal('group'), group: AccessGroupId }),
  z.strictObject({ kind: z.literal('service-token'), token: z.string() }),
  z.strictObject({ kind: z.literal('any-service-token') }),
  z.strictObject({ kind: z.literal('linked-app-token'), application: z.string() }),
  z.strictObject({ kind: z.literal('ip-range'), range: z.string() }),
  z.strictObject({ kind: z.literal('ip-list'), list: z.string() }),
  z.strictObject({ kind: z.literal('country'), code: z.string() }),
  z.strictObject({ kind: z.literal('device-posture'), check: z.string() }),
  z.strictObject({ kind: z.literal('email'), email: z.string() }),
  z.strictObject({ kind: z.literal('email-domain'), domain: z.string() }),
  z.strictObject({ kind: z.literal('email-list'), list: z.string() }),
  z.strictObject({ kind: z.literal('login-method'), provider: z.string() }),
  z.strictObject({ kind: z.literal('authentication-method'), method: z.string() }),
  z.strictObject({
    kind: z.literal('authentication-context'),
    provider: z.string(),
    context: z.string(),
    code: z.string(),
  }),
  ProviderGroup,
  LoginClaim,
  z.strictObject({ kind: z.literal('account-member'), account: z.string().nullable() }),
  z.strictObject({ kind: z.literal('user-risk'), levels: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('external-evaluation'), url: z.string(), keysUrl: z.string() }),
  z.strictObject({ kind: z.literal('unknown'), json: JsonObject }),
])
export type AccessRule = z.infer<typeof AccessRule>

/** Who is meant: any of `include`, all of `require`, none of `exclude`. */
export const AccessRules = z.strictObject({
  include: z.array(AccessRule),
  require: z.array(AccessRule),
  exclude: z.array(AccessRule),
})
export type AccessRules = z.infer<typeof AccessRules>
