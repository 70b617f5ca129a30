import { z } from 'zod'
import { AccessCaId } from '#shared/model/access-account'
import { AccessGroupId, JsonObject } from '#shared/model/access-rule'
import type { AccessCall } from '../api'
import { readCa } from '../plan/read-ca'
import { onAlert } from './alerts'
import { createApplication, deleteApplication, replaceApplication } from './applications'
import { changePolicy, createPolicy, deletePolicy, usesGroup } from './policies'
import { conflict, notFound, refused, tooMany } from './refusals'
import { type Performed, type PracticeState, practiceZone, type Surroundings } from './state'

/**
 * Makes one change as Access would, or refuses it as Access would: everything that is replaced is replaced as a whole, a CA
 * that a hostname has is not deleted, and a policy that an application has is not either. Errors: `cloudflare-refused`,
 * `cloudflare-conflict`, `cloudflare-limit-reached`, `cloudflare-not-found`; then nothing has changed.
 */
export function perform(state: PracticeState, call: AccessCall, surroundings: Surroundings): Performed {
  if (call.path.includes('/alerting/v3/policies')) return onAlert(state, call, surroundings)
  const [, , , access, resource = '', id = null, inner = null, innerId = null] = call.path.split('/')
  if (access !== 'access') throw notFound('path')
  if (resource === 'certificates' && id === 'settings') return putSettings(state, call)
  if (resource === 'certificates') return onCa(state, call, id, surroundings)
  if (resource === 'groups') return onGroup(state, call, id, surroundings)
  if (resource === 'policies') return onPolicy(state, call, { application: null, id }, surroundings)
  if (resource === 'apps' && inner === 'policies')
    return onPolicy(state, call, { application: id, id: innerId }, surroundings)
  if (resource === 'apps') return onApplication(state, call, id, surroundings)
  throw notFound('path')
}

/** Access takes no more. */
const MAX_CAS = 50

const CaBody = z.strictObject({ name: z.string(), certificate: z.string(), associated_hostnames: z.array(z.string()) })
const HostnamesBody = z.strictObject({ name: z.string().optional(), associated_hostnames: z.array(z.string()) })

function onCa(state: PracticeState, call: AccessCall, id: string | null, { now, newId }: Surroundings): Performed {
  if (call.method === 'POST') {
    const { name, certificate, associated_hostnames: hostnames } = bodyOf(CaBody, call)
    if (state.cas.length >= MAX_CAS) throw tooMany('certificates')
    const { ca } = readCa(certificate, now, { takesPractice: true })
    if (ca === null) throw refused('invalid certificate')
    requireOurs(hostnames)
    const stored = { id: AccessCaId.parse(newId()), name, pem: ca.pem, expiresOn: ca.expiresOn, hostnames }
    return { state: { ...state, cas: [...state.cas, stored] }, value: stored.id }
  }
  const old = state.cas.find((one) => one.id === id)
  if (old === undefined) throw notFound('certificate')
  if (call.method === 'DELETE') {
    if (old.hostnames.length > 0) throw conflict('certificate has active associations')
    return { state: { ...state, cas: state.cas.filter((one) => one !== old) }, value: old.id }
  }
  const { name = old.name, associated_hostnames: hostnames } = bodyOf(HostnamesBody, call)
  requireOurs(hostnames)
  const changed = { ...old, name, hostnames }
  return { state: { ...state, cas: state.cas.map((one) => (one === old ? changed : one)) }, value: old.id }
}

function requireOurs(hostnames: string[]): void {
  const foreign = hostnames.find((hostname) => !isOurs(hostname))
  if (foreign !== undefined) throw refused(`hostname ${foreign} is not in the zone`)
}

const isOurs = (hostname: string): boolean => `.${hostname}`.endsWith(`.${practiceZone}`)

const SettingsBody = z.strictObject({
  settings: z.array(
    z.strictObject({ hostname: z.string(), china_network: z.boolean(), client_certificate_forwarding: z.boolean() }),
  ),
})

/** The whole list. */
function putSettings(state: PracticeState, call: AccessCall): Performed {
  if (call.method !== 'PUT') throw notFound('path')
  const { settings } = bodyOf(SettingsBody, call)
  requireOurs(settings.map(({ hostname }) => hostname))
  return { state: { ...state, settings }, value: null }
}

function onGroup(state: PracticeState, call: AccessCall, id: string | null, { newId }: Surroundings): Performed {
  if (call.method === 'POST') {
    const group = { id: AccessGroupId.parse(newId()), fields: bodyOf(JsonObject, call) }
    return { state: { ...state, groups: [...state.groups, group] }, value: group.id }
  }
  const old = state.groups.find((one) => one.id === id)
  if (old === undefined) throw notFound('group')
  if (call.method === 'DELETE') {
    const others = [...state.policies, ...state.groups.filter((one) => one !== old)]
    if (others.some(({ fields }) => usesGroup(fields, old.id))) throw conflict('group is in use')
    return { state: { ...state, groups: state.groups.filter((one) => one !== old) }, value: old.id }
  }
  const changed = { ...old, fields: bodyOf(JsonObject, call) }
  return { state: { ...state, groups: state.groups.map((one) => (one === old ? changed : one)) }, value: old.id }
}

interface PolicyPlace {
  application: string | null
  id: string | null
}

function onPolicy(state: PracticeState, call: AccessCall, place: PolicyPlace, { newId }: Surroundings): Performed {
  switch (call.method) {
    case 'POST':
      return createPolicy(state, place.application, newId(), bodyOf(JsonObject, call))
    case 'PUT':
      return changePolicy(state, place, bodyOf(JsonObject, call))
    case 'DELETE':
      return deletePolicy(state, place)
  }
}

function onApplication(state: PracticeState, call: AccessCall, id: string | null, { newId }: Surroundings): Performed {
  switch (call.method) {
    case 'POST':
      return createApplication(
        state,
        { id: newId(), aud: newId().replaceAll('-', '') },
        bodyOf(JsonObject, call),
        isOurs,
      )
    case 'PUT':
      return replaceApplication(state, id, bodyOf(JsonObject, call), isOurs)
    case 'DELETE':
      return deleteApplication(state, id)
  }
}

/** Errors: `cloudflare-refused` with the field that is wrong. */
function bodyOf<T>(schema: z.ZodType<T>, { body }: AccessCall): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw refused(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '))
}
