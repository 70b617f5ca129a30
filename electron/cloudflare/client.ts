import { setMaxListeners } from 'node:events'
import { z } from 'zod'
import type { AskServer } from '#electron/platform/ask-server'
import { AppError, isAppError } from '#shared/errors'
import { writePermissionFor } from '#shared/logic/access/permission-names'
import { alertingPath } from './alerting'
import { AccountAnswer, NamedAnswer, OrganizationAnswer, TokenAnswer, ZoneAnswer } from './answers/accounts'
import {
  AlertAnswer,
  AlertAnswers,
  AvailableAlertsAnswer,
  DestinationAnswers,
  EligibleDestinationsAnswer,
} from './answers/alerts'
import { ApplicationAnswer } from './answers/applications'
import { CertificateAnswer } from './answers/certificates'
import { parseAnswer } from './answers/kept'
import { ApplicationPolicyAnswer, GroupAnswer, PolicyAnswer } from './answers/policies'
import { wholeSettings } from './answers/whole-settings'
import type { CloudflareApi, Scope } from './api'
import { type Call, type CallOptions, createExchange, type ExchangePorts } from './exchange'
import { readPages } from './pages'
import { openSdk } from './sdk'
import { createTransport } from './transport'

export interface ClientPorts extends ExchangePorts {
  askServer: AskServer
  /** Without a slash at the end; see `apiAddress` in `sdk.ts`. */
  base: string
}

/** The most that one page can hold: Access' own lists, and those of accounts and zones. */
const accessPage = 1000
const corePage = 50

/** The API with one token. */
export function createCloudflareApi(ports: ClientPorts): CloudflareApi {
  const sdk = openSdk(ports.base, createTransport(ports))
  const { access, organizations, identityProviders } = sdk.zeroTrust
  const exchange = createExchange(ports)
  // A dozen calls at once listen to it.
  if (ports.signal !== undefined) setMaxListeners(0, ports.signal)

  async function one<Output>(what: string, schema: z.ZodType<Output>, call: (options: CallOptions) => Call) {
    return parseAnswer(what, schema, (await exchange.read(call)).result)
  }

  /** `size` is how many items a page holds at most. */
  async function all<Output>(
    what: string,
    schema: z.ZodType<Output>,
    size: number,
    call: (page: { page: number; per_page: number }, options: CallOptions) => Call,
  ): Promise<Output[]> {
    const items = await readPages(what, (page) => exchange.read((options) => call({ page, per_page: size }, options)))
    return parseAnswer(what, z.array(schema), items)
  }

  return {
    verifyUserToken: () => verified(one('token', TokenAnswer, (options) => sdk.user.tokens.verify(options))),
    verifyAccountToken: (account) =>
      verified(one('token', TokenAnswer, (options) => sdk.accounts.tokens.verify({ account_id: account }, options))),
    accounts: () => all('accounts', AccountAnswer, corePage, (page, options) => sdk.accounts.list(page, options)),
    zones: (account) =>
      all('zones', ZoneAnswer, corePage, (page, options) =>
        sdk.zones.list({ ...page, account: { id: account } }, options),
      ),
    organization: (scope) =>
      one('organization', OrganizationAnswer, (options) => organizations.list(parameter(scope), options)),
    certificates: (scope) =>
      all('certificates', CertificateAnswer, accessPage, (page, options) =>
        access.certificates.list({ ...page, ...parameter(scope) }, options),
      ),
    certificate: (scope, id) =>
      one('certificate', CertificateAnswer, (options) => access.certificates.get(id, parameter(scope), options)),
    application: (scope, id) =>
      one('application', ApplicationAnswer, (options) => access.applications.get(id, parameter(scope), options)),
    policy: (account, id) =>
      one('policy', PolicyAnswer, (options) => access.policies.get(id, { account_id: account }, options)),
    group: (scope, id) => one('group', GroupAnswer, (options) => access.groups.get(id, parameter(scope), options)),
    async settings(scope) {
      const answer = await exchange.read((options) => access.certificates.settings.get(parameter(scope), options))
      return wholeSettings(answer)
    },
    applications: (scope) =>
      all('applications', ApplicationAnswer, accessPage, (page, options) =>
        access.applications.list({ ...page, ...parameter(scope) }, options),
      ),
    applicationPolicies: (scope, application) =>
      all('policies of an application', ApplicationPolicyAnswer, accessPage, (page, options) =>
        access.applications.policies.list(application, { ...page, ...parameter(scope) }, options),
      ),
    policies: (account) =>
      all('policies', PolicyAnswer, accessPage, (page, options) =>
        access.policies.list({ ...page, account_id: account }, options),
      ),
    groups: (scope) =>
      all('groups', GroupAnswer, accessPage, (page, options) =>
        access.groups.list({ ...page, ...parameter(scope) }, options),
      ),
    identityProviders: (account) =>
      all('identity providers', NamedAnswer, accessPage, (page, options) =>
        identityProviders.list({ ...page, account_id: account }, options),
      ),
    serviceTokens: (account) =>
      all('service tokens', NamedAnswer, accessPage, (page, options) =>
        access.serviceTokens.list({ ...page, account_id: account }, options),
      ),
    alerts: (account) =>
      // The list is not paged (OpenAPI document).
      one('notifications', AlertAnswers, (options) => sdk.get(alertingPath(account), options)),
    alert: (account, id) =>
      one('notification', AlertAnswer, (options) => sdk.get(`${alertingPath(account)}/${id}`, options)),
    availableAlerts: (account) =>
      one('available notifications', AvailableAlertsAnswer, (options) =>
        sdk.get(`/accounts/${account}/alerting/v3/available_alerts`, options),
      ),
    eligibleDestinations: (account) =>
      one('eligible destinations', EligibleDestinationsAnswer, (options) =>
        sdk.get(`/accounts/${account}/alerting/v3/destinations/eligible`, options),
      ),
    // Neither list is paged (SDK 7.3: `SinglePage`).
    webhooks: (account) =>
      one('webhooks', DestinationAnswers, (options) =>
        sdk.get(`/accounts/${account}/alerting/v3/destinations/webhooks`, options),
      ),
    pagerDutyServices: (account) =>
      one('PagerDuty services', DestinationAnswers, (options) =>
        sdk.get(`/accounts/${account}/alerting/v3/destinations/pagerduty`, options),
      ),
    async testAlert(account, id) {
      const path = `${alertingPath(account)}/${id}/test`
      await namingPermission(
        path,
        exchange.write((options) => sdk.post(path, options)),
      )
    },
    async send({ method, path, body }) {
      const sent = exchange.write((options) => {
        const all = body === null ? options : { ...options, body }
        switch (method) {
          case 'POST':
            return sdk.post(path, all)
          case 'PUT':
            return sdk.put(path, all)
          case 'DELETE':
            return sdk.delete(path, all)
        }
      })
      const { result } = await namingPermission(path, sent)
      return WithId.safeParse(result).data?.id ?? null
    },
  }
}

const WithId = z.object({ id: z.string() })

const parameter = (scope: Scope) => ('account' in scope ? { account_id: scope.account } : { zone_id: scope.zone })

/** Cloudflare says that a permission is missing, but not which. */
async function namingPermission<T>(path: string, asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (!isAppError(error, 'cloudflare-permission-missing')) throw error
    throw new AppError(error.code, `Missing: ${writePermissionFor(path)}. ${error.detail ?? ''}`.trim(), {
      cause: error,
    })
  }
}

/** Everywhere else 10000 is what a token without a permission gets; here it is the answer to the question. */
async function verified(asked: Promise<TokenAnswer>): Promise<TokenAnswer> {
  try {
    return await asked
  } catch (error) {
    if (!isAppError(error, 'cloudflare-permission-missing')) throw error
    throw new AppError('cloudflare-token-refused', error.detail, { cause: error })
  }
}
