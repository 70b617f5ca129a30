import { describe, expect, test } from 'vitest'
import { readRule, writeRule } from '#electron/cloudflare/rule-json'
import type { JsonObject } from '#shared/model/access-rule'

const id = 'aa0a4aab-672b-4bdb-bc33-a59f1130a11f'
const provider = 'ea85612a-29c8-46c2-bacb-669d65136971'

/** One of each selector of Cloudflare's OpenAPI document. */
const selectors: JsonObject[] = [
  { everyone: {} },
  { certificate: {} },
  { common_name: { common_name: 'Mira Falk' } },
  { group: { id } },
  { service_token: { token_id: id } },
  { any_valid_service_token: {} },
  { linked_app_token: { app_uid: id } },
  { ip: { ip: '2400:cb00:21:10a::/64' } },
  { ip_list: { id } },
  { geo: { country_code: 'PT' } },
  { device_posture: { integration_uid: id } },
  { email: { email: 'mira@acme.example' } },
  { email_domain: { domain: 'acme.example' } },
  { email_list: { id } },
  { login_method: { id } },
  { auth_method: { auth_method: 'mfa' } },
  { auth_context: { id, ac_id: 'c1', identity_provider_id: provider } },
  { azureAD: { id, identity_provider_id: provider } },
  { gsuite: { email: 'devs@acme.example', identity_provider_id: provider } },
  { okta: { name: 'devs', identity_provider_id: provider } },
  { 'github-organization': { name: 'acme', identity_provider_id: provider } },
  { 'github-organization': { name: 'acme', identity_provider_id: provider, team: 'api' } },
  { saml: { attribute_name: 'group', attribute_value: 'devs', identity_provider_id: provider } },
  { oidc: { claim_name: 'group', claim_value: 'devs', identity_provider_id: provider } },
  { cloudflare_account_member: {} },
  { cloudflare_account_member: { account_id: id } },
  { user_risk_score: { user_risk_score: ['low', 'medium'] } },
  { external_evaluation: { evaluate_url: 'https://eval.example', keys_url: 'https://eval.example/keys' } },
]

describe('rules as the API writes them', () => {
  test.each(selectors)('%o is known, and comes back equal', (json) => {
    expect(readRule(json).kind).not.toBe('unknown')
    expect(writeRule(readRule(json))).toEqual(json)
  })

  test.each<JsonObject>([
    { weather: { at_least: 'sunny' } },
    { certificate: { issuer: 'newer than this version' } },
    { common_name: { common_name: 'Mira Falk', ignore_case: true } },
    { common_name: { common_name: 'Mira Falk' }, everyone: {} },
    { group: { id: '../../zones' } },
    {},
  ])('%o is kept as it came, since part of it is not known', (json) => {
    expect(readRule(json)).toEqual({ kind: 'unknown', json })
    expect(writeRule(readRule(json))).toEqual(json)
  })
})
