import { z } from 'zod'
import {
  AccessAlert,
  AccessApplicationId,
  AccessDecision,
  AccessPolicyId,
  AccountId,
  NamedResource,
} from './access-account'
import { Outlook } from './access-explanation'
import { AccessIntent } from './access-intent'
import { Drift, RowChange } from './access-look'
import { VisitorOutlook } from './access-plan'
import { AccessGroupId, Json } from './access-rule'
import { CaStatus, HostProblem, HostStatus } from './access-status'
import { AccessRunId, IdentityId, Instant, Sha256 } from './ids'

const Account = z.strictObject({ id: AccountId, name: z.string() })

/** Whether Latchkey may read an account. Tokens themselves never come to the window. */
export const AccessConnection = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({
    state: z.literal('connected'),
    /** Null for a stored token that has not been used since the start. */
    account: Account.nullable(),
    /** Stored with the keys; otherwise forgotten when Latchkey ends or the keys are locked. */
    isStored: z.boolean(),
    /** The practice account of this computer, which needs no token. */
    isPractice: z.boolean(),
    /** A token that may write is kept for further changes, until Latchkey ends or the keys are locked. */
    keepsWriteToken: z.boolean(),
  }),
])
export type AccessConnection = z.infer<typeof AccessConnection>

/** One hostname and path, as a line of the overview. */
export const AccessRow = z.strictObject({
  hostname: z.string(),
  /** Empty for the whole hostname. */
  path: z.string(),
  application: z.strictObject({ id: AccessApplicationId, name: z.string() }).nullable(),
  /** A visitor without a certificate and without a login gets in. */
  isOpen: z.boolean(),
  who: z.string(),
  cas: HostStatus.shape.cas,
  forwarding: HostStatus.shape.forwarding,
  lastTest: HostStatus.shape.lastTest,
  problems: z.array(HostProblem),
  changes: z.array(RowChange),
})
export type AccessRow = z.infer<typeof AccessRow>

const PolicyLine = z.strictObject({
  id: AccessPolicyId,
  /** Null for one that could not be read. */
  name: z.string().nullable(),
  decision: AccessDecision,
  words: z.string(),
})

/** Cloudflare's own warning before a CA expires. */
const AlertLine = AccessAlert.omit({ fetched: true }).extend({ words: z.string() })

export const AccessOverview = z.strictObject({
  account: Account,
  readAt: Instant,
  rows: z.array(AccessRow),
  cas: z.array(CaStatus),
  applications: z.array(
    z.strictObject({
      id: AccessApplicationId,
      name: z.string(),
      addresses: z.array(z.string()),
      policies: z.array(PolicyLine),
    }),
  ),
  /** `usedBy`: names of applications. */
  policies: z.array(PolicyLine.extend({ isReusable: z.boolean(), usedBy: z.array(z.string()) })),
  /** Null where they could not be read. */
  groups: z.array(z.strictObject({ id: AccessGroupId, name: z.string(), words: z.string() })).nullable(),
  /** Null where they could not be read. */
  alerting: z
    .strictObject({
      alerts: z.array(AlertLine),
      /** Why none can be created, in words; null where nothing is known against it. */
      obstacle: z.string().nullable(),
      /** What the account has besides addresses, for an alert to go to. */
      webhooks: z.array(NamedResource),
      pagerduty: z.array(NamedResource),
    })
    .nullable(),
  /** Permissions that the token lacks, by their exact names. */
  unread: z.array(z.string()),
  drift: z.strictObject({
    /** When the look was taken that this one is compared with; null for the first one. */
    since: Instant.nullable(),
    changes: z.array(Drift),
    notCompared: z.array(Drift.shape.what),
  }),
})
export type AccessOverview = z.infer<typeof AccessOverview>

/** Whose certificate is presented. */
export const VisitorChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('nobody') }),
  z.strictObject({ kind: z.literal('identity'), identity: IdentityId }),
  z.strictObject({ kind: z.literal('issued'), certificate: Sha256 }),
])
export type VisitorChoice = z.infer<typeof VisitorChoice>

const OutlookLine = z.strictObject({ outlook: Outlook, words: z.string() })

/** "Who gets in?", answered for one certificate and one address. */
export const AccessAnswer = z.strictObject({
  readAt: Instant,
  hostname: z.string(),
  path: z.string(),
  /** Null for a visitor without a certificate. */
  name: z.string().nullable(),
  outlook: Outlook,
  headline: z.string(),
  sentence: z.string(),
  reasons: z.array(
    z.strictObject({
      /** Passed, chose what counts, did not match, is open, or decided. */
      mark: z.enum(['passed', 'chosen', 'skipped', 'open', 'let-in', 'refused']),
      title: z.string(),
      detail: z.string(),
    }),
  ),
  /** What would let this visitor in, and the change where one can be planned. */
  advice: z.strictObject({ words: z.string(), intent: AccessIntent.nullable() }).nullable(),
  /** The same address for others. */
  others: z.array(OutlookLine.extend({ name: z.string(), issuer: z.string().nullable() })),
  /** The same visitor elsewhere on this hostname. */
  paths: z.array(OutlookLine.extend({ path: z.string(), application: z.string() })),
})
export type AccessAnswer = z.infer<typeof AccessAnswer>

export const AccessPlanId = z.uuid().brand<'AccessPlanId'>()
export type AccessPlanId = z.infer<typeof AccessPlanId>

export const PlanLine = z.strictObject({
  /** On this computer, or a change at Cloudflare. */
  place: z.enum(['here', 'cloudflare']),
  title: z.string(),
  detail: z.string(),
  warnings: z.array(z.string()),
  /** What has to be typed before it is done. */
  confirm: z.array(z.string()),
  /** Null for what happens here. Without secrets. */
  call: z.strictObject({ method: z.string(), path: z.string(), body: Json }).nullable(),
})
export type PlanLine = z.infer<typeof PlanLine>

/** A plan to look at. It waits in the main process under its id, and can be applied for an hour. */
export const AccessPlanView = z.strictObject({
  /** Null where there is nothing to apply. */
  id: AccessPlanId.nullable(),
  title: z.string(),
  account: Account,
  readAt: Instant,
  lines: z.array(PlanLine),
  visitors: z.array(VisitorOutlook),
  /** People who lose access, and what the plan does not do. */
  losses: z.array(z.string()),
  notes: z.array(z.string()),
  /** Why there is no plan. */
  problems: z.array(z.string()),
  /** Whether it can be saved as a plan file. */
  canSave: z.boolean(),
})
export type AccessPlanView = z.infer<typeof AccessPlanView>

export const AccessRun = z.strictObject({
  id: AccessRunId,
  title: z.string(),
  account: Account,
  begunAt: Instant,
  /** `running`: in this window or another process. */
  state: z.enum(['running', 'waiting', 'done', 'undone']),
  steps: z.array(z.string()),
  /** How many of them are done. */
  done: z.number().int().min(0),
  /** Why it waits, in words for the window; null where it was interrupted. */
  why: z.string().nullable(),
  /** What has to be tested with a certificate of each CA before it can go on. */
  test: z.string().nullable(),
  /** Only a person may have the last request sent again. */
  maySendAgain: z.boolean(),
  backup: z.boolean(),
  /** A part of a roll-over of a CA, whose page says what comes next. */
  isRollOver: z.boolean(),
})
export type AccessRun = z.infer<typeof AccessRun>
