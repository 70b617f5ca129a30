import type { AccessAccount, AccessDecision, PolicyLink } from '#shared/model/access-account'
import type { AccessGroupId, AccessRule, AccessRules } from '#shared/model/access-rule'
import { namesGroup } from '../explain/mentioned'
import { canonicalJson } from './digest'

/** What keeps somebody out: an undo leaves it. */

/** What a policy does, and to whom. */
interface PolicyContent {
  decision: AccessDecision
  rules: AccessRules
}

const without = (rules: AccessRule[], others: AccessRule[]): AccessRule[] => {
  const known = new Set(others.map((rule) => canonicalJson(rule)))
  return rules.filter((rule) => !known.has(canonicalJson(rule)))
}

const hasAll = (rules: AccessRule[], others: AccessRule[]): boolean => without(others, rules).length === 0

/** Whether one Block policy keeps out everybody whom the other one does. Where only Access could tell, it does not. */
const blocksAll = (one: AccessRules, other: AccessRules): boolean =>
  hasAll(one.include, other.include) && hasAll(other.require, one.require) && hasAll(other.exclude, one.exclude)

/**
 * A policy as an undo restores it. What was excluded from letting in stays excluded, and `isWhole` is false then. Null where a
 * Block policy would keep out fewer people, or be none.
 *
 * @param first Before our change.
 * @param written By our change.
 */
export function restoredRules(
  first: PolicyContent,
  written: PolicyContent,
): { rules: AccessRules; isWhole: boolean } | null {
  if (written.decision === 'deny' && (first.decision !== 'deny' || !blocksAll(first.rules, written.rules))) return null
  if (first.decision === 'deny' || written.decision === 'deny') return { rules: first.rules, isWhole: true }
  const excluded = without(written.rules.exclude, first.rules.exclude)
  return { rules: { ...first.rules, exclude: [...first.rules.exclude, ...excluded] }, isWhole: excluded.length === 0 }
}

/** Links of Block policies among those that our change added. */
export const addedBlocks = (first: PolicyLink[], then: PolicyLink[], { policies }: AccessAccount): PolicyLink[] =>
  then.filter(
    ({ policy: id }) =>
      first.every(({ policy }) => policy !== id) && policies.find((policy) => policy.id === id)?.decision === 'deny',
  )

/** Whether the members of a group are kept out somewhere: it is excluded, or a Block policy includes or requires it. */
export function isBlocking(account: AccessAccount, id: AccessGroupId, seen: readonly string[] = []): boolean {
  if (seen.includes(id)) return false
  const groups = account.groups ?? []
  const isMember = ({ rules }: { rules: AccessRules }) => namesGroup(rules.include, id) || namesGroup(rules.require, id)
  return (
    [...account.policies, ...groups].some(({ rules }) => namesGroup(rules.exclude, id)) ||
    account.policies.some((policy) => policy.decision === 'deny' && isMember(policy)) ||
    groups.some((group) => isMember(group) && isBlocking(account, group.id, [...seen, id]))
  )
}
