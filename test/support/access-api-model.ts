import { expiryType, toAlert } from '#electron/cloudflare/alerting'
import { AlertAnswer } from '#electron/cloudflare/answers/alerts'
import type { AccessCall } from '#electron/cloudflare/api'
import { readRule, writeRule } from '#electron/cloudflare/rule-json'
import {
  type AccessAccount,
  AccessApplication,
  AccessCa,
  AccessDecision,
  AccessGroup,
  AccessPolicy,
  type Md5,
  type PolicyLink,
} from '#shared/model/access-account'
import { type AccessRules, Json, JsonObject } from '#shared/model/access-rule'
import { Instant } from '#shared/model/ids'

/*
 * Access' API as a value: objects of JSON, and calls that create, replace and delete them. It keeps what it is sent and
 * nothing else, so that a field which was forgotten in a PUT is gone. Without HTTP, delays and errors.
 */

export interface AccessApiState {
  account: AccessAccount
  certificates: JsonObject[]
  settings: Json[]
  groups: JsonObject[]
  policies: JsonObject[]
  apps: JsonObject[]
  alerts: JsonObject[]
  /** How many objects it has created. */
  created: number
}

const rulesJson = ({ include, require, exclude }: AccessRules): JsonObject => ({
  include: include.map(writeRule),
  require: require.map(writeRule),
  exclude: exclude.map(writeRule),
})

const policyJson = (policy: AccessPolicy): JsonObject => ({
  ...policy.fetched,
  id: policy.id,
  name: policy.name,
  decision: policy.decision === 'unknown' ? 'newer' : policy.decision,
  ...rulesJson(policy.rules),
})

/** The account as the API would have it. */
export function stateOf(account: AccessAccount): AccessApiState {
  return {
    account,
    created: 0,
    certificates: account.cas.map(({ id, name, hostnames, expiresOn, fingerprint }) => ({
      id,
      name,
      fingerprint,
      expires_on: expiresOn,
      associated_hostnames: hostnames,
    })),
    settings: account.settings.map(({ hostname, forwarding, chinaNetwork }) => ({
      hostname,
      china_network: chinaNetwork,
      client_certificate_forwarding: forwarding,
    })),
    groups: (account.groups ?? []).map((group) => ({
      ...group.fetched,
      id: group.id,
      name: group.name,
      ...rulesJson(group.rules),
    })),
    policies: account.policies.filter(({ application }) => application === null).map(policyJson),
    alerts: (account.alerting?.alerts ?? []).map(({ id, name, isEnabled, destinations, fetched }) => {
      const all = (ids: string[]) => ids.map((one): JsonObject => ({ id: one }))
      const mechanisms = { email: all(destinations.emails), webhooks: all(destinations.webhooks) }
      return { ...fetched, id, name, alert_type: expiryType, enabled: isEnabled, mechanisms }
    }),
    apps: account.applications.map((application) => ({
      ...application.fetched,
      id: application.id,
      name: application.name,
      type: application.type,
      domain: application.domain,
      aud: application.aud,
      destinations: application.destinations.map(
        (one): JsonObject =>
          one.kind === 'public'
            ? {
                type: 'public',
                uri: one.uri,
                overrides: one.overrides.map(({ path, behavior }) => ({ path_pattern: path, behavior })),
              }
            : { type: one.type },
      ),
      policies: application.policies.map(({ policy: id, precedence }): JsonObject => {
        const own = account.policies.find((policy) => policy.id === id && policy.application !== null)
        return own === undefined ? { id, precedence } : { ...policyJson(own), precedence }
      }),
    })),
  }
}

const listOf = (json: JsonObject, name: string): JsonObject[] => JsonObject.array().parse(json[name] ?? [])

const readRules = (json: JsonObject): AccessRules => ({
  include: listOf(json, 'include').map(readRule),
  require: listOf(json, 'require').map(readRule),
  exclude: listOf(json, 'exclude').map(readRule),
})

const readPolicy = (json: JsonObject, application: string | null): AccessPolicy =>
  AccessPolicy.parse({
    id: json['id'],
    name: json['name'],
    application,
    decision: AccessDecision.safeParse(json['decision']).data ?? 'unknown',
    rules: readRules(json),
    fetched: json,
  })

/** Reads it back. `bundles`: the PEMs that are kept here, by the fingerprint under which Access knows them. */
export function accountOf(state: AccessApiState, bundles: ReadonlyMap<string, Md5[]>): AccessAccount {
  const readApplication = (json: JsonObject): AccessApplication =>
    AccessApplication.parse({
      id: json['id'],
      name: json['name'],
      type: json['type'],
      aud: json['aud'] ?? null,
      domain: json['domain'] ?? null,
      destinations: listOf(json, 'destinations').map((one) =>
        one['type'] === 'public'
          ? {
              kind: 'public',
              uri: one['uri'],
              overrides: listOf(one, 'overrides').map((part) => ({
                path: part['path_pattern'],
                behavior: part['behavior'],
              })),
            }
          : { kind: 'worker', type: one['type'] },
      ),
      policies: linksOf(json),
      fetched: json,
    })
  return {
    ...state.account,
    cas: state.certificates.map((json) =>
      AccessCa.parse({
        id: json['id'],
        name: json['name'],
        fingerprint: json['fingerprint'],
        bundle: bundles.get(String(json['fingerprint'])) ?? null,
        expiresOn: Instant.nullable().parse(json['expires_on'] ?? null),
        hostnames: json['associated_hostnames'],
      }),
    ),
    settings: JsonObject.array()
      .parse(state.settings)
      .map((json) => ({
        hostname: String(json['hostname']),
        forwarding: json['client_certificate_forwarding'] === true,
        chinaNetwork: json['china_network'] === true,
      })),
    groups:
      state.account.groups &&
      state.groups.map((json) =>
        AccessGroup.parse({ id: json['id'], name: json['name'], rules: readRules(json), fetched: json }),
      ),
    policies: [
      ...state.policies.map((json) => readPolicy(json, null)),
      ...state.apps.flatMap((app) =>
        listOf(app, 'policies').flatMap((one) => ('decision' in one ? [readPolicy(one, String(app['id']))] : [])),
      ),
    ],
    applications: state.apps.map(readApplication),
    alerting: state.account.alerting && {
      ...state.account.alerting,
      alerts: state.alerts.flatMap((json) => toAlert(AlertAnswer.parse(json)) ?? []),
    },
  }
}

const linksOf = (app: JsonObject): PolicyLink[] =>
  AccessApplication.shape.policies
    .parse(listOf(app, 'policies').map((one) => ({ policy: one['id'], precedence: one['precedence'] })))
    .sort((one, other) => one.precedence - other.precedence)

/** Carries out a call, and answers with the id of what it created. Fingerprints come from `fingerprintOf`, as Access computes them. */
export function perform(
  state: AccessApiState,
  call: AccessCall,
  fingerprintOf: (pem: string) => string,
): { state: AccessApiState; id: string | null } {
  const { method, path, body } = call
  // One level deeper than Access: `alerting/v3/policies`.
  const isAlert = path.includes('/alerting/')
  const parts = isAlert ? path.replace('alerting/v3/policies', 'access/alerts') : path
  const [, , , , resource = '', id, inner, innerId] = parts.split('/')
  const next = { ...structuredClone(state), created: state.created + 1 }
  const newId = `real-${next.created}`
  if (resource === 'certificates' && id === 'settings') {
    next.settings = listOf(body ?? {}, 'settings')
    return { state: next, id: null }
  }
  if (resource === 'apps' && inner === 'policies') {
    const app = next.apps.find((one) => one['id'] === id)
    if (app === undefined) throw new Error(`404 ${path}`)
    const own = listOf(app, 'policies')
    const created = change(own, call, innerId, newId)
    app['policies'] = own
    requireUnique(own)
    return { state: next, id: created }
  }
  const lists = new Map(
    Object.entries({
      certificates: next.certificates,
      groups: next.groups,
      policies: next.policies,
      apps: next.apps,
      alerts: next.alerts,
    }),
  )
  const list = lists.get(resource)
  if (list === undefined) throw new Error(`404 ${path}`)
  if (method === 'DELETE') requireUnused(next, resource, id ?? '')
  const created = change(list, call, id, newId)
  if (resource === 'certificates') for (const one of list) finishCertificate(one, fingerprintOf)
  if (resource === 'apps') for (const one of list) requireUnique(listOf(one, 'policies'))
  return { state: next, id: created }
}

function change(
  list: JsonObject[],
  { method, body }: AccessCall,
  id: string | undefined,
  newId: string,
): string | null {
  if (method === 'POST') {
    list.push({ ...body, id: newId })
    return newId
  }
  const place = list.findIndex((one) => one['id'] === id)
  const old = list[place]
  if (old === undefined) throw new Error(`404 ${method} ${id}`)
  if (method === 'DELETE') list.splice(place, 1)
  // What Access sets itself stays; everything else is what was sent.
  else list[place] = { ...pick(old, ['id', 'aud', 'fingerprint', 'expires_on', 'reusable']), ...body }
  return null
}

const pick = (json: JsonObject, names: string[]): JsonObject =>
  Object.fromEntries(Object.entries(json).filter(([name]) => names.includes(name)))

/** Access keeps no PEM. */
function finishCertificate(json: JsonObject, fingerprintOf: (pem: string) => string): void {
  const { certificate } = json
  if (typeof certificate !== 'string') return
  delete json['certificate']
  json['fingerprint'] = fingerprintOf(certificate)
  json['expires_on'] = '2036-01-01T00:00:00.000Z'
}

function requireUnique(policies: JsonObject[]): void {
  const places = policies.map((one) => one['precedence'])
  if (new Set(places).size < places.length) throw new Error('400 12130: policy precedences must be unique')
}

function requireUnused(state: AccessApiState, resource: string, id: string): void {
  const certificate = resource === 'certificates' ? state.certificates.find((one) => one['id'] === id) : undefined
  if (certificate !== undefined && Json.array().parse(certificate['associated_hostnames']).length > 0)
    throw new Error('409 12132: certificate has active associations')
  const isLinked = state.apps.some((app) => listOf(app, 'policies').some((one) => one['id'] === id))
  if (resource === 'policies' && isLinked) throw new Error('409: the policy is in use')
}
