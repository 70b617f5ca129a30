import { z } from 'zod'
import { decodePem } from '#electron/pki/containers/pem'
import { certificateMd5 } from '#electron/pki/x509/read'
import { throwIfCancelled } from '#electron/platform/cancelled'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import type { JsonObject } from '#shared/model/access-rule'
import { expiryType } from '../alerting'
import { OrganizationAnswer, TokenAnswer, ZoneAnswer } from '../answers/accounts'
import { AlertAnswer, AvailableAlertsAnswer, EligibleDestinationsAnswer } from '../answers/alerts'
import { ApplicationAnswer } from '../answers/applications'
import { CertificateAnswer, SettingAnswer } from '../answers/certificates'
import { parseAnswer } from '../answers/kept'
import { ApplicationPolicyAnswer, GroupAnswer, PolicyAnswer } from '../answers/policies'
import type { CloudflareApi } from '../api'
import { perform } from './perform'
import { notFound } from './refusals'
import { type PracticeState, practiceToken, practiceZone, type StoredApplication, type StoredCa } from './state'
import type { PracticeStore } from './store'

export interface PracticeApiPorts {
  store: PracticeStore
  clock: Clock
  random: Random
  signal?: AbortSignal | undefined
}

/**
 * The practice account behind the port of Cloudflare's API: it answers and refuses as Access does, without a network, and what
 * it holds decides who gets in at the practice site. Answers take the same way through our schemas as Cloudflare's.
 */
export function createPracticeApi({ store, clock, random, signal }: PracticeApiPorts): CloudflareApi {
  async function state(): Promise<PracticeState> {
    throwIfCancelled(signal)
    return store.read()
  }
  const all = async <T>(what: string, schema: z.ZodType<T>, list: (state: PracticeState) => JsonObject[]) =>
    parseAnswer(what, z.array(schema), list(await state()))
  async function one<T>(
    what: string,
    schema: z.ZodType<T>,
    id: string,
    list: (state: PracticeState) => JsonObject[],
  ): Promise<T> {
    const found = list(await state()).find((candidate) => candidate['id'] === id)
    if (found === undefined) throw notFound(what)
    return parseAnswer(what, schema, found)
  }
  const verified = async () => TokenAnswer.parse({ id: 'practice', status: 'active' })

  return {
    verifyUserToken: verified,
    verifyAccountToken: verified,
    accounts: async () => [],
    zones: async () => parseAnswer('zones', z.array(ZoneAnswer), [{ id: 'practice-zone', name: practiceZone }]),
    organization: async () => parseAnswer('organization', OrganizationAnswer, organization),
    certificates: () => all('certificates', CertificateAnswer, certificates),
    certificate: (_scope, id) => one('certificate', CertificateAnswer, id, certificates),
    settings: () => all('settings', SettingAnswer, ({ settings }) => settings),
    applications: () => all('applications', ApplicationAnswer, applications),
    application: (_scope, id) => one('application', ApplicationAnswer, id, applications),
    applicationPolicies: async (_scope, id) => {
      const { policies } = await one('application', ApplicationAnswer, id, applications)
      return parseAnswer('policies', z.array(ApplicationPolicyAnswer), policies)
    },
    policies: () => all('policies', PolicyAnswer, reusable),
    policy: (_account, id) => one('policy', PolicyAnswer, id, reusable),
    groups: () => all('groups', GroupAnswer, groups),
    group: (_scope, id) => one('group', GroupAnswer, id, groups),
    identityProviders: async () => [],
    serviceTokens: async () => [],
    alerts: () => all('notifications', AlertAnswer, alerts),
    alert: (_account, id) => one('notification policy', AlertAnswer, id, alerts),
    availableAlerts: async () => parseAnswer('available notifications', AvailableAlertsAnswer, availableAlerts),
    eligibleDestinations: async () =>
      parseAnswer('eligible destinations', EligibleDestinationsAnswer, eligibleDestinations),
    webhooks: async () => [],
    pagerDutyServices: async () => [],
    async testAlert(_account, id) {
      await one('notification policy', AlertAnswer, id, alerts)
    },
    async send(call) {
      throwIfCancelled(signal)
      const surroundings = { now: clock.now(), newId: () => random.uuid() }
      return store.update((current) => perform(current, call, surroundings))
    },
  }
}

const availableAlerts = { Access: [{ type: expiryType }] }
const eligibleDestinations = { email: [{ type: 'email', eligible: true, ready: true }] }

const organization = {
  name: practiceToken.account.name,
  auth_domain: `team.${practiceZone}`,
  deny_unmatched_requests: false,
}

const certificates = ({ cas }: PracticeState): JsonObject[] =>
  cas.map(({ id, name, pem, expiresOn, hostnames }) => ({
    id,
    name,
    fingerprint: fingerprintOf(pem),
    expires_on: expiresOn,
    associated_hostnames: hostnames,
  }))

/** Of the issuing certificate. */
function fingerprintOf(pem: StoredCa['pem']): string | null {
  const [first] = decodePem(pem)
  return first === undefined ? null : certificateMd5(first.der)
}

const reusable = ({ policies, applications: all }: PracticeState): JsonObject[] =>
  policies
    .filter(({ application }) => application === null)
    .map(({ id, fields }) => ({ ...fields, id, reusable: true, app_count: all.filter(isLinkedTo(id)).length }))

const isLinkedTo =
  (id: string) =>
  ({ links }: StoredApplication): boolean =>
    links.some((link) => link.id === id)

const alerts = ({ alerts: all }: PracticeState): JsonObject[] => all.map(({ id, fields }) => ({ ...fields, id }))

const groups = ({ groups: all }: PracticeState): JsonObject[] => all.map(({ id, fields }) => ({ ...fields, id }))

/** With their policies in full, as Access lists them. */
const applications = ({ applications: all, policies }: PracticeState): JsonObject[] =>
  all.map(({ id, aud, fields, links }) => ({
    ...fields,
    id,
    aud,
    policies: links.flatMap((link): JsonObject[] => {
      const policy = policies.find((candidate) => candidate.id === link.id)
      return policy === undefined
        ? []
        : [{ ...policy.fields, id: link.id, precedence: link.precedence, reusable: policy.application === null }]
    }),
  }))
