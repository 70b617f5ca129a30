import { z } from 'zod'
import { type Context, paged, withBody } from './context'
import { absent, conflict, invalid, type Json, type Reply, reordered, success } from './reply'
import { groupsIn, Rules } from './rules'
import { newId, put, type StoredGroup, type StoredPolicy, seen, settled, timestamp, type World } from './world'

const Fields = {
  name: z.string(),
  decision: z.enum(['allow', 'deny', 'non_identity', 'bypass']),
  ...Rules,
  session_duration: z.string().nullish(),
  approval_required: z.boolean().optional(),
  approval_groups: z.array(z.unknown()).optional(),
  isolation_required: z.boolean().optional(),
  purpose_justification_required: z.boolean().optional(),
  purpose_justification_prompt: z.string().optional(),
  // One that no client knows.
  quiet_hours: z.unknown().optional(),
}
const Policy = z.strictObject(Fields)
/** A policy of one application; written inline, or through its own endpoint. */
export const ApplicationPolicy = z.strictObject({ ...Fields, precedence: z.number().int().min(0).optional() })
const Group = z.strictObject({ name: z.string(), ...Rules, is_default: z.boolean().optional() })

/** What the server fills in, and clients have taken for a change of somebody else's. */
export const withDefaults = (fields: Json): Json => ({ require: [], exclude: [], ...fields })

export function viewPolicy(world: World, { id, application, fields, applications }: StoredPolicy): Json {
  const common = { id, ...fields }
  return application === null ? { ...common, reusable: true, app_count: seen(world, applications) } : common
}

const reusable = (world: World) => world.policies.filter(({ application }) => application === null)

/** A policy of one application is not found here (TF 5586). */
const one = ({ world, ids }: Context, act: (policy: StoredPolicy) => Reply): Reply => {
  const found = reusable(world).find(({ id }) => id === ids[0])
  return found === undefined ? absent('policy') : act(found)
}

export const listPolicies = (context: Context): Reply =>
  paged(
    context,
    reordered(reusable(context.world)).map((policy) => viewPolicy(context.world, policy)),
    100,
    1000,
  )

export const getPolicy = (context: Context): Reply =>
  one(context, (policy) => success(viewPolicy(context.world, policy)))

export function storePolicy(world: World, application: string | null, fields: Json): StoredPolicy {
  const now = timestamp(world)
  const dated = { ...withDefaults(fields), created_at: now, updated_at: now }
  const policy = { id: newId(), application, fields: dated, applications: { visible: 0, coming: null } }
  world.policies.push(policy)
  return policy
}

export const createPolicy = (context: Context): Reply =>
  withBody(Policy, context.body, (fields) => {
    const missing = unknownGroup(context.world, fields)
    if (missing !== null) return missing
    return success(viewPolicy(context.world, storePolicy(context.world, null, fields)), 201)
  })

/** Replaces every field: what is left out returns to its default. */
export const updatePolicy = (context: Context): Reply =>
  one(context, (policy) =>
    withBody(Policy, context.body, (fields) => {
      const missing = unknownGroup(context.world, fields)
      if (missing !== null) return missing
      const { created_at: created } = policy.fields
      policy.fields = { ...withDefaults(fields), created_at: created, updated_at: timestamp(context.world) }
      return success(viewPolicy(context.world, policy))
    }),
  )

export const deletePolicy = (context: Context): Reply =>
  one(context, (policy) => {
    const { world } = context
    if (seen(world, policy.applications) > 0 || settled(policy.applications) > 0)
      return conflict('policy is in use by applications')
    world.policies.splice(world.policies.indexOf(policy), 1)
    return success({ id: policy.id }, 202)
  })

/** After every change of an application's links. */
export function recount(world: World): void {
  for (const policy of reusable(world)) {
    const count = world.applications.filter(({ links }) => links.some((link) => link.policy === policy.id)).length
    if (settled(policy.applications) !== count) put(world, policy.applications, count)
  }
}

const oneGroup = ({ world, ids }: Context, act: (group: StoredGroup) => Reply): Reply => {
  const found = world.groups.find(({ id }) => id === ids[0])
  return found === undefined ? absent('group') : act(found)
}

const viewGroup = ({ id, fields }: StoredGroup): Json => ({ id, ...fields })

export const listGroups = (context: Context): Reply =>
  paged(context, reordered(context.world.groups).map(viewGroup), 50, 1000)

export const getGroup = (context: Context): Reply => oneGroup(context, (group) => success(viewGroup(group)))

export const createGroup = (context: Context): Reply =>
  withBody(Group, context.body, (fields) => {
    const { world } = context
    if (world.groups.some((group) => group.fields['name'] === fields.name)) return invalid('group name is taken')
    const now = timestamp(world)
    const group = { id: newId(), fields: { ...withDefaults(fields), created_at: now, updated_at: now } }
    world.groups.push(group)
    return success(viewGroup(group), 201)
  })

export const updateGroup = (context: Context): Reply =>
  oneGroup(context, (group) =>
    withBody(Group, context.body, (fields) => {
      const { created_at: created } = group.fields
      group.fields = { ...withDefaults(fields), created_at: created, updated_at: timestamp(context.world) }
      return success(viewGroup(group))
    }),
  )

export const deleteGroup = (context: Context): Reply =>
  oneGroup(context, (group) => {
    const { world } = context
    const users = [...world.policies, ...world.groups.filter((other) => other !== group)]
    if (users.some(({ fields }) => groupsIn(fields).includes(group.id))) return conflict('group is in use')
    world.groups.splice(world.groups.indexOf(group), 1)
    return success({ id: group.id }, 202)
  })

export function unknownGroup(world: World, fields: Json): Reply | null {
  const missing = groupsIn(fields).find((id) => !world.groups.some((group) => group.id === id))
  return missing === undefined ? null : invalid(`group ${missing} does not exist`)
}
