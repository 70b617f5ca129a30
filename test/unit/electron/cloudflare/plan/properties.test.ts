import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { foreseeAt } from '#electron/cloudflare/explain/explain'
import { callOf } from '#electron/cloudflare/plan/calls'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { exportWish } from '#electron/cloudflare/plan/export-wish'
import { planOf } from '#electron/cloudflare/plan/plan'
import { undoOf } from '#electron/cloudflare/plan/undo'
import { withIds } from '#electron/cloudflare/plan/with-ids'
import type { AccessAccount, Md5 } from '#shared/model/access-account'
import { AccessChange } from '#shared/model/access-plan'
import { certificateOf, nobody, readAt, withCertificate } from '../../../../support/access-accounts'
import { type AccessApiState, accountOf, perform } from '../../../../support/access-api-model'
import { anyAddress } from '../../../../support/random-access-accounts'
import {
  type AccessCase,
  anyAccessCase,
  contentsOf,
  fingerprintOf,
  newCaPem,
} from '../../../../support/random-access-cases'
import { isSoak } from '../../../../support/rounds'

const seed = Number(process.env['LATCHKEY_SEED'] ?? 20_261_127)
const numRuns = isSoak ? 2_000 : 25
const at = new Date(readAt)

let anyCase: fc.Arbitrary<AccessCase>
beforeAll(async () => {
  anyCase = anyAccessCase(await newCaPem())
})

interface Applied {
  state: AccessApiState
  /** As Access took them, also what they created with its ids. */
  changes: AccessChange[]
}

function apply(start: AccessApiState, changes: AccessChange[], bundles: ReadonlyMap<string, Md5[]>): Applied {
  const created = new Map<string, string>()
  const applied: AccessChange[] = []
  let state = start
  for (const planned of changes) {
    const change = withIds(planned, created)
    const call = callOf(change, accountOf(state, bundles))
    const done = call === null ? { state, id: null } : perform(state, call, fingerprintOf)
    state = done.state
    if (done.id !== null && 'id' in planned) created.set(planned.id, done.id)
    applied.push(withCreatedId(change, done.id))
  }
  return { state, changes: applied }
}

const withCreatedId = (change: AccessChange, id: string | null): AccessChange =>
  id === null ? change : AccessChange.parse({ ...change, id })

type Objects = Map<string, Record<string, unknown>>

/** Every object of the account by its id, policies of single applications apart from their application. */
function objectsOf(state: AccessApiState): Objects {
  const all = [...state.certificates, ...state.groups, ...state.policies, ...state.apps, ...state.alerts]
  const own = state.apps.flatMap((app) =>
    (app['policies'] as Record<string, unknown>[]).filter((one) => 'decision' in one),
  )
  return new Map([...all, ...own].map((one) => [String(one['id']), one]))
}

/** The fields that a change says it sets. */
const fieldsOf: Record<AccessChange['kind'], string[]> = {
  'create-ca': [],
  'delete-ca': [],
  'set-ca-hostnames': ['associated_hostnames'],
  'set-settings': [],
  'create-group': [],
  'update-group': ['include', 'require', 'exclude'],
  'delete-group': [],
  'create-policy': [],
  'update-policy': ['decision', 'include', 'require', 'exclude'],
  'delete-policy': [],
  'create-application': [],
  'set-application-policies': ['policies'],
  'delete-application': [],
  'create-alert': [],
  'update-alert': ['enabled', 'mechanisms'],
  'delete-alert': [],
  'test-hostname': [],
}

function expectOnlyListedChanges(before: AccessApiState, { state, changes }: Applied): void {
  const [old, now] = [objectsOf(before), objectsOf(state)]
  const deleted = new Set(changes.flatMap((one) => (one.kind.startsWith('delete-') && 'id' in one ? [one.id] : [])))
  const allowed = (id: string) => {
    const own = changes.flatMap((one) => ('id' in one && one.id === id ? fieldsOf[one.kind] : []))
    const hasNewPolicy = changes.some((one) => one.kind === 'create-policy' && one.application?.id === id)
    const holdsChanged = changes.some((one) => one.kind === 'update-policy')
    return new Set(hasNewPolicy || holdsChanged ? [...own, 'policies'] : own)
  }
  for (const [id, json] of old) {
    const after = now.get(id)
    expect(after === undefined).toBe(deleted.has(id as never))
    if (after === undefined) continue
    for (const name of new Set([...Object.keys(json), ...Object.keys(after)]))
      if (!allowed(id).has(name)) expect({ id, name, value: after[name] }).toEqual({ id, name, value: json[name] })
  }
  const creations = changes.filter(({ kind }) => kind.startsWith('create-')).length
  expect(now.size - old.size).toBe(creations - deleted.size)
  const listed = changes.flatMap((one) => (one.kind === 'set-settings' ? [one.settings] : [])).at(-1)
  if (listed === undefined) expect(state.settings).toEqual(before.settings)
}

/** Policies that were attached before and still are follow each other as before, under the same numbers. */
function expectSameOrder(before: AccessAccount, after: AccessAccount): void {
  for (const { id, policies } of before.applications) {
    const now = after.applications.find((one) => one.id === id)?.policies ?? []
    const kept = policies.filter(({ policy }) => now.some((link) => link.policy === policy))
    expect(now.filter(({ policy }) => policies.some((link) => link.policy === policy))).toEqual(kept)
  }
}

describe(`a plan for a random account and a random wish (LATCHKEY_SEED=${seed})`, () => {
  test('changes what it lists and nothing else, lets in whom it promised, and is empty the second time', () => {
    let planned = 0
    fc.assert(
      fc.property(anyCase, anyAddress, ({ account, state, bundles, wish }, address) => {
        const { changes } = changesFor(account, wish, at)
        fc.pre(changes !== null)
        if (changes === null) return
        planned += 1
        const plan = planOf(account, changes, readAt)
        const applied = apply(state, changes, bundles)
        const after = accountOf(applied.state, bundles)

        expectOnlyListedChanges(state, applied)
        expectSameOrder(account, after)
        expect(changesFor(after, wish, at)).toEqual({ changes: [], problems: [] })
        for (const { visitor, hostname, path, ...promised } of plan.visitors) {
          expect(foreseeAt(after, { hostname, path }, readAt)(visitor)).toEqual(promised.after)
          expect(foreseeAt(account, { hostname, path }, readAt)(visitor)).toEqual(promised.before)
        }
        for (const visitor of [nobody, withCertificate(certificateOf('Acme G2', 'Mira Falk'))]) {
          const isSame =
            foreseeAt(account, address, readAt)(visitor).verdict === foreseeAt(after, address, readAt)(visitor).verdict
          expect(isSame || plan.visitors.length > 0).toBe(true)
        }
      }),
      { numRuns, seed, maxSkipsPerRun: 100 },
    )
    expect(planned).toBe(numRuns)
  })

  test('is undone, but for what keeps somebody out and what was deleted', () => {
    let undone = 0
    fc.assert(
      fc.property(anyCase, ({ account, state, bundles, wish }) => {
        const { changes } = changesFor(account, wish, at)
        fc.pre(changes !== null)
        if (changes === null) return
        const applied = apply(state, changes, bundles)
        const undo = undoOf(account, applied.changes, accountOf(applied.state, bundles))
        const end = apply(applied.state, undo.changes, bundles).state
        expect(undo.notes.filter(({ why }) => why === 'changed-since')).toEqual([])
        if (undo.notes.length > 0) return
        undone += 1
        expect(contentsOf(end)).toEqual(contentsOf(state))
      }),
      { numRuns, seed, maxSkipsPerRun: 100 },
    )
    expect(undone).toBeGreaterThan(numRuns / 5)
  })

  test('that was made for an exported account is empty', () => {
    fc.assert(
      fc.property(anyCase, ({ account }) => {
        const { wish } = exportWish(account, new Date('2027-01-01T00:00:00.000Z'))
        expect(changesFor(account, wish, at)).toEqual({ changes: [], problems: [] })
      }),
      { numRuns, seed },
    )
  })
})
