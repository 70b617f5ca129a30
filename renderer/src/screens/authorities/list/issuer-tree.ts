import { canSign, isCurrent } from '#shared/logic/issuers'
import type { AuthoritySummary } from '#shared/model/authority'

export interface Branch {
  authority: AuthoritySummary
  /** How many of ours stand above it. */
  depth: number
}

/** Roots first, each followed by what stands below it; the newest of a level first, what was replaced after its successor. */
export function treeOf(authorities: AuthoritySummary[]): Branch[] {
  const known = new Set(authorities.map(({ id }) => id))
  const below = new Map<string | null, AuthoritySummary[]>()
  for (const authority of authorities) {
    // One whose parent is not in the list stands at the top, so that none is ever missing.
    const parent = authority.parent !== null && known.has(authority.parent) ? authority.parent : null
    below.set(parent, [...(below.get(parent) ?? []), authority])
  }
  const walk = (parent: string | null, depth: number): Branch[] =>
    [...(below.get(parent) ?? [])]
      .sort(inOrder)
      .flatMap((authority) => [{ authority, depth }, ...walk(authority.id, depth + 1)])
  return walk(null, 0)
}

function inOrder(a: AuthoritySummary, b: AuthoritySummary): number {
  const replaced = Number(a.successor !== null) - Number(b.successor !== null)
  return replaced === 0 ? a.name.localeCompare(b.name) : replaced
}

/** What was searched for, together with the issuers above it, so that it keeps its place. */
export function searchTree(branches: Branch[], search: string): Branch[] {
  const wanted = search.trim().toLowerCase()
  if (wanted === '') return branches
  const parents = new Map(branches.map(({ authority }) => [authority.id as string, authority.parent]))
  const shown = new Set<string>()
  for (const { authority } of branches) {
    if (!`${authority.name} ${authority.keyCode}`.toLowerCase().includes(wanted)) continue
    for (let id: string | null = authority.id; id !== null; id = parents.get(id) ?? null) shown.add(id)
  }
  return branches.filter(({ authority }) => shown.has(authority.id))
}

/** The one to show first: an intermediate that can sign, otherwise whatever there is. */
export function firstIssuer(branches: Branch[]): AuthoritySummary | null {
  const usable = branches.find(({ authority, depth }) => depth > 0 && isCurrent(authority))
  return (usable ?? branches[0])?.authority ?? null
}

/** The chosen issuer where its key is here, otherwise another that can sign; null where none can. */
export function signerFor(chosen: AuthoritySummary, branches: Branch[]): AuthoritySummary | null {
  if (canSign(chosen)) return chosen
  return firstIssuer(branches.filter(({ authority }) => isCurrent(authority)))
}
