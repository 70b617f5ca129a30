import { z } from 'zod'
import { accessLimits } from '../logic/access/limits'
import { AccountId, type AlertDestinations, Md5 } from './access-account'
import { JsonObject, ResourceId } from './access-rule'
import { EmailAddress } from './email-address'
import { Instant } from './ids'

/** Longest name that Access accepts. */
export const WishedName = z.string().min(1).max(accessLimits.name)

/** As the API has it, in lower case. Hostnames with wildcards are associated with no CA. */
export const AccessHostname = z
  .string()
  .regex(
    /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}$/u,
    'Expected a hostname in lower case.',
  )

/** No bundle of CA certificates is longer. */
const mostPem = 200_000

/** A CA that Access has or should have: by its PEM, or by its fingerprint if only Access has the PEM. */
const WishedCa = z.union([
  z.strictObject({ name: WishedName, pem: z.string().min(1).max(mostPem) }),
  z.strictObject({ name: WishedName, fingerprint: Md5 }),
])

const WishedHostname = z.strictObject({
  hostname: AccessHostname,
  /** All of its CAs, by name: further ones that it has are taken off. */
  cas: z.array(WishedName),
  /** Send the certificate on to the origin. Left out: as it is. */
  forwarding: z.boolean().nullable().default(null),
})

/** Rules as Cloudflare's API and Terraform write them; a group may be given by its name, `{"group": {"name": "Staff"}}`. */
const WishedRules = {
  include: z.array(JsonObject),
  require: z.array(JsonObject).default([]),
  exclude: z.array(JsonObject).default([]),
}

const WishedGroup = z.strictObject({ name: WishedName, ...WishedRules })

const WishedPolicy = z.strictObject({
  name: WishedName,
  decision: z.enum(['allow', 'deny', 'bypass', 'non_identity']),
  ...WishedRules,
})

const WishedApplication = z.strictObject({
  /** Its address, exactly as Access has it: `wiki.acme.example/admin`. */
  domain: z.string().min(1).max(2048),
  /** For one that does not exist yet. */
  name: WishedName.nullable().default(null),
  /** Policies by name, in the order in which those that are missing are added, behind what is there. */
  attach: z.array(WishedName).default([]),
  detach: z.array(WishedName).default([]),
})

const destinations = {
  emails: z.array(EmailAddress).max(accessLimits.destinations).default([]),
  /** By the ids that the account has for them. */
  webhooks: z.array(ResourceId).max(accessLimits.destinations).default([]),
  pagerduty: z.array(ResourceId).max(accessLimits.destinations).default([]),
}

const hasDestination = ({ emails, webhooks, pagerduty }: AlertDestinations): boolean =>
  emails.length + webhooks.length + pagerduty.length > 0

const noDestination = 'Give at least one destination.'

/** To whom an alert should go. */
export const WishedDestinations = z.strictObject(destinations).refine(hasDestination, noDestination)

/** An alert with all of its destinations: further ones that it has are taken off. */
export const WishedAlert = z
  .strictObject({ name: WishedName, enabled: z.boolean().default(true), ...destinations })
  .refine(hasDestination, noDestination)

/** What somebody else's tool looks after: shown, and never written. Applications by their domain, the rest by name. */
export const ManagedElsewhere = z.strictObject({
  cas: z.array(z.string()).default([]),
  hostnames: z.array(z.string()).default([]),
  groups: z.array(z.string()).default([]),
  policies: z.array(z.string()).default([]),
  applications: z.array(z.string()).default([]),
  alerts: z.array(z.string()).default([]),
})

/** An account has at most 500 applications with 50 addresses each. */
const most = 25_000

/** A list in which each name stands once: two entries could contradict each other. */
const listOf = <T extends z.ZodType>(item: T, nameOf: (one: z.output<T>) => string) =>
  z
    .array(item)
    .max(most)
    .refine((all) => new Set(all.map(nameOf)).size === all.length, 'Each name may stand there only once.')
    .default([])

/** Of the plan files that this version writes. The first knew of no expiry alerts. */
export const wishVersion = 2

/** `latchkey.access.json`: what should be. What is not in it stays as it is. */
const Wish = z.strictObject({
  version: z.union([z.literal(1), z.literal(wishVersion)]),
  account: AccountId,
  /** The state that it was written for; it is refused for another one, and after its time. */
  state: z
    .strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/u), expires: Instant })
    .nullable()
    .default(null),
  cas: listOf(WishedCa, ({ name }) => name),
  hostnames: listOf(WishedHostname, ({ hostname }) => hostname),
  groups: listOf(WishedGroup, ({ name }) => name),
  policies: listOf(WishedPolicy, ({ name }) => name),
  applications: listOf(WishedApplication, ({ domain }) => domain),
  /** CAs by name, to be deleted once no hostname has them. */
  retire: listOf(WishedName, (name) => name),
  /** Cloudflare's notifications before an uploaded CA expires. */
  alerts: listOf(WishedAlert, ({ name }) => name),
  /** Expiry alerts by name, to be deleted. */
  removeAlerts: listOf(WishedName, (name) => name),
  managedElsewhere: ManagedElsewhere.default({
    cas: [],
    hostnames: [],
    groups: [],
    policies: [],
    applications: [],
    alerts: [],
  }),
})

export const AccessWish = Wish.refine(
  ({ version, alerts, removeAlerts }) => version >= wishVersion || alerts.length + removeAlerts.length === 0,
  `Expiry alerts need "version": ${wishVersion}.`,
)
export type AccessWish = z.infer<typeof AccessWish>
