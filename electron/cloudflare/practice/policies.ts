import { z } from 'zod'
import { AccessApplicationId, AccessPolicyId } from '#shared/model/access-account'
import { JsonObject } from '#shared/model/access-rule'
import { conflict, notFound, refused } from './refusals'
import type { PracticeState, StoredApplication, StoredPolicy } from './state'

interface Done {
  state: PracticeState
  value: string
}

const Fields = z.looseObject({
  name: z.string().min(1),
  decision: z.enum(['allow', 'deny', 'non_identity', 'bypass']),
  include: z.array(JsonObject).min(1),
  require: z.array(JsonObject).default([]),
  exclude: z.array(JsonObject).default([]),
})
const Precedence = z.object({ precedence: z.number().int().min(1) })

/** `owner`: the application whose own policy it is, with its place there; null for a reusable one. */
export function createPolicy(state: PracticeState, owner: string | null, id: string, body: JsonObject): Done {
  const { precedence: _place, ...fields } = body
  const policy = { id: AccessPolicyId.parse(id), application: null, fields: fieldsOf(state, fields) }
  if (owner === null) return { state: { ...state, policies: [...state.policies, policy] }, value: policy.id }
  const application = state.applications.find((one) => one.id === owner)
  if (application === undefined) throw notFound('application')
  const place = Precedence.safeParse(body).data?.precedence ?? nextPlace(application)
  if (application.links.some(({ precedence }) => precedence === place))
    throw refused('policy precedences must be unique')
  const linked = { ...application, links: byPrecedence([...application.links, { id: policy.id, precedence: place }]) }
  return {
    state: {
      ...state,
      policies: [...state.policies, { ...policy, application: AccessApplicationId.parse(owner) }],
      applications: state.applications.map((one) => (one === application ? linked : one)),
    },
    value: policy.id,
  }
}

const nextPlace = ({ links }: StoredApplication): number =>
  Math.max(0, ...links.map(({ precedence }) => precedence)) + 1

export const byPrecedence = (links: StoredApplication['links']): StoredApplication['links'] =>
  [...links].sort((one, other) => one.precedence - other.precedence)

interface Place {
  application: string | null
  id: string | null
}

/** A policy of one application is unknown to the path of the reusable ones, and the other way round. */
function find({ policies }: PracticeState, { application, id }: Place): StoredPolicy {
  const found = policies.find((one) => one.id === id && one.application === application)
  if (found === undefined) throw notFound('policy')
  return found
}

export function changePolicy(state: PracticeState, place: Place, body: JsonObject): Done {
  const old = find(state, place)
  const { precedence: _place, ...fields } = body
  const changed = { ...old, fields: fieldsOf(state, fields) }
  return { state: { ...state, policies: state.policies.map((one) => (one === old ? changed : one)) }, value: old.id }
}

export function deletePolicy(state: PracticeState, place: Place): Done {
  const old = find(state, place)
  const isLinked = state.applications.some(({ links }) => links.some(({ id }) => id === old.id))
  if (place.application === null && isLinked) throw conflict('policy is in use by applications')
  return {
    state: {
      ...state,
      policies: state.policies.filter((one) => one !== old),
      applications: state.applications.map((one) => ({ ...one, links: one.links.filter(({ id }) => id !== old.id) })),
    },
    value: old.id,
  }
}

/** With what Access fills in. */
function fieldsOf({ groups }: PracticeState, body: JsonObject): JsonObject {
  const parsed = Fields.safeParse(body)
  if (!parsed.success) throw refused(parsed.error.issues.map(({ path }) => `${path.join('.')} is invalid`).join('; '))
  const { include, require, exclude } = parsed.data
  const missing = groupsIn([...include, ...require, ...exclude]).find((id) => !groups.some((group) => group.id === id))
  if (missing !== undefined) throw refused(`group ${missing} does not exist`)
  return JsonObject.parse({ session_duration: '24h', ...parsed.data })
}

const GroupRule = z.object({ group: z.object({ id: z.string() }) })

const groupsIn = (rules: JsonObject[]): string[] =>
  rules.flatMap((rule) => GroupRule.safeParse(rule).data?.group.id ?? [])

const Rules = z.array(JsonObject).catch([])

export const usesGroup = ({ include, require, exclude }: JsonObject, group: string): boolean =>
  groupsIn([include, require, exclude].flatMap((rules) => Rules.parse(rules))).includes(group)
