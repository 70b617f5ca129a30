import { z } from 'zod'
import { AccessGroupId, AccessRules, JsonObject, ResourceId } from './access-rule'
import { Instant } from './ids'

export const AccountId = ResourceId.brand<'AccountId'>()
export type AccountId = z.infer<typeof AccountId>

/** The account on this computer, for practising. Cloudflare's ids are 32 hexadecimal digits. */
export const practiceAccountId = AccountId.parse('practice')

/** Of the practice site, the only one about which that account decides. */
export const practiceHostname = 'practice.latchkey.localhost'

export const isPracticeAccount = ({ id }: { id: string }): boolean => id === practiceAccountId

export const ZoneId = ResourceId.brand<'ZoneId'>()
export type ZoneId = z.infer<typeof ZoneId>

export const AccessCaId = ResourceId.brand<'AccessCaId'>()
export type AccessCaId = z.infer<typeof AccessCaId>

export const AccessApplicationId = ResourceId.brand<'AccessApplicationId'>()
export type AccessApplicationId = z.infer<typeof AccessApplicationId>

export const AccessPolicyId = ResourceId.brand<'AccessPolicyId'>()
export type AccessPolicyId = z.infer<typeof AccessPolicyId>

/** Lower-case hex of the MD5 over a certificate's DER: the only fingerprint that Access reports. It identifies a certificate but proves nothing. */
export const Md5 = z
  .string()
  .regex(/^[0-9a-f]{32}$/u)
  .brand<'Md5'>()
export type Md5 = z.infer<typeof Md5>

/** What Access calls an mTLS certificate: one or several CA certificates, of which it never gives the PEM back. */
export const AccessCa = z.strictObject({
  id: AccessCaId,
  name: z.string(),
  /** Of one certificate of the upload. Which one is not documented; null where it has no form that we can read. */
  fingerprint: Md5.nullable(),
  /** Of every certificate of the upload, where its PEM is kept here; null where only Access has it. */
  bundle: z.array(Md5).nullable(),
  expiresOn: Instant.nullable(),
  /** In lower case, as Access lists them. */
  hostnames: z.array(z.string()),
})
export type AccessCa = z.infer<typeof AccessCa>

/** Per hostname, and in one list for the whole account. */
export const HostnameSetting = z.strictObject({
  hostname: z.string(),
  /** The certificate is sent on to the origin in a header. */
  forwarding: z.boolean(),
  chinaNetwork: z.boolean(),
})
export type HostnameSetting = z.infer<typeof HostnameSetting>

/** A part of a destination that is treated differently; `public` is the only behaviour known so far. */
export const PathOverride = z.strictObject({ path: z.string(), behavior: z.string() })
export type PathOverride = z.infer<typeof PathOverride>

export const AccessDestination = z.discriminatedUnion('kind', [
  /** A hostname and path with wildcards, without scheme: `*.example.com/admin`. */
  z.strictObject({ kind: z.literal('public'), uri: z.string(), overrides: z.array(PathOverride) }),
  /** Every hostname that a Worker serves. This part of the API does not list them. */
  z.strictObject({ kind: z.literal('worker'), type: z.string() }),
  /** Private networks, MCP servers and later kinds: nothing that a browser requests through the edge. */
  z.strictObject({ kind: z.literal('other'), type: z.string() }),
])
export type AccessDestination = z.infer<typeof AccessDestination>

/** The place of a policy in an application: the smaller number comes first. */
export const PolicyLink = z.strictObject({ policy: AccessPolicyId, precedence: z.number().int() })
export type PolicyLink = z.infer<typeof PolicyLink>

export const AccessApplication = z.strictObject({
  id: AccessApplicationId,
  name: z.string(),
  /** `self_hosted`, `saas`, … Cloudflare adds to these. */
  type: z.string(),
  /** Changes when an application is created again. */
  aud: z.string().nullable(),
  domain: z.string().nullable(),
  /** All it covers: `destinations`, or where there are none the older `self_hosted_domains`, or else `domain`. */
  destinations: z.array(AccessDestination),
  /** In the order of their precedence. */
  policies: z.array(PolicyLink),
  /** The object as it was read: a PUT replaces all of it, so what we do not know has to be sent back. */
  fetched: JsonObject,
})
export type AccessApplication = z.infer<typeof AccessApplication>

/** `non_identity` is Service Auth on Cloudflare's screens, `deny` is Block. `unknown` stands for what came later. */
export const AccessDecision = z.enum(['allow', 'deny', 'bypass', 'non_identity', 'unknown'])
export type AccessDecision = z.infer<typeof AccessDecision>

export const AccessPolicy = z.strictObject({
  id: AccessPolicyId,
  name: z.string(),
  /** The only application that has it; null for a reusable one. */
  application: AccessApplicationId.nullable(),
  decision: AccessDecision,
  rules: AccessRules,
  fetched: JsonObject,
})
export type AccessPolicy = z.infer<typeof AccessPolicy>

export const AccessGroup = z.strictObject({
  id: AccessGroupId,
  name: z.string(),
  rules: AccessRules,
  fetched: JsonObject,
})
export type AccessGroup = z.infer<typeof AccessGroup>

const AccessOrganization = z.strictObject({
  name: z.string(),
  /** `team.cloudflareaccess.com` */
  authDomain: z.string(),
  /** Hostnames without an application are blocked, except those of the zones below. */
  denyUnmatchedRequests: z.boolean(),
  exemptedZones: z.array(z.string()),
})
export type AccessOrganization = z.infer<typeof AccessOrganization>

const Zone = z.strictObject({ id: ZoneId, name: z.string() })

export const AccessAlertId = ResourceId.brand<'AccessAlertId'>()
export type AccessAlertId = z.infer<typeof AccessAlertId>

/** To whom a notification goes: addresses, and the ids that the account has for other destinations. */
export const AlertDestinations = z.strictObject({
  emails: z.array(z.string()),
  webhooks: z.array(z.string()),
  pagerduty: z.array(z.string()),
})
export type AlertDestinations = z.infer<typeof AlertDestinations>

/** Cloudflare's own notification, 30 and 14 days before a CA that was uploaded to Access expires. */
export const AccessAlert = z.strictObject({
  id: AccessAlertId,
  name: z.string(),
  isEnabled: z.boolean(),
  destinations: AlertDestinations,
  /** The object as it was read, with fields and kinds of destinations that we do not know. */
  fetched: JsonObject,
})
export type AccessAlert = z.infer<typeof AccessAlert>

/** Whose name stands for its id in sentences: an identity provider, a service token, a webhook. */
export const NamedResource = z.strictObject({ id: z.string(), name: z.string() })
export type NamedResource = z.infer<typeof NamedResource>

/** Where Cloudflare marks a kind of destination as not ready, it does not guarantee that messages arrive (OpenAPI document). */
const DestinationState = z.strictObject({ isEligible: z.boolean(), isReady: z.boolean() })

/** The kinds of destinations that have names of their own. */
export type NamedDestinations = { [Kind in 'webhooks' | 'pagerduty']: NamedResource[] | null }

const AccessAlerting = z.strictObject({
  /** Of the one kind that is about CAs of Access. */
  alerts: z.array(AccessAlert),
  /** Whether Cloudflare lists that kind among those that the account may use. */
  isAvailable: z.boolean(),
  /** Null for kinds of destinations that Cloudflare did not list. */
  destinations: z.strictObject({
    emails: DestinationState.nullable(),
    webhooks: DestinationState.nullable(),
    pagerduty: DestinationState.nullable(),
  }),
  /** What the account has of them, by their ids; null where that was not read. Addresses of webhooks are secrets, and not kept. */
  known: z
    .strictObject({ webhooks: z.array(NamedResource).nullable(), pagerduty: z.array(NamedResource).nullable() })
    .default({ webhooks: null, pagerduty: null }),
})
export type AccessAlerting = z.infer<typeof AccessAlerting>

/** An Access account as it was read at one time. What could not be read is null, never an empty list. */
export const AccessAccount = z.strictObject({
  id: AccountId,
  name: z.string(),
  readAt: Instant,
  cas: z.array(AccessCa),
  settings: z.array(HostnameSetting),
  applications: z.array(AccessApplication),
  /** Reusable ones, and those of single applications. */
  policies: z.array(AccessPolicy),
  groups: z.array(AccessGroup).nullable(),
  organization: AccessOrganization.nullable(),
  zones: z.array(Zone).nullable(),
  identityProviders: z.array(NamedResource).nullable(),
  serviceTokens: z.array(NamedResource).nullable(),
  /** Readings of earlier versions lack it. */
  alerting: AccessAlerting.nullable().default(null),
})
export type AccessAccount = z.infer<typeof AccessAccount>
