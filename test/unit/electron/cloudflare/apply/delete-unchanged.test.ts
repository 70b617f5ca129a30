import { describe, expect, it } from 'vitest'
import { apply, begin } from '#electron/cloudflare/apply/apply'
import type { AccessChange } from '#shared/model/access-plan'
import type { JsonObject } from '#shared/model/access-rule'
import { account, application, ca, group, policy, rules } from '../../../../support/access-accounts'
import { type AccessApiState, accountOf, stateOf } from '../../../../support/access-api-model'
import { createWorld } from '../../../../support/access-world'

const everyone = rules([{ kind: 'everyone' }])
const [holders, team, site, clients] = [
  policy('Holders', 'allow', everyone),
  group('Team', everyone),
  application('Site', ['a.acme.example'], []),
  ca('Clients', []),
]
const start = stateOf(account({ policies: [holders], groups: [team], applications: [site], cas: [clients] }))
const bundles = new Map()

const deletions: [AccessChange, keyof AccessApiState & ('policies' | 'groups' | 'apps' | 'certificates')][] = [
  [{ kind: 'delete-policy', id: holders.id }, 'policies'],
  [{ kind: 'delete-group', id: team.id }, 'groups'],
  [{ kind: 'delete-application', id: site.id }, 'apps'],
  [{ kind: 'delete-ca', id: clients.id }, 'certificates'],
]

const edited =
  (list: 'policies' | 'groups' | 'apps' | 'certificates', fields: JsonObject) => (state: AccessApiState) => ({
    ...state,
    [list]: state[list].map((one) => ({ ...one, ...fields })),
  })

describe.each(deletions)('%j', (change, list) => {
  async function deleteAfter(fields: JsonObject) {
    const world = createWorld(start, { bundles, fingerprintOf: () => '' }, [begin(accountOf(start, bundles), [change])])
    world.edit(edited(list, fields))
    return { result: await apply(world.journal, world.ports), sent: world.calls.map(({ method }) => method) }
  }

  it('is sent where nothing but dates and counts has changed', async () => {
    const moved = { updated_at: '2026-11-25T15:00:00Z', app_count: 0 }
    expect(await deleteAfter(moved)).toEqual({ result: { done: true }, sent: ['DELETE'] })
  })

  it('is not sent where somebody has changed any other field since the plan was made', async () => {
    const field: JsonObject =
      list === 'certificates' ? { expires_on: '2032-01-01T00:00:00.000Z' } : { later_field: { on: true } }
    expect(await deleteAfter(field)).toMatchObject({ result: { done: false, why: 'changed' }, sent: [] })
  })
})
