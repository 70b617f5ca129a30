import { describe, expect, test } from 'vitest'
import { explain } from '#electron/cloudflare/explain/explain'
import { blockGroupName, blockNames } from '#electron/cloudflare/plan/block'
import { nothingManaged } from '#electron/cloudflare/plan/managed'
import { simulate } from '#electron/cloudflare/plan/simulate'
import { undoOf } from '#electron/cloudflare/plan/undo'
import { problemWords } from '#shared/logic/access/plan-words'
import type { AccessAccount } from '#shared/model/access-account'
import type { AccessRule, AccessRules } from '#shared/model/access-rule'
import {
  account,
  application,
  ca,
  certificateOf,
  destination,
  policy,
  readAt,
  rules,
  withCertificate,
} from '../../../../support/access-accounts'

const hostname = 'wiki.acme.example'
const any: AccessRule[] = [{ kind: 'valid-certificate' }]
const auth = policy('By certificate', 'non_identity', rules(any))
const staff = policy('Staff', 'allow', rules([{ kind: 'everyone' }], { require: any }))
const robots = policy('Robots', 'bypass', rules([{ kind: 'ip-range', range: '192.0.2.0/24' }]))
const block = policy('Block', 'deny', rules([{ kind: 'country', code: 'XX' }]))
const elsewhere = policy('Elsewhere', 'allow', rules([{ kind: 'everyone' }]))

const acme = account({
  cas: [ca('Acme G2', [hostname, 'files.acme.example'])],
  applications: [
    application('Wiki', [hostname], [auth, staff, block]),
    application('Files', ['files.acme.example'], [robots, staff]),
    application('Docs', [destination('*.acme.example', [{ path: '/public', behavior: 'public' }])], [staff]),
    application('Tickets', ['tickets.other.example'], [elsewhere]),
  ],
  policies: [auth, staff, robots, block, elsewhere],
})

const afterBlocking = (parts: AccessAccount, names: string[]) =>
  blockNames(parts, names, nothingManaged).changes.reduce(simulate, parts)

const verdict = (parts: AccessAccount, name: string) =>
  explain(parts, withCertificate(certificateOf('Acme G2', name)), { hostname, path: '/' }, readAt).verdict

describe('blocking a certificate', () => {
  test('refuses it in every policy that lets in, where a certificate counts', () => {
    const { changes, notCovered } = blockNames(acme, ['Mira Falk'], nothingManaged)
    expect(changes.map((one) => [one.kind, 'name' in one ? one.name : one.kind === 'update-policy' && one.id])).toEqual(
      [
        ['create-group', blockGroupName],
        ['update-policy', auth.id],
        ['update-policy', staff.id],
      ],
    )
    expect(notCovered).toEqual(['Files', 'Docs'])
    expect(verdict(acme, 'Mira Falk')).toBe('let-in')
    const blocked = afterBlocking(acme, ['Mira Falk'])
    expect(verdict(blocked, 'Mira Falk')).toBe('refused')
    expect(verdict(blocked, 'Tomas Lind')).toBe('let-in')
  })

  test('is one change from then on, and none for a name that is blocked', () => {
    const once = afterBlocking(acme, ['Mira Falk'])
    expect(blockNames(once, ['Tomas Lind'], nothingManaged).changes).toMatchObject([{ kind: 'update-group' }])
    expect(blockNames(once, ['Mira Falk'], nothingManaged).changes).toEqual([])
    const twice = afterBlocking(once, ['Tomas Lind', 'Mira Falk'])
    expect(['Mira Falk', 'Tomas Lind', 'Priya Rao'].map((name) => verdict(twice, name))).toEqual([
      'refused',
      'refused',
      'let-in',
    ])
  })

  test('is never undone', () => {
    const { changes } = blockNames(acme, ['Mira Falk'], nothingManaged)
    const undo = undoOf(acme, changes, afterBlocking(acme, ['Mira Falk']))
    expect(undo.changes).toEqual([])
    expect(new Set(undo.notes.map(({ why }) => why))).toEqual(new Set(['block-stays']))
  })

  test('is refused where groups could not be read, or a policy is not understood', () => {
    expect(blockNames({ ...acme, groups: null }, ['Mira Falk'], nothingManaged).problems).toMatchObject([
      { kind: 'not-read', what: 'group' },
    ])
    const odd = {
      ...acme,
      policies: acme.policies.map((one) => (one.id === auth.id ? { ...one, decision: 'unknown' as const } : one)),
    }
    expect(blockNames(odd, ['Mira Falk'], nothingManaged).problems).toMatchObject([
      { kind: 'not-read', what: 'policy' },
    ])
  })

  test('covers what stands in front of a Worker, since its hostnames are not told', () => {
    const login = policy('Login', 'allow', rules([{ kind: 'everyone' }]))
    const worker = application('Worker', [{ kind: 'worker', type: 'all_workers' }], [login])
    const parts = { ...acme, applications: [worker], policies: [login] }
    expect(blockNames(parts, ['Mira Falk'], nothingManaged).changes).toMatchObject([
      { kind: 'create-group' },
      { kind: 'update-policy', id: login.id },
    ])
    expect(blockNames({ ...parts, cas: [ca('Acme G2', [])] }, ['Mira Falk'], nothingManaged).changes).toHaveLength(1)
  })

  test('is refused where an attached policy was not read', () => {
    const parts = { ...acme, policies: acme.policies.filter(({ id }) => id !== staff.id) }
    expect(blockNames(parts, ['Mira Falk'], nothingManaged).problems).toEqual([
      { kind: 'not-read', what: 'policy', name: staff.id },
    ])
  })

  const other: [string, Partial<AccessRules>][] = [
    ['requires', { require: any }],
    ['excludes', { exclude: any }],
    ['includes', { include: [{ kind: 'common-name', name: 'Mira Falk' }, { kind: 'everyone' }] }],
  ]
  test.each(other)('is refused where somebody has made the group one that %s something else', (_what, more) => {
    const once = afterBlocking(acme, ['Mira Falk'])
    const groups = once.groups?.map((one) => ({ ...one, rules: { ...one.rules, ...more } })) ?? null
    const { problems } = blockNames({ ...once, groups }, ['Mira Falk'], nothingManaged)
    expect(problems).toEqual([{ kind: 'other-rules', name: blockGroupName }])
    expect(problems.map(problemWords)).toEqual([expect.stringContaining('other rules')])
  })

  test('leaves alone what is managed elsewhere, and says that it is not covered', () => {
    const managed = { ...nothingManaged, policies: ['Staff'] }
    const { changes, problems, notCovered } = blockNames(acme, ['Mira Falk'], managed)
    expect(changes).toMatchObject([{ kind: 'create-group' }, { kind: 'update-policy', id: auth.id }])
    expect([problems, notCovered]).toEqual([[], ['Wiki', 'Files', 'Docs']])
    const group = { ...nothingManaged, groups: [blockGroupName] }
    expect(blockNames(acme, ['Mira Falk'], group).problems).toMatchObject([
      { kind: 'managed-elsewhere', what: 'group' },
    ])
  })
})
