import { beforeAll, describe, expect, test } from 'vitest'
import { apply, begin } from '#electron/cloudflare/apply/apply'
import { appliedChanges, JournalEntry, type Run, runOf } from '#electron/cloudflare/apply/journal'
import { standingOf } from '#electron/cloudflare/apply/standing'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { undoOf } from '#electron/cloudflare/plan/undo'
import { createRoot } from '#electron/pki/authority/root'
import { certificatePem } from '#electron/pki/x509/pem'
import type { AccessAccount } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import { AccessWish } from '#shared/model/access-wish'
import { account, application, ca, group, groupId, policy, readAt, rules } from '../../../../support/access-accounts'
import { type AccessApiState, accountOf, stateOf } from '../../../../support/access-api-model'
import { createWorld, Killed, type World, type WorldOptions } from '../../../../support/access-world'
import { named } from '../../../../support/certificates'
import { contentsOf, fingerprintOf } from '../../../../support/random-access-cases'
import { isSoak } from '../../../../support/rounds'

const hostname = 'wiki.acme.example'
const staff = policy('Staff', 'allow', rules([{ kind: 'everyone' }], { require: [{ kind: 'valid-certificate' }] }))
const start = stateOf(
  account({
    cas: [ca('Acme 2023', [hostname])],
    settings: [{ hostname, forwarding: false, chinaNetwork: false }],
    applications: [application('Wiki', [hostname], [staff])],
    policies: [staff],
  }),
)
const bundles = new Map()
const before = accountOf(start, bundles)

let changes: AccessChange[] = []
beforeAll(async () => {
  const subject = named('Acme G2')
  const root = await createRoot({ algorithm: 'p-256', days: 3650, now: new Date(readAt), subject })
  const wish = AccessWish.parse({
    version: 1,
    account: before.id,
    cas: [{ name: 'Acme G2', pem: certificatePem(root.certificate) }],
    hostnames: [{ hostname, cas: ['Acme G2'], forwarding: true }],
    groups: [{ name: 'Admins', include: [{ common_name: { common_name: 'Mira Falk' } }] }],
    policies: [{ name: 'By certificate', decision: 'non_identity', include: [{ group: { name: 'Admins' } }] }],
    applications: [
      { domain: hostname, attach: ['By certificate'] },
      { domain: 'new.acme.example', name: 'New', attach: ['By certificate'] },
    ],
    retire: ['Acme 2023'],
  })
  changes = changesFor(before, wish, new Date(readAt)).changes ?? []
})

const worldOf = (options: Partial<WorldOptions> = {}, state = start, journal = [begin(before, changes)]): World =>
  createWorld(state, { bundles, fingerprintOf, ...options }, journal)

const wholeRun = async () => {
  const world = worldOf()
  await apply(world.journal, world.ports)
  return world
}

describe('applying a plan', () => {
  test('backs everything up, then makes each change once, and waits until it is reported', async () => {
    const world = worldOf({ lag: 3 })
    expect(await apply(world.journal, world.ports)).toEqual({ done: true })
    expect(world.backups).toEqual([before])
    expect(world.calls.map(({ method, path }) => `${method} ${path.split('/').slice(4, 5)}`)).toEqual([
      'POST certificates',
      'PUT certificates',
      'PUT certificates',
      'POST groups',
      'POST policies',
      'PUT apps',
      'POST apps',
      'PUT certificates',
      'DELETE certificates',
    ])
    expect(world.journal.map(({ kind }) => kind).slice(0, 3)).toEqual(['begun', 'backed-up', 'sending'])
    expect(contentsOf(world.state())).toEqual(contentsOf((await wholeRun()).state()))
  })

  test('that needs nothing needs no backup either', async () => {
    const world = worldOf({}, start, [begin(before, [])])
    expect(await apply(world.journal, world.ports)).toEqual({ done: true })
    expect(world.backups).toEqual([])
  })

  test('has a journal that survives being written down', async () => {
    const { journal } = await wholeRun()
    expect(JournalEntry.array().parse(JSON.parse(JSON.stringify(journal)))).toEqual(journal)
  })
})

describe('killed at any moment', () => {
  test('it goes on where it was, and creates nothing twice', async () => {
    const whole = await wholeRun()
    const end = contentsOf(whole.state())
    for (let killAt = 1; killAt <= whole.moments(); killAt += isSoak ? 1 : 4) {
      const killed = worldOf({ killAt })
      await expect(apply(killed.journal, killed.ports)).rejects.toThrow(Killed)
      const next = worldOf({}, killed.state(), killed.journal)
      const first = await apply(next.journal, next.ports)
      if (!first.done) {
        // The call may have been lost: a person looks, and has it sent again.
        expect(first.why).toBe('uncertain')
        next.journal.push({ kind: 'resumed' })
        expect(await apply(next.journal, next.ports)).toEqual({ done: true })
      }
      expect(contentsOf(next.state())).toEqual(end)
    }
  })

  /** With what was under way, which is found although its answer never came. Null where nobody knows whether it will arrive. */
  function knownRun(journal: JournalEntry[], now: AccessAccount): Run | null {
    const run = runOf(journal)
    const standing = run && standingOf(run, now)
    switch (standing?.kind) {
      case 'clear':
        return run
      case 'settled':
        return runOf([...journal, standing.entry])
      default:
        return null
    }
  }

  test('as soon as Access has what was sent, an undo knows of it', async () => {
    const lost = worldOf({ connection: () => 'cut-after' })
    const dying = {
      ...lost.ports,
      read: () => (lost.calls.length === 0 ? lost.ports.read() : Promise.reject(new Killed())),
    }
    await expect(apply(lost.journal, dying)).rejects.toThrow(Killed)
    const now = accountOf(lost.state(), bundles)
    const run = knownRun(lost.journal, now)
    expect(run && undoOf(before, appliedChanges(run), now).changes).toEqual([
      { kind: 'delete-ca', id: now.cas.at(-1)?.id },
    ])
  })

  test('while it is not there, nobody knows what there is to undo', async () => {
    const lost = worldOf({ connection: () => 'cut-before' })
    expect(await apply(lost.journal, lost.ports)).toMatchObject({ why: 'uncertain' })
    const run = runOf(lost.journal)
    expect(run && standingOf(run, before)).toEqual({ kind: 'unknown' })
    const sent = runOf([...lost.journal, { kind: 'sent', step: 0, id: 'real-1' }])
    expect(sent && standingOf(sent, before)).toEqual({ kind: 'unknown' })
  })

  test('it can be undone instead, down to the beginning', async () => {
    const beginning = contentsOf(start)
    const whole = await wholeRun()
    for (let killAt = 1; killAt <= whole.moments(); killAt += isSoak ? 1 : 4) {
      const killed = worldOf({ killAt })
      await expect(apply(killed.journal, killed.ports)).rejects.toThrow(Killed)
      const now = accountOf(killed.state(), bundles)
      const run = knownRun(killed.journal, now)
      if (run === null) continue
      const { changes: back, notes } = undoOf(before, appliedChanges(run), now)
      if (notes.some(({ why }) => why === 'irreversible')) continue
      const undoing = worldOf({}, killed.state(), [begin(now, back)])
      expect(await apply(undoing.journal, undoing.ports)).toEqual({ done: true })
      expect(contentsOf(undoing.state())).toEqual(beginning)
    }
  })
})

describe('a connection that is cut', () => {
  test('after the call arrived: what was created is found and taken over', async () => {
    const world = worldOf({ connection: () => 'cut-after', lag: 2 })
    expect(await apply(world.journal, world.ports)).toEqual({ done: true })
    expect(contentsOf(world.state())).toEqual(contentsOf((await wholeRun()).state()))
    expect(world.calls.filter(({ method }) => method === 'POST')).toHaveLength(4)
  })

  test('before it arrived: nothing is created again by itself, only after a person has said so', async () => {
    const world = worldOf({ connection: (call) => (call === 0 ? 'cut-before' : 'holds') })
    expect(await apply(world.journal, world.ports)).toEqual({ done: false, step: 0, why: 'uncertain', fields: [] })
    expect(world.calls).toHaveLength(1)
    expect(await apply(world.journal, world.ports)).toEqual({ done: false, step: 0, why: 'uncertain', fields: [] })
    world.journal.push({ kind: 'resumed' })
    expect(await apply(world.journal, world.ports)).toEqual({ done: true })
  })
})

describe('it stops', () => {
  const stoppedAfter = async (kind: AccessChange['kind'], edit: (state: AccessApiState) => AccessApiState) => {
    const world = worldOf()
    const at = changes.findIndex((one) => one.kind === kind)
    const ports = {
      ...world.ports,
      async note(entry: JournalEntry) {
        await world.ports.note(entry)
        if (entry.kind === 'settled' && entry.step === at - 1) world.edit(edit)
      },
    }
    return { at, result: await apply(world.journal, ports), world }
  }

  test.each<[AccessChange['kind'], string, (state: AccessApiState) => AccessApiState]>([
    [
      'set-settings',
      'the settings',
      (state) => ({
        ...state,
        settings: [
          ...state.settings,
          { hostname: 'x.acme.example', client_certificate_forwarding: true, china_network: false },
        ],
      }),
    ],
    [
      'set-application-policies',
      'the policies of an application',
      (state) => ({ ...state, apps: state.apps.map((app) => ({ ...app, policies: [] })) }),
    ],
    [
      'create-policy',
      'the policies, by the same one',
      (state) => ({
        ...state,
        policies: [
          ...state.policies,
          {
            id: 'theirs',
            name: 'By certificate',
            decision: 'non_identity',
            include: [{ group: { id: String(state.groups.at(-1)?.['id']) } }],
          },
        ],
      }),
    ],
  ])('before “%s” where another administrator has changed %s', async (kind, _what, edit) => {
    const { at, result, world } = await stoppedAfter(kind, edit)
    expect(result).toEqual({ done: false, step: at, why: 'changed', fields: [] })
    expect(world.journal.at(-1)).toEqual({ kind: 'stopped', step: at, why: 'changed', fields: [] })
  })

  test.each(['create-group', 'delete-group'] as const)(
    'before “%s” where groups can no longer be read',
    async (kind) => {
      const start = stateOf(account({ groups: kind === 'delete-group' ? [group('Admins', rules([]))] : [] }))
      const id = groupId('Admins')
      const change: AccessChange =
        kind === 'delete-group' ? { kind, id } : { kind, id, name: 'Admins', rules: rules([{ kind: 'everyone' }]) }
      const world = worldOf({}, start, [begin(accountOf(start, bundles), [change])])
      const blind = { ...world.ports, read: async () => ({ ...(await world.ports.read()), groups: null }) }
      expect(await apply(world.journal, blind)).toEqual({ done: false, step: 0, why: 'not-read', fields: [] })
      expect(world.calls).toEqual([])
      world.journal.push({ kind: 'resumed' })
      expect(await apply(world.journal, world.ports)).toEqual({ done: true })
    },
  )

  test('where a certificate is not let in, before the old CA is taken off', async () => {
    const world = worldOf({ letsIn: false })
    const at = changes.findIndex((one) => one.kind === 'test-hostname')
    expect(await apply(world.journal, world.ports)).toEqual({ done: false, step: at, why: 'test-failed', fields: [] })
    expect(accountOf(world.state(), bundles).cas[0]?.hostnames).toEqual([hostname])
  })

  test('where Access does not report what was written, for as long as waiting makes sense', async () => {
    const world = worldOf({ lag: 1_000 })
    expect(await apply(world.journal, world.ports)).toEqual({ done: false, step: 0, why: 'not-settled', fields: [] })
  })

  test('where Access refuses, and sends it again once a person has said so', async () => {
    const world = worldOf()
    const refusing = { ...world.ports, send: async () => ({ outcome: 'refused' }) as const }
    expect(await apply(world.journal, refusing)).toEqual({ done: false, step: 0, why: 'refused', fields: [] })
    world.journal.push({ kind: 'resumed' })
    expect(await apply(world.journal, world.ports)).toEqual({ done: true })
  })
})
