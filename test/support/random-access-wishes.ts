import fc from 'fast-check'
import { writeRule } from '#electron/cloudflare/rule-json'
import type { AccessAccount } from '#shared/model/access-account'
import type { AccessRule, JsonObject } from '#shared/model/access-rule'
import { AccessWish, wishVersion } from '#shared/model/access-wish'
import { addresses } from './random-access-accounts'

const names = ['Mira Falk', 'Tomas Lind', 'Priya Rao']
const groups = ['One', 'Two', 'New group', 'Newer group']

const anyRule = (groupNames: string[]): fc.Arbitrary<JsonObject> =>
  fc.constantFrom(
    ...[
      { kind: 'everyone' } as const,
      { kind: 'valid-certificate' } as const,
      ...names.map((name): AccessRule => ({ kind: 'common-name', name })),
      { kind: 'email-domain', domain: 'acme.example' } as const,
      { kind: 'country', code: 'PT' } as const,
      { kind: 'unknown', json: { weather: {} } } as const,
    ].map(writeRule),
    ...groupNames.map((name): JsonObject => ({ group: { name } })),
  )

const anyRules = (groupNames: string[]) => ({
  include: fc.array(anyRule(groupNames), { minLength: 1, maxLength: 3 }),
  require: fc.array(anyRule(groupNames), { maxLength: 1 }),
  exclude: fc.array(anyRule(groupNames), { maxLength: 1 }),
})

const some = <T>(items: T[], minLength = 0) => fc.subarray(items, { minLength })

const anyApplications = (domains: string[], policies: string[]) =>
  some(domains).chain((chosen) =>
    fc.tuple(
      ...chosen.map((domain) =>
        fc
          .record({
            domain: fc.constant(domain),
            name: fc.constantFrom('New application', 'Newer application'),
            attach: some(policies),
            detach: some(policies),
          })
          .map((one) => ({ ...one, detach: one.detach.filter((name) => !one.attach.includes(name)) })),
      ),
    ),
  )

/** What somebody may want of an account, in the names that it has and some new ones. `pem`: a CA that it does not have. */
export function anyWish(account: AccessAccount, hostnames: string[], pem: string): fc.Arbitrary<AccessWish> {
  const newCa = 'New CA'
  const cas = [...account.cas.map(({ name }) => name), newCa]
  const reusable = account.policies.flatMap(({ name, application }) => (application === null ? [name] : []))
  const taken = account.applications.flatMap(({ destinations }) =>
    destinations.flatMap((one) => (one.kind === 'public' ? [one.uri.replace(/\/\*$/u, '')] : [])),
  )
  const alone = taken.filter((uri) => taken.filter((other) => other === uri).length === 1)
  const domains = [...new Set([...alone, 'new.acme.example', 'newer.acme.example/x'])]
  return fc
    .record({
      hostnames: some(hostnames).chain((chosen) =>
        fc.tuple(
          ...chosen.map((hostname) =>
            fc.record({
              hostname: fc.constant(hostname),
              cas: some(cas),
              forwarding: fc.constantFrom(true, false, null),
            }),
          ),
        ),
      ),
      // A group may name one of the account, and those before it. Nine of ten accounts let their groups be read.
      groups: some(account.groups === null ? [] : groups).chain((chosen) =>
        fc.tuple(
          ...chosen.map((name, index) =>
            fc.record({ name: fc.constant(name), ...anyRules(['Three', ...chosen.slice(0, index)]) }),
          ),
        ),
      ),
      policies: some([...reusable.slice(-2), 'New policy', 'Newer policy']).chain((chosen) =>
        fc.tuple(
          ...chosen.map((name) =>
            fc.record({
              name: fc.constant(name),
              decision: fc.constantFrom('allow', 'deny', 'bypass', 'non_identity'),
              ...anyRules((account.groups ?? []).map((group) => group.name)),
            }),
          ),
        ),
      ),
      // Half of them are as the account's are not: of another name, address or state.
      alerts: some(account.alerting === null ? [] : ['Expiry', 'New expiry']).chain((chosen) =>
        fc.tuple(
          ...chosen.map((name) =>
            fc.record({
              name: fc.constant(name),
              enabled: fc.boolean(),
              emails: some(addresses, 1),
              webhooks: fc.constantFrom([], ['d'.repeat(32)]),
            }),
          ),
        ),
      ),
      removeAlerts: fc.constantFrom<string[]>([], account.alerting === null ? [] : ['Old expiry']),
      retire: fc.constantFrom<string[]>(...Array.from({ length: 7 }, () => []), ['Acme 2023']),
    })
    .chain((wish) => {
      const known = [...new Set([...reusable, ...wish.policies.map(({ name }) => name)])]
      return anyApplications(domains, known).map((applications) =>
        AccessWish.parse({
          version: wishVersion,
          account: account.id,
          cas: [{ name: newCa, pem }],
          applications,
          ...wish,
        }),
      )
    })
}
