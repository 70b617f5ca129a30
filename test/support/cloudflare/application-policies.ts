import { type Context, withBody } from './context'
import { ApplicationPolicy, storePolicy, unknownGroup, viewPolicy, withDefaults } from './policies'
import { absent, invalid, type Reply, refusal, success } from './reply'
import { type StoredApplication, timestamp } from './world'

/** Policies that belong to one application: `…/apps/{app}/policies[/{policy}]`. They come and go with their place there. */

const inApplication = ({ world, zone }: Context, id: string | undefined, act: (app: StoredApplication) => Reply) => {
  const app = world.applications.find((one) => one.id === id && (zone === null || one.zone === zone))
  return app === undefined ? absent('application') : act(app)
}

/** Without a number, it moves behind the others (TF 937). Null where the number is taken or none. */
function placed(app: StoredApplication, policy: string, precedence: number | undefined): Reply | null {
  const others = app.links.filter((link) => link.policy !== policy)
  const last = Math.max(0, ...others.map((link) => link.precedence))
  const place = precedence ?? last + 1
  if (place < 1) return refusal(400, 11018, 'access.api.error.invalid_precedence')
  if (others.some((link) => link.precedence === place)) return invalid('policy precedences must be unique')
  app.links = [...others, { policy, precedence: place }].sort((one, other) => one.precedence - other.precedence)
  return null
}

export const createApplicationPolicy = (context: Context): Reply =>
  inApplication(context, context.ids[0], (app) =>
    withBody(ApplicationPolicy, context.body, ({ precedence, ...fields }) => {
      const { world } = context
      const missing = unknownGroup(world, fields)
      if (missing !== null) return missing
      const stored = storePolicy(world, app.id, fields)
      const refused = placed(app, stored.id, precedence)
      if (refused === null) return success({ ...viewPolicy(world, stored), precedence }, 201)
      world.policies.splice(world.policies.indexOf(stored), 1)
      return refused
    }),
  )

/** A reusable policy is not found here. */
const one = (context: Context, act: (app: StoredApplication, policy: Context['world']['policies'][number]) => Reply) =>
  inApplication(context, context.ids[1], (app) => {
    const policy = context.world.policies.find(({ id, application }) => id === context.ids[0] && application === app.id)
    return policy === undefined ? absent('policy') : act(app, policy)
  })

export const updateApplicationPolicy = (context: Context): Reply =>
  one(context, (app, policy) =>
    withBody(ApplicationPolicy, context.body, ({ precedence, ...fields }) => {
      const { world } = context
      const refused = unknownGroup(world, fields) ?? placed(app, policy.id, precedence)
      if (refused !== null) return refused
      const { created_at: created } = policy.fields
      policy.fields = { ...withDefaults(fields), created_at: created, updated_at: timestamp(world) }
      return success({ ...viewPolicy(world, policy), precedence })
    }),
  )

export const deleteApplicationPolicy = (context: Context): Reply =>
  one(context, (app, policy) => {
    app.links = app.links.filter((link) => link.policy !== policy.id)
    context.world.policies.splice(context.world.policies.indexOf(policy), 1)
    return success({ id: policy.id }, 202)
  })
