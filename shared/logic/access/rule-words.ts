import type { AccessAccount, AccessDecision } from '../../model/access-account'
import type { AccessRule, AccessRules } from '../../model/access-rule'
import { capitalise } from '../capitalise'
import { countOf } from '../formatting'

/** What stands for ids in sentences. An id that is not there is shown as it is. */
export interface AccessNames {
  groups: ReadonlyMap<string, GroupName>
  identityProviders: ReadonlyMap<string, string>
  serviceTokens: ReadonlyMap<string, string>
}

interface GroupName {
  name: string
  /** How many Common Names it has, where it has nothing else. */
  commonNames: number | null
}

export function namesOf(account: AccessAccount): AccessNames {
  const named = (all: { id: string; name: string }[] | null) => new Map(all?.map(({ id, name }) => [id, name]))
  return {
    groups: new Map(account.groups?.map(({ id, name, rules }) => [id, { name, commonNames: commonNamesAlone(rules) }])),
    identityProviders: named(account.identityProviders),
    serviceTokens: named(account.serviceTokens),
  }
}

function commonNamesAlone({ include, require, exclude }: AccessRules): number | null {
  const isPlain = require.length === 0 && exclude.length === 0 && include.length > 0
  return isPlain && include.every(({ kind }) => kind === 'common-name') ? include.length : null
}

/** As Cloudflare's dashboard calls them. */
export const decisionWords: Record<AccessDecision, string> = {
  allow: 'Allow',
  deny: 'Block',
  bypass: 'Bypass',
  non_identity: 'Service Auth',
  unknown: 'An action that this version of Latchkey does not know',
}

/** "Certificate named Mira Falk or Tomas Lind, plus an address in 192.0.2.0/24, except any service token" */
export function rulesWords({ include, require, exclude }: AccessRules, names: AccessNames): string {
  const required = require.map((rule) => `, plus ${ruleWords(rule, names)}`)
  const excluded = exclude.length === 0 ? '' : `, except ${anyOf(exclude, names)}`
  return capitalise(`${include.length === 0 ? 'nobody' : anyOf(include, names)}${required.join('')}${excluded}`)
}

/** Common Names come together, wherever they stand in the list. */
export function anyOf(rules: AccessRule[], names: AccessNames): string {
  const commonNames = rules.flatMap((rule) => (rule.kind === 'common-name' ? [rule.name] : []))
  const others = rules.filter(({ kind }) => kind !== 'common-name').map((rule) => ruleWords(rule, names))
  const certificate = commonNames.length === 0 ? [] : [`certificate named ${shortList(commonNames)}`]
  return orList([...certificate, ...others])
}

/** "Mira Falk, Tomas Lind or one of 3 more" */
const shortList = (all: string[]): string =>
  all.length <= 3 ? orList(all) : `${all.slice(0, 2).join(', ')} or one of ${all.length - 2} more`

function orList(all: string[]): string {
  const last = all.at(-1) ?? ''
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} or ${last}`
}

/** One rule, to stand in the middle of a sentence. */
export function ruleWords(rule: AccessRule, names: AccessNames): string {
  const provider = (id: string) => names.identityProviders.get(id) ?? id
  switch (rule.kind) {
    case 'everyone':
      return 'everyone'
    case 'valid-certificate':
      return 'any valid certificate'
    case 'common-name':
      return `certificate named ${rule.name}`
    case 'group':
      return groupWords(names.groups.get(rule.group) ?? { name: rule.group, commonNames: null })
    case 'service-token':
      return `service token named ${names.serviceTokens.get(rule.token) ?? rule.token}`
    case 'any-service-token':
      return 'any service token'
    case 'linked-app-token':
      return 'a token of a linked application'
    case 'ip-range':
      return `an address in ${rule.range}`
    case 'ip-list':
      return `an address on the list ${rule.list}`
    case 'country':
      return `a request from the country ${rule.code}`
    case 'device-posture':
      return 'a device that passes a posture check'
    case 'email':
      return `login as ${rule.email}`
    case 'email-domain':
      return `any @${rule.domain} login`
    case 'email-list':
      return `login with an e-mail address on the list ${rule.list}`
    case 'login-method':
      return `login with ${provider(rule.provider)}`
    case 'authentication-method':
      return `login by the method ${rule.method}`
    case 'authentication-context':
      return `login in the authentication context ${rule.code}`
    case 'provider-group':
      return `member of ${rule.team === null ? rule.group : `${rule.group}/${rule.team}`} at ${provider(rule.provider)}`
    case 'login-claim':
      return `login at ${provider(rule.provider)} with ${rule.name} = ${rule.value}`
    case 'account-member':
      return 'member of the Cloudflare account'
    case 'user-risk':
      return `person with the risk score ${orList(rule.levels)}`
    case 'external-evaluation':
      return `anyone approved by ${rule.url}`
    case 'unknown':
      return `a rule that this version of Latchkey does not know (${Object.keys(rule.json).join(', ')})`
  }
}

const groupWords = ({ name, commonNames }: GroupName): string =>
  commonNames === null
    ? `anyone in the group ${name}`
    : `certificate whose name is in the group ${name} (${countOf(commonNames, 'name')})`
