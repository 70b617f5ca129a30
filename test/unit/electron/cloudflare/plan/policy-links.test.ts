import { describe, expect, test } from 'vitest'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { restoredLinks } from '#electron/cloudflare/plan/policy-links'
import { simulate } from '#electron/cloudflare/plan/simulate'
import { undoOf } from '#electron/cloudflare/plan/undo'
import { AccessPolicyId, type PolicyLink } from '#shared/model/access-account'
import { AccessWish } from '#shared/model/access-wish'
import { account, application, policy, policyId, readAt, rules } from '../../../../support/access-accounts'

const any = rules([{ kind: 'valid-certificate' }])
const [a, b, c] = [policy('A', 'allow', any), policy('B', 'deny', any), policy('C', 'allow', any)]
const link = (name: string, precedence: number): PolicyLink => ({ policy: policyId(name), precedence })
const [gaps, withoutB] = [
  [link('A', 0), link('B', 5), link('C', 9)],
  [link('A', 1), link('C', 2)],
]

const changesOf = (parts: typeof acme, wished: object) =>
  changesFor(
    parts,
    AccessWish.parse({ version: 1, account: parts.id, applications: [{ domain: 'a.acme.example', ...wished }] }),
    new Date(readAt),
  )
const acme = account({
  applications: [application('Wiki', ['a.acme.example'], [], { policies: gaps })],
  policies: [a, b, c],
})

describe('the order of policies', () => {
  test('is the one before once a detached policy is back, although Access does not take the place 0', () => {
    const changes = changesOf(acme, { detach: ['B'] }).changes ?? []
    const now = changes.reduce(simulate, acme)
    expect(now.applications[0]?.policies).toEqual(withoutB)
    const undone = undoOf(acme, changes, now).changes.reduce(simulate, now)
    expect(undone.applications[0]?.policies).toEqual([link('A', 1), link('B', 2), link('C', 3)])
  })

  test('comes back by number where others have only added theirs', () => {
    const [first, then] = [[link('A', 1), link('B', 5)], [link('A', 1)]]
    const added = [link('A', 1), link('X', 7)]
    expect(restoredLinks(first, then, added)).toEqual([link('A', 1), link('B', 5), link('X', 7)])
  })

  test('stays where others have changed it, or come between', () => {
    expect(restoredLinks(gaps, withoutB, [link('C', 1), link('A', 2)])).toBeNull()
    expect(restoredLinks(gaps, withoutB, [link('A', 1), link('X', 2), link('C', 3)])).toBeNull()
  })
})

describe('a policy to be detached', () => {
  const again = { ...policy('Again', 'allow', any), id: AccessPolicyId.parse('policy-again'), name: 'A' }
  const two = { ...acme, policies: [a, again, b, c] }

  test('is ambiguous where two of its name are attached', () => {
    const links = [link('A', 1), { policy: again.id, precedence: 2 }]
    const parts = { ...two, applications: [application('Wiki', ['a.acme.example'], [], { policies: links })] }
    expect(changesOf(parts, { detach: ['A'] }).problems).toEqual([{ kind: 'ambiguous', what: 'policy', name: 'A' }])
  })

  test('is the one that is attached', () => {
    expect(changesOf(two, { detach: ['A'] }).changes).toMatchObject([{ policies: [link('B', 5), link('C', 9)] }])
  })
})
