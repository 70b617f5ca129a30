import * as accounts from './accounts'
import * as alerts from './alerts'
import * as applicationPolicies from './application-policies'
import * as applications from './applications'
import * as certificates from './certificates'
import type { Context } from './context'
import { apps, mayRead, mayWrite, mtls, notifications, organizations, serviceTokens } from './permissions'
import * as policies from './policies'
import type { Reply } from './reply'
import type { StoredToken } from './world'

interface Route {
  method: string
  /** `{scope}` is an account or a zone, `{account}` an account alone, `{id}` anything, `{owner}` what the last one is in. */
  path: string
  /** Null where every valid token may. */
  permission: string | null
  /** Whether Access itself has to be switched on. */
  isAccess: boolean
  /** The path as a pattern. */
  pattern: RegExp
  act(context: Context): Reply
}

const route = (method: string, path: string, permission: string | null, act: Route['act']): Route => ({
  method,
  path,
  permission,
  isAccess: path.includes('/access/'),
  pattern: patternOf(path),
  act,
})

function patternOf(path: string): RegExp {
  const pattern = path
    .replace('{scope}', '/(?:accounts/(?<account>[\\w-]+)|zones/(?<zone>[\\w-]+))')
    .replace('{account}', '(?<account>[\\w-]+)')
    .replace('{owner}', '(?<owner>[\\w-]+)')
    .replaceAll('{id}', '(?<id>[\\w-]+)')
  return new RegExp(`^${pattern}$`, 'u')
}

/** A list and its objects: GET, POST, GET, PUT, DELETE. */
function resource(
  path: string,
  permission: string,
  acts: Record<'list' | 'create' | 'get' | 'update' | 'remove', Route['act']>,
) {
  return [
    route('GET', path, permission, acts.list),
    route('POST', path, permission, acts.create),
    route('GET', `${path}/{id}`, permission, acts.get),
    route('PUT', `${path}/{id}`, permission, acts.update),
    route('DELETE', `${path}/{id}`, permission, acts.remove),
  ]
}

/** The first that fits is taken. */
const routes: Route[] = [
  route('GET', '/user/tokens/verify', null, accounts.verifyUserToken),
  route('GET', '/accounts/{account}/tokens/verify', null, accounts.verifyAccountToken),
  route('GET', '/accounts', null, accounts.listAccounts),
  route('GET', '/zones', 'Zone', accounts.listZones),
  route('GET', '{scope}/access/organizations', organizations, accounts.getOrganization),
  route('GET', '{scope}/access/identity_providers', organizations, accounts.listIdentityProviders),
  route('GET', '{scope}/access/service_tokens', serviceTokens, accounts.listServiceTokens),
  route('GET', '/accounts/{account}/alerting/v3/available_alerts', notifications, alerts.availableAlerts),
  route('GET', '/accounts/{account}/alerting/v3/destinations/eligible', notifications, alerts.eligibleDestinations),
  route('GET', '/accounts/{account}/alerting/v3/destinations/webhooks', notifications, alerts.listWebhooks),
  route('GET', '/accounts/{account}/alerting/v3/destinations/pagerduty', notifications, alerts.listPagerDuty),
  route('POST', '/accounts/{account}/alerting/v3/policies/{id}/test', notifications, alerts.testAlert),
  ...resource('/accounts/{account}/alerting/v3/policies', notifications, {
    list: alerts.listAlerts,
    create: alerts.createAlert,
    get: alerts.getAlert,
    update: alerts.updateAlert,
    remove: alerts.deleteAlert,
  }),
  route('GET', '{scope}/access/certificates/settings', mtls, certificates.getSettings),
  route('PUT', '{scope}/access/certificates/settings', mtls, certificates.putSettings),
  ...resource('{scope}/access/certificates', mtls, {
    list: certificates.listCertificates,
    create: certificates.createCertificate,
    get: certificates.getCertificate,
    update: certificates.updateCertificate,
    remove: certificates.deleteCertificate,
  }),
  route('GET', '{scope}/access/apps/{id}/policies', apps, applications.listApplicationPolicies),
  route('POST', '{scope}/access/apps/{id}/policies', apps, applicationPolicies.createApplicationPolicy),
  route('PUT', '{scope}/access/apps/{owner}/policies/{id}', apps, applicationPolicies.updateApplicationPolicy),
  route('DELETE', '{scope}/access/apps/{owner}/policies/{id}', apps, applicationPolicies.deleteApplicationPolicy),
  ...resource('{scope}/access/apps', apps, {
    list: applications.listApplications,
    create: applications.createApplication,
    get: applications.getApplication,
    update: applications.updateApplication,
    remove: applications.deleteApplication,
  }),
  ...resource('/accounts/{account}/access/policies', apps, {
    list: policies.listPolicies,
    create: policies.createPolicy,
    get: policies.getPolicy,
    update: policies.updatePolicy,
    remove: policies.deletePolicy,
  }),
  ...resource('{scope}/access/groups', organizations, {
    list: policies.listGroups,
    create: policies.createGroup,
    get: policies.getGroup,
    update: policies.updateGroup,
    remove: policies.deleteGroup,
  }),
]

interface Match {
  route: Route
  account: string | null
  zone: string | null
  ids: string[]
}

export function match(method: string, path: string): Match | null {
  for (const candidate of routes) {
    const found = candidate.method === method ? candidate.pattern.exec(path) : null
    if (found === null) continue
    const { account = null, zone = null, id, owner } = found.groups ?? {}
    return { route: candidate, account, zone, ids: [id, owner].flatMap((one) => one ?? []) }
  }
  return null
}

export function isAllowed({ permission, method }: Route, { permissions: held }: StoredToken): boolean {
  if (permission === null) return true
  return method === 'GET' ? mayRead(held, permission) : mayWrite(held, permission)
}
