import type { AccessAccount, AccessApplication, AccessPolicy, AccessPolicyId } from '#shared/model/access-account'
import type { Reason } from '#shared/model/access-explanation'
import { decidingRules, judgeRules, login, type Question } from './evaluate-rules'
import { policiesById } from './lookup'
import { all, ask, type Decision, isYes, type Judgement, type Outcome, type Variable, type World } from './worlds'

type PolicyReason = Extract<Reason, { kind: 'policy' }>

/** A policy in its place; null where it is attached but was not read. */
interface Attached {
  id: AccessPolicyId
  policy: AccessPolicy | null
}

/**
 * The policies of an application in the order in which they are evaluated: "Bypass and Service Auth policies are evaluated
 * first, from top to bottom. Then, Block and Allow policies are evaluated based on their order." What cannot be read comes
 * first, since it may be either.
 */
export function policiesInOrder(account: AccessAccount, application: AccessApplication): Attached[] {
  const policies = policiesById(account)
  const linked = [...application.policies].sort((one, other) => one.precedence - other.precedence)
  return linked
    .map(({ policy: id }): Attached => ({ id, policy: policies.get(id) ?? null }))
    .sort((one, other) => rank(one) - rank(other))
}

function rank({ policy }: Attached): number {
  switch (policy?.decision ?? 'unknown') {
    case 'unknown':
      return 0
    case 'bypass':
    case 'non_identity':
      return 1
    case 'allow':
    case 'deny':
      return 2
  }
}

/** One question put to the policies of one application. `ask` makes the question for a policy in a world. */
export interface PolicyQuestion {
  policies: Attached[]
  question: (world: World, hasLogin: boolean) => Question
}

/** "Once a user matches an Allow or Block policy, evaluation stops." Whom no policy matches is refused. */
export function decideByPolicies({ policies, question }: PolicyQuestion, world: World): Decision {
  const possible = new Set<Outcome>()
  const variables: Variable[] = []
  const settle = (outcome: Outcome): Decision =>
    [...possible].every((one) => one === outcome) ? { outcome } : { outcome: null, variables }
  for (const { id, policy } of policies) {
    if (policy === null || policy.decision === 'unknown') {
      const value = world.get(unreadable(id).key)
      if (value === 'let-in' || value === 'refused') return settle(value)
      if (value === undefined) {
        variables.push(unreadable(id))
        possible.add('let-in').add('refused')
      }
      continue
    }
    const outcome = policy.decision === 'deny' ? 'refused' : 'let-in'
    const matches = judgePolicy(question, policy, world)
    if (matches.truth === 'yes') return settle(outcome)
    if (matches.truth === 'unknown') {
      variables.push(...matches.variables)
      possible.add(outcome)
    }
  }
  return settle('refused')
}

/** A policy that could not be read may have any outcome. */
const unreadable = (id: AccessPolicyId): Variable => ({
  key: `policy ${id}`,
  factor: 'unknown',
  values: ['let-in', 'refused', 'no match'],
})

const hasLogin = ({ decision }: AccessPolicy): boolean => decision === 'allow' || decision === 'deny'

/** Nobody gets in by an Allow policy without a login, whatever its rules are about. */
function judgePolicy(question: PolicyQuestion['question'], policy: AccessPolicy, world: World): Judgement {
  const rules = judgeRules(question(world, hasLogin(policy)), policy.rules, 'policy')
  return policy.decision === 'allow' ? all([rules, ask(world, login, isYes)]) : rules
}

const notRead = { decision: 'unknown', matches: 'unknown', rules: null, findings: [] } satisfies Partial<PolicyReason>

/** What each policy comes to while nothing is assumed, up to the one that decides; and that none did. */
export function policyReasons({ policies, question }: PolicyQuestion, application: AccessApplication): Reason[] {
  const nothing: World = new Map()
  const reasons: PolicyReason[] = []
  for (const [index, { id, policy }] of policies.entries()) {
    const base = { kind: 'policy' as const, position: index + 1, id, application: application.name }
    if (policy === null || policy.decision === 'unknown') {
      reasons.push({ ...base, ...notRead, name: policy?.name ?? null })
      continue
    }
    const asked = question(nothing, hasLogin(policy))
    const matches = judgeRules(asked, policy.rules, 'policy').truth
    const findings = decidingRules(asked, policy.rules)
    reasons.push({ ...base, name: policy.name, decision: policy.decision, matches, rules: policy.rules, findings })
    if (matches === 'yes') return reasons
  }
  const hasLoginPolicy = policies.some(({ policy }) => policy?.decision === 'allow')
  return [...reasons, { kind: 'no-policy', application: application.name, hasLogin: hasLoginPolicy }]
}
