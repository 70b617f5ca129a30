import { z } from 'zod'
import { type Context, paged, withBody } from './context'
import { ApplicationPolicy, recount, storePolicy, unknownGroup, viewPolicy } from './policies'
import { absent, conflict, invalid, type Json, type Reply, refusal, reordered, success } from './reply'
import { isInAccount, newId, type StoredApplication, timestamp, type World } from './world'

const Destination = z.union([
  z.strictObject({
    type: z.literal('public'),
    uri: z.string(),
    overrides: z.array(z.strictObject({ path_pattern: z.string(), behavior: z.literal('public') })).optional(),
  }),
  z.strictObject({ type: z.literal('worker'), worker_id: z.string() }),
  z.strictObject({ type: z.literal('private'), cidr: z.string() }),
])

const Link = z.union([
  z.string(),
  z.strictObject({ id: z.string(), precedence: z.number().int().min(0).optional() }),
  ApplicationPolicy,
])

/** The fields of a self-hosted application in Cloudflare's OpenAPI document that this double keeps. */
const Application = z.strictObject({
  name: z.string().optional(),
  type: z.enum(['self_hosted', 'saas', 'bookmark']),
  domain: z.string(),
  destinations: z.array(Destination).optional(),
  self_hosted_domains: z.array(z.string()).optional(),
  policies: z.array(Link).optional(),
  session_duration: z.string().optional(),
  allowed_idps: z.array(z.string()).optional(),
  app_launcher_visible: z.boolean().optional(),
  auto_redirect_to_identity: z.boolean().optional(),
  enable_binding_cookie: z.boolean().optional(),
  http_only_cookie_attribute: z.boolean().optional(),
  same_site_cookie_attribute: z.string().optional(),
  service_auth_401_redirect: z.boolean().optional(),
  options_preflight_bypass: z.boolean().optional(),
  logo_url: z.string().optional(),
  tags: z.array(z.string()).optional(),
  allow_authenticate_via_warp: z.literal(false).optional(),
  // One that no client knows.
  weather_policy: z.unknown().optional(),
})
type Fields = z.infer<typeof Application>

const defaults = { session_duration: '24h', app_launcher_visible: true, http_only_cookie_attribute: true, tags: [] }
const MAX_APPLICATIONS = 500
const MAX_DESTINATIONS = 50

const visible = ({ world, zone }: Context) => world.applications.filter((app) => zone === null || app.zone === zone)

const one = (context: Context, act: (app: StoredApplication) => Reply): Reply => {
  const found = visible(context).find(({ id }) => id === context.ids[0])
  return found === undefined ? absent('application') : act(found)
}

function view(world: World, { id, aud, fields, links }: StoredApplication): Json {
  const policies = links.flatMap(({ policy, precedence }) => {
    const found = world.policies.find((candidate) => candidate.id === policy)
    if (found === undefined) return []
    const { app_count: _count, ...rest } = viewPolicy(world, found)
    return [{ ...rest, precedence }]
  })
  return { ...fields, id, aud, policies: reordered(policies) }
}

export const listApplications = (context: Context): Reply =>
  paged(
    context,
    reordered(visible(context)).map((app) => view(context.world, app)),
    1000,
    1000,
  )

export const getApplication = (context: Context): Reply => one(context, (app) => success(view(context.world, app)))

export const createApplication = (context: Context): Reply =>
  withBody(Application, context.body, (fields) => {
    const { world, zone } = context
    if (world.applications.length >= MAX_APPLICATIONS) return invalid('maximum number of applications has been reached')
    const now = timestamp(world)
    const app = { id: newId(), zone, aud: newId().replaceAll('-', '').repeat(2), fields: {}, links: [] }
    const done = write(context, app, fields, now)
    if (done !== null) return done
    world.applications.push(app)
    recount(world)
    return success(view(world, app), 201)
  })

/** Replaces every field: what is left out returns to its default. Policies stay where they are not mentioned. */
export const updateApplication = (context: Context): Reply =>
  one(context, (app) =>
    withBody(Application, context.body, (fields) => {
      const done = write(context, app, fields, String(app.fields['created_at']))
      if (done !== null) return done
      recount(context.world)
      return success(view(context.world, app))
    }),
  )

export const deleteApplication = (context: Context): Reply =>
  one(context, (app) => {
    const { world } = context
    world.applications.splice(world.applications.indexOf(app), 1)
    world.policies = world.policies.filter(({ application }) => application !== app.id)
    recount(world)
    return success({ id: app.id }, 202)
  })

/** Changes `app`, or leaves it as it is and says why. */
function write(context: Context, app: StoredApplication, fields: Fields, created: string): Reply | null {
  const { policies, ...rest } = fields
  const wrong = refuseDestinations(context, app, fields)
  if (wrong !== null) return wrong
  const links = policies === undefined ? app.links : linksTo(context.world, app, policies)
  if ('status' in links) return links
  const destinations = fields.destinations ?? [{ type: 'public' as const, uri: fields.domain }]
  app.links = links
  app.fields = {
    ...defaults,
    ...rest,
    destinations,
    self_hosted_domains:
      fields.type === 'self_hosted' ? destinations.flatMap((one) => (one.type === 'public' ? [one.uri] : [])) : [],
    created_at: created,
    updated_at: timestamp(context.world),
  }
  return null
}

const hostOf = (uri: string) => (uri.split('/')[0] ?? '').replace(/^\*\.?/u, '')

function refuseDestinations({ world, zone }: Context, app: StoredApplication, fields: Fields): Reply | null {
  const uris = [fields.domain, ...(fields.destinations ?? []).flatMap((one) => ('uri' in one ? [one.uri] : []))]
  if ((fields.destinations ?? []).length > MAX_DESTINATIONS) return invalid('too many destinations')
  if (fields.type === 'self_hosted' && uris.some((uri) => !isInAccount(world, hostOf(uri), zone)))
    return refusal(400, 12036, 'access.api.error.invalid_domain: domain is not in the zone')
  const others = world.applications.filter(({ id }) => id !== app.id).flatMap(urisOf)
  const taken = uris.find((uri) => others.includes(uri))
  return taken === undefined ? null : conflict(`destination ${taken} belongs to another application`)
}

const urisOf = ({ fields }: StoredApplication): string[] => {
  const parsed = z.array(z.string()).safeParse(fields['self_hosted_domains'])
  return parsed.success ? parsed.data : []
}

type Links = StoredApplication['links']

function linksTo(world: World, app: StoredApplication, policies: z.infer<typeof Link>[]): Links | Reply {
  const given = policies.flatMap((policy) => (typeof policy === 'string' ? [] : (policy.precedence ?? [])))
  if (new Set(given).size !== given.length) return invalid('policy precedences must be unique')
  if (given.includes(0)) return refusal(400, 11018, 'access.api.error.invalid_precedence')
  const links: Links = []
  for (const [index, policy] of policies.entries()) {
    const precedence = (typeof policy === 'string' ? undefined : policy.precedence) ?? index + 1
    if (typeof policy !== 'string' && 'name' in policy) {
      const { precedence: _given, ...fields } = policy
      const missing = unknownGroup(world, fields)
      if (missing !== null) return missing
      const stored = storePolicy(world, app.id, fields)
      links.push({ policy: stored.id, precedence })
    } else {
      const id = typeof policy === 'string' ? policy : policy.id
      const known = world.policies.find((one) => one.id === id && [null, app.id].includes(one.application))
      if (known === undefined) return invalid('unrecognized policy decision')
      links.push({ policy: id, precedence })
    }
  }
  const linked = new Set(links.map(({ policy }) => policy))
  world.policies = world.policies.filter((policy) => policy.application !== app.id || linked.has(policy.id))
  return links.sort((left, right) => left.precedence - right.precedence)
}

/** GET `…/apps/{app}/policies`. */
export const listApplicationPolicies = (context: Context): Reply =>
  one(context, (app) => paged(context, z.array(z.unknown()).parse(view(context.world, app)['policies']), 50, 1000))
