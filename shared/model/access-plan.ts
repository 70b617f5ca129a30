import { z } from 'zod'
import {
  AccessAlertId,
  AccessApplicationId,
  AccessCaId,
  AccessDecision,
  AccessPolicyId,
  AccountId,
  AlertDestinations,
  HostnameSetting,
  Md5,
  PolicyLink,
} from './access-account'
import { Outlook, Visitor } from './access-explanation'
import { AccessGroupId, AccessRules, JsonObject } from './access-rule'
import { Instant } from './ids'

const WrittenDecision = AccessDecision.exclude(['unknown'])

/**
 * One change, as plain data: it is shown, journalled and undone. What a change creates has an id of ours until Access has
 * given it one (`created-1`).
 */
export const AccessChange = z.discriminatedUnion('kind', [
  /** Without hostnames: they follow once it has been read back. */
  z.strictObject({
    kind: z.literal('create-ca'),
    id: AccessCaId,
    name: z.string(),
    pem: z.string(),
    bundle: z.array(Md5).min(1),
    expiresOn: Instant,
  }),
  z.strictObject({ kind: z.literal('delete-ca'), id: AccessCaId }),
  /** The whole list. */
  z.strictObject({ kind: z.literal('set-ca-hostnames'), id: AccessCaId, hostnames: z.array(z.string()) }),
  /** The whole list of the account: Access replaces all of it. */
  z.strictObject({ kind: z.literal('set-settings'), settings: z.array(HostnameSetting) }),
  z.strictObject({ kind: z.literal('create-group'), id: AccessGroupId, name: z.string(), rules: AccessRules }),
  z.strictObject({ kind: z.literal('update-group'), id: AccessGroupId, rules: AccessRules }),
  z.strictObject({ kind: z.literal('delete-group'), id: AccessGroupId }),
  z.strictObject({
    kind: z.literal('create-policy'),
    id: AccessPolicyId,
    /** Where it belongs to one application: an application with policies of its own takes no reusable ones. */
    application: z.strictObject({ id: AccessApplicationId, precedence: z.number().int() }).nullable(),
    name: z.string(),
    decision: WrittenDecision,
    rules: AccessRules,
  }),
  z.strictObject({
    kind: z.literal('update-policy'),
    id: AccessPolicyId,
    decision: WrittenDecision,
    rules: AccessRules,
  }),
  z.strictObject({ kind: z.literal('delete-policy'), id: AccessPolicyId }),
  z.strictObject({
    kind: z.literal('create-application'),
    id: AccessApplicationId,
    name: z.string(),
    domain: z.string(),
    policies: z.array(PolicyLink),
  }),
  z.strictObject({
    kind: z.literal('set-application-policies'),
    id: AccessApplicationId,
    policies: z.array(PolicyLink),
  }),
  z.strictObject({ kind: z.literal('delete-application'), id: AccessApplicationId }),
  z.strictObject({
    kind: z.literal('create-alert'),
    id: AccessAlertId,
    name: z.string(),
    isEnabled: z.boolean(),
    destinations: AlertDestinations,
    /** Further fields as the API has them, of one that comes back. */
    fields: JsonObject,
  }),
  z.strictObject({
    kind: z.literal('update-alert'),
    id: AccessAlertId,
    isEnabled: z.boolean(),
    destinations: AlertDestinations,
  }),
  z.strictObject({ kind: z.literal('delete-alert'), id: AccessAlertId }),
  /** On this computer: a connection test with a certificate of each CA, before one of them is taken off. */
  z.strictObject({ kind: z.literal('test-hostname'), hostname: z.string(), cas: z.array(AccessCaId) }),
])
export type AccessChange = z.infer<typeof AccessChange>

/** What may go wrong with a step although it works. */
export const AccessRisk = z.discriminatedUnion('kind', [
  /** Nobody can present a certificate there any more. */
  z.strictObject({ kind: z.literal('last-ca'), hostname: z.string() }),
  z.strictObject({ kind: z.literal('locks-out'), hostname: z.string(), ca: z.string() }),
  /** Each of them can issue any name. */
  z.strictObject({ kind: z.literal('several-cas'), hostname: z.string(), cas: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('bypass'), policy: z.string() }),
  z.strictObject({ kind: z.literal('everyone'), policy: z.string() }),
  /** Any customer of that CA has a valid certificate. */
  z.strictObject({ kind: z.literal('public-ca'), policy: z.string(), ca: z.string() }),
  /** A part of the address belongs to another application, or is open. */
  z.strictObject({ kind: z.literal('more-specific'), domain: z.string(), application: z.string(), uri: z.string() }),
  z.strictObject({ kind: z.literal('path-override'), domain: z.string(), path: z.string() }),
  z.strictObject({ kind: z.literal('other-users'), policy: z.string(), applications: z.array(z.string()) }),
  /** Taken off the application, or no longer a Block policy. What that means depends on what it decided. */
  z.strictObject({
    kind: z.literal('no-longer-counts'),
    policy: z.string(),
    application: z.string(),
    decision: AccessDecision,
  }),
  /** Cloudflare does not guarantee that messages arrive there. */
  z.strictObject({ kind: z.literal('destination-not-ready'), destination: AlertDestinations.keyof() }),
  /** What is deleted comes back with another id at best. */
  z.strictObject({ kind: z.literal('irreversible'), what: z.string() }),
])
export type AccessRisk = z.infer<typeof AccessRisk>

export const PlanStep = z.strictObject({
  change: AccessChange,
  risks: z.array(AccessRisk),
  /** Hostnames, or names of what is deleted, that have to be typed before the step is taken. */
  confirm: z.array(z.string()),
})
export type PlanStep = z.infer<typeof PlanStep>

/** One visitor at one address, before and after. */
export const VisitorOutlook = z.strictObject({
  hostname: z.string(),
  path: z.string(),
  visitor: Visitor,
  before: Outlook,
  after: Outlook,
})
export type VisitorOutlook = z.infer<typeof VisitorOutlook>

export const AccessPlan = z.strictObject({
  account: AccountId,
  readAt: Instant,
  /** Of what was read: another state needs another plan. */
  digest: z.string(),
  steps: z.array(PlanStep),
  visitors: z.array(VisitorOutlook),
})
export type AccessPlan = z.infer<typeof AccessPlan>

/** Why there is no plan. */
export const PlanProblem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('other-account') }),
  z.strictObject({ kind: z.literal('state-changed') }),
  z.strictObject({ kind: z.literal('wish-expired'), expired: Instant }),
  z.strictObject({
    kind: z.literal('ca-refused'),
    name: z.string(),
    why: z.enum([
      'no-certificate',
      'unreadable',
      'private-key',
      'request',
      'leaf',
      'algorithm',
      'order',
      'incomplete',
      'not-valid',
      'practice',
    ]),
    /** Which certificate, or what exactly; empty where the reason says all. */
    detail: z.string(),
  }),
  /** Access reports a certificate that both have above the issuing one. */
  z.strictObject({ kind: z.literal('ca-unclear'), name: z.string(), existing: z.string() }),
  /** A CA cannot take its own place. */
  z.strictObject({ kind: z.literal('same-ca'), name: z.string() }),
  z.strictObject({
    kind: z.enum(['not-found', 'ambiguous', 'managed-elsewhere', 'not-read']),
    what: z.enum(['CA', 'hostname', 'group', 'policy', 'application', 'expiry alert']),
    name: z.string(),
  }),
  /** The account may not have this kind of notification. */
  z.strictObject({ kind: z.literal('alert-unavailable'), name: z.string() }),
  /** The account may not use this kind of destination. */
  z.strictObject({
    kind: z.literal('destination-unavailable'),
    name: z.string(),
    destination: AlertDestinations.keyof(),
  }),
  /** The account has no such webhook or PagerDuty service. */
  z.strictObject({
    kind: z.literal('destination-unknown'),
    name: z.string(),
    destination: z.enum(['webhooks', 'pagerduty']),
    id: z.string(),
  }),
  /** A new policy would change the one that has this name. */
  z.strictObject({ kind: z.literal('name-taken'), name: z.string() }),
  /** A group that holds itself, directly or through others. */
  z.strictObject({ kind: z.literal('circular-group'), name: z.string() }),
  /** The group of blocked names holds something else: whom it blocks is no longer said by the names in it. */
  z.strictObject({ kind: z.literal('other-rules'), name: z.string() }),
  /** In none of the account's zones. */
  z.strictObject({ kind: z.literal('foreign-hostname'), hostname: z.string() }),
  z.strictObject({ kind: z.literal('ca-in-use'), name: z.string(), hostnames: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('too-many'), what: z.enum(['CA', 'application']), limit: z.number().int() }),
  z.strictObject({ kind: z.literal('application-without-name'), domain: z.string() }),
  /** Attached and detached by the same wish, perhaps under two addresses of the application. */
  z.strictObject({ kind: z.literal('contradiction'), application: z.string(), policy: z.string() }),
  /** It belongs to one application, so detaching would delete it. */
  z.strictObject({ kind: z.literal('own-policy'), application: z.string(), policy: z.string() }),
])
export type PlanProblem = z.infer<typeof PlanProblem>

/** What an undo leaves as it is, and why. */
export const UndoNote = z.strictObject({
  change: AccessChange,
  why: z.enum([
    /** Somebody else has changed what we wrote, or it is gone. */
    'changed-since',
    /** Something that was made later uses it. */
    'in-use',
    /** It keeps somebody out. */
    'block-stays',
    /** It was deleted. */
    'irreversible',
    /** The plan left it to somebody else's tool. */
    'managed-elsewhere',
  ]),
})
export type UndoNote = z.infer<typeof UndoNote>
