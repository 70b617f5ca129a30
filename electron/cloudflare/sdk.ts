import { BaseAccounts } from 'cloudflare/resources/accounts/accounts'
import { BaseTokens as AccountTokens } from 'cloudflare/resources/accounts/tokens/tokens'
import { BaseTokens as UserTokens } from 'cloudflare/resources/user/tokens/tokens'
import { BaseApplications } from 'cloudflare/resources/zero-trust/access/applications/applications'
import { BasePolicies as ApplicationPolicies } from 'cloudflare/resources/zero-trust/access/applications/policies'
import { BaseCertificates } from 'cloudflare/resources/zero-trust/access/certificates/certificates'
import { BaseSettings } from 'cloudflare/resources/zero-trust/access/certificates/settings'
import { BaseGroups } from 'cloudflare/resources/zero-trust/access/groups'
import { BasePolicies } from 'cloudflare/resources/zero-trust/access/policies'
import { BaseServiceTokens } from 'cloudflare/resources/zero-trust/access/service-tokens'
import { BaseIdentityProviders } from 'cloudflare/resources/zero-trust/identity-providers/identity-providers'
import { BaseOrganizations } from 'cloudflare/resources/zero-trust/organizations/organizations'
import { BaseZones } from 'cloudflare/resources/zones/zones'
import { createClient } from 'cloudflare/tree-shakable'
import { forgetVariables } from '#electron/platform/environment'

/** Where the API is: no setting changes it. */
export const apiAddress = 'https://api.cloudflare.com/client/v4'

/** What the SDK reads by itself in its constructor (`client.ts`, `readEnv`). */
const sdkVariables = [
  'CLOUDFLARE_BASE_URL',
  'CLOUDFLARE_API_TOKEN',
  'CLOUDFLARE_API_KEY',
  'CLOUDFLARE_EMAIL',
  'CLOUDFLARE_API_USER_SERVICE_KEY',
  'CLOUDFLARE_LOG',
  'CLOUDFLARE_CUSTOM_HEADERS',
]

/**
 * Cloudflare's SDK, for its paths and parameters only. Headers and token are the transport's, retries are ours: the SDK
 * repeats POST and PUT, too, and sleeps as long as a server tells it to.
 */
export function openSdk(base: string, transport: typeof fetch) {
  // There is no option against the custom headers, of which a malformed one makes every request throw.
  forgetVariables(sdkVariables)
  return createClient({
    resources: [
      BaseAccounts,
      AccountTokens,
      UserTokens,
      BaseZones,
      BaseOrganizations,
      BaseCertificates,
      BaseSettings,
      BaseApplications,
      ApplicationPolicies,
      BasePolicies,
      BaseGroups,
      BaseIdentityProviders,
      BaseServiceTokens,
    ],
    baseURL: base,
    fetch: transport,
    maxRetries: 0,
    // Longer than the transport's own, which says more.
    timeout: 120_000,
    logLevel: 'off',
    apiToken: null,
    apiKey: null,
    apiEmail: null,
    userServiceKey: null,
    // The SDK wants to see that it sends no credentials on purpose.
    defaultHeaders: { Authorization: null, 'X-Auth-Email': null },
  })
}
