import type { AccessAccount, AccessDecision, AccessPolicy } from '#shared/model/access-account'
import type { AccessRule } from '#shared/model/access-rule'

/** Names in place of ids, as far as they were read. */
export interface ResourceNames {
  groups: ReadonlyMap<string, string>
  providers: ReadonlyMap<string, string>
  serviceTokens: ReadonlyMap<string, string>
  applications: ReadonlyMap<string, string>
}

export function namesIn(account: AccessAccount): ResourceNames {
  const byId = (resources: { id: string; name: string }[] | null) =>
    new Map((resources ?? []).map(({ id, name }) => [id, name]))
  return {
    groups: byId(account.groups),
    providers: byId(account.identityProviders),
    serviceTokens: byId(account.serviceTokens),
    applications: byId(account.applications),
  }
}

const decisions: Record<AccessDecision, string> = {
  allow: 'Allow',
  deny: 'Block',
  bypass: 'Bypass',
  non_identity: 'Service Auth',
  unknown: 'Unknown action',
}

/** As Cloudflare's dashboard calls them. */
export const decisionWords = (decision: AccessDecision): string => decisions[decision]

/** “Service Auth: a valid certificate, except group “Blocked”” */
export function policyWords(
  { decision, rules }: Pick<AccessPolicy, 'decision' | 'rules'>,
  names: ResourceNames,
): string {
  const words = (list: AccessRule[], joint: string) => list.map((rule) => ruleWords(rule, names)).join(joint)
  const { include, require: required, exclude } = rules
  return [
    `${decisionWords(decision)}: ${include.length === 0 ? 'nobody' : words(include, ' or ')}`,
    ...(required.length === 0 ? [] : [`only with ${words(required, ' and ')}`]),
    ...(exclude.length === 0 ? [] : [`except ${words(exclude, ' or ')}`]),
  ].join(', ')
}

const quoted = (names: ReadonlyMap<string, string>, id: string) => `“${names.get(id) ?? id}”`

/** One selector, as a noun. */
export function ruleWords(rule: AccessRule, names: ResourceNames): string {
  switch (rule.kind) {
    case 'everyone':
      return 'everyone'
    case 'valid-certificate':
      return 'a valid certificate'
    case 'common-name':
      return `Common Name “${rule.name}”`
    case 'group':
      return `group ${quoted(names.groups, rule.group)}`
    case 'service-token':
      return `service token ${quoted(names.serviceTokens, rule.token)}`
    case 'any-service-token':
      return 'any service token'
    case 'linked-app-token':
      return `a token of application ${quoted(names.applications, rule.application)}`
    case 'ip-range':
      return `IP addresses ${rule.range}`
    case 'ip-list':
      return `IP list “${rule.list}”`
    case 'country':
      return `country ${rule.code}`
    case 'device-posture':
      return `device posture check “${rule.check}”`
    case 'email':
      return rule.email
    case 'email-domain':
      return `e-mail addresses at ${rule.domain}`
    case 'email-list':
      return `e-mail list “${rule.list}”`
    case 'login-method':
      return `login with ${quoted(names.providers, rule.provider)}`
    case 'authentication-method':
      return `authentication method ${rule.method}`
    case 'authentication-context':
      return `authentication context ${rule.code} of ${quoted(names.providers, rule.provider)}`
    case 'provider-group': {
      const team = rule.team === null ? '' : `, team “${rule.team}”,`
      return `group “${rule.group}”${team} of ${quoted(names.providers, rule.provider)}`
    }
    case 'login-claim':
      return `${rule.name} = “${rule.value}” from ${quoted(names.providers, rule.provider)}`
    case 'account-member':
      return 'members of the Cloudflare account'
    case 'user-risk':
      return `user risk ${rule.levels.join(' or ')}`
    case 'external-evaluation':
      return `external evaluation by ${rule.url}`
    case 'unknown':
      return `a rule that Latchkey does not know (${Object.keys(rule.json).join(', ')})`
  }
}
