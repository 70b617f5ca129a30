import type {
  AccessAccount,
  AccessApplication,
  AccessPolicy,
  HostnameSetting,
  PolicyLink,
} from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import type { AccessRules, Json, JsonObject } from '#shared/model/access-rule'
import { alertBody, alertingPath } from '../alerting'
import type { AccessCall } from '../api'
import { writeRule } from '../rule-json'

/**
 * The request that makes a change. `account` is the account as it is just before: whatever is replaced as a whole is sent back
 * with every field that was read, those that we do not know included. Null for what happens on this computer.
 */
export function callOf(change: AccessChange, account: AccessAccount): AccessCall | null {
  const access = `/accounts/${account.id}/access`
  switch (change.kind) {
    case 'create-ca': {
      const body = { name: change.name, certificate: change.pem, associated_hostnames: [] }
      return { method: 'POST', path: `${access}/certificates`, body }
    }
    case 'delete-ca':
      return remove(`${access}/certificates/${change.id}`)
    case 'set-ca-hostnames': {
      const { name } = found(account.cas, change.id)
      // An empty list has to be sent as one, or nothing is detached.
      return {
        method: 'PUT',
        path: `${access}/certificates/${change.id}`,
        body: { name, associated_hostnames: change.hostnames },
      }
    }
    case 'set-settings':
      return {
        method: 'PUT',
        path: `${access}/certificates/settings`,
        body: { settings: change.settings.map(settingBody) },
      }
    case 'create-group':
      return { method: 'POST', path: `${access}/groups`, body: { name: change.name, ...rulesBody(change.rules) } }
    case 'update-group': {
      const group = found(account.groups ?? [], change.id)
      const body = { ...writable(group.fetched), name: group.name, ...rulesBody(change.rules) }
      return { method: 'PUT', path: `${access}/groups/${change.id}`, body }
    }
    case 'delete-group':
      return remove(`${access}/groups/${change.id}`)
    case 'create-policy':
      return createPolicy(access, change)
    case 'update-policy': {
      const policy = found(account.policies, change.id)
      return { method: 'PUT', path: pathOfPolicy(access, policy), body: policyBody(account, policy, change) }
    }
    case 'delete-policy':
      return remove(pathOfPolicy(access, found(account.policies, change.id)))
    case 'create-application':
      return { method: 'POST', path: `${access}/apps`, body: newApplicationBody(change) }
    case 'set-application-policies': {
      const application = found(account.applications, change.id)
      const body = {
        ...writable(application.fetched),
        ...requiredOf(application),
        policies: change.policies.map(linkBody),
      }
      return { method: 'PUT', path: `${access}/apps/${change.id}`, body }
    }
    case 'delete-application':
      return remove(`${access}/apps/${change.id}`)
    case 'create-alert':
      return { method: 'POST', path: alertingPath(account.id), body: alertBody(change.fields, change) }
    case 'update-alert': {
      const { name, fetched } = found(account.alerting?.alerts ?? [], change.id)
      const { isEnabled, destinations } = change
      const body = alertBody(writable(fetched), { name, isEnabled, destinations })
      return { method: 'PUT', path: `${alertingPath(account.id)}/${change.id}`, body }
    }
    case 'delete-alert':
      return remove(`${alertingPath(account.id)}/${change.id}`)
    case 'test-hostname':
      return null
  }
}

type ChangeOf<Kind extends AccessChange['kind']> = Extract<AccessChange, { kind: Kind }>

const remove = (path: string): AccessCall => ({ method: 'DELETE', path, body: null })

function found<T extends { id: string }>(all: T[], id: string): T {
  const one = all.find((candidate) => candidate.id === id)
  if (one === undefined) throw new Error('A change is about something that the account does not have.')
  return one
}

/** What Access sets itself and does not take back (`readOnly` in its OpenAPI document, or no part of the request). */
const readOnly = new Set([
  'id',
  'uid',
  'aud',
  'created_at',
  'updated_at',
  'app_count',
  'reusable',
  'account_id',
  'created',
  'modified',
])

/** Older mirrors of `destinations`, which replaced them: "if `destinations` are provided, they will be ignored". */
const mirrored = new Set(['self_hosted_domains'])

export const writable = (fetched: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(fetched).filter(
      ([name, value]) =>
        !readOnly.has(name) && value !== null && !(mirrored.has(name) && isFilled(fetched['destinations'])),
    ),
  )

const isFilled = (value: Json | undefined): boolean => Array.isArray(value) && value.length > 0

const settingBody = ({ hostname, forwarding, chinaNetwork }: HostnameSetting): JsonObject => ({
  hostname,
  china_network: chinaNetwork,
  client_certificate_forwarding: forwarding,
})

const rulesBody = ({ include, require, exclude }: AccessRules): JsonObject => ({
  include: include.map(writeRule),
  require: require.map(writeRule),
  exclude: exclude.map(writeRule),
})

const linkBody = ({ policy, precedence }: PolicyLink): JsonObject => ({ id: policy, precedence })

/** A policy of one application is unknown to the endpoint of the reusable ones, and the other way round. */
const pathOfPolicy = (access: string, { id, application }: AccessPolicy): string =>
  application === null ? `${access}/policies/${id}` : `${access}/apps/${application}/policies/${id}`

function createPolicy(access: string, { application, name, decision, rules }: ChangeOf<'create-policy'>): AccessCall {
  const body = { name, decision, ...rulesBody(rules) }
  return application === null
    ? { method: 'POST', path: `${access}/policies`, body }
    : {
        method: 'POST',
        path: `${access}/apps/${application.id}/policies`,
        body: { ...body, precedence: application.precedence },
      }
}

/** Without its precedence, Access would move an application's own policy to the end. */
function policyBody(account: AccessAccount, policy: AccessPolicy, change: ChangeOf<'update-policy'>): JsonObject {
  const body = { ...writable(policy.fetched), name: policy.name, decision: change.decision, ...rulesBody(change.rules) }
  if (policy.application === null) return body
  const { policies } = found(account.applications, policy.application)
  const precedence = policies.find((link) => link.policy === policy.id)?.precedence
  return precedence === undefined ? body : { ...body, precedence }
}

/** Written into each new application. */
export const newSessionDuration = '24h'

function newApplicationBody({ name, domain, policies }: ChangeOf<'create-application'>): JsonObject {
  const destinations = [{ type: 'public', uri: domain }]
  return {
    name,
    domain,
    type: 'self_hosted',
    destinations,
    session_duration: newSessionDuration,
    policies: policies.map(linkBody),
  }
}

/** Both are required, also where what was read does not repeat them. */
const requiredOf = ({ type, domain }: AccessApplication): JsonObject => (domain === null ? { type } : { type, domain })
