import { beforeAll, describe, expect, test } from 'vitest'
import { apply, begin } from '#electron/cloudflare/apply/apply'
import { appliedChanges, runOf } from '#electron/cloudflare/apply/journal'
import { standingOf } from '#electron/cloudflare/apply/standing'
import { blockNames } from '#electron/cloudflare/plan/block'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { nothingManaged } from '#electron/cloudflare/plan/managed'
import { rollOver } from '#electron/cloudflare/plan/roll-over'
import { undoOf } from '#electron/cloudflare/plan/undo'
import type { AccessAccount, Md5 } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import { AccessWish } from '#shared/model/access-wish'
import { account, application, ca, expiryAlert, policy, readAt, rules } from '../../../../support/access-accounts'
import { type AccessApiState, accountOf, stateOf } from '../../../../support/access-api-model'
import { createWorld, Killed, type World, type WorldOptions } from '../../../../support/access-world'
import { contentsOf, fingerprintOf, newCaPem } from '../../../../support/random-access-cases'
import { isSoak, partOfToday } from '../../../../support/rounds'

/*
 * The process ends at each single moment of each kind of plan: before and after every entry of the journal, every reading and
 * every write; at all of them in soak, at a part of them each day otherwise. Random plans: `random-plans.test.ts`.
 */

const hostname = 'wiki.acme.example'
const any = [{ kind: 'valid-certificate' as const }]
const auth = policy('By certificate', 'non_identity', rules(any))
const staff = policy('Staff', 'allow', rules([{ kind: 'everyone' }], { require: any }))
const acme = account({
  cas: [ca('Acme 2023', [hostname]), ca('Partner', ['files.acme.example'])],
  applications: [application('Wiki', [hostname], [auth, staff]), application('Files', ['files.acme.example'], [staff])],
  policies: [auth, staff],
  settings: [{ hostname: 'files.acme.example', forwarding: true, chinaNetwork: false }],
  alerting: {
    alerts: [expiryAlert('Theirs', ['ops@acme.example']), expiryAlert('Old expiry', ['old@acme.example'])],
    isAvailable: true,
    destinations: { emails: null, webhooks: null, pagerduty: null },
    known: { webhooks: null, pagerduty: null },
  },
})

let pem = ''
let bundles: ReadonlyMap<string, Md5[]>
beforeAll(async () => {
  pem = await newCaPem()
  const known = acme.cas.flatMap(({ fingerprint, bundle }): [string, Md5[]][] =>
    fingerprint !== null && bundle !== null ? [[fingerprint, bundle]] : [],
  )
  bundles = new Map([...known, [fingerprintOf(pem), [fingerprintOf(pem)]]])
})

interface Given {
  state: AccessApiState
  account: AccessAccount
  changes: AccessChange[]
}

const open = (state: AccessApiState, journal: World['journal'], more: Partial<WorldOptions> = {}): World =>
  createWorld(state, { bundles, fingerprintOf, lag: 1, ...more }, journal)

/** Whatever is uncertain on the way, a person has sent again. */
async function finish(world: World): Promise<World> {
  for (;;) {
    const result = await apply(world.journal, world.ports)
    if (result.done) return world
    expect(result.why).toBe('uncertain')
    world.journal.push({ kind: 'resumed' })
  }
}

/** The account once a plan was applied, as the start of another one. */
async function after({ state, account: before, changes }: Given): Promise<{ state: AccessApiState; world: World }> {
  const world = await finish(open(state, [begin(before, changes)]))
  return { state: world.state(), world }
}

const planned = (changes: AccessChange[] | null): AccessChange[] => {
  if (changes === null || changes.length === 0) throw new Error('There is nothing to apply.')
  return changes
}

const start = (): { state: AccessApiState; account: AccessAccount } => {
  const state = stateOf(acme)
  return { state, account: accountOf(state, bundles) }
}

function protecting(): Given {
  const given = start()
  const wish = AccessWish.parse({
    version: 1,
    account: acme.id,
    cas: [{ name: 'New', pem }],
    hostnames: [{ hostname: 'new.acme.example', cas: ['New'], forwarding: true }],
    groups: [{ name: 'Blocked', include: [{ common_name: { common_name: 'Eve' } }] }],
    policies: [
      { name: 'Holders', decision: 'non_identity', include: [{ certificate: {} }] },
      { name: 'Staff', decision: 'allow', include: [{ email_domain: { domain: 'acme.example' } }] },
    ],
    applications: [
      { domain: 'new.acme.example', name: 'New', attach: ['Holders'] },
      { domain: hostname, attach: ['Holders'], detach: ['By certificate'] },
    ],
  })
  return { ...given, changes: planned(changesFor(given.account, wish, new Date(readAt)).changes) }
}

function rolling(stage: 'overlap' | 'finish', given: { state: AccessApiState; account: AccessAccount }): Given {
  const old = given.account.cas.find(({ name }) => name === 'Acme 2023')
  if (old === undefined) throw new Error('There is no old CA.')
  const { changes } = rollOver(given.account, old, { name: 'New', pem }, stage, nothingManaged)
  return { ...given, changes: planned(changes) }
}

function warning(): Given {
  const given = start()
  const wish = AccessWish.parse({
    version: 2,
    account: acme.id,
    alerts: [
      { name: 'Expiry', emails: ['pki@acme.example', 'ada@acme.example'] },
      { name: 'Theirs', enabled: false, emails: ['ops@acme.example'] },
    ],
    removeAlerts: ['Old expiry'],
  })
  return { ...given, changes: planned(changesFor(given.account, wish, new Date(readAt)).changes) }
}

const plans: [string, () => Promise<Given>][] = [
  ['protects a site', async () => protecting()],
  ['warns before a CA expires', async () => warning()],
  [
    'blocks a name',
    async () => {
      const given = start()
      return { ...given, changes: planned(blockNames(given.account, ['Eve'], nothingManaged).changes) }
    },
  ],
  ['puts a CA beside another', async () => rolling('overlap', start())],
  [
    'puts it in its place',
    async () => {
      const { state } = await after(rolling('overlap', start()))
      return rolling('finish', { state, account: accountOf(state, bundles) })
    },
  ],
  [
    'undoes a protected site',
    async () => {
      const first = protecting()
      const { state, world } = await after(first)
      const run = runOf(world.journal)
      const now = accountOf(state, bundles)
      const { changes } = undoOf(first.account, run === null ? [] : appliedChanges(run), now)
      return { state, account: now, changes: planned(changes) }
    },
  ],
]

async function killedAt({ state, account: before, changes }: Given, killAt: number): Promise<World> {
  const world = open(state, [begin(before, changes)], { killAt })
  await finish(world).catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error
  })
  return world
}

const momentsOf = (whole: World): number[] =>
  partOfToday(
    Array.from({ length: whole.moments() }, (_, index) => index + 1),
    20,
  )

describe.each(plans)('a plan that %s, killed at every moment', (_name, make) => {
  test('is resumed to its end, and creates nothing twice', async () => {
    const given = await make()
    const whole = await finish(open(given.state, [begin(given.account, given.changes)]))
    expect(whole.moments()).toBeGreaterThan(given.changes.length * 4)
    for (const moment of momentsOf(whole)) {
      const killed = await killedAt(given, moment)
      const next = await finish(open(killed.state(), killed.journal))
      expect(contentsOf(next.state()), `moment ${moment}`).toEqual(contentsOf(whole.state()))
    }
  })

  test('or is undone to its beginning, but for what says that it stays', async () => {
    const given = await make()
    const whole = await finish(open(given.state, [begin(given.account, given.changes)]))
    let undone = 0
    for (const moment of momentsOf(whole)) {
      const killed = await killedAt(given, moment)
      const now = accountOf(killed.state(), bundles)
      const stopped = runOf(killed.journal)
      const standing = stopped && standingOf(stopped, now)
      if (standing === null || standing.kind === 'unknown') continue
      const run = runOf(standing.kind === 'settled' ? [...killed.journal, standing.entry] : killed.journal)
      if (run === null) continue
      const { changes, notes } = undoOf(given.account, appliedChanges(run), now)
      expect(notes.filter(({ why }) => why !== 'block-stays' && why !== 'irreversible')).toEqual([])
      if (notes.length > 0) continue
      const back = await finish(open(killed.state(), [begin(now, changes)]))
      expect(contentsOf(back.state()), `moment ${moment}`).toEqual(contentsOf(given.state))
      undone += 1
    }
    if (isSoak) expect(undone).toBeGreaterThan(3)
  })
})
