import { type AccessApplication, type AccessPolicy, AccessPolicyId } from '#shared/model/access-account'
import { AccessGroupId, type AccessRule, type AccessRules, type JsonObject } from '#shared/model/access-rule'
import type { AccessWish } from '#shared/model/access-wish'
import { readRule } from '../rule-json'
import { sameRules } from './digest'
import { addUnlessManaged, type Draft, oneNamed } from './draft'
import { isManagedPolicy } from './managed'

type WishedRules = Pick<AccessWish['groups'][number], 'include' | 'require' | 'exclude'>

/** Groups of the wish and of the account by name. New ones have a temporary id. */
type GroupsByName = ReadonlyMap<string, AccessGroupId>

/** Creates and changes rule groups. Groups that others refer to come first, because Access requires them to exist. */
export function changeGroups(draft: Draft, wish: AccessWish): GroupsByName {
  if (draft.account().groups === null && wish.groups.length > 0)
    draft.refuse({ kind: 'not-read', what: 'group', name: wish.groups[0]?.name ?? '' })
  const ids = new Map((draft.account().groups ?? []).map(({ id, name }) => [name, id]))
  for (const { name } of wish.groups) if (!ids.has(name)) ids.set(name, AccessGroupId.parse(draft.newId()))
  for (const wished of referencedFirst(draft, wish.groups)) {
    const { name } = wished
    const id = ids.get(name)
    const { one: existing, isAmbiguous } = oneNamed(draft, 'group', draft.account().groups ?? [], name)
    if (id === undefined || isAmbiguous) continue
    const rules = readRules(draft, ids, wished)
    if (existing !== null && sameRules(existing.rules, rules)) continue
    const change =
      existing === null
        ? ({ kind: 'create-group', id, name, rules } as const)
        : ({ kind: 'update-group', id: existing.id, rules } as const)
    addUnlessManaged(draft, wish.managedElsewhere.groups.includes(name), { what: 'group', name }, change)
  }
  return ids
}

type WishedGroup = AccessWish['groups'][number]

/** Each once, after the groups that it refers to. A group that contains itself cannot be created. */
function referencedFirst(draft: Draft, groups: WishedGroup[]): WishedGroup[] {
  const ordered = new Set<WishedGroup>()
  const visit = (group: WishedGroup, path: WishedGroup[]): void => {
    if (ordered.has(group)) return
    if (path.includes(group)) {
      draft.refuse({ kind: 'circular-group', name: group.name })
      return
    }
    const names = [...group.include, ...group.require, ...group.exclude].flatMap((rule) => groupNameIn(rule) ?? [])
    for (const other of groups) if (names.includes(other.name)) visit(other, [...path, group])
    ordered.add(group)
  }
  for (const group of groups) visit(group, [])
  return [...ordered]
}

/** `{"group": {"name": "Staff"}}`, the one thing that a wish says and the API does not. */
function groupNameIn(rule: JsonObject): string | null {
  const { group } = rule
  if (typeof group !== 'object' || group === null || Array.isArray(group)) return null
  return typeof group['name'] === 'string' && group['id'] === undefined ? group['name'] : null
}

function readRules(draft: Draft, groups: GroupsByName, { include, require, exclude }: WishedRules): AccessRules {
  const read = (json: JsonObject): AccessRule => {
    const name = groupNameIn(json)
    if (name === null) return readRule(json)
    const group = groups.get(name)
    if (group !== undefined) return { kind: 'group', group }
    draft.refuse({ kind: draft.account().groups === null ? 'not-read' : 'not-found', what: 'group', name })
    return readRule(json)
  }
  return { include: include.map(read), require: require.map(read), exclude: exclude.map(read) }
}

/** A policy as it should be, whether reusable or a copy in an application that has its own. */
export interface WantedPolicy {
  name: string
  decision: Exclude<AccessPolicy['decision'], 'unknown'>
  rules: AccessRules
}

export const wantedPolicies = (draft: Draft, wish: AccessWish, groups: GroupsByName): WantedPolicy[] =>
  wish.policies.map(({ name, decision, ...rules }) => ({ name, decision, rules: readRules(draft, groups, rules) }))

export const reusablePolicies = (draft: Draft): AccessPolicy[] =>
  draft.account().policies.filter(({ application }) => application === null)

/** Creates and changes the reusable policies of the wish. */
export function changeReusablePolicies(draft: Draft, wish: AccessWish, wanted: WantedPolicy[]): void {
  for (const policy of wanted) {
    const { one: existing, isAmbiguous } = oneNamed(draft, 'policy', reusablePolicies(draft), policy.name)
    if (isAmbiguous) continue
    if (existing === null) {
      const id = AccessPolicyId.parse(draft.newId())
      const change = { kind: 'create-policy', id, application: null, ...policy } as const
      const isManaged = wish.managedElsewhere.policies.includes(policy.name)
      addUnlessManaged(draft, isManaged, { what: 'policy', name: policy.name }, change)
    } else updatePolicy(draft, wish, existing, policy)
  }
}

/** Rewrites a policy if it differs. Refuses one that does something which this version does not know. */
export function updatePolicy(draft: Draft, wish: AccessWish, existing: AccessPolicy, wanted: WantedPolicy): void {
  const { id, name } = existing
  if (existing.decision === wanted.decision && sameRules(existing.rules, wanted.rules)) return
  if (existing.decision === 'unknown') draft.refuse({ kind: 'not-read', what: 'policy', name })
  const change = { kind: 'update-policy', id, decision: wanted.decision, rules: wanted.rules } as const
  const isManaged = isManagedPolicy(draft, wish.managedElsewhere, existing)
  addUnlessManaged(draft, isManaged, { what: 'policy', name }, change)
}

/** Policies that only this application has. It takes no reusable ones beside them: "mutually exclusive" (OpenAPI document). */
export const ownPolicies = (draft: Draft, { id }: Pick<AccessApplication, 'id'>): AccessPolicy[] =>
  draft.account().policies.filter(({ application }) => application === id)
