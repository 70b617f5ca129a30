import type { AccessPolicyId, PolicyLink } from '#shared/model/access-account'

/** Access evaluates policies in the order of their precedence, so an order that nobody asked to change is kept. */

export const linksBehind = (existing: PolicyLink[], added: AccessPolicyId[]): PolicyLink[] => {
  const last = Math.max(0, ...existing.map(({ precedence }) => precedence))
  return [...existing, ...added.map((policy, index) => ({ policy, precedence: last + index + 1 }))]
}

/** Access has given out the place 0 and refuses to take it back (error 11018): then all move on, in the order that they have. */
export const acceptable = (links: PolicyLink[]): PolicyLink[] =>
  links.some(({ precedence }) => precedence < 1) ? inOrder(links) : links

const inOrder = (links: PolicyLink[]): PolicyLink[] =>
  links.map(({ policy }, index) => ({ policy, precedence: index + 1 }))

const byPrecedence = (one: PolicyLink, other: PolicyLink): number => one.precedence - other.precedence

/**
 * The links without those that we added and with those that we took off, at the places that they had among the others. Null
 * where nobody can say which place that is, since others have changed the order or come between.
 *
 * @param first Before our change.
 * @param then After it.
 */
export function restoredLinks(first: PolicyLink[], then: PolicyLink[], current: PolicyLink[]): PolicyLink[] | null {
  const has = (all: PolicyLink[], { policy }: PolicyLink) => all.some((one) => one.policy === policy)
  const kept = current.filter((link) => has(first, link) || !has(then, link))
  const returning = first.filter((link) => !has(then, link) && !has(kept, link))
  if (returning.length === 0) return kept
  const isTaken = ({ precedence }: PolicyLink) => kept.some((one) => one.precedence === precedence)
  const isWhereItWas = ({ policy, precedence }: PolicyLink) =>
    first.every((one) => one.policy !== policy || one.precedence === precedence)
  if (kept.every(isWhereItWas) && !returning.some(isTaken))
    return acceptable([...kept, ...returning].sort(byPrecedence))
  const together = first.filter((link) => has(kept, link) || has(returning, link))
  const stayed = together.filter((link) => has(kept, link))
  const isSameOrder =
    stayed.length === kept.length && stayed.every(({ policy }, index) => policy === kept[index]?.policy)
  return isSameOrder ? inOrder(together) : null
}
