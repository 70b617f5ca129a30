import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { callOf } from '#electron/cloudflare/plan/calls'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { nothingManaged } from '#electron/cloudflare/plan/managed'
import { rollOver } from '#electron/cloudflare/plan/roll-over'
import { simulate } from '#electron/cloudflare/plan/simulate'
import { undoOf } from '#electron/cloudflare/plan/undo'
import { createRoot } from '#electron/pki/authority/root'
import { certificatePem } from '#electron/pki/x509/pem'
import { certificateMd5 } from '#electron/pki/x509/read'
import type { AccessAccount } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import { AccessWish } from '#shared/model/access-wish'
import { account, application, ca, policy, readAt, rules } from '../../../../support/access-accounts'
import { derOf, named } from '../../../../support/certificates'
import { anyAccessCase, newCaPem } from '../../../../support/random-access-cases'
import { rounds } from '../../../../support/rounds'

/*
 * What went wrong for others who changed Access by its API, as far as a plan can prevent it. Numbers without a name are those of
 * issues of Cloudflare's Terraform provider. `reports.test.ts` lists all of them, with the tests that are elsewhere.
 */

const seed = Number(process.env['LATCHKEY_SEED'] ?? 20_261_127)
const at = new Date(readAt)
let pem = ''
beforeAll(async () => {
  pem = certificatePem(
    (await createRoot({ algorithm: 'p-256', days: 3650, now: at, subject: named('G2') })).certificate,
  )
})

const auth = policy('Auth', 'non_identity', rules([{ kind: 'valid-certificate' }]))
const staff = policy('Staff', 'allow', rules([{ kind: 'everyone' }]))
const acme = account({
  cas: [ca('G1', ['a.acme.example'])],
  settings: ['a.acme.example', 'b.acme.example'].map((hostname) => ({
    hostname,
    forwarding: false,
    chinaNetwork: false,
  })),
  applications: [application('A', ['a.acme.example'], [auth])],
  policies: [auth, staff],
})

const changes = (parts: AccessAccount, wish: Partial<Record<keyof AccessWish, unknown>>) =>
  changesFor(parts, AccessWish.parse({ version: 1, account: parts.id, ...wish }), at)

/** The requests of a plan, in their order. */
function calls(parts: AccessAccount, wish: Partial<Record<keyof AccessWish, unknown>>) {
  const found = changes(parts, wish).changes ?? []
  return callsOf(parts, found)
}

function callsOf(parts: AccessAccount, all: AccessChange[]) {
  let current = parts
  return all.flatMap((change) => {
    const call = callOf(change, current)
    current = simulate(current, change)
    return call === null ? [] : [call]
  })
}

const attachStaff = { applications: [{ domain: 'a.acme.example', attach: ['Staff'] }] }

describe('a plan', () => {
  test('sends the settings of all hostnames, on the account’s path (7132)', () => {
    const [call] = calls(acme, { hostnames: [{ hostname: 'a.acme.example', cas: ['G1'], forwarding: true }] })
    expect(call?.path).toBe(`/accounts/${acme.id}/access/certificates/settings`)
    expect(call?.body?.['settings']).toHaveLength(2)
  })

  test('refuses a hostname of another zone before Access does (4520)', () => {
    const { problems } = changes(acme, { hostnames: [{ hostname: 'a.other.example', cas: ['G1'] }] })
    expect(problems).toEqual([{ kind: 'foreign-hostname', hostname: 'a.other.example' }])
  })

  test('takes another PEM for another CA, and does not believe that the old one changed (6916)', () => {
    const wish = { cas: [{ name: 'G1', pem }], hostnames: [{ hostname: 'a.acme.example', cas: ['G1'] }] }
    const { changes: found } = changes(acme, wish)
    const after = (found ?? []).reduce(simulate, acme)
    expect(after.cas.map(({ hostnames }) => hostnames)).toEqual([[], ['a.acme.example']])
  })

  test('empties a CA in a step of its own before it deletes it, and sends the empty list (987, 5941; terraform-provider-ibm 6669)', () => {
    const wish = { hostnames: [{ hostname: 'a.acme.example', cas: [] }], retire: ['G1'] }
    expect(calls(acme, wish).map(({ method, body }) => [method, body?.['associated_hostnames']])).toEqual([
      ['PUT', []],
      ['DELETE', undefined],
    ])
  })

  test('that stopped between the two gives the hostname its CA back when it is undone (5977)', () => {
    const [empty] =
      changes(acme, { hostnames: [{ hostname: 'a.acme.example', cas: [] }], retire: ['G1'] }).changes ?? []
    if (empty === undefined) throw new Error('There is a first change.')
    const undo = undoOf(acme, [empty], simulate(acme, empty))
    expect(callsOf(simulate(acme, empty), undo.changes)).toMatchObject([
      { method: 'PUT', body: { associated_hostnames: ['a.acme.example'] } },
    ])
  })

  test('gives every policy its place, the one that it had (937, 941)', () => {
    expect(calls(acme, attachStaff)[0]?.body?.['policies']).toEqual([
      { id: auth.id, precedence: 1 },
      { id: staff.id, precedence: 2 },
    ])
  })

  test('sends no place 0 back, though Access has given it out (5010, 5756)', () => {
    const zero = {
      ...acme,
      applications: acme.applications.map((one) => ({ ...one, policies: [{ policy: auth.id, precedence: 0 }] })),
    }
    expect(calls(zero, attachStaff)[0]?.body?.['policies']).toEqual([
      { id: auth.id, precedence: 1 },
      { id: staff.id, precedence: 2 },
    ])
  })

  test('does not link reusable policies to an application with policies of its own, and uses their own path (5499, 5586)', () => {
    const own = { ...acme, policies: [{ ...auth, application: acme.applications[0]?.id ?? null }, staff] }
    expect(calls(own, attachStaff).map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST /accounts/${acme.id}/access/apps/app-a/policies`,
    ])
  })

  test('that is undone detaches a policy before it deletes it (7284, 7140)', () => {
    const wish = {
      policies: [{ name: 'New', decision: 'non_identity', include: [{ certificate: {} }] }],
      applications: [{ domain: 'a.acme.example', attach: ['New'] }],
    }
    const made = changes(acme, wish).changes ?? []
    const after = made.reduce(simulate, acme)
    const undo = undoOf(acme, made, after)
    expect(callsOf(after, undo.changes).map(({ method }) => method)).toEqual(['PUT', 'DELETE'])
  })

  test('can take off the last policy (3469)', () => {
    expect(
      calls(acme, { applications: [{ domain: 'a.acme.example', detach: ['Auth'] }] })[0]?.body?.['policies'],
    ).toEqual([])
  })

  test('does not take what Access fills in by itself for a change (5495, 5565)', () => {
    const filled = {
      ...acme,
      policies: acme.policies.map((one) => ({
        ...one,
        fetched: { ...one.fetched, app_count: 3, approval_required: false },
      })),
    }
    const same = { name: 'Auth', decision: 'non_identity', include: [{ certificate: {} }] }
    expect(calls(filled, { policies: [same] })).toEqual([])
  })

  test('changes a policy in its place instead of replacing it (3921), and writes {certificate: {}} as it is (7156)', () => {
    const wish = { policies: [{ name: 'Auth', decision: 'allow', include: [{ certificate: {} }] }] }
    expect(calls(acme, wish)).toMatchObject([
      {
        method: 'PUT',
        path: `/accounts/${acme.id}/access/policies/${auth.id}`,
        body: { include: [{ certificate: {} }] },
      },
    ])
  })

  test('sends a CA’s hostnames with those that others have given it (1044)', () => {
    const wish = { hostnames: [{ hostname: 'b.acme.example', cas: ['G1'] }] }
    expect(calls(acme, wish)[0]?.body?.['associated_hostnames']).toEqual(['a.acme.example', 'b.acme.example'])
  })

  test('takes a CA for the same whatever its line ends are (6860)', () => {
    const there = { ...acme, cas: [ca('G2', [], { fingerprint: certificateMd5(derOf(pem)), bundle: null })] }
    for (const text of [pem, pem.replaceAll('\n', '\r\n'), `\n${pem}\n\n`])
      expect(calls(there, { cas: [{ name: 'G2', pem: text }] })).toEqual([])
  })

  test('keeps the secrets and the unknown fields of an application that it replaces (2393, 5892; alchemy 1452)', () => {
    const fields = { scim_config: { authentication: { password: 'kept' } }, later_field: { deep: [1] } }
    const secret = {
      ...acme,
      applications: acme.applications.map((one) => ({ ...one, fetched: { ...one.fetched, ...fields } })),
    }
    expect(calls(secret, attachStaff)[0]?.body).toMatchObject(fields)
  })

  test('does not take an address that another application has (1893; wrangler-action 241; workers-sdk 4660)', () => {
    const second = application('B', ['b.acme.example', 'c.acme.example'], [])
    const both = { ...acme, applications: [...acme.applications, second] }
    const found = calls(both, { applications: [{ domain: 'c.acme.example', name: 'Mine', attach: ['Staff'] }] })
    expect(found.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `PUT /accounts/${acme.id}/access/apps/${second.id}`,
    ])
  })

  test('replaces a CA without destroying it first: the old one goes last (soleur 7065)', () => {
    const [old] = acme.cas
    if (old === undefined) throw new Error('There is a CA.')
    const { changes: found } = rollOver(acme, old, { name: 'G2', pem }, 'finish', nothingManaged)
    const kinds = (found ?? []).map(({ kind }) => kind)
    expect(kinds[0]).toBe('create-ca')
    expect(kinds.at(-1)).toBe('delete-ca')
    expect(kinds.indexOf('test-hostname')).toBeGreaterThan(kinds.indexOf('set-ca-hostnames'))
  })
})

describe(`whatever is wished (LATCHKEY_SEED=${seed})`, () => {
  test('only Access and its notifications are written to: no header transforms, Workers, routes, secrets or hostname associations (6903, 1044, 1893, 2393, 5892)', async () => {
    const anyCase = anyAccessCase(await newCaPem())
    fc.assert(
      fc.property(anyCase, ({ account: given, wish }) => {
        const { changes: found } = changesFor(given, wish, at)
        const parts = /^\/accounts\/[\w-]+\/(access\/(certificates|groups|policies|apps)|alerting\/v3\/policies)(\/|$)/u
        for (const { path, body } of callsOf(given, found ?? [])) {
          expect(path).toMatch(parts)
          expect(JSON.parse(JSON.stringify(body))).toEqual(body)
        }
      }),
      { seed, numRuns: rounds(20) },
    )
  })
})
