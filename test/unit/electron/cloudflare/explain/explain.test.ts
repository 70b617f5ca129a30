import { describe, expect, test } from 'vitest'
import { explain } from '#electron/cloudflare/explain/explain'
import type { AccessAccount, AccessDecision, AccessPolicy } from '#shared/model/access-account'
import type { Explanation, Visitor } from '#shared/model/access-explanation'
import type { AccessRule } from '#shared/model/access-rule'
import {
  account,
  application,
  ca,
  certificateOf,
  destination,
  group,
  groupId,
  md5,
  nobody,
  policy,
  readAt,
  rules,
  withCertificate,
} from '../../../../support/access-accounts'

const hostname = 'wiki.acme.example'
const mira = withCertificate(certificateOf('Acme G2', 'Mira Falk'))
const tomas = withCertificate(certificateOf('Acme G2', 'Tomas Lind'))

const everyone: AccessRule = { kind: 'everyone' }
const validCertificate: AccessRule = { kind: 'valid-certificate' }
const named = (name: string): AccessRule => ({ kind: 'common-name', name })
const email = (address: string): AccessRule => ({ kind: 'email', email: address })
const country = (code: string): AccessRule => ({ kind: 'country', code })
const ip: AccessRule = { kind: 'ip-range', range: '192.0.2.0/24' }

const asked = (parts: AccessAccount, visitor: Visitor, path = '/', host = hostname): Explanation =>
  explain(parts, visitor, { hostname: host, path }, readAt)

/** An account with one application on the wiki, and these policies in this order. */
const wiki = (policies: AccessPolicy[], parts: Partial<AccessAccount> = {}): AccessAccount =>
  account({
    cas: [ca('Acme G2', [hostname])],
    applications: [application('Wiki', [hostname], policies)],
    policies,
    ...parts,
  })

const only = (decision: AccessDecision, include: AccessRule[], more = {}) =>
  wiki([policy('The policy', decision, rules(include, more))])

describe('the certificate', () => {
  test('of an associated CA is let in by Valid Certificate, and nobody without it', () => {
    const parts = only('non_identity', [validCertificate])
    expect(asked(parts, mira).verdict).toBe('let-in')
    expect(asked(parts, nobody).verdict).toBe('refused')
  })

  test('with the wrong name is refused by Common Name', () => {
    const parts = only('non_identity', [named('Mira Falk')])
    expect(asked(parts, mira).verdict).toBe('let-in')
    expect(asked(parts, tomas).verdict).toBe('refused')
  })

  test('whose name differs in capital letters alone depends on what is not documented', () => {
    expect(asked(only('non_identity', [named('MIRA FALK')]), mira)).toMatchObject({
      verdict: 'depends',
      dependsOn: ['capital-letters'],
    })
  })

  test('does nothing where the hostname has no CA', () => {
    const parts = { ...only('non_identity', [validCertificate]), cas: [ca('Acme G2', ['other.acme.example'])] }
    const answer = asked(parts, mira)
    expect(answer.verdict).toBe('refused')
    expect(answer.reasons[1]).toEqual({ kind: 'association', hostname, outcome: 'no-ca', cas: [] })
  })

  test('of another CA is refused where all of the associated one is known', () => {
    const parts = only('non_identity', [validCertificate])
    const foreign = withCertificate(certificateOf('Somebody else', 'Mira Falk'))
    expect(asked(parts, foreign).verdict).toBe('refused')
    expect(asked(parts, foreign).reasons[1]).toMatchObject({ outcome: 'other-ca', cas: ['Acme G2'] })
  })

  test('of another CA is not ruled out while the PEM of the associated one is not here, or its own chain is incomplete', () => {
    const unknown = { ...only('non_identity', [validCertificate]), cas: [ca('Acme G2', [hostname], { bundle: null })] }
    const foreign = certificateOf('Somebody else', 'Mira Falk')
    expect(asked(unknown, withCertificate(foreign))).toMatchObject({ verdict: 'depends', dependsOn: ['issuer'] })
    const incomplete = withCertificate({ ...foreign, reachesRoot: false })
    expect(asked(only('non_identity', [validCertificate]), incomplete).dependsOn).toEqual(['issuer'])
  })

  test('is recognised by any certificate of the CA’s file', () => {
    const parts = only('non_identity', [validCertificate])
    parts.cas = [ca('Acme G2', [hostname], { bundle: [md5('Acme G2'), md5('Acme Root')] })]
    expect(asked(parts, withCertificate(certificateOf('Acme Root', 'Mira Falk'))).verdict).toBe('let-in')
  })

  test('below an intermediate that nobody has seen uploaded is not said to be accepted by its root', () => {
    const parts = only('non_identity', [validCertificate])
    const below = withCertificate(
      certificateOf('Acme G3', 'Mira Falk', { issuers: [md5('Acme G3'), md5('Acme Root')] }),
    )
    for (const bundle of [null, [md5('Acme Root')]]) {
      parts.cas = [ca('Acme Root', [hostname], { bundle })]
      expect(asked(parts, below)).toMatchObject({ verdict: 'depends', dependsOn: ['issuer'] })
      expect(asked(parts, below).reasons[1]).toMatchObject({ outcome: 'unknown' })
    }
    parts.cas = [ca('Acme Root', [hostname], { bundle: [md5('Acme G3'), md5('Acme Root')] })]
    expect(asked(parts, below).verdict).toBe('let-in')
  })

  test('of any of several associated CAs is let in', () => {
    const parts = only('non_identity', [validCertificate])
    parts.cas = [ca('Acme 2023', [hostname]), ca('Acme G2', [hostname])]
    expect(asked(parts, mira).reasons[1]).toMatchObject({ outcome: 'accepted', cas: ['Acme G2'] })
    expect(asked(parts, withCertificate(certificateOf('Acme 2023', 'Jonas Brandt'))).verdict).toBe('let-in')
  })

  test.each([
    ['expired', { notAfter: '2026-11-24T00:00:00.000Z' }],
    ['not-yet-valid', { notBefore: '2026-11-26T00:00:00.000Z' }],
    ['other-use', { isForClients: false }],
  ])('that is %s counts for nothing', (state, dates) => {
    const answer = asked(
      only('non_identity', [validCertificate]),
      withCertificate(certificateOf('Acme G2', 'Mira Falk', dates)),
    )
    expect(answer).toMatchObject({ verdict: 'refused', reasons: [{ kind: 'certificate', state }, {}, {}, {}, {}] })
  })

  test('of an expired CA counts for nothing', () => {
    const parts = only('non_identity', [validCertificate])
    parts.cas = [ca('Acme G2', [hostname], { expiresOn: '2026-11-24T00:00:00.000Z' })]
    expect(asked(parts, mira)).toMatchObject({
      verdict: 'refused',
      reasons: [{}, { outcome: 'ca-expired' }, {}, {}, {}],
    })
  })
})

describe('the application', () => {
  const admins = policy('Admins', 'non_identity', rules([named('Tomas Lind')]))
  const all = policy('All', 'non_identity', rules([validCertificate]))
  const parts = account({
    cas: [ca('Acme G2', [hostname])],
    applications: [application('Wiki', [hostname], [all]), application('Wiki admin', [`${hostname}/admin`], [admins])],
    policies: [admins, all],
  })

  test('that is more specific wins, and nothing of the other counts', () => {
    expect(asked(parts, mira, '/').verdict).toBe('let-in')
    const answer = asked(parts, mira, '/admin/users?page=2')
    expect(answer.verdict).toBe('refused')
    expect(answer.reasons[2]).toMatchObject({
      kind: 'application',
      chosen: { name: 'Wiki admin', uri: `${hostname}/admin` },
      beaten: [{ name: 'Wiki' }],
    })
    expect(answer.reasons.filter(({ kind }) => kind === 'policy')).toHaveLength(1)
  })

  test('of a path does not cover a longer word', () => {
    expect(asked(parts, mira, '/administration').verdict).toBe('let-in')
  })

  // The tables of Cloudflare's page "Application paths".
  test.each([
    ['*.example.com', 'alpha.example.com', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', 'foo.bar.example.com', false],
    ['example.com', 'example.com/alpha', true],
    ['example.com/*', 'example.com', true],
    ['example.com/*', 'example.com/alpha', true],
    ['example.com', 'alpha.example.com', false],
    ['*.test.example.com', 'alpha.test.example.com', true],
    ['*.test.example.com', 'test.example.com', false],
    ['*test.example.com', 'test.example.com', true],
    ['*test.example.com', 'alphatest.example.com', true],
    ['*test.example.com', 'beta.test.example.com', false],
    ['example.com/alpha/*', 'example.com/alpha/one', true],
    ['example.com/alpha/*', 'example.com/alpha', false],
    ['example.com/foo*/bar', 'example.com/foo/bar', true],
    ['example.com/foo*/bar', 'example.com/food/bar', true],
    ['example.com/foo*/bar', 'example.com/food/stuff/bar', true],
    ['example.com/foo*/bar', 'example.com/food', false],
  ])('%s and %s: %s', (uri, address, isCovered) => {
    const [host = '', ...path] = address.split('/')
    const covering = account({
      zones: null,
      applications: [application('It', [uri], [])],
      organization: null,
    })
    const answer = asked(covering, nobody, `/${path.join('/')}`, host)
    expect(answer.reasons.some(({ kind }) => kind === 'application')).toBe(isCovered)
  })

  test('with a path override is open there, and nowhere else', () => {
    const open = wiki([all])
    open.applications = [
      application('Wiki', [destination(hostname, [{ path: '/public/*', behavior: 'public' }])], [all]),
    ]
    expect(asked(open, nobody, '/public/logo.png').verdict).toBe('let-in')
    expect(asked(open, nobody, '/').verdict).toBe('refused')
  })

  test('with an override that is not known depends', () => {
    const odd = wiki([all])
    odd.applications = [application('Wiki', [destination(hostname, [{ path: '/odd', behavior: 'odd' }])], [all])]
    expect(asked(odd, mira, '/odd')).toMatchObject({ verdict: 'depends', dependsOn: ['unknown'] })
  })

  test('that could be either of two depends, unless they come to the same', () => {
    const both = account({
      cas: [ca('Acme G2', [hostname])],
      applications: [
        application('By path', ['*.acme.example/admin'], [admins]),
        application('By host', [hostname], [all]),
      ],
      policies: [admins, all],
    })
    expect(asked(both, mira, '/admin')).toMatchObject({ verdict: 'depends', dependsOn: ['application'] })
    expect(asked(both, tomas, '/admin').verdict).toBe('let-in')
    expect(asked(both, nobody, '/admin').verdict).toBe('refused')
  })

  test('of a kind that guards no hostname does not count', () => {
    const bookmark = account({ applications: [application('Link', [hostname], [], { type: 'bookmark' })] })
    expect(asked(bookmark, nobody).reasons.at(-1)).toMatchObject({ kind: 'no-application', outcome: 'open' })
  })
})

describe('no application', () => {
  const organization = { name: 'Acme', authDomain: 'acme.cloudflareaccess.com', denyUnmatchedRequests: true }
  const worker = application('Workers', [{ kind: 'worker', type: 'all_workers' }], [])
  test.each<[string, Partial<AccessAccount>, Partial<Explanation>]>([
    ['is open to everyone', {}, { verdict: 'let-in' }],
    [
      'is refused where the organisation denies it',
      { organization: { ...organization, exemptedZones: [] } },
      { verdict: 'refused' },
    ],
    [
      'is open in an exempted zone',
      { organization: { ...organization, exemptedZones: ['acme.example'] } },
      { verdict: 'let-in' },
    ],
    [
      'depends while the setting is not known',
      { organization: null },
      { verdict: 'depends', dependsOn: ['unmatched-setting'] },
    ],
    [
      'depends where an application covers Workers',
      { applications: [worker] },
      { verdict: 'depends', dependsOn: ['worker'] },
    ],
    ['depends for a hostname of no zone here', { zones: [] }, { verdict: 'depends', dependsOn: ['other-account'] }],
  ])('%s', (_name, parts, expected) => {
    expect(asked(account(parts), mira)).toMatchObject(expected)
  })
})

describe('the order of the policies', () => {
  const block = policy('Block', 'deny', rules([named('Mira Falk')]))
  const auth = policy('By certificate', 'non_identity', rules([validCertificate]))
  const allow = policy('Login', 'allow', rules([everyone]))

  test('has Service Auth before Block, so that a Block policy does not stop a certificate', () => {
    const answer = asked(wiki([block, auth]), mira)
    expect(answer.verdict).toBe('let-in')
    expect(answer.reasons.at(-1)).toMatchObject({ kind: 'policy', position: 1, name: 'By certificate', matches: 'yes' })
  })

  test('has Block and Allow by precedence', () => {
    expect(asked(wiki([block, allow]), mira).verdict).toBe('refused')
    expect(asked(wiki([allow, block]), mira)).toMatchObject({ verdict: 'depends', dependsOn: ['login'] })
  })

  test('is that of the precedence, not of the list', () => {
    const parts = wiki([block, allow])
    parts.applications = [
      {
        ...application('Wiki', [hostname], []),
        policies: [
          { policy: block.id, precedence: 7 },
          { policy: allow.id, precedence: 3 },
        ],
      },
    ]
    expect(asked(parts, mira).verdict).toBe('depends')
  })

  test('is that of Cloudflare’s example: C, D, A, B, E', () => {
    const never = rules([named('Nobody')])
    const decisions: [string, AccessDecision][] = [
      ['A', 'allow'],
      ['B', 'deny'],
      ['C', 'non_identity'],
      ['D', 'bypass'],
      ['E', 'allow'],
    ]
    const answer = asked(wiki(decisions.map(([name, decision]) => policy(name, decision, never))), mira)
    expect(answer.reasons.flatMap((one) => (one.kind === 'policy' ? [one.name] : []))).toEqual([
      'C',
      'D',
      'A',
      'B',
      'E',
    ])
  })
})

describe('rules', () => {
  test('exclude wins over include, in the policy that admits', () => {
    expect(asked(only('non_identity', [validCertificate], { exclude: [named('Mira Falk')] }), mira).verdict).toBe(
      'refused',
    )
    expect(asked(only('non_identity', [validCertificate], { exclude: [named('Mira Falk')] }), tomas).verdict).toBe(
      'let-in',
    )
  })

  test('require has to hold too', () => {
    const parts = only('non_identity', [everyone], { require: [validCertificate] })
    expect(asked(parts, mira).verdict).toBe('let-in')
    expect(asked(parts, nobody).verdict).toBe('refused')
  })

  test('of a policy without include hold for nobody', () => {
    expect(asked(only('bypass', [], { require: [validCertificate] }), mira).verdict).toBe('refused')
  })

  test('bypass for everyone is open without a certificate', () => {
    expect(asked(only('bypass', [everyone]), nobody).verdict).toBe('let-in')
  })

  test('a certificate and a login: the login is what is left, and without the certificate nothing', () => {
    const parts = only('allow', [{ kind: 'email-domain', domain: 'acme.example' }], { require: [validCertificate] })
    expect(asked(parts, mira)).toMatchObject({ verdict: 'depends', dependsOn: ['login'] })
    expect(asked(parts, nobody).verdict).toBe('refused')
  })

  test('two countries at once are required of nobody', () => {
    const parts = only('non_identity', [everyone], { require: [country('PT'), country('US')] })
    expect(asked(parts, mira).verdict).toBe('refused')
  })

  test('the same fact is the same fact wherever it is mentioned', () => {
    expect(asked(only('non_identity', [ip], { exclude: [ip] }), mira).verdict).toBe('refused')
    const split = wiki([
      policy('Here', 'non_identity', rules([ip])),
      policy('Elsewhere', 'non_identity', rules([everyone], { exclude: [ip] })),
    ])
    expect(asked(split, mira).verdict).toBe('let-in')
  })

  test.each<[AccessRule, string]>([
    [ip, 'ip-address'],
    [{ kind: 'ip-list', list: 'office' }, 'ip-address'],
    [country('PT'), 'country'],
    [{ kind: 'device-posture', check: 'disk' }, 'device-posture'],
    [{ kind: 'unknown', json: { weather: {} } }, 'unknown'],
    [email('mira@acme.example'), 'identity-without-login'],
  ])('%o is open', (rule, factor) => {
    expect(asked(only('non_identity', [rule]), mira)).toMatchObject({ verdict: 'depends', dependsOn: [factor] })
  })

  test('external evaluation is asked after the login', () => {
    const rule: AccessRule = {
      kind: 'external-evaluation',
      url: 'https://eval.example',
      keysUrl: 'https://eval.example/keys',
    }
    expect(asked(only('allow', [rule]), mira).dependsOn).toEqual(['login', 'external-evaluation'])
  })

  test('a service token is known: this visitor sends it or not', () => {
    const parts = only('non_identity', [{ kind: 'service-token', token: 'backup' }])
    expect(asked(parts, mira).verdict).toBe('refused')
    expect(asked(parts, { certificate: null, serviceToken: 'backup' }).verdict).toBe('let-in')
    const any = only('non_identity', [{ kind: 'any-service-token' }])
    expect(asked(any, { certificate: null, serviceToken: 'other' }).verdict).toBe('let-in')
    expect(asked(any, nobody).verdict).toBe('refused')
  })
})

describe('groups', () => {
  const inGroup = (name: string): AccessRule => ({ kind: 'group', group: groupId(name) })

  test('hold for who is in them, through other groups too', () => {
    const parts = only('non_identity', [inGroup('Staff')])
    parts.groups = [group('Staff', rules([inGroup('Admins')])), group('Admins', rules([named('Mira Falk')]))]
    expect(asked(parts, mira).verdict).toBe('let-in')
    expect(asked(parts, tomas).verdict).toBe('refused')
  })

  test('without include ask for all that they require', () => {
    const parts = only('non_identity', [inGroup('Strict')])
    parts.groups = [group('Strict', rules([], { require: [named('Mira Falk'), validCertificate] }))]
    expect(asked(parts, mira).verdict).toBe('let-in')
    expect(asked(parts, tomas).verdict).toBe('refused')
  })

  test.each([
    ['are gone', []],
    ['hold themselves', [group('Staff', rules([inGroup('Staff')]))]],
    ['were not read', null],
  ])('that %s leave it open', (_how, groups) => {
    const parts = { ...only('non_identity', [inGroup('Staff')]), groups }
    expect(asked(parts, mira)).toMatchObject({ verdict: 'depends', dependsOn: ['unknown'] })
  })
})

test('a policy that was not read, or decides in a way we do not know, may do anything', () => {
  const gone = wiki([policy('Gone', 'non_identity', rules([everyone]))], { policies: [] })
  expect(asked(gone, mira)).toMatchObject({ verdict: 'depends', dependsOn: ['unknown'] })
  expect(asked(only('unknown', [everyone]), mira)).toMatchObject({ verdict: 'depends', dependsOn: ['unknown'] })
})
