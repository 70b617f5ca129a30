import { describe, expect, test } from 'vitest'
import { explain } from '#electron/cloudflare/explain/explain'
import { reasonWords, verdictWords } from '#shared/logic/access/explanation-words'
import { namesOf, rulesWords } from '#shared/logic/access/rule-words'
import type { AccessAccount } from '#shared/model/access-account'
import type { Visitor } from '#shared/model/access-explanation'
import type { AccessRule } from '#shared/model/access-rule'
import {
  account,
  application,
  ca,
  certificateOf,
  destination,
  group,
  groupId,
  nobody,
  policy,
  readAt,
  rules,
  withCertificate,
} from '../../../../support/access-accounts'

const hostname = 'wiki.acme.example'
const named = (name: string): AccessRule => ({ kind: 'common-name', name })
const mira = withCertificate(certificateOf('Acme Client CA G2', 'Mira Falk'))

const said = (parts: AccessAccount, visitor: Visitor, path: string) => {
  const answer = explain(parts, visitor, { hostname, path }, readAt)
  const names = namesOf(parts)
  return [
    verdictWords(answer),
    ...answer.reasons.map((reason) => Object.values(reasonWords(reason, visitor, names)).join(' / ')),
  ]
}

const admins = policy('Admins by certificate', 'non_identity', rules([named('Tomas Lind'), named('Priya Rao')]))
const backup = policy('Nightly backup', 'non_identity', rules([{ kind: 'service-token', token: 't1' }]))
const staff = policy(
  'Staff login',
  'allow',
  rules([{ kind: 'email-domain', domain: 'acme.example' }], { require: [{ kind: 'valid-certificate' }] }),
)
const acme = account({
  cas: [ca('Acme Client CA G2', [hostname])],
  applications: [
    application('Wiki', [destination(hostname, [{ path: '/public/*', behavior: 'public' }])], [staff]),
    application('Wiki admin', [`${hostname}/admin`], [admins, backup]),
  ],
  policies: [admins, backup, staff],
  serviceTokens: [{ id: 't1', name: 'wiki-backup' }],
})

describe('an explanation in words', () => {
  test('ends at what decided', () => {
    expect(said(acme, mira, '/admin/users')).toEqual([
      'Refused',
      'The certificate is valid / Issued by Acme Client CA G2. Expires 14 Mar 2027.',
      'Access accepts its issuer on this hostname / wiki.acme.example is associated with Acme Client CA G2.',
      'The application Wiki admin decides / It covers wiki.acme.example/admin. It wins over Wiki, which covers more. Those rules do not count here.',
      'Policy 1, Admins by certificate, does not match / Service Auth. Certificate named Tomas Lind or Priya Rao. Yours is named Mira Falk.',
      'Policy 2, Nightly backup, does not match / Service Auth. Service token named wiki-backup.',
      'No policy lets this certificate in / Access refuses what no policy allows. Wiki admin has no policy with a login.',
    ])
  })

  test('says what a login is asked for, and what is missing without the certificate', () => {
    expect(said(acme, mira, '/').slice(0, 1)).toEqual(['After login'])
    expect(said(acme, mira, '/').at(-2)).toBe(
      'Policy 1, Staff login, may match / Allow. Any @acme.example login, plus any valid certificate. Open: any @acme.example login.',
    )
    expect(said(acme, nobody, '/')).toEqual([
      'Refused',
      'No certificate is sent / Rules about certificates do not match.',
      'The application Wiki decides / It covers wiki.acme.example.',
      'Policy 1, Staff login, does not match / Allow. Any @acme.example login, plus any valid certificate. Missing: any valid certificate.',
      'No policy lets this visitor in / Access refuses what no policy allows.',
    ])
  })

  test('calls an open path open', () => {
    expect(said(acme, nobody, '/public/logo.png').at(-1)).toBe(
      'Access lets everyone through on this path / Wiki makes /public/* public.',
    )
  })

  test('names everything that it depends on', () => {
    expect(verdictWords({ verdict: 'depends', dependsOn: ['login', 'ip-address', 'country'] })).toBe(
      'Depends on the login, the IP address and the country',
    )
  })
})

describe('a policy in words', () => {
  const agents = group('Build agents', rules(Array.from({ length: 12 }, (_item, index) => named(`agent-${index}`))))
  const mixed = group('Mixed', rules([named('Mira Falk'), { kind: 'everyone' }]))
  const names = namesOf(account({ groups: [agents, mixed] }))
  test.each<[string, AccessRule[], Parameters<typeof rules>[1]?]>([
    ['Everyone', [{ kind: 'everyone' }]],
    ['Any valid certificate', [{ kind: 'valid-certificate' }]],
    ['Certificate named Mira Falk, Tomas Lind or one of 3 more', ['Mira Falk', 'Tomas Lind', 'A', 'B', 'C'].map(named)],
    [
      'Certificate whose name is in the group Build agents (12 names)',
      [{ kind: 'group', group: groupId('Build agents') }],
    ],
    ['Anyone in the group Mixed', [{ kind: 'group', group: groupId('Mixed') }]],
    ['Anyone in the group group-gone', [{ kind: 'group', group: groupId('gone') }]],
    [
      'Certificate named Mira Falk, plus an address in 192.0.2.0/24, except any service token',
      [named('Mira Falk')],
      { require: [{ kind: 'ip-range', range: '192.0.2.0/24' }], exclude: [{ kind: 'any-service-token' }] },
    ],
    ['Nobody', []],
  ])('%s', (words, include, more) => {
    expect(rulesWords(rules(include, more), names)).toBe(words)
  })
})
