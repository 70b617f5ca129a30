import { describe, expect, test } from 'vitest'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { AccessWish } from '#shared/model/access-wish'
import { account, application, ca, policy, readAt, rules } from '../../../../support/access-accounts'

const any = [{ kind: 'valid-certificate' as const }]
const staff = policy('Staff', 'allow', rules(any))
const robots = policy('Robots', 'non_identity', rules(any))
const shared = application('Shared', ['a.acme.example', 'b.acme.example'], [staff])
const ownOf = application('Own', ['c.acme.example'], [])
const own = { ...policy('Guests', 'allow', rules(any)), application: ownOf.id }
const acme = account({
  cas: [ca('Acme G2', ['a.acme.example'])],
  applications: [shared, { ...ownOf, policies: [{ policy: own.id, precedence: 1 }] }],
  policies: [staff, robots, own],
})

const everyone = { decision: 'allow', include: [{ everyone: {} }] }

/** The problems of a wish, some of whose parts are managed elsewhere. */
const problemsOf = (managedElsewhere: object, wish: object) =>
  changesFor(acme, AccessWish.parse({ version: 1, account: acme.id, ...wish, managedElsewhere }), new Date(readAt))
    .problems

describe('what is managed elsewhere', () => {
  test.each(['b.acme.example', 'https://b.acme.example/', 'B.Acme.Example/*', 'a.acme.example'])(
    'is an application under each of its addresses, here %s',
    (address) => {
      for (const more of [{ attach: ['Robots'] }, { detach: ['Staff'] }])
        expect(
          problemsOf({ applications: [address] }, { applications: [{ domain: 'a.acme.example', ...more }] }),
        ).toMatchObject([{ kind: 'managed-elsewhere', what: 'application' }])
    },
  )

  test('is one that does not exist yet', () => {
    const wished = [{ domain: 'new.acme.example', name: 'New' }]
    expect(problemsOf({ applications: ['https://new.acme.example'] }, { applications: wished })).toMatchObject([
      { kind: 'managed-elsewhere', what: 'application', name: 'new.acme.example' },
    ])
  })

  test('are the policies that an application has to itself', () => {
    const wish = {
      policies: [{ name: 'Guests', ...everyone }],
      applications: [{ domain: 'c.acme.example', attach: ['Guests'] }],
    }
    expect(problemsOf({}, wish)).toEqual([])
    expect(problemsOf({ applications: ['https://c.acme.example'] }, wish)).toMatchObject([
      { kind: 'managed-elsewhere', what: 'policy', name: 'Guests' },
    ])
  })

  test('is a hostname in any spelling', () => {
    const managed = { hostnames: ['https://A.acme.example/'] }
    for (const more of [{ cas: [] }, { cas: ['Acme G2'], forwarding: true }])
      expect(problemsOf(managed, { hostnames: [{ hostname: 'a.acme.example', ...more }] })).toMatchObject([
        { kind: 'managed-elsewhere', what: 'hostname', name: 'a.acme.example' },
      ])
  })

  test('is a CA under the name that the file gives it', () => {
    const cas = [{ name: 'Ours', fingerprint: acme.cas[0]?.fingerprint }]
    const hostnames = [{ hostname: 'a.acme.example', cas: [] }]
    expect(problemsOf({ cas: ['Ours'] }, { cas, hostnames })).toMatchObject([{ kind: 'managed-elsewhere', what: 'CA' }])
    expect(problemsOf({ cas: ['Ours'] }, { cas, hostnames, retire: ['Acme G2'] })).toContainEqual({
      kind: 'managed-elsewhere',
      what: 'CA',
      name: 'Acme G2',
    })
  })
})
