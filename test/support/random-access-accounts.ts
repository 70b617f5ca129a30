import fc from 'fast-check'
import type { AccessAccount, AccessApplication, AccessGroup, AccessPolicy } from '#shared/model/access-account'
import type { Visitor } from '#shared/model/access-explanation'
import type { AccessRule, AccessRules } from '#shared/model/access-rule'
import {
  account,
  application,
  ca,
  certificateOf,
  destination,
  expiryAlert,
  group,
  groupId,
  md5,
  policy,
  policyId,
} from './access-accounts'

/** Few names, so that random accounts are full of coincidences. */
export const hostnames = ['a.acme.example', 'b.acme.example', 'x.a.acme.example', 'acme.example', 'a.other.example']
export const paths = ['/', '/x', '/x/y', '/x/y/z', '/xy', '/xy/y', '/z', '/z/y']
const uris = [
  'a.acme.example',
  'a.acme.example/*',
  'a.acme.example/x',
  'a.acme.example/x/*',
  'a.acme.example/x/y',
  'a.acme.example/x*/y',
  '*.acme.example',
  '*.acme.example/x',
  '*.acme.example/z',
  '*.a.acme.example',
  'b.acme.example/x',
  'acme.example',
  'a.other.example/z',
]
const cas = ['Acme G2', 'Acme 2023', 'Acme Root']
const people = ['Mira Falk', 'Tomas Lind', 'mira falk']
const groups = ['One', 'Two', 'Three']
export const addresses = ['pki@acme.example', 'ada@acme.example', 'ops@acme.example']

const anyRule: fc.Arbitrary<AccessRule> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<AccessRule>({ kind: 'everyone' }) },
  { weight: 4, arbitrary: fc.constant<AccessRule>({ kind: 'valid-certificate' }) },
  { weight: 6, arbitrary: fc.constantFrom(...people).map((name): AccessRule => ({ kind: 'common-name', name })) },
  {
    weight: 5,
    arbitrary: fc.constantFrom(...groups, 'Gone').map((name): AccessRule => ({ kind: 'group', group: groupId(name) })),
  },
  {
    weight: 8,
    arbitrary: fc.constantFrom<AccessRule>(
      { kind: 'service-token', token: 'backup' },
      { kind: 'any-service-token' },
      { kind: 'linked-app-token', application: 'agent' },
      { kind: 'ip-range', range: '192.0.2.0/24' },
      { kind: 'ip-list', list: 'office' },
      { kind: 'country', code: 'PT' },
      { kind: 'country', code: 'US' },
      { kind: 'device-posture', check: 'disk' },
      { kind: 'email', email: 'mira@acme.example' },
      { kind: 'email', email: 'tomas@acme.example' },
      { kind: 'email-domain', domain: 'acme.example' },
      { kind: 'login-method', provider: 'okta' },
      { kind: 'provider-group', service: 'okta', provider: 'okta', group: 'devs', team: null },
      { kind: 'external-evaluation', url: 'https://eval.example', keysUrl: 'https://eval.example/keys' },
      { kind: 'unknown', json: { weather: {} } },
    ),
  },
)

/** Integers and lengths are biased towards their limits by fast-check; picking from a list is not. */
const rarely = fc.constantFrom(true, ...Array.from({ length: 14 }, () => false))

/** Half of them plain, so that matching policies follow upon each other. */
const anyRules: fc.Arbitrary<AccessRules> = fc.oneof(
  fc.record({
    include: fc.constantFrom<AccessRule[]>(
      [{ kind: 'everyone' }],
      [{ kind: 'valid-certificate' }],
      people.map((name) => ({ kind: 'common-name', name })),
    ),
    require: fc.constant<AccessRule[]>([]),
    exclude: fc.constant<AccessRule[]>([]),
  }),
  fc.record({
    include: fc.array(anyRule, { maxLength: 3 }),
    require: fc.array(anyRule, { maxLength: 2 }),
    exclude: fc.array(anyRule, { maxLength: 2 }),
  }),
)

const anyPolicies: fc.Arbitrary<AccessPolicy[]> = fc
  .array(
    fc.record({
      decision: fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom('allow', 'deny', 'non_identity') },
        { weight: 2, arbitrary: fc.constant('bypass') },
        { weight: 1, arbitrary: fc.constant('unknown') },
      ),
      rules: anyRules,
    }),
    { minLength: 6, maxLength: 6 },
  )
  .map((all) => all.map(({ decision, rules }, index) => policy(`Policy ${index}`, decision, rules)))

const anyGroups: fc.Arbitrary<AccessGroup[] | null> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(...groups.map(() => anyRules))
      .map((all) => all.map((rules, index) => group(groups[index] ?? '', rules))),
  },
  { weight: 1, arbitrary: fc.constant(null) },
)

const anyDestination = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...uris).map((uri) => destination(uri)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...uris),
        fc.constantFrom('/x/y', '/z/*', '/x*'),
        fc.constantFrom('public', 'public', 'odd'),
      )
      .map(([uri, path, behavior]) => destination(uri, [{ path, behavior }])),
  },
)

/** Nine of ten accounts let their notifications be read. */
const anyAlerting: fc.Arbitrary<AccessAccount['alerting']> = fc
  .record({
    alerts: fc
      .subarray(['Expiry', 'Old expiry'])
      .chain((chosen) =>
        fc.tuple(
          ...chosen.map((name) =>
            fc
              .record({ emails: fc.subarray(addresses, { minLength: 1 }), isEnabled: fc.boolean() })
              .map(({ emails, isEnabled }) => expiryAlert(name, emails, { isEnabled })),
          ),
        ),
      ),
    isRead: fc.constantFrom(false, ...Array.from({ length: 9 }, () => true)),
  })
  .map(({ alerts, isRead }) => {
    const { alerting } = account()
    return isRead && alerting !== null ? { ...alerting, alerts } : null
  })

/** Up to five applications with up to six policies, three groups in each other, and three CAs. */
export const anyAccount: fc.Arbitrary<AccessAccount> = fc
  .record({
    policies: anyPolicies,
    groups: anyGroups,
    applications: fc.array(
      fc.record({
        destinations: fc.uniqueArray(anyDestination, {
          minLength: 1,
          maxLength: 3,
          selector: (one) => JSON.stringify(one),
        }),
        places: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 1, maxLength: 4 }),
        hasUnread: rarely,
        hasOwn: rarely,
        isBookmark: rarely,
        hasWorker: rarely,
      }),
      { minLength: 1, maxLength: 5 },
    ),
    cas: fc.tuple(
      ...cas.map((name) =>
        fc
          .record({
            hostnames: fc.subarray(hostnames),
            bundle: fc.constantFrom([name], [name], [name, 'Acme Root'], null),
            expiresOn: fc.constantFrom(
              '2031-11-18T00:00:00.000Z',
              '2031-11-18T00:00:00.000Z',
              '2026-01-01T00:00:00.000Z',
              null,
            ),
          })
          .map(({ hostnames: own, bundle, expiresOn }) =>
            ca(name, own, { expiresOn, bundle: bundle?.map((one) => md5(one)) ?? null }),
          ),
      ),
    ),
    denies: fc.constantFrom(true, false, null),
    alerting: anyAlerting,
  })
  .map(({ policies, groups: withRules, applications, cas: own, denies, alerting }) => {
    const all = account({ policies, groups: withRules, cas: own, alerting })
    const owned: AccessPolicy[] = []
    return {
      ...all,
      organization:
        denies === null || all.organization === null ? null : { ...all.organization, denyUnmatchedRequests: denies },
      applications: applications.map(({ destinations, places, hasUnread, hasOwn, isBookmark, hasWorker }, index) => {
        const one = application(
          `Application ${index}`,
          hasWorker ? [...destinations, { kind: 'worker', type: 'worker' }] : destinations,
          [],
          { type: isBookmark ? 'bookmark' : 'self_hosted' },
        )
        const reusable = places.flatMap((place) => policies[place] ?? [])
        const attached = hasOwn ? reusable.map((policy) => ownCopy(policy, one)) : reusable
        if (hasOwn) owned.push(...attached)
        const ids = attached.map(({ id }) => id)
        const links = hasUnread && !hasOwn ? [...ids, policyId('not read')] : ids
        return {
          ...one,
          policies: links
            .map((id, order) => ({ policy: id, precedence: 1 + ((order * 5) % 7) }))
            .sort((left, right) => left.precedence - right.precedence),
        }
      }),
      policies: [...policies, ...owned],
    }
  })

/** The same policy, belonging to one application. */
function ownCopy(policy: AccessPolicy, { id, name }: AccessApplication): AccessPolicy {
  const own = policyId(`${policy.name} of ${name}`)
  return { ...policy, id: own, application: id, fetched: { id: own, name: policy.name, session_duration: '24h' } }
}

/** Mostly where the applications are. */
export const anyAddress = fc.record({
  hostname: fc.oneof(
    { weight: 2, arbitrary: fc.constant('a.acme.example') },
    { weight: 1, arbitrary: fc.constantFrom(...hostnames) },
  ),
  path: fc.constantFrom(...paths),
})

export const anyVisitor: fc.Arbitrary<Visitor> = fc.record({
  certificate: fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    {
      weight: 6,
      arbitrary: fc
        .record({
          issuer: fc.constantFrom(...cas, 'Somebody else'),
          name: fc.constantFrom('Mira Falk', 'Tomas Lind', 'Jonas Brandt', null),
          notAfter: fc.constantFrom('2027-03-14T00:00:00.000Z', '2027-03-14T00:00:00.000Z', '2026-11-01T00:00:00.000Z'),
          reachesRoot: fc.constantFrom(true, true, false),
          isForClients: fc.constantFrom(true, true, true, false),
        })
        .map(({ issuer, name, ...more }) => certificateOf(issuer, name, more)),
    },
  ),
  serviceToken: fc.constantFrom(null, null, null, 'backup', 'other'),
})
