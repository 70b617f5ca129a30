import { protectTitle } from '#shared/logic/access/plan-words'
import { joinNames } from '#shared/logic/formatting'
import {
  type AccessAccount,
  type AccessApplication,
  type AccessPolicy,
  isPracticeAccount,
} from '#shared/model/access-account'
import type { AccessIntent, WhoMayIn } from '#shared/model/access-intent'
import type { PlanProblem } from '#shared/model/access-plan'
import type { JsonObject } from '#shared/model/access-rule'
import { AccessWish, wishVersion } from '#shared/model/access-wish'
import { sameAddress } from '../explain/address-patterns'
import { guardsHostnames } from '../explain/destinations'
import { casOn } from '../explain/lookup'
import { writeRule } from '../rule-json'
import { alertWish } from './alert-wish'
import { blockNames } from './block'
import { changesFor } from './changes-for'
import { identifyCa } from './identify-ca'
import type { GivenCa, IntendedPlan } from './intended-plan'
import { nothingManaged } from './managed'
import { readCa } from './read-ca'
import { planRollOver } from './roll-over-intent'

/** What is read from elsewhere for an intent: the CA that it names, or the plan file. */
export interface IntentFiles {
  ca: GivenCa
  wish: AccessWish | null
}

/** What a person wants, as a plan for the account as it was read. Pure, like every plan. */
export function planIntent(account: AccessAccount, intent: AccessIntent, files: IntentFiles, at: Date): IntendedPlan {
  if (intent.kind === 'block') return planBlock(account, intent.names)
  if (intent.kind === 'roll-over') return { ...nothing, ...planRollOver(account, intent, files.ca, at) }
  const wished = wishFor(account, intent, files, at)
  if ('problem' in wished) return { ...nothing, title: wished.title, problems: [wished.problem] }
  const { title, wish } = wished
  const { changes, problems } = changesFor(account, wish, at)
  return { ...nothing, title, wish, changes, problems, managed: wish.managedElsewhere }
}

const nothing = { wish: null, changes: null, managed: nothingManaged, notCovered: [], rollOver: null }

function planBlock(account: AccessAccount, names: string[]): IntendedPlan {
  const { changes, problems, notCovered } = blockNames(account, names, nothingManaged)
  const title = `Block ${joinNames(names)}`
  return { ...nothing, title, changes: problems.length > 0 ? null : changes, problems, notCovered }
}

type Wished = { title: string; wish: AccessWish } | { title: string; problem: PlanProblem }

function wishFor(
  account: AccessAccount,
  intent: Exclude<AccessIntent, { kind: 'block' | 'roll-over' }>,
  { ca, wish: file }: IntentFiles,
  at: Date,
): Wished {
  const make = (title: string, parts: object): Wished => ({
    title,
    wish: AccessWish.parse({ version: wishVersion, account: account.id, ...parts }),
  })
  switch (intent.kind) {
    case 'file':
      if (file === null) throw new Error('A plan file was not read.')
      return { title: 'Apply the plan file', wish: file }
    case 'add-ca': {
      const chosen = caFor(account, intent.ca, ca, at)
      if ('problem' in chosen) return { title: 'Add a CA', ...chosen }
      const hostnames = intent.hostnames.map((hostname) => withCa(account, hostname, chosen.name))
      const to = intent.hostnames.length === 0 ? 'Access' : joinNames(intent.hostnames)
      return make(`Add ${chosen.name} to ${to}`, { cas: chosen.cas, hostnames })
    }
    case 'set-hostnames': {
      const known = account.cas.find(({ id }) => id === intent.ca)
      if (known === undefined) return missing('Change hostnames', 'CA', intent.ca)
      const removed = intent.remove.map((hostname) => ({
        hostname,
        cas: casOn(account, hostname).flatMap(({ id, name }) => (id === known.id ? [] : [name])),
      }))
      const hostnames = [...intent.add.map((hostname) => withCa(account, hostname, known.name)), ...removed]
      return make(titleOfHostnames(known.name, intent.add, intent.remove), { hostnames })
    }
    case 'set-forwarding': {
      const { hostname, isOn } = intent
      const cas = casOn(account, hostname).map(({ name }) => name)
      const title = `Turn certificate forwarding ${isOn ? 'on' : 'off'} for ${hostname}`
      return make(title, { hostnames: [{ hostname, cas, forwarding: isOn }] })
    }
    case 'add-alert':
    case 'set-alert':
    case 'remove-alert': {
      const { title, parts } = alertWish(account, intent)
      return parts === null ? missing(title, 'expiry alert', 'alert' in intent ? intent.alert : '') : make(title, parts)
    }
    case 'attach-policy': {
      const policy = account.policies.find(({ id }) => id === intent.policy)
      const application = account.applications.find(({ id }) => id === intent.application)
      if (policy === undefined) return missing('Attach a policy', 'policy', intent.policy)
      if (application === undefined) return missing('Attach a policy', 'application', intent.application)
      const title = `Attach ${policy.name} to ${application.name}`
      return make(title, { applications: [{ domain: addressOf(application), attach: [policy.name] }] })
    }
    case 'require-certificate': {
      const application = account.applications.find(({ id }) => id === intent.application)
      if (application === undefined) return missing('Create a policy', 'application', intent.application)
      const title = `Let certificates in to ${application.name}`
      if (isTaken(account, intent.name)) return taken(title, intent.name)
      const policies = [policyFor(intent.name, intent.who, intent.login)]
      return make(title, { policies, applications: [{ domain: addressOf(application), attach: [intent.name] }] })
    }
    case 'add-name': {
      const policy = account.policies.find(({ id }) => id === intent.policy)
      if (policy === undefined) return missing('Let a name in', 'policy', intent.policy)
      const title = `Let ${intent.name} in`
      if (policy.decision === 'unknown')
        return { title, problem: { kind: 'not-read', what: 'policy', name: policy.name } }
      return make(title, addName(account, policy, intent.name))
    }
    case 'protect': {
      const { hostname, path, name, who } = intent
      const domain = `${hostname}${path}`
      const title = protectTitle(intent)
      const chosen = caFor(account, intent.ca, ca, at)
      if ('problem' in chosen) return { title, ...chosen }
      const existing = account.applications.find((one) => isAt(one, domain))
      const policy = `${existing?.name ?? name} by certificate`
      if (isTaken(account, policy)) return taken(title, policy)
      return make(title, {
        cas: chosen.cas,
        hostnames: [withCa(account, hostname, chosen.name)],
        policies: [policyFor(policy, who, null)],
        applications: [{ domain, name, attach: [policy] }],
      })
    }
  }
}

type Named = Extract<PlanProblem, { kind: 'not-found' | 'ambiguous' | 'managed-elsewhere' | 'not-read' }>['what']

const missing = (title: string, what: Named, name: string): Wished => ({
  title,
  problem: { kind: 'not-found', what, name },
})

const taken = (title: string, name: string): Wished => ({ title, problem: { kind: 'name-taken', name } })

/** A policy of that name would be changed for everybody who uses it. */
const isTaken = ({ policies }: AccessAccount, name: string): boolean => policies.some((one) => one.name === name)

/** The CA by the name that Access has for it, and what has to be uploaded where Access does not have it. */
function caFor(
  account: AccessAccount,
  choice: Extract<AccessIntent, { kind: 'add-ca' }>['ca'],
  given: GivenCa,
  at: Date,
): { name: string; cas: { name: string; pem: string }[] } | { problem: PlanProblem } {
  if (choice.kind === 'uploaded') {
    const known = account.cas.find(({ id }) => id === choice.ca)
    return known === undefined
      ? { problem: { kind: 'not-found', what: 'CA', name: choice.ca } }
      : { name: known.name, cas: [] }
  }
  if (given === null) throw new Error('The CA was not read.')
  const { ca, refusal } = { refusal: null, ...readCa(given.pem, at, { takesPractice: isPracticeAccount(account) }) }
  if (ca === null) return { problem: { kind: 'ca-refused', name: given.name, ...refusal } }
  const { ca: existing, isUnclear } = identifyCa(account.cas, { name: given.name, bundle: ca.bundle })
  if (existing !== null && !isUnclear) return { name: existing.name, cas: [] }
  return { name: given.name, cas: [given] }
}

/** All CAs that the hostname has, and this one. */
const withCa = (account: AccessAccount, hostname: string, name: string) => ({
  hostname,
  cas: [...new Set([...casOn(account, hostname).map((ca) => ca.name), name])],
})

function titleOfHostnames(ca: string, add: string[], remove: string[]): string {
  if (remove.length === 0) return `Add ${joinNames(add)} to ${ca}`
  if (add.length === 0) return `Remove ${joinNames(remove)} from ${ca}`
  return `Change the hostnames of ${ca}`
}

function addressOf({ domain, destinations }: AccessApplication): string {
  const uris = destinations.flatMap((one) => (one.kind === 'public' ? [one.uri] : []))
  return uris[0] ?? domain ?? ''
}

const isAt = (application: AccessApplication, domain: string): boolean =>
  guardsHostnames(application) &&
  application.destinations.some((one) => one.kind === 'public' && sameAddress(one.uri, domain))

/** Service Auth for a certificate alone; Allow for a certificate and a login. */
function policyFor(name: string, who: WhoMayIn, login: string | null) {
  const certificates: JsonObject[] =
    who.kind === 'any-certificate'
      ? [{ certificate: {} }]
      : who.names.map((one) => ({ common_name: { common_name: one } }))
  if (login === null) return { name, decision: 'non_identity', include: certificates }
  // All of `require` has to hold: the intent has one name at most.
  return { name, decision: 'allow', include: [{ email_domain: { domain: login } }], require: certificates }
}

/** A policy of one application is changed where it is attached. */
function addName(account: AccessAccount, { name, decision, rules, application }: AccessPolicy, added: string) {
  const { include, require, exclude } = rules
  const policy = {
    name,
    decision,
    include: [...include.map(writeRule), { common_name: { common_name: added } }],
    require: require.map(writeRule),
    exclude: exclude.map(writeRule),
  }
  const owner = account.applications.find((one) => one.id === application)
  return {
    policies: [policy],
    applications: owner === undefined ? [] : [{ domain: addressOf(owner), attach: [name] }],
  }
}
