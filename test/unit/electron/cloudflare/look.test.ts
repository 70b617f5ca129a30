import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { driftBetween, keepUnread, lookAt, notCompared } from '#electron/cloudflare/look'
import type { AccessAccount } from '#shared/model/access-account'
import { AccessLook, Drift } from '#shared/model/access-look'
import type { AccessRule } from '#shared/model/access-rule'
import { account, application, ca, group, groupId, policy, rules } from '../../../support/access-accounts'
import { anyAccount } from '../../../support/random-access-accounts'

const certificate: AccessRule = { kind: 'valid-certificate' }
const everyone: AccessRule = { kind: 'everyone' }
const holders = policy('Holders', 'non_identity', rules([certificate]))
const start: Partial<AccessAccount> = {
  cas: [ca('A', ['a.acme.example', 'b.acme.example'])],
  settings: [{ hostname: 'a.acme.example', forwarding: false, chinaNetwork: false }],
  groups: [group('G', rules([certificate, everyone]))],
  policies: [holders],
  applications: [application('App', ['a.acme.example'], [holders])],
}

const look = (parts: Partial<AccessAccount>) => AccessLook.parse(JSON.parse(JSON.stringify(lookAt(account(parts)))))
const drift = (changes: Partial<AccessAccount>) =>
  driftBetween(look(start), look({ ...start, ...changes })).map((one) => Drift.parse(one))

describe('the same account', () => {
  it('has not drifted, in whatever order it is listed', () => {
    const [first] = start.cas ?? []
    const hostnames = [...(first?.hostnames ?? [])].reverse()
    expect(drift({ cas: first === undefined ? [] : [{ ...first, hostnames }] })).toEqual([])
    expect(drift({ groups: [group('G', rules([everyone, certificate]))] })).toEqual([])
  })

  it('has not drifted because of counters and dates', () => {
    const counted = { ...holders, fetched: { ...holders.fetched, app_count: 7, updated_at: '2027-01-01T00:00:00Z' } }
    expect(drift({ policies: [counted] })).toEqual([])
  })

  it('has not drifted because something could not be read', () => {
    expect(drift({ groups: null, organization: null, zones: null })).toEqual([])
    expect(driftBetween(look({ ...start, groups: null }), look(start))).toEqual([])
  })

  it('is recognised, whatever it holds', () => {
    fc.assert(
      fc.property(anyAccount, (any) => {
        expect(driftBetween(lookAt(any), lookAt({ ...any, readAt: '2027-01-01T00:00:00.000Z' }))).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})

describe('a change', () => {
  it('of who is let in is told in words', () => {
    expect(drift({ policies: [policy('Holders', 'bypass', rules([everyone]))] })).toEqual([
      {
        what: 'policy',
        addresses: [],
        id: 'policy-holders',
        name: 'Holders',
        change: 'changed',
        fields: ['decision', 'include'],
        before: 'Service Auth: Any valid certificate',
        after: 'Bypass: Everyone',
      },
    ])
  })

  it.each<[string, Partial<AccessAccount>, Partial<Drift>]>([
    ['a CA less', { cas: [] }, { what: 'CA', name: 'A', change: 'removed', before: 'a.acme.example, b.acme.example' }],
    [
      'a hostname less',
      { cas: [ca('A', ['a.acme.example'])] },
      { what: 'CA', fields: ['hostnames'], after: 'a.acme.example' },
    ],
    [
      'a setting',
      { settings: [{ hostname: 'a.acme.example', forwarding: true, chinaNetwork: false }] },
      { what: 'hostname', fields: ['forwarding'] },
    ],
    [
      'a policy off an application',
      { applications: [application('App', ['a.acme.example'], [])] },
      { what: 'application', fields: ['policies'], before: 'Holders', after: 'no policies' },
    ],
    [
      'a field that Latchkey does not know',
      {
        applications: [
          { ...application('App', ['a.acme.example'], [holders]), fetched: { new_in_2027: { kept: false } } },
        ],
      },
      { what: 'application', fields: expect.arrayContaining(['new_in_2027']) },
    ],
    [
      'a new group',
      { groups: [...(start.groups ?? []), group('New', rules([{ kind: 'group', group: groupId('G') }]))] },
      { what: 'group', change: 'added', before: null },
    ],
  ])('is found: %s', (_what, changes, expected) => {
    expect(drift(changes)).toEqual([expect.objectContaining(expected)])
  })
})

it('a look keeps no values, and nothing at all of what may be another system’s password', () => {
  const [app] = start.applications ?? []
  if (app === undefined) throw new Error('There is no application.')
  const secretive = {
    ...app,
    fetched: { scim_config: { authentication: { password: 'planted' } }, logo_url: 'planted' },
  }
  const kept = look({ ...start, applications: [secretive] })
  expect(JSON.stringify(kept)).not.toContain('planted')
  expect(kept.objects.find(({ what }) => what === 'application')?.fields).not.toHaveProperty('scim_config')
})

it('a kind that was not read at one time is named, and what was seen of it is compared again later', () => {
  const [before, blind] = [look(start), look({ ...start, groups: null })]
  expect(notCompared(before, blind)).toEqual(['group'])
  expect(notCompared(blind, before)).toEqual(['group'])
  expect(notCompared(before, before)).toEqual([])
  const kept = keepUnread(before, blind)
  expect(kept.unread).toEqual([])
  expect(driftBetween(kept, look({ ...start, groups: [] }))).toEqual([
    expect.objectContaining({ what: 'group', change: 'removed' }),
  ])
  expect(keepUnread(blind, blind).unread).toEqual(['group'])
})
