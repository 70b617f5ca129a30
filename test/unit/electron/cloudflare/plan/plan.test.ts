import { rootCertificates } from 'node:tls'
import { beforeAll, describe, expect, test } from 'vitest'
import { callOf } from '#electron/cloudflare/plan/calls'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { stateDigest } from '#electron/cloudflare/plan/digest'
import { planOf } from '#electron/cloudflare/plan/plan'
import { simulate } from '#electron/cloudflare/plan/simulate'
import { createRoot } from '#electron/pki/authority/root'
import { certificatePem, certificatesIn } from '#electron/pki/x509/pem'
import { certificateMd5 } from '#electron/pki/x509/read'
import { verdictWords } from '#shared/logic/access/explanation-words'
import { changeWords, lossWords, problemWords, riskWords } from '#shared/logic/access/plan-words'
import type { AccessAccount } from '#shared/model/access-account'
import type { AccessRule } from '#shared/model/access-rule'
import { AccessWish } from '#shared/model/access-wish'
import {
  account,
  application,
  ca,
  destination,
  group,
  md5,
  policy,
  readAt,
  rules,
} from '../../../../support/access-accounts'
import { named } from '../../../../support/certificates'

const at = new Date(readAt)
const hostname = 'wiki.acme.example'
const commonName = (name: string): AccessRule => ({ kind: 'common-name', name })

let pem = ''
beforeAll(async () => {
  pem = certificatePem(
    (await createRoot({ algorithm: 'p-256', days: 3650, now: at, subject: named('New') })).certificate,
  )
})

const staff = policy(
  'Staff login',
  'allow',
  rules([{ kind: 'email-domain', domain: 'acme.example' }], { require: [{ kind: 'valid-certificate' }] }),
)
const acme = account({
  cas: [ca('Acme 2023', [hostname, 'x.acme.example']), ca('Acme G2', ['a.acme.example', 'b.acme.example'])],
  settings: [
    { hostname: 'a.acme.example', forwarding: true, chinaNetwork: false },
    { hostname: 'b.acme.example', forwarding: false, chinaNetwork: true },
  ],
  applications: [application('Wiki', [hostname], [staff])],
  policies: [staff],
})

const wishOf = (wish: Partial<Record<keyof AccessWish, unknown>>): AccessWish =>
  AccessWish.parse({ version: 1, account: acme.id, ...wish })

function stepsOf(parts: AccessAccount, wish: AccessWish) {
  const found = changesFor(parts, wish, at)
  if (found.changes === null) throw new Error(found.problems.map(problemWords).join(' '))
  let current = parts
  return planOf(parts, found.changes, readAt).steps.map((step) => {
    const before = current
    current = simulate(current, step.change)
    const { title } = changeWords(step.change, before, current)
    return { title, risks: step.risks.map(riskWords), confirm: step.confirm, call: callOf(step.change, before) }
  })
}

const titles = (parts: AccessAccount, wish: AccessWish) => stepsOf(parts, wish).map(({ title }) => title)

const byCertificate = {
  name: 'Wiki by certificate',
  decision: 'non_identity',
  include: ['Mira Falk', 'Tomas Lind'].map((name) => ({ common_name: { common_name: name } })),
}

const move = wishOf({
  hostnames: [{ hostname, cas: ['Acme G2'] }],
  policies: [byCertificate],
  applications: [{ domain: hostname, attach: ['Wiki by certificate'] }],
})

describe('moving a hostname to another CA', () => {
  test('lets in first, then tests, then takes away', () => {
    expect(titles(acme, move)).toEqual([
      'Add wiki.acme.example to the CA Acme G2',
      'Create the policy Wiki by certificate',
      'Attach Wiki by certificate to the application Wiki',
      'Test wiki.acme.example with a certificate from each CA',
      'Remove wiki.acme.example from the CA Acme 2023',
    ])
  })

  test('marks what is risky, and asks for the hostname where people are locked out', () => {
    const [add, , , , remove] = stepsOf(acme, move)
    expect(add?.risks).toEqual(['Acme 2023 and Acme G2 can each issue any name for wiki.acme.example.'])
    expect(remove).toMatchObject({
      risks: ['Certificates from Acme 2023 stop working on wiki.acme.example.'],
      confirm: [hostname],
    })
  })

  test('says who gets in before and after, and who no longer does', () => {
    const { changes } = changesFor(acme, move, at)
    const { visitors } = planOf(acme, changes ?? [], readAt)
    const rows = visitors.map(({ visitor: { certificate }, before, after }) =>
      [
        certificate?.commonName ?? 'anybody else',
        certificate?.issuerName ?? 'none',
        verdictWords(before),
        verdictWords(after),
      ].join(', '),
    )
    expect(rows).toEqual([
      'Mira Falk, Acme 2023, After login, Refused',
      'Tomas Lind, Acme 2023, After login, Refused',
      'anybody else, Acme 2023, After login, Refused',
      'Mira Falk, Acme G2, Refused, Let in',
      'Tomas Lind, Acme G2, Refused, Let in',
      'anybody else, Acme G2, Refused, After login',
      'anybody else, none, Refused, Refused',
    ])
    expect(lossWords(visitors)).toEqual([
      'Mira Falk (Acme 2023) gets in to wiki.acme.example now and will not afterwards.',
      'Tomas Lind (Acme 2023) gets in to wiki.acme.example now and will not afterwards.',
      'Any other certificate from Acme 2023 gets in to wiki.acme.example now and will not afterwards.',
    ])
  })

  test('writes the application with everything that was fetched, and the new policy behind the others', () => {
    const [, create, attach] = stepsOf(acme, move)
    expect(create?.call).toEqual({
      method: 'POST',
      path: `/accounts/${acme.id}/access/policies`,
      body: { ...byCertificate, require: [], exclude: [] },
    })
    expect(attach?.call).toEqual({
      method: 'PUT',
      path: `/accounts/${acme.id}/access/apps/app-wiki`,
      body: {
        name: 'Wiki',
        type: 'self_hosted',
        domain: hostname,
        session_duration: '24h',
        new_in_2027: { kept: true },
        policies: [
          { id: staff.id, precedence: 1 },
          { id: 'created-1', precedence: 2 },
        ],
      },
    })
  })
})

describe('a CA', () => {
  test('is uploaded without hostnames, which follow', () => {
    const [upload, add] = stepsOf(
      acme,
      wishOf({ cas: [{ name: 'New', pem }], hostnames: [{ hostname, cas: ['Acme 2023', 'New'] }] }),
    )
    expect(upload?.call?.body).toEqual({ name: 'New', certificate: pem, associated_hostnames: [] })
    expect(add?.call).toMatchObject({ method: 'PUT', body: { name: 'New', associated_hostnames: [hostname] } })
  })

  test('is not uploaded again where Access reports one of its certificates', () => {
    const [der = new Uint8Array()] = certificatesIn(pem)
    const has = { ...acme, cas: [ca('Whatever its name', [], { fingerprint: certificateMd5(der), bundle: null })] }
    expect(titles(has, wishOf({ cas: [{ name: 'New', pem }] }))).toEqual([])
  })

  test('that a hostname loses as its last one is a risk, and the list is sent empty', () => {
    const both = wishOf({ hostnames: [hostname, 'x.acme.example'].map((name) => ({ hostname: name, cas: [] })) })
    const [step] = stepsOf(acme, both)
    expect(step?.call?.body).toEqual({ name: 'Acme 2023', associated_hostnames: [] })
    expect(step?.confirm).toEqual([hostname, 'x.acme.example'])
    expect(step?.risks[0]).toBe(`${hostname} has no CA afterwards: nobody can use a certificate there.`)
  })

  test('is deleted once its hostnames are gone, and not before', () => {
    const retired = wishOf({
      hostnames: [hostname, 'x.acme.example'].map((name) => ({ hostname: name, cas: ['Acme G2'] })),
      retire: ['Acme 2023'],
    })
    expect(stepsOf(acme, retired).at(-1)).toMatchObject({ title: 'Delete the CA Acme 2023', confirm: ['Acme 2023'] })
    expect(changesFor(acme, wishOf({ retire: ['Acme 2023'] }), at).problems).toEqual([
      { kind: 'ca-in-use', name: 'Acme 2023', hostnames: [hostname, 'x.acme.example'] },
    ])
  })

  test('that is public makes “Valid Certificate” a risk', () => {
    const [root = ''] = rootCertificates
    const [der = new Uint8Array()] = certificatesIn(root)
    const open = { ...acme, cas: [ca('A public CA', [hostname], { fingerprint: certificateMd5(der), bundle: null })] }
    const any = wishOf({
      policies: [{ name: 'Any', decision: 'non_identity', include: [{ certificate: {} }] }],
      applications: [{ domain: hostname, attach: ['Any'] }],
    })
    expect(stepsOf(open, any).flatMap(({ risks }) => risks)).toContain(
      'Any accepts any valid certificate, and A public CA is a public CA: each of its customers can have one.',
    )
    expect(stepsOf(acme, any).flatMap(({ risks }) => risks)).toEqual([])
  })
})

describe('certificate forwarding', () => {
  test('is one list for the account, sent whole and on the account’s own path', () => {
    const [step, ...others] = stepsOf(
      acme,
      wishOf({ hostnames: [{ hostname: 'b.acme.example', cas: ['Acme G2'], forwarding: true }] }),
    )
    expect(others).toEqual([])
    expect(step?.title).toBe('Turn certificate forwarding on for b.acme.example')
    expect(step?.call).toEqual({
      method: 'PUT',
      path: `/accounts/${acme.id}/access/certificates/settings`,
      body: {
        settings: [
          { hostname: 'a.acme.example', china_network: false, client_certificate_forwarding: true },
          { hostname: 'b.acme.example', china_network: true, client_certificate_forwarding: true },
        ],
      },
    })
  })

  test('that is off without an entry needs none', () => {
    expect(titles(acme, wishOf({ hostnames: [{ hostname, cas: ['Acme 2023'], forwarding: false }] }))).toEqual([])
  })
})

describe('policies', () => {
  const groups = [
    { name: 'Outer', include: [{ group: { name: 'Inner' } }] },
    { name: 'Inner', include: [{ certificate: {} }] },
  ]

  test('name groups, which are created before them, the inner ones first', () => {
    const wish = wishOf({
      groups,
      policies: [{ name: 'By group', decision: 'non_identity', include: [{ group: { name: 'Outer' } }] }],
    })
    expect(titles(acme, wish)).toEqual([
      'Create the group Inner',
      'Create the group Outer',
      'Create the policy By group',
    ])
  })

  test('in another order of rules are the same', () => {
    const two = policy('Two', 'non_identity', rules([commonName('Mira Falk'), commonName('Tomas Lind')]))
    const reversed = { name: 'Two', decision: 'non_identity', include: [...byCertificate.include].reverse() }
    expect(titles({ ...acme, policies: [staff, two] }, wishOf({ policies: [reversed] }))).toEqual([])
  })

  test('that other applications use say so before they change', () => {
    const wish = wishOf({ policies: [{ name: 'Staff login', decision: 'bypass', include: [{ everyone: {} }] }] })
    const [step] = stepsOf(acme, wish)
    expect(step?.risks).toEqual([
      'Staff login turns off all checks for everyone it matches.',
      'Staff login includes everyone.',
      'Staff login is also used by Wiki.',
    ])
    expect(step?.call).toMatchObject({ method: 'PUT', body: { session_duration: '24h', decision: 'bypass' } })
    expect(step?.call?.body).not.toHaveProperty('reusable')
  })

  test('of one application are added to it, and changed at its own path, in their place', () => {
    const own = { ...staff, application: application('Wiki', [], []).id }
    const parts = { ...acme, policies: [own] }
    const wish = wishOf({
      policies: [byCertificate],
      applications: [{ domain: hostname, attach: ['Wiki by certificate'] }],
    })
    const [add, ...others] = stepsOf(parts, wish)
    expect(others).toEqual([])
    expect(add?.call).toMatchObject({
      method: 'POST',
      path: `/accounts/${acme.id}/access/apps/app-wiki/policies`,
      body: { precedence: 2 },
    })
    const change = { kind: 'update-policy', id: own.id, decision: 'deny', rules: own.rules } as const
    expect(callOf(change, parts)).toMatchObject({
      path: `/accounts/${acme.id}/access/apps/app-wiki/policies/${own.id}`,
      body: { precedence: 1, decision: 'deny' },
    })
  })
})

describe('applications', () => {
  test('that do not exist are created with their policies', () => {
    const wish = wishOf({
      policies: [byCertificate],
      applications: [{ domain: 'new.acme.example', name: 'New', attach: ['Wiki by certificate'] }],
    })
    expect(stepsOf(acme, wish).at(-1)?.call?.body).toEqual({
      name: 'New',
      domain: 'new.acme.example',
      type: 'self_hosted',
      destinations: [{ type: 'public', uri: 'new.acme.example' }],
      session_duration: '24h',
      policies: [{ id: 'created-1', precedence: 1 }],
    })
  })

  test('say which parts of their address they do not decide', () => {
    const parts = {
      ...acme,
      applications: [
        application('Wiki', [destination(hostname, [{ path: '/public/*', behavior: 'public' }])], [staff]),
        application('Wiki admin', [`${hostname}/admin`], []),
      ],
    }
    const wish = wishOf({
      policies: [byCertificate],
      applications: [{ domain: hostname, attach: ['Wiki by certificate'] }],
    })
    expect(stepsOf(parts, wish).at(-1)?.risks).toEqual([
      '/public/* is open to everyone on wiki.acme.example, whatever the policies say.',
      'wiki.acme.example/admin belongs to Wiki admin: its policies apply there, not these.',
    ])
  })

  test('lose only the policies that are named', () => {
    expect(stepsOf(acme, wishOf({ applications: [{ domain: hostname, detach: ['Staff login'] }] }))).toMatchObject([
      { title: 'Detach Staff login from the application Wiki', call: { body: { policies: [] } } },
    ])
  })
})

describe('no plan', () => {
  const twice = { ...acme, policies: [staff, { ...staff, id: policy('Other', 'allow', rules([])).id }] }
  const state = (digest: string, expires: string) => ({ state: { digest, expires } })
  test.each<[string, AccessAccount, Partial<Record<keyof AccessWish, unknown>>, string]>([
    ['for another account', acme, { account: 'somebody-else' }, 'This plan file is for another account.'],
    [
      'for another state',
      acme,
      state('0'.repeat(64), '2027-01-01T00:00:00.000Z'),
      'The account has changed since this plan file was written. Export it again.',
    ],
    [
      'after its time',
      acme,
      state(stateDigest(acme), '2026-01-01T00:00:00.000Z'),
      'This plan file has expired. Export it again.',
    ],
    ['with an unknown CA', acme, { hostnames: [{ hostname, cas: ['Nobody'] }] }, 'There is no CA Nobody.'],
    [
      'with an unknown fingerprint',
      acme,
      { cas: [{ name: 'Gone', fingerprint: md5('gone') }] },
      'There is no CA Gone.',
    ],
    [
      'with a PEM that Access refuses',
      acme,
      { cas: [{ name: 'Bad', pem: 'x' }] },
      'Access would refuse the CA Bad. It contains no certificate.',
    ],
    [
      'for a foreign hostname',
      acme,
      { hostnames: [{ hostname: 'wiki.other.example', cas: ['Acme G2'] }] },
      'wiki.other.example is in none of the account’s zones.',
    ],
    [
      'for a name that two have',
      twice,
      { policies: [{ ...byCertificate, name: 'Staff login' }] },
      'There is more than one policy Staff login.',
    ],
    [
      'for a policy that is not there',
      acme,
      { applications: [{ domain: hostname, attach: ['Nothing'] }] },
      'There is no policy Nothing.',
    ],
    [
      'for an application without a name',
      acme,
      { applications: [{ domain: 'new.acme.example', attach: ['Staff login'] }] },
      'No application has the address new.acme.example. Give a name to create one.',
    ],
    [
      'for groups that were not read',
      { ...acme, groups: null },
      { groups: [{ name: 'New', include: [] }] },
      'The token may not read rule groups, so New could not be checked.',
    ],
    [
      'for a group in itself',
      acme,
      { groups: [{ name: 'New', include: [{ group: { name: 'New' } }] }] },
      'The group New contains itself.',
    ],
    [
      'for what attaches and detaches',
      acme,
      { applications: [{ domain: hostname, attach: ['Staff login'], detach: ['Staff login'] }] },
      'Staff login is both attached to Wiki and detached from it.',
    ],
    [
      'for more CAs than Access takes',
      { ...acme, cas: Array.from({ length: 51 }, (_item, index) => ca(`CA ${index}`, [])) },
      {},
      'Access accepts at most 50 CAs.',
    ],
  ])('%s', (_how, parts, wish, words) => {
    const { changes, problems } = changesFor(parts, wishOf(wish), at)
    expect(changes).toBeNull()
    expect(problems.map(problemWords)).toEqual([words])
  })

  test.each<[string, Partial<Record<keyof AccessWish, unknown>>]>([
    ['CA', { managedElsewhere: { cas: ['Acme G2'] }, hostnames: [{ hostname, cas: ['Acme 2023', 'Acme G2'] }] }],
    [
      'hostname',
      { managedElsewhere: { hostnames: [hostname] }, hostnames: [{ hostname, cas: ['Acme 2023', 'Acme G2'] }] },
    ],
    [
      'policy',
      { managedElsewhere: { policies: ['Staff login'] }, policies: [{ ...byCertificate, name: 'Staff login' }] },
    ],
    ['group', { managedElsewhere: { groups: ['Staff'] }, groups: [{ name: 'Staff', include: [{ everyone: {} }] }] }],
    [
      'application',
      { managedElsewhere: { applications: [hostname] }, applications: [{ domain: hostname, detach: ['Staff login'] }] },
    ],
  ])('that would change a %s which is managed elsewhere', (what, wish) => {
    const parts = { ...acme, groups: [group('Staff', rules([commonName('Mira Falk')]))] }
    expect(changesFor(parts, wishOf(wish), at).problems).toMatchObject([{ kind: 'managed-elsewhere', what }])
  })
})

test('the digest does not depend on the order of lists or the time of reading', () => {
  const reordered = {
    ...acme,
    readAt: '2026-11-26T00:00:00.000Z',
    cas: [...acme.cas].reverse().map((one) => ({ ...one, hostnames: [...one.hostnames].reverse(), bundle: null })),
    settings: [...acme.settings].reverse(),
  }
  expect(stateDigest(reordered)).toBe(stateDigest(acme))
  expect(stateDigest({ ...acme, policies: [] })).not.toBe(stateDigest(acme))
})
