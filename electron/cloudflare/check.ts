import { isAppError } from '#shared/errors'
import type { AccountId } from '#shared/model/access-account'
import type { JsonObject } from '#shared/model/access-rule'
import { destinationsIn } from './alerting'
import type { CloudflareApi, Scope } from './api'
import { type DocumentedKind, documentedFields } from './documented-fields'

/** How the answers of one endpoint compare with what Latchkey expects. Names of fields and kinds of values, never values. */
export interface CheckFinding {
  what: DocumentedKind
  outcome: 'as-documented' | 'differs' | 'no-permission' | 'failed'
  /** How many objects were looked at. */
  objects: number
  /** Not in Cloudflare's documentation: `overrides (array)`. */
  undocumented: string[]
  /** Documented, and in none of the objects. Many are optional, so this alone is no difference. */
  absent: string[]
  /** Why there is no usable answer. */
  error: { code: string; detail: string | null } | null
}

/** Asks every endpoint from which objects of an account are read, one after the other. Only `cancelled` and faults of Latchkey itself end it early. */
export async function checkApi(api: CloudflareApi, account: AccountId): Promise<CheckFinding[]> {
  const scope: Scope = { account }
  const applications = await attempt(() => api.applications(scope))
  const linked = applications.answers.flatMap(({ fetched: { policies } }) =>
    Array.isArray(policies) ? policies.flatMap((one) => (isObject(one) ? [{ fetched: one }] : [])) : [],
  )
  const eligible = await attempt(async () => Object.values(await api.eligibleDestinations(account)).flat())
  const destinations = destinationsIn(eligible.answers)
  /** Cloudflare may refuse the list of a kind that the account cannot use, which says nothing about the answers. */
  const ifEligible = async (kind: 'webhooks' | 'pagerduty', read: () => Promise<Answer[]>) =>
    destinations[kind]?.isEligible ? await attempt(read) : nothing
  return [
    finding('certificates', await attempt(() => api.certificates(scope))),
    finding('settings', await attempt(() => api.settings(scope))),
    finding('applications', applications),
    finding('applicationPolicies', { answers: linked, error: null }),
    finding('policies', await attempt(() => api.policies(account))),
    finding('groups', await attempt(() => api.groups(scope))),
    finding('identityProviders', await attempt(() => api.identityProviders(account))),
    finding('serviceTokens', await attempt(() => api.serviceTokens(account))),
    finding('zones', await attempt(() => api.zones(account))),
    finding('notifications', await attempt(() => api.alerts(account))),
    finding('availableAlerts', await attempt(async () => Object.values(await api.availableAlerts(account)).flat())),
    finding('eligibleDestinations', eligible),
    finding('webhooks', await ifEligible('webhooks', () => api.webhooks(account))),
    finding('pagerDutyServices', await ifEligible('pagerduty', () => api.pagerDutyServices(account))),
    finding('organization', await attempt(async () => [await api.organization(scope)])),
  ]
}

interface Answer {
  fetched: JsonObject
}

interface Outcome<Kind extends Answer = Answer> {
  answers: Kind[]
  error: CheckFinding['error']
}

const nothing: Outcome = { answers: [], error: null }

async function attempt<Kind extends Answer>(read: () => Promise<Kind[]>): Promise<Outcome<Kind>> {
  try {
    return { answers: await read(), error: null }
  } catch (error) {
    if (!isAppError(error) || error.code === 'cancelled') throw error
    return { answers: [], error: { code: error.code, detail: error.detail } }
  }
}

function finding(what: DocumentedKind, { answers, error }: Outcome): CheckFinding {
  const documented = documentedFields[what]
  const objects = answers.map(({ fetched }) => fetched)
  const kinds = new Map(
    objects.flatMap((object) => Object.entries(object).map(([name, value]) => [name, kindOf(value)])),
  )
  const undocumented = [...kinds].flatMap(([name, kind]) => (documented.has(name) ? [] : [`${name} (${kind})`])).sort()
  const absent = objects.length === 0 ? [] : [...documented].filter((name) => !kinds.has(name))
  return { what, outcome: outcomeOf(error, undocumented), objects: objects.length, undocumented, absent, error }
}

function outcomeOf(error: CheckFinding['error'], undocumented: string[]): CheckFinding['outcome'] {
  if (error === null) return undocumented.length === 0 ? 'as-documented' : 'differs'
  if (error.code === 'cloudflare-permission-missing') return 'no-permission'
  return error.code === 'cloudflare-answer-wrong' ? 'differs' : 'failed'
}

const isObject = (value: unknown): value is JsonObject => kindOf(value) === 'object'

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return value === null ? 'null' : typeof value
}
