import { z } from 'zod'
import { accessLimits } from '../logic/access/limits'
import { AccessAlertId, AccountId } from '../model/access-account'
import { AccessIntent } from '../model/access-intent'
import { AccessRollOver, RollOverTests } from '../model/access-roll-over'
import {
  AccessAnswer,
  AccessConnection,
  AccessOverview,
  AccessPlanId,
  AccessPlanView,
  AccessRun,
  VisitorChoice,
} from '../model/access-screen'
import { AccessRunId, IdentityId, JobId } from '../model/ids'
import { PlannedProtection, ProtectionDraft } from '../model/kept-protection'
import { Protection } from '../model/protection'

const nothing = z.undefined()
const done = z.literal(true)
const working = { job: JobId }
/** Longer than any that Cloudflare issues. It goes to the main process and never comes back. */
const Token = z.string().min(1).max(1000)
/** `token`: may write; null for the one that is kept, and for the practice account, which takes none. `keepToken`: for further changes. */
const writing = { token: Token.nullable(), keepToken: z.boolean() }

/** Access in a Cloudflare account. Only `apply` and `resume` change anything there; `testAlert` has a message sent. */
export const accessRows = {
  'cloudflare.connection': () => ({ in: nothing, out: AccessConnection }),
  /** Verifies a token by reading with it. `account`: its ID or exact name, for a token that sees several. */
  'cloudflare.connect': () => ({
    in: z.strictObject({ token: Token, account: z.string().min(1).max(200).nullable(), keep: z.boolean(), ...working }),
    out: AccessConnection,
  }),
  /** Turns to the practice account of this computer, or back. */
  'cloudflare.practise': () => ({ in: z.strictObject({ isOn: z.boolean() }), out: AccessConnection }),
  'cloudflare.disconnect': () => ({ in: nothing, out: AccessConnection }),
  'cloudflare.read': () => ({ in: z.strictObject(working), out: done }),
  /** As it was read last; null before that. */
  'cloudflare.overview': () => ({ in: nothing, out: AccessOverview.nullable() }),
  /** From now on, compares with the account as it was read last. */
  'cloudflare.acceptChanges': () => ({ in: nothing, out: done }),
  /** From what was read last: nothing is sent. */
  'cloudflare.explain': () => ({
    in: z.strictObject({ address: z.string().min(1).max(4096), visitor: VisitorChoice }),
    out: AccessAnswer,
  }),
  'cloudflare.plan': () => ({ in: z.strictObject({ intent: AccessIntent, ...working }), out: AccessPlanView }),
  'cloudflare.planUndo': () => ({ in: z.strictObject({ run: AccessRunId, ...working }), out: AccessPlanView }),
  'cloudflare.savePlan': () => ({
    in: z.strictObject({ plan: AccessPlanId }),
    out: z.strictObject({ name: z.string().nullable() }),
  }),
  'cloudflare.apply': () => ({
    in: z.strictObject({
      plan: AccessPlanId,
      confirmed: z.array(z.string().max(400)).max(1000),
      ...writing,
      ...working,
    }),
    out: AccessRun,
  }),
  'cloudflare.resume': () => ({
    in: z.strictObject({
      run: AccessRunId,
      ...writing,
      tested: z.boolean(),
      sendAgain: z.boolean(),
      ...working,
    }),
    out: AccessRun,
  }),
  /** The token that is kept for further changes. */
  'cloudflare.forgetWriteToken': () => ({ in: nothing, out: AccessConnection }),
  /** Sites that somebody has begun to protect, in this account and in the practice account. */
  'cloudflare.protections': () => ({ in: nothing, out: z.array(Protection) }),
  'cloudflare.saveProtection': () => ({
    in: z.strictObject({ account: AccountId, draft: ProtectionDraft, planned: PlannedProtection.nullable() }),
    out: done,
  }),
  /** The name of the first certificate before its key is made, and the key once it is. */
  'cloudflare.noteFirstCertificate': () => ({
    in: z.strictObject({
      account: AccountId,
      commonName: z.string().min(1).max(accessLimits.name),
      identity: IdentityId.nullable(),
    }),
    out: done,
  }),
  /** Forgets how far it has come. What was done so far stays. */
  'cloudflare.forgetProtection': () => ({ in: z.strictObject({ account: AccountId }), out: done }),
  /** Those that wait, and the latest of the others. */
  'cloudflare.runs': () => ({ in: nothing, out: z.array(AccessRun) }),
  /** The roll-over of a CA that was begun last, as the account was read last; null where there is none. */
  'cloudflare.rollOver': () => ({ in: nothing, out: AccessRollOver.nullable() }),
  /** Tests its hostnames from here with a certificate of each of the two CAs. Nothing is changed. */
  'cloudflare.testRollOver': () => ({ in: z.strictObject(working), out: RollOverTests }),
  /** Has a test of an expiry alert sent. The answer says what was seen of it. */
  'cloudflare.testAlert': () => ({
    in: z.strictObject({ alert: AccessAlertId, ...writing, ...working }),
    out: z.strictObject({ sentence: z.string() }),
  }),
} as const
