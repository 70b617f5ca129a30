import type { AccessGroup } from '#shared/model/access-account'
import type { RuleFinding, Visitor } from '#shared/model/access-explanation'
import type { AccessGroupId, AccessRule, AccessRules } from '#shared/model/access-rule'
import { all, any, ask, isYes, type Judgement, known, no, not, toggle, type Variable, type World, yes } from './worlds'

/** What rules are asked about. */
export interface Question {
  visitor: Visitor
  /** Whether Access accepts the visitor's certificate on this hostname. */
  accepted: Judgement
  /** Null where they could not be read. */
  groups: ReadonlyMap<AccessGroupId, AccessGroup> | null
  /** Allow and Block know who logged in; Service Auth and Bypass ask for no login. */
  hasLogin: boolean
  world: World
  /** The e-mail addresses, countries and login methods that some rule mentions. */
  mentioned: Mentioned
}

export interface Mentioned {
  email: Variable
  country: Variable
  loginMethod: Variable
}

export const login = toggle('login', 'login')

const holdsFor = (question: Question, rule: AccessRule, inside: readonly AccessGroupId[]): Judgement => {
  const { visitor, world } = question
  switch (rule.kind) {
    case 'everyone':
      return yes
    case 'valid-certificate':
      return question.accepted
    case 'common-name':
      return all([question.accepted, isNamed(question, rule.name)])
    case 'group':
      return holdsGroup(question, rule.group, inside)
    case 'service-token':
      return known(visitor.serviceToken === rule.token)
    case 'any-service-token':
      return known(visitor.serviceToken !== null)
    case 'linked-app-token':
      return no
    case 'ip-range':
      return ask(world, toggle(`ip ${rule.range}`, 'ip-address'), isYes)
    case 'ip-list':
      return ask(world, toggle(`ip list ${rule.list}`, 'ip-address'), isYes)
    case 'country':
      return ask(world, question.mentioned.country, (value) => value === rule.code)
    case 'device-posture':
      return ask(world, toggle(`posture ${rule.check}`, 'device-posture'), isYes)
    case 'unknown':
      return ask(world, toggle(JSON.stringify(rule.json), 'unknown'), isYes)
    default:
      return holdsForPerson(question, rule)
  }
}

type PersonRule = Extract<
  AccessRule,
  {
    kind:
      | 'email'
      | 'email-domain'
      | 'email-list'
      | 'login-method'
      | 'authentication-method'
      | 'authentication-context'
      | 'provider-group'
      | 'login-claim'
      | 'account-member'
      | 'user-risk'
      | 'external-evaluation'
  }
>

/**
 * Rules about who logged in. "Bypass policies do not support identity-based selectors", and Service Auth asks for no login;
 * what Access makes of such a rule there is not documented, so it stays open.
 */
function holdsForPerson(question: Question, rule: PersonRule): Judgement {
  const { world, mentioned } = question
  if (!question.hasLogin) return ask(world, toggle(`no login ${JSON.stringify(rule)}`, 'identity-without-login'), isYes)
  return all([ask(world, login, isYes), holdsForLogin(world, mentioned, rule)])
}

function holdsForLogin(world: World, mentioned: Mentioned, rule: PersonRule): Judgement {
  switch (rule.kind) {
    case 'email':
      return ask(world, mentioned.email, (value) => value === rule.email.toLowerCase())
    case 'email-domain':
      return ask(world, mentioned.email, (value) => value.endsWith(`@${rule.domain.toLowerCase()}`))
    case 'login-method':
      return ask(world, mentioned.loginMethod, (value) => value === rule.provider)
    case 'external-evaluation':
      return ask(world, toggle(JSON.stringify(rule), 'external-evaluation'), isYes)
    default:
      return ask(world, toggle(JSON.stringify(rule), 'login'), isYes)
  }
}

/** Whether capital letters count is not documented. */
function isNamed({ visitor, world }: Question, name: string): Judgement {
  const own = visitor.certificate?.commonName ?? null
  if (own === name) return yes
  return own?.toLowerCase() === name.toLowerCase()
    ? ask(world, toggle('capital letters', 'capital-letters'), isYes)
    : no
}

/** A group that is not there, or holds itself, is open: the API gives no rule for either. */
function holdsGroup(question: Question, id: AccessGroupId, inside: readonly AccessGroupId[]): Judgement {
  const group = question.groups?.get(id)
  if (group === undefined || inside.includes(id)) return ask(question.world, toggle(`group ${id}`, 'unknown'), isYes)
  return judgeRules(question, group.rules, 'group', [...inside, id])
}

/**
 * Any of `include`, all of `require`, none of `exclude`. A policy without `include` has nobody in it; a group without one
 * has everybody who meets all that it requires (cloudflare-one/access-controls/policies/groups).
 */
export function judgeRules(
  question: Question,
  rules: AccessRules,
  of: 'policy' | 'group',
  inside: readonly AccessGroupId[] = [],
): Judgement {
  const judge = (rule: AccessRule) => holdsFor(question, rule, inside)
  const isOpen = of === 'group' && rules.include.length === 0 && rules.require.length > 0
  return all([
    isOpen ? yes : any(rules.include.map(judge)),
    all(rules.require.map(judge)),
    not(any(rules.exclude.map(judge))),
  ])
}

/** The rules of a policy that settled it: those that held, or that did not, or that are open. */
export function decidingRules(question: Question, rules: AccessRules): RuleFinding[] {
  const findings = (part: RuleFinding['part'], truth: RuleFinding['truth']): RuleFinding[] =>
    rules[part].filter((rule) => holdsFor(question, rule, []).truth === truth).map((rule) => ({ part, rule, truth }))
  const { truth } = judgeRules(question, rules, 'policy')
  if (truth === 'no') {
    const against = [findings('exclude', 'yes'), findings('require', 'no'), findings('include', 'no')]
    return against.find((one) => one.length > 0) ?? []
  }
  const held = [...findings('include', 'yes'), ...findings('require', 'yes')]
  if (truth === 'yes') return held
  const open = [...findings('require', 'unknown'), ...findings('exclude', 'unknown')]
  return held.some(({ part }) => part === 'include') ? [...held, ...open] : [...findings('include', 'unknown'), ...open]
}
