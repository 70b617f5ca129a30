import { describe, expect, it } from 'vitest'
import { decisionWords, namesIn, policyWords, ruleWords } from '#shared/logic/access/rule-words'
import { AccessDecision } from '#shared/model/access-account'
import { AccessRule } from '#shared/model/access-rule'
import { account, application, group, groupId, rules } from '../../../../support/access-accounts'

const names = namesIn(
  account({
    groups: [group('Blocked', rules([]))],
    applications: [application('Portal', ['portal.acme.example'], [])],
    identityProviders: [{ id: 'idp', name: 'Okta' }],
    serviceTokens: [{ id: 'st', name: 'Robot' }],
  }),
)

const examples: [AccessRule, string][] = [
  [{ kind: 'everyone' }, 'everyone'],
  [{ kind: 'valid-certificate' }, 'a valid certificate'],
  [{ kind: 'common-name', name: 'Ada' }, 'Common Name “Ada”'],
  [{ kind: 'group', group: groupId('Blocked') }, 'group “Blocked”'],
  [{ kind: 'group', group: groupId('gone') }, 'group “group-gone”'],
  [{ kind: 'service-token', token: 'st' }, 'service token “Robot”'],
  [{ kind: 'any-service-token' }, 'any service token'],
  [{ kind: 'linked-app-token', application: 'app-portal' }, 'a token of application “Portal”'],
  [{ kind: 'ip-range', range: '10.0.0.0/8' }, 'IP addresses 10.0.0.0/8'],
  [{ kind: 'ip-list', list: 'office' }, 'IP list “office”'],
  [{ kind: 'country', code: 'AT' }, 'country AT'],
  [{ kind: 'device-posture', check: 'disk' }, 'device posture check “disk”'],
  [{ kind: 'email', email: 'ada@acme.example' }, 'ada@acme.example'],
  [{ kind: 'email-domain', domain: 'acme.example' }, 'e-mail addresses at acme.example'],
  [{ kind: 'email-list', list: 'staff' }, 'e-mail list “staff”'],
  [{ kind: 'login-method', provider: 'idp' }, 'login with “Okta”'],
  [{ kind: 'authentication-method', method: 'mfa' }, 'authentication method mfa'],
  [
    { kind: 'authentication-context', provider: 'idp', context: 'c', code: 'c1' },
    'authentication context c1 of “Okta”',
  ],
  [{ kind: 'provider-group', service: 'okta', provider: 'idp', group: 'devs', team: null }, 'group “devs” of “Okta”'],
  [
    { kind: 'provider-group', service: 'github-organization', provider: 'idp', group: 'acme', team: 'core' },
    'group “acme”, team “core”, of “Okta”',
  ],
  [{ kind: 'login-claim', protocol: 'oidc', provider: 'idp', name: 'role', value: 'dev' }, 'role = “dev” from “Okta”'],
  [{ kind: 'account-member', account: null }, 'members of the Cloudflare account'],
  [{ kind: 'user-risk', levels: ['low', 'medium'] }, 'user risk low or medium'],
  [{ kind: 'external-evaluation', url: 'https://e.example', keysUrl: '' }, 'external evaluation by https://e.example'],
  [{ kind: 'unknown', json: { moon_phase: {} } }, 'a rule that Latchkey does not know (moon_phase)'],
]

describe('a selector in words', () => {
  it.each(examples)('%j: %s', (rule, words) => expect(ruleWords(rule, names)).toBe(words))
  it('is known of every kind', () => {
    const kinds = AccessRule.options.map((option) => option.shape.kind.value)
    expect(kinds.filter((kind) => !examples.some(([rule]) => rule.kind === kind))).toEqual([])
  })
})

it('a policy in words has its three parts, as far as it has them', () => {
  const certificate: AccessRule = { kind: 'valid-certificate' }
  const ada: AccessRule = { kind: 'common-name', name: 'Ada' }
  const eve: AccessRule = { kind: 'common-name', name: 'Eve' }
  const all = rules([certificate, ada], { require: [ada, certificate], exclude: [eve, ada] })
  expect(policyWords({ decision: 'non_identity', rules: all }, names)).toBe(
    'Service Auth: a valid certificate or Common Name “Ada”, only with Common Name “Ada” and a valid certificate, except Common Name “Eve” or Common Name “Ada”',
  )
  expect(policyWords({ decision: 'deny', rules: rules([]) }, names)).toBe('Block: nobody')
})

it('a decision is called as in the dashboard', () => {
  expect(AccessDecision.options.map(decisionWords)).toEqual([
    'Allow',
    'Block',
    'Bypass',
    'Service Auth',
    'Unknown action',
  ])
})
