import { z } from 'zod'
import { AccessApplicationId, AccessPolicyId } from '#shared/model/access-account'
import { JsonObject } from '#shared/model/access-rule'
import { byPrecedence } from './policies'
import { conflict, notFound, refused, tooMany } from './refusals'
import type { PracticeState, StoredApplication } from './state'

interface Done {
  state: PracticeState
  value: string
}

const MAX_APPLICATIONS = 500

const Fields = z.looseObject({
  name: z.string().optional(),
  type: z.literal('self_hosted'),
  domain: z.string().min(1),
  destinations: z.array(z.looseObject({ type: z.string(), uri: z.string().optional() })).optional(),
})
const Links = z.array(z.looseObject({ id: AccessPolicyId, precedence: z.number().int().min(1).optional() }))

/** `isOurs`: whether the account has the zone of a hostname. */
type IsOurs = (hostname: string) => boolean

export function createApplication(
  state: PracticeState,
  { id, aud }: { id: string; aud: string },
  body: JsonObject,
  isOurs: IsOurs,
): Done {
  if (state.applications.length >= MAX_APPLICATIONS) throw tooMany('applications')
  const made = { id: AccessApplicationId.parse(id), aud, ...partsOf(state, null, body, isOurs) }
  return { state: { ...state, applications: [...state.applications, made] }, value: made.id }
}

/** Every field: what is left out is gone. Policies of its own that are no longer mentioned go with their place. */
export function replaceApplication(state: PracticeState, id: string | null, body: JsonObject, isOurs: IsOurs): Done {
  const old = find(state, id)
  const changed = { ...old, ...partsOf(state, old, body, isOurs) }
  const kept = new Set(changed.links.map((link) => link.id))
  return {
    state: {
      ...state,
      applications: state.applications.map((one) => (one === old ? changed : one)),
      policies: state.policies.filter((policy) => policy.application !== old.id || kept.has(policy.id)),
    },
    value: old.id,
  }
}

export function deleteApplication(state: PracticeState, id: string | null): Done {
  const old = find(state, id)
  return {
    state: {
      ...state,
      applications: state.applications.filter((one) => one !== old),
      policies: state.policies.filter(({ application }) => application !== old.id),
    },
    value: old.id,
  }
}

function find({ applications }: PracticeState, id: string | null): StoredApplication {
  const found = applications.find((one) => one.id === id)
  if (found === undefined) throw notFound('application')
  return found
}

function partsOf(
  state: PracticeState,
  old: StoredApplication | null,
  { policies, ...body }: JsonObject,
  isOurs: IsOurs,
): Pick<StoredApplication, 'fields' | 'links'> {
  const parsed = Fields.safeParse(body)
  if (!parsed.success) throw refused(parsed.error.issues.map(({ path }) => `${path.join('.')} is invalid`).join('; '))
  const fields = { destinations: [{ type: 'public', uri: parsed.data.domain }], ...parsed.data }
  const uris = urisOf(fields.destinations)
  const foreign = uris.find((uri) => !isOurs(hostOf(uri)))
  if (foreign !== undefined) throw refused(`domain ${foreign} is not in the zone`)
  const others = state.applications.filter((one) => one !== old).flatMap((one) => urisOf(one.fields['destinations']))
  const taken = uris.find((uri) => others.includes(uri))
  if (taken !== undefined) throw conflict(`destination ${taken} belongs to another application`)
  return {
    fields: JsonObject.parse(fields),
    links: policies === undefined ? (old?.links ?? []) : linksOf(state, old, policies),
  }
}

const Uris = z.array(z.object({ uri: z.string().optional() })).catch([])

const urisOf = (destinations: unknown): string[] => Uris.parse(destinations).flatMap(({ uri }) => uri ?? [])

const hostOf = (uri: string): string => (uri.split('/')[0] ?? '').replace(/^\*\.?/u, '')

function linksOf(state: PracticeState, old: StoredApplication | null, given: unknown): StoredApplication['links'] {
  const parsed = Links.safeParse(given)
  if (!parsed.success) throw refused('policies are invalid')
  const links = parsed.data.map(({ id, precedence }, index) => ({ id, precedence: precedence ?? index + 1 }))
  if (new Set(links.map(({ precedence }) => precedence)).size < links.length)
    throw refused('policy precedences must be unique')
  for (const { id } of links) {
    const policy = state.policies.find((one) => one.id === id)
    const isUsable = policy !== undefined && (policy.application === null || policy.application === old?.id)
    if (!isUsable) throw refused('unrecognized policy decision')
  }
  return byPrecedence(links)
}
