import { z } from 'zod'
import { AccessGroupId, type AccessRule, type JsonObject } from '#shared/model/access-rule'

type ProviderGroup = Extract<AccessRule, { kind: 'provider-group' }>

const providerGroup = (
  service: ProviderGroup['service'],
  provider: string,
  group: string,
  team: string | null = null,
): AccessRule => ({ kind: 'provider-group', service, provider, group, team })

const loginClaim = (protocol: 'saml' | 'oidc', provider: string, name: string, value: string): AccessRule => ({
  kind: 'login-claim',
  protocol,
  provider,
  name,
  value,
})

const text = z.string()
const Empty = z.strictObject({})

/** A selector's value, strictly, so that a field we do not know is never lost, and what we make of it. */
function selector<Shape extends z.ZodRawShape>(
  shape: Shape,
  read: (value: z.output<z.ZodObject<Shape>>) => AccessRule,
) {
  return z.strictObject(shape).transform(read)
}

/** Every selector that we know, by its name in the API. Source: the schema `access_rule` of Cloudflare's OpenAPI document. */
const selectors: Record<string, z.ZodType<AccessRule>> = {
  everyone: Empty.transform(() => ({ kind: 'everyone' })),
  certificate: Empty.transform(() => ({ kind: 'valid-certificate' })),
  any_valid_service_token: Empty.transform(() => ({ kind: 'any-service-token' })),
  common_name: selector({ common_name: text }, (it) => ({ kind: 'common-name', name: it.common_name })),
  group: selector({ id: AccessGroupId }, (it) => ({ kind: 'group', group: it.id })),
  service_token: selector({ token_id: text }, (it) => ({ kind: 'service-token', token: it.token_id })),
  linked_app_token: selector({ app_uid: text }, (it) => ({ kind: 'linked-app-token', application: it.app_uid })),
  ip: selector({ ip: text }, (it) => ({ kind: 'ip-range', range: it.ip })),
  ip_list: selector({ id: text }, (it) => ({ kind: 'ip-list', list: it.id })),
  geo: selector({ country_code: text }, (it) => ({ kind: 'country', code: it.country_code })),
  device_posture: selector({ integration_uid: text }, (it) => ({ kind: 'device-posture', check: it.integration_uid })),
  email: selector({ email: text }, (it) => ({ kind: 'email', email: it.email })),
  email_domain: selector({ domain: text }, (it) => ({ kind: 'email-domain', domain: it.domain })),
  email_list: selector({ id: text }, (it) => ({ kind: 'email-list', list: it.id })),
  login_method: selector({ id: text }, (it) => ({ kind: 'login-method', provider: it.id })),
  auth_method: selector({ auth_method: text }, (it) => ({ kind: 'authentication-method', method: it.auth_method })),
  auth_context: selector({ id: text, ac_id: text, identity_provider_id: text }, (it) => ({
    kind: 'authentication-context',
    provider: it.identity_provider_id,
    context: it.id,
    code: it.ac_id,
  })),
  azureAD: selector({ id: text, identity_provider_id: text }, (it) =>
    providerGroup('azureAD', it.identity_provider_id, it.id),
  ),
  gsuite: selector({ email: text, identity_provider_id: text }, (it) =>
    providerGroup('gsuite', it.identity_provider_id, it.email),
  ),
  okta: selector({ name: text, identity_provider_id: text }, (it) =>
    providerGroup('okta', it.identity_provider_id, it.name),
  ),
  'github-organization': selector({ name: text, identity_provider_id: text, team: text.optional() }, (it) =>
    providerGroup('github-organization', it.identity_provider_id, it.name, it.team),
  ),
  saml: selector({ attribute_name: text, attribute_value: text, identity_provider_id: text }, (it) =>
    loginClaim('saml', it.identity_provider_id, it.attribute_name, it.attribute_value),
  ),
  oidc: selector({ claim_name: text, claim_value: text, identity_provider_id: text }, (it) =>
    loginClaim('oidc', it.identity_provider_id, it.claim_name, it.claim_value),
  ),
  cloudflare_account_member: selector({ account_id: text.optional() }, (it) => ({
    kind: 'account-member',
    account: it.account_id ?? null,
  })),
  user_risk_score: selector({ user_risk_score: z.array(text) }, (it) => ({
    kind: 'user-risk',
    levels: it.user_risk_score,
  })),
  external_evaluation: selector({ evaluate_url: text, keys_url: text }, (it) => ({
    kind: 'external-evaluation',
    url: it.evaluate_url,
    keysUrl: it.keys_url,
  })),
}

/**
 * One rule as the API answers it: an object of one key, the selector. Anything that would not come back the same from
 * `writeRule` is kept whole.
 */
export function readRule(json: JsonObject): AccessRule {
  const [name, ...others] = Object.keys(json)
  const schema =
    name === undefined || others.length > 0 || !Object.hasOwn(selectors, name) ? undefined : selectors[name]
  const read = name === undefined ? undefined : schema?.safeParse(json[name])
  return read?.data ?? { kind: 'unknown', json }
}

/** The rule as the API takes it; what was read comes back equal, known or not. */
export function writeRule(rule: AccessRule): JsonObject {
  switch (rule.kind) {
    case 'everyone':
      return { everyone: {} }
    case 'valid-certificate':
      return { certificate: {} }
    case 'common-name':
      return { common_name: { common_name: rule.name } }
    case 'group':
      return { group: { id: rule.group } }
    case 'service-token':
      return { service_token: { token_id: rule.token } }
    case 'any-service-token':
      return { any_valid_service_token: {} }
    case 'linked-app-token':
      return { linked_app_token: { app_uid: rule.application } }
    case 'ip-range':
      return { ip: { ip: rule.range } }
    case 'ip-list':
      return { ip_list: { id: rule.list } }
    case 'country':
      return { geo: { country_code: rule.code } }
    case 'device-posture':
      return { device_posture: { integration_uid: rule.check } }
    case 'email':
      return { email: { email: rule.email } }
    case 'email-domain':
      return { email_domain: { domain: rule.domain } }
    case 'email-list':
      return { email_list: { id: rule.list } }
    case 'login-method':
      return { login_method: { id: rule.provider } }
    case 'authentication-method':
      return { auth_method: { auth_method: rule.method } }
    case 'authentication-context':
      return { auth_context: { id: rule.context, ac_id: rule.code, identity_provider_id: rule.provider } }
    case 'provider-group':
      return writeProviderGroup(rule)
    case 'login-claim':
      return rule.protocol === 'saml'
        ? { saml: { attribute_name: rule.name, attribute_value: rule.value, identity_provider_id: rule.provider } }
        : { oidc: { claim_name: rule.name, claim_value: rule.value, identity_provider_id: rule.provider } }
    case 'account-member':
      return { cloudflare_account_member: rule.account === null ? {} : { account_id: rule.account } }
    case 'user-risk':
      return { user_risk_score: { user_risk_score: rule.levels } }
    case 'external-evaluation':
      return { external_evaluation: { evaluate_url: rule.url, keys_url: rule.keysUrl } }
    case 'unknown':
      return rule.json
  }
}

function writeProviderGroup({ service, provider, group, team }: ProviderGroup): JsonObject {
  switch (service) {
    case 'azureAD':
      return { azureAD: { id: group, identity_provider_id: provider } }
    case 'gsuite':
      return { gsuite: { email: group, identity_provider_id: provider } }
    case 'okta':
      return { okta: { name: group, identity_provider_id: provider } }
    case 'github-organization':
      return {
        'github-organization': { name: group, identity_provider_id: provider, ...(team === null ? {} : { team }) },
      }
  }
}
