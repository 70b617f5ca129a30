import { describe, expect, test } from 'vitest'
import { simulate } from '#electron/cloudflare/plan/simulate'
import { undoOf } from '#electron/cloudflare/plan/undo'
import { undoNoteWords } from '#shared/logic/access/plan-words'
import type { AccessAccount, AccessApplication } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import type { AccessRules } from '#shared/model/access-rule'
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

const [mira, tomas] = ['Mira Falk', 'Tomas Lind'].map((name) => ({ kind: 'common-name' as const, name }))
if (!mira || !tomas) throw new Error('There are two.')
const auth = policy('Auth', 'non_identity', rules([mira]))
const extra = policy('Extra', 'non_identity', rules([tomas]))
const staff = group('Staff', rules([mira]))
const [g2, wiki] = [ca('G2', ['a.acme.example']), application('Wiki', ['a.acme.example'], [auth])]
const acme = account({ cas: [g2], applications: [wiki], policies: [auth, extra], groups: [staff] })

const addHostname: AccessChange = {
  kind: 'set-ca-hostnames',
  id: g2.id,
  hostnames: ['a.acme.example', 'b.acme.example'],
}
const attach: AccessChange = {
  kind: 'set-application-policies',
  id: wiki.id,
  policies: [...wiki.policies, { policy: extra.id, precedence: 2 }],
}

/** What an undo does when somebody else has meanwhile changed the account. */
const undoing = (changes: AccessChange[], meanwhile: (now: AccessAccount) => AccessAccount = (now) => now) => {
  const { changes: back, notes } = undoOf(acme, changes, meanwhile(changes.reduce(simulate, acme)))
  return { back, notes: notes.map(({ change, why }) => [change.kind, why]) }
}

describe('an undo', () => {
  test('takes the last change back first', () => {
    expect(undoing([addHostname, attach])).toEqual({
      back: [
        { kind: 'set-application-policies', id: wiki.id, policies: wiki.policies },
        { kind: 'set-ca-hostnames', id: g2.id, hostnames: ['a.acme.example'] },
      ],
      notes: [],
    })
  })

  test('leaves what others added meanwhile', () => {
    const others = (now: AccessAccount): AccessAccount =>
      simulate(now, {
        kind: 'set-ca-hostnames',
        id: g2.id,
        hostnames: ['a.acme.example', 'b.acme.example', 'c.acme.example'],
      })
    expect(undoing([addHostname], others).back).toMatchObject([{ hostnames: ['a.acme.example', 'c.acme.example'] }])
  })

  const changed: [string, AccessChange, AccessChange][] = [
    [
      'a policy',
      { kind: 'update-policy', id: auth.id, decision: 'non_identity', rules: rules([mira, tomas]) },
      { kind: 'update-policy', id: auth.id, decision: 'non_identity', rules: rules([tomas]) },
    ],
    [
      'a group',
      { kind: 'update-group', id: staff.id, rules: rules([mira, tomas]) },
      { kind: 'update-group', id: staff.id, rules: rules([]) },
    ],
    [
      'a setting',
      { kind: 'set-settings', settings: [{ hostname: 'a.acme.example', forwarding: true, chinaNetwork: false }] },
      { kind: 'set-settings', settings: [{ hostname: 'a.acme.example', forwarding: true, chinaNetwork: true }] },
    ],
  ]
  test.each(changed)('stops where somebody else has changed %s', (_what, ours, theirs) => {
    expect(undoing([ours]).back).toHaveLength(1)
    expect(undoing([ours], (now) => simulate(now, theirs))).toEqual({ back: [], notes: [[ours.kind, 'changed-since']] })
  })

  test('does not remove what is used by now', () => {
    const create: AccessChange = {
      kind: 'create-policy',
      id: policy('New', 'allow', rules([])).id,
      application: null,
      name: 'New',
      decision: 'allow',
      rules: rules([mira]),
    }
    const use = (now: AccessAccount): AccessAccount =>
      simulate(now, {
        kind: 'set-application-policies',
        id: wiki.id,
        policies: [...wiki.policies, { policy: create.id, precedence: 5 }],
      })
    expect(undoing([create]).back).toEqual([{ kind: 'delete-policy', id: create.id }])
    expect(undoing([create], use)).toEqual({ back: [], notes: [['create-policy', 'in-use']] })
  })

  test('says that a deleted CA does not come back', () => {
    const empty: AccessChange = { kind: 'set-ca-hostnames', id: g2.id, hostnames: [] }
    expect(undoing([empty, { kind: 'delete-ca', id: g2.id }])).toEqual({
      back: [],
      notes: [
        ['delete-ca', 'irreversible'],
        ['set-ca-hostnames', 'irreversible'],
      ],
    })
  })

  test('says in words what stays, and why', () => {
    const gone: AccessChange = { kind: 'set-ca-hostnames', id: g2.id, hostnames: [] }
    const notes = undoOf(acme, [gone, { kind: 'delete-ca', id: g2.id }], account()).notes
    expect(notes.map((note) => undoNoteWords(note, acme, simulate(acme, note.change)))).toEqual([
      { title: 'Delete the CA G2', detail: 'It was deleted, and an undo does not create it again.' },
      {
        title: 'Remove a.acme.example from the CA G2',
        detail: 'It was deleted, and an undo does not create it again.',
      },
    ])
  })

  test('keeps a Block policy', () => {
    const create: AccessChange = {
      kind: 'create-policy',
      id: policy('New', 'deny', rules([])).id,
      application: null,
      name: 'New',
      decision: 'deny',
      rules: rules([mira]),
    }
    expect(undoing([create])).toEqual({ back: [], notes: [['create-policy', 'block-stays']] })
  })

  const block = policy('Block', 'deny', rules([mira]))
  const guarded = account({ ...acme, policies: [...acme.policies, block], groups: [staff] })
  const undoingBlock = (...changes: AccessChange[]) => {
    const { changes: back, notes } = undoOf(guarded, changes, changes.reduce(simulate, guarded))
    return { back, notes: notes.map(({ change, why }) => [change.kind, why]) }
  }
  const update = (decision: 'allow' | 'deny', who: AccessRules): AccessChange => ({
    kind: 'update-policy',
    id: block.id,
    decision,
    rules: who,
  })

  test('leaves a Block policy on the application that it was put on, and takes only the others off', () => {
    const added = [block, extra].map(({ id }, index) => ({ policy: id, precedence: index + 2 }))
    const [ours] = added
    if (ours === undefined) throw new Error('There are two.')
    expect(
      undoingBlock({ kind: 'set-application-policies', id: wiki.id, policies: [...wiki.policies, ...added] }),
    ).toEqual({
      back: [{ kind: 'set-application-policies', id: wiki.id, policies: [...wiki.policies, ours] }],
      notes: [['set-application-policies', 'block-stays']],
    })
  })

  test.each<[string, AccessRules]>([
    ['blocks further names', rules([mira, tomas])],
    ['requires no more than the name', rules([mira])],
    ['excludes fewer', rules([mira], { require: [tomas] })],
  ])('keeps a Block policy that %s', (_what, wider) => {
    const narrow = { ...block, rules: rules([mira], { require: [tomas], exclude: [tomas] }) }
    const before = account({ ...acme, policies: [narrow] })
    const change = update('deny', wider)
    const { changes, notes } = undoOf(before, [change], simulate(before, change))
    expect([changes, notes]).toEqual([[], [{ change, why: 'block-stays' }]])
  })

  test('has a Block policy keep out again whom a plan has excluded from it', () => {
    const first = { kind: 'update-policy', id: block.id, decision: 'deny', rules: block.rules }
    for (const decision of ['deny', 'allow'] as const)
      expect(undoingBlock(update(decision, rules([mira], { exclude: [tomas] })))).toEqual({ back: [first], notes: [] })
  })

  test('leaves a group as it is whose members a Block policy keeps out', () => {
    const byGroup = { ...block, rules: rules([{ kind: 'group', group: staff.id }]) }
    const before = account({ ...acme, policies: [byGroup], groups: [staff] })
    const change: AccessChange = { kind: 'update-group', id: staff.id, rules: rules([mira, tomas]) }
    const { changes, notes } = undoOf(before, [change], simulate(before, change))
    expect([changes, notes]).toEqual([[], [{ change, why: 'block-stays' }]])
  })

  const created = application('New', ['new.acme.example'], [auth], { fetched: {} })
  const create: AccessChange = {
    kind: 'create-application',
    id: created.id,
    name: 'New',
    domain: 'new.acme.example',
    policies: created.policies,
  }
  const theirs: [string, Partial<AccessApplication>][] = [
    ['renamed', { name: 'Wiki of everybody' }],
    ['given a second address', { destinations: ['new.acme.example', 'b.acme.example'].map((uri) => destination(uri)) }],
    ['moved', { destinations: [destination('b.acme.example')] }],
    ['opened in part', { destinations: [destination('new.acme.example', [{ path: '/open', behavior: 'public' }])] }],
    ['given another session', { fetched: { session_duration: '1h' } }],
    ['made one of another kind', { type: 'ssh' }],
  ]
  test.each(theirs)('does not delete an application that somebody has %s', (_what, more) => {
    const change = (now: AccessAccount): AccessAccount => ({
      ...now,
      applications: now.applications.map((one) => (one.id === created.id ? { ...one, ...more } : one)),
    })
    expect(undoing([create]).back).toEqual([{ kind: 'delete-application', id: created.id }])
    expect(undoing([create], change)).toEqual({ back: [], notes: [['create-application', 'changed-since']] })
  })

  const renamed: [string, AccessChange][] = [
    [
      'policy',
      {
        kind: 'create-policy',
        id: policy('P', 'allow', rules([])).id,
        application: null,
        name: 'P',
        decision: 'allow',
        rules: rules([mira]),
      },
    ],
    ['group', { kind: 'create-group', id: group('G', rules([])).id, name: 'G', rules: rules([mira]) }],
    ['CA', { kind: 'create-ca', id: ca('C', []).id, name: 'C', pem: '', bundle: [md5('C')], expiresOn: readAt }],
  ]
  test.each(renamed)('does not delete a %s that somebody has renamed', (_what, change) => {
    const rename = <T extends { id: string; name: string }>(all: T[]): T[] =>
      all.map((one) => ('id' in change && one.id === change.id ? { ...one, name: 'Of everybody' } : one))
    const meanwhile = (now: AccessAccount): AccessAccount => ({
      ...now,
      cas: rename(now.cas),
      policies: rename(now.policies),
      groups: rename(now.groups ?? []),
    })
    expect(undoing([change]).back).toHaveLength(1)
    expect(undoing([change], meanwhile)).toEqual({ back: [], notes: [[change.kind, 'changed-since']] })
  })
})
