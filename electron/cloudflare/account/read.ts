import type { Clock } from '#electron/platform/clock'
import { inOrder } from '#electron/platform/in-order'
import { AppError, type ErrorCode, isAppError } from '#shared/errors'
import { permissions } from '#shared/logic/access/permission-names'
import type { AccessAccount, AccessPolicy, ZoneId } from '#shared/model/access-account'
import type { AccessRule } from '#shared/model/access-rule'
import { toInstant } from '#shared/model/ids'
import { readAlerting } from '../alerting'
import type { ApplicationAnswer } from '../answers/applications'
import type { ApplicationPolicyAnswer, PolicyAnswer } from '../answers/policies'
import type { CloudflareApi, Scope } from '../api'
import type { VerifiedToken } from '../connect'
import { tokenPage } from '../token'
import { toApplication, toCa, toGroup, toOrganization, toPolicy, toSetting } from './assemble'

type Permission = (typeof permissions)[keyof typeof permissions]

export interface ReadOptions {
  token: VerifiedToken
  /**
   * Also asks every zone for certificates and applications of its own. Cloudflare's documentation gives both paths for the
   * same objects, so the account's should have them all; this tells whether they do.
   */
  eachZone: boolean
}

export interface ReadAccount {
  account: AccessAccount
  /** Parts that the token may not read; they are null in the account. */
  unread: Permission[]
}

/** Zones asked at a time. The limit of 1,200 requests in five minutes allows it. */
const MAX_ZONES = 4

/**
 * Everything about Access in an account: one call for each list that fits into a page. Names of identity providers and
 * service tokens are only asked for where a rule mentions one.
 * Errors: `cloudflare-permission-missing` with all that is missing for CAs, applications and policies, and the API's own.
 */
export async function readAccount(api: CloudflareApi, clock: Clock, options: ReadOptions): Promise<ReadAccount> {
  const { id, name } = options.token.account
  const scope: Scope = { account: id }
  const missing = new Set<Permission>()
  const may = <T>(permission: Permission, reading: Promise<T>) =>
    unlessForbidden(reading, () => missing.add(permission))
  const { certificates: forMtls, applications: forApplications, organization: forOrganization } = permissions

  const [certificates, settings, applications, reusable, groups, organization, zones, alerting] = await Promise.all([
    may(forMtls, api.certificates(scope)),
    may(forMtls, api.settings(scope)),
    may(forApplications, api.applications(scope)),
    may(forApplications, api.policies(id)),
    may(forOrganization, api.groups(scope)),
    may(forOrganization, api.organization(scope)),
    may(permissions.zones, api.zones(id)),
    may(permissions.notifications, unlessUnusable(readAlerting(api, id))),
  ])
  if (certificates === null || settings === null || applications === null || reusable === null)
    throw new AppError('cloudflare-permission-missing', wordsFor([...missing], options.token))

  const perZone =
    options.eachZone && zones !== null
      ? await readZones(
          api,
          zones.map((zone) => zone.id),
        )
      : []
  const allApplications = distinct([...applications, ...perZone.flatMap((zone) => zone.applications)])
  const policies = await policiesOf(api, scope, reusable, allApplications)
  const rules = [...policies, ...(groups ?? []).map(toGroup)].flatMap((one) => rulesIn(one))
  const mentions = (...kinds: AccessRule['kind'][]) => rules.some(({ kind }) => kinds.includes(kind))
  const [identityProviders, serviceTokens] = await Promise.all([
    mentions('login-method', 'provider-group', 'login-claim', 'authentication-context')
      ? may(forOrganization, api.identityProviders(id))
      : [],
    mentions('service-token') ? may(permissions.serviceTokens, api.serviceTokens(id)) : [],
  ])

  const readAt = toInstant(clock.now())
  if (readAt === null) throw new Error('The clock has no time.')
  const named = (one: { id: string; name: string }) => ({ id: one.id, name: one.name })
  return {
    account: {
      id,
      name,
      readAt,
      cas: distinct([...certificates, ...perZone.flatMap((zone) => zone.certificates)]).map(toCa),
      settings: settings.map(toSetting),
      applications: allApplications.map(toApplication),
      policies,
      groups: groups?.map(toGroup) ?? null,
      organization: organization === null ? null : toOrganization(organization),
      zones: zones?.map((zone) => ({ id: zone.id, name: zone.name })) ?? null,
      identityProviders: identityProviders?.map(named) ?? null,
      serviceTokens: serviceTokens?.map(named) ?? null,
      alerting,
    },
    unread: [...missing],
  }
}

async function unlessForbidden<T>(reading: Promise<T>, note: () => void): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (!isAppError(error, 'cloudflare-permission-missing')) throw error
    note()
    return null
  }
}

/** Nothing that decides who gets in depends on notifications: where Cloudflare's answer about them cannot be used, there is none. */
async function unlessUnusable<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (isAppError(error) && unusable.has(error.code)) return null
    throw error
  }
}

const unusable: ReadonlySet<ErrorCode> = new Set([
  'cloudflare-answer-wrong',
  'cloudflare-not-found',
  'cloudflare-refused',
])

const wordsFor = (missing: Permission[], { kind, account }: VerifiedToken): string =>
  `Missing: ${missing.join('; ')}. The token’s page: ${tokenPage(kind, account.id)}`

const readZones = (api: CloudflareApi, zones: ZoneId[]) =>
  inOrder(zones, MAX_ZONES, async (zone) => {
    const scope: Scope = { zone }
    const [certificates, applications] = await Promise.all([api.certificates(scope), api.applications(scope)])
    return { certificates, applications }
  })

/** The first of each id. */
function distinct<T extends { id: string }>(items: T[]): T[] {
  const seen = new Set<string>()
  return items.filter(({ id }) => {
    const isNew = !seen.has(id)
    seen.add(id)
    return isNew
  })
}

/** The reusable ones, and those that belong to one application. */
async function policiesOf(
  api: CloudflareApi,
  scope: Scope,
  reusable: PolicyAnswer[],
  applications: ApplicationAnswer[],
): Promise<AccessPolicy[]> {
  const known = new Set<string>(reusable.map(({ id }) => id))
  const policies = reusable.map((policy) => toPolicy(policy, null))
  for (const application of applications) {
    for (const policy of await fullPolicies(api, scope, application, known)) {
      if (known.has(policy.id)) continue
      known.add(policy.id)
      policies.push(toPolicy(policy, policy.reusable === true ? null : application.id))
    }
  }
  return policies
}

/**
 * The policies of an application in full. Only asks where its own record names one that is not `known` without saying what is
 * in it.
 */
export async function fullPolicies(
  api: Pick<CloudflareApi, 'applicationPolicies'>,
  scope: Scope,
  { id, policies }: ApplicationAnswer,
  known: ReadonlySet<string>,
): Promise<ApplicationPolicyAnswer[]> {
  const full = policies.flatMap((policy) => ('decision' in policy ? [policy] : []))
  const named = new Set([...known, ...full.map((policy) => policy.id)])
  return policies.every((policy) => named.has(policy.id)) ? full : await api.applicationPolicies(scope, id)
}

const rulesIn = ({ rules }: { rules: AccessPolicy['rules'] }): AccessRule[] => [
  ...rules.include,
  ...rules.require,
  ...rules.exclude,
]
