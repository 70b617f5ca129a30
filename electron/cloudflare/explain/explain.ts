import type { AccessAccount } from '#shared/model/access-account'
import {
  type Explanation,
  Factor,
  type Outlook,
  type Reason,
  type Truth,
  type Visitor,
} from '#shared/model/access-explanation'
import type { Instant } from '#shared/model/ids'
import { type Acceptance, acceptCertificate } from './certificate-acceptance'
import { decideByPolicies, type PolicyQuestion, policiesInOrder, policyReasons } from './evaluate-policies'
import type { Question } from './evaluate-rules'
import { type Address, type ApplicationChoice, type Covering, findApplication } from './find-application'
import { groupsById } from './lookup'
import { mentionedIn, rulesWithGroups } from './mentioned'
import {
  ask,
  type Decision,
  isYes,
  type Judgement,
  possibleOutcomes,
  toggle,
  type Variable,
  type World,
} from './worlds'

export type { Address } from './find-application'

/**
 * Who gets in? For one visitor and one address: what Access does, as far as the account that was read tells, and why, in
 * the order in which Access evaluates. Pure: nothing is asked over the network.
 *
 * A definite verdict is true whatever the visitor's network, device and login are. Everything that the account does not
 * settle makes it `depends`, with what it depends on.
 *
 * @param address Host name in lower case and path with its leading slash; a query is ignored, as Access ignores it.
 * @param at When the certificate is presented.
 */
export function explain(account: AccessAccount, visitor: Visitor, address: Address, at: Instant): Explanation {
  const place = placeAt(account, address)
  const { acceptance, branches } = visit(place, visitor, at)
  const reasons = [
    acceptance.certificate,
    ...(acceptance.association === null ? [] : [acceptance.association]),
    ...(place.choice.candidates.length === 0 ? [] : [choiceReason(place.choice)]),
    ...branches.flatMap((branch) => branch.reasons()),
  ]
  return { ...verdictOf(branches), reasons, readAt: account.readAt }
}

/** The verdicts of `explain` at one address without their reasons, for many visitors. */
export function foreseeAt(account: AccessAccount, address: Address, at: Instant): (visitor: Visitor) => Outlook {
  const place = placeAt(account, address)
  return (visitor) => verdictOf(visit(place, visitor, at).branches)
}

/** An address, with everything that is the same for every visitor. */
interface Place {
  account: AccessAccount
  hostname: string
  choice: ApplicationChoice
  /** One for each application that may count, or for none. */
  branches: ((visitor: Visitor, accepted: Truth) => Branch)[]
}

function placeAt(account: AccessAccount, address: Address): Place {
  const asked: Address = { hostname: address.hostname.toLowerCase(), path: address.path.replace(/[?#].*$/u, '') }
  const choice = findApplication(account, asked)
  const branches = choice.candidates.map((covering) => branchOf(account, covering))
  const alone = branches.length === 0 ? [() => unmatched(account, asked)] : branches
  return { account, hostname: asked.hostname, choice, branches: alone }
}

function visit(place: Place, visitor: Visitor, at: Instant): { acceptance: Acceptance; branches: Branch[] } {
  const acceptance = acceptCertificate(place.account, place.hostname, visitor.certificate, at)
  return { acceptance, branches: place.branches.map((branch) => branch(visitor, acceptance.accepted)) }
}

function verdictOf(branches: Branch[]): Outlook {
  const decide = (world: World) => decideAmong(branches, world)
  const [first, second] = [...possibleOutcomes(decide)]
  const verdict = first !== undefined && second === undefined ? first : 'depends'
  return { verdict, dependsOn: verdict === 'depends' ? factorsOf(decide(new Map())) : [] }
}

/** The outcome of one application for a visitor. */
interface Branch {
  decide: (world: World) => Decision
  reasons: () => Reason[]
}

function branchOf(
  account: AccessAccount,
  { application, override }: Covering,
): (visitor: Visitor, accepted: Truth) => Branch {
  if (override !== null) return () => branchOfOverride(application.name, override)
  const groups = groupsById(account)
  const policies = policiesInOrder(account, application)
  const mentioned = mentionedIn(policies.flatMap(({ policy }) => (policy ? rulesWithGroups(policy.rules, groups) : [])))
  return (visitor, accepted) => {
    const question = (world: World, hasLogin: boolean): Question => ({
      visitor,
      accepted: isAccepted(accepted, world),
      groups,
      hasLogin,
      world,
      mentioned,
    })
    const asked: PolicyQuestion = { policies, question }
    return { decide: (world) => decideByPolicies(asked, world), reasons: () => policyReasons(asked, application) }
  }
}

const issuer = toggle('issuer', 'issuer')

const isAccepted = (accepted: Truth, world: World): Judgement =>
  accepted === 'unknown' ? ask(world, issuer, isYes) : { truth: accepted }

/** Public is the only behaviour that Cloudflare has; another one may do anything. */
function branchOfOverride(application: string, { path, behavior }: { path: string; behavior: string }): Branch {
  const reasons = (): Reason[] => [{ kind: 'path-override', application, path, behavior }]
  const variable: Variable = { key: `override ${behavior}`, factor: 'unknown', values: ['let-in', 'refused'] }
  const decide = (world: World): Decision => (behavior === 'public' ? { outcome: 'let-in' } : follow(world, variable))
  return { decide, reasons }
}

/** The variable's value is the outcome itself. */
function follow(world: World, variable: Variable): Decision {
  const value = world.get(variable.key)
  return value === 'let-in' || value === 'refused' ? { outcome: value } : { outcome: null, variables: [variable] }
}

/** Where two applications may apply, either of them. */
function decideAmong(branches: Branch[], world: World): Decision {
  const [only, ...others] = branches
  if (only === undefined) return { outcome: 'refused' }
  if (others.length === 0) return only.decide(world)
  const variable: Variable = {
    key: 'application',
    factor: 'application',
    values: branches.map((_branch, index) => String(index)),
  }
  const chosen = branches[Number(world.get(variable.key) ?? 'none')]
  if (chosen !== undefined) return chosen.decide(world)
  const decisions = branches.map((branch) => branch.decide(world))
  const open = decisions.flatMap((one) => (one.outcome === null ? one.variables : []))
  return { outcome: null, variables: [variable, ...open] }
}

function choiceReason({ candidates, beaten }: ApplicationChoice): Reason {
  const describe = ({ application, uri }: Covering) => ({ id: application.id, name: application.name, uri })
  const [chosen, ...others] = candidates.map(describe)
  return chosen === undefined || others.length > 0
    ? { kind: 'application-unclear', candidates: candidates.map(describe) }
    : { kind: 'application', chosen, beaten: beaten.map(describe) }
}

/** No application has the hostname: it is open, unless the organisation denies such requests or a Worker's application takes them. */
function unmatched(account: AccessAccount, { hostname }: Address): Branch {
  const outcome = unmatchedOutcome(account, hostname)
  const reasons = (): Reason[] => [{ kind: 'no-application', hostname, outcome }]
  const settled = (decision: 'let-in' | 'refused') => ({ decide: (): Decision => ({ outcome: decision }), reasons })
  const open = (factor: Factor): Branch => ({
    decide: (world) => follow(world, { key: 'no application', factor, values: ['let-in', 'refused'] }),
    reasons,
  })
  switch (outcome) {
    case 'open':
    case 'exempted-zone':
      return settled('let-in')
    case 'denied':
      return settled('refused')
    case 'worker':
      return open('worker')
    case 'other-account':
      return open('other-account')
    case 'unknown':
      return open('unmatched-setting')
  }
}

type Unmatched = Extract<Reason, { kind: 'no-application' }>['outcome']

function unmatchedOutcome(account: AccessAccount, hostname: string): Unmatched {
  const isIn = (zone: string) => hostname === zone.toLowerCase() || hostname.endsWith(`.${zone.toLowerCase()}`)
  if (account.zones !== null && !account.zones.some(({ name }) => isIn(name))) return 'other-account'
  const hasWorker = account.applications.some((one) => one.destinations.some(({ kind }) => kind === 'worker'))
  if (hasWorker) return 'worker'
  if (account.organization === null) return 'unknown'
  if (!account.organization.denyUnmatchedRequests) return 'open'
  return account.organization.exemptedZones.some(isIn) ? 'exempted-zone' : 'denied'
}

/** In the order of `Factor`, each once. */
function factorsOf(decision: Decision): Factor[] {
  const found = new Set(decision.outcome === null ? decision.variables.map(({ factor }) => factor) : [])
  return Factor.options.filter((factor) => found.has(factor))
}
