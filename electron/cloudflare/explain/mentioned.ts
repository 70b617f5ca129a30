import type { AccessGroup } from '#shared/model/access-account'
import type { AccessGroupId, AccessRule, AccessRules } from '#shared/model/access-rule'
import type { Mentioned } from './evaluate-rules'

/**
 * Every value that a rule asks for, and one more that no rule asks for: a person has one e-mail address, comes from one
 * country, and logged in one way.
 */
export function mentionedIn(rules: AccessRule[]): Mentioned {
  const emails = rules.flatMap((rule) => (rule.kind === 'email' ? [rule.email.toLowerCase()] : []))
  const domains = rules.flatMap((rule) => (rule.kind === 'email-domain' ? [rule.domain.toLowerCase()] : []))
  const countries = rules.flatMap((rule) => (rule.kind === 'country' ? [rule.code] : []))
  const methods = rules.flatMap((rule) => (rule.kind === 'login-method' ? [rule.provider] : []))
  const others = domains.map((domain) => `\u0000@${domain}`)
  return {
    email: { key: 'email', factor: 'login', values: distinct([...emails, ...others, '\u0000']) },
    country: { key: 'country', factor: 'country', values: distinct([...countries, '\u0000']) },
    loginMethod: { key: 'login method', factor: 'login', values: distinct([...methods, '\u0000']) },
  }
}

const distinct = (values: string[]): string[] => [...new Set(values)]

/** Whether one of these rules is about this group itself. */
export const namesGroup = (rules: AccessRule[], id: string): boolean =>
  rules.some((rule) => rule.kind === 'group' && rule.group === id)

/** All rules of a policy or group, and of the groups that they name, however deep. */
export function rulesWithGroups(
  rules: AccessRules,
  groups: ReadonlyMap<AccessGroupId, AccessGroup> | null,
  seen = new Set<AccessGroupId>(),
): AccessRule[] {
  const own = [...rules.include, ...rules.require, ...rules.exclude]
  return own.flatMap((rule) => {
    if (rule.kind !== 'group' || seen.has(rule.group)) return [rule]
    seen.add(rule.group)
    const group = groups?.get(rule.group)
    return group === undefined ? [rule] : [rule, ...rulesWithGroups(group.rules, groups, seen)]
  })
}
