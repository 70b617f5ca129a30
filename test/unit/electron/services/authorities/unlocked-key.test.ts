import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPreferences } from '#electron/platform/preferences'
import { createUnlockedKey, UNLOCKED_MINUTES } from '#electron/services/authorities/unlocked-key'
import { createServices, type ServicePorts } from '#electron/services/services'
import { type AuthoritySummary, IssueChoice, IssuedPage } from '#shared/model/authority'
import { AuthorityId, StagedId } from '#shared/model/ids'
import { AppPreferences } from '#shared/model/preferences'
import { type Office, openOffice, passphrase, quickJobs } from '../../../../support/authorities'
import { temporaryFolder } from '../../../../support/home'
import { noPolicy } from '../../../../support/policy'

const authority = AuthorityId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11')
const batch = StagedId.parse('6f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11')
const other = '7f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11'
const minute = 60_000

function holder() {
  let now = Date.parse('2026-11-25T12:00:00.000Z')
  const timers = new Map<() => void, number>()
  const unlocked = createUnlockedKey({
    staysUnlocked: true,
    clock: { now: () => new Date(now) },
    changed: () => undefined,
    later(milliseconds, act) {
      timers.set(act, now + milliseconds)
      return () => void timers.delete(act)
    },
  })
  const key = Buffer.from('private key')
  unlocked.hold(authority, batch, key)
  const isWiped = () => unlocked.copyFor(authority, batch) === null && key.every((octet) => octet === 0)
  return {
    unlocked,
    isWiped,
    /** `awake`: timers run. */
    later(milliseconds: number, awake = true) {
      now += milliseconds
      for (const [act, at] of timers) if (awake && at <= now) act()
    },
    timers,
  }
}

describe('an unlocked key', () => {
  it('is lent to its batch alone, as a copy', () => {
    const { unlocked } = holder()
    const copy = unlocked.copyFor(authority, batch)
    expect(Buffer.from(copy ?? []).toString()).toBe('private key')
    copy?.fill(0)
    expect(Buffer.from(unlocked.copyFor(authority, batch) ?? []).toString()).toBe('private key')
    expect(unlocked.copyFor(authority, StagedId.parse(other))).toBeNull()
    expect(unlocked.copyFor(AuthorityId.parse(other), batch)).toBeNull()
  })

  it('is gone after five minutes, however often it is used', () => {
    const { unlocked, later, isWiped, timers } = holder()
    for (let used = 1; used < UNLOCKED_MINUTES; used += 1) {
      later(minute)
      expect(unlocked.copyFor(authority, batch)).not.toBeNull()
    }
    later(minute)
    expect([isWiped(), unlocked.state(), timers.size]).toEqual([true, null, 0])
  })

  it('is gone after sleep in which no timer ran, and when the clock was put back', () => {
    const asleep = holder()
    asleep.later(5 * minute, false)
    expect([asleep.unlocked.state(), asleep.isWiped()]).toEqual([null, true])
    const back = holder()
    back.later(-minute, false)
    expect(back.isWiped()).toBe(true)
  })

  it.each<[string, (unlocked: ReturnType<typeof holder>['unlocked']) => void]>([
    ['when it is forgotten', (unlocked) => unlocked.forget()],
    ['when nobody uses the computer', (unlocked) => unlocked.noteIdle(120)],
    ['when the computer sleeps or is left', (unlocked) => unlocked.noteIdle(Number.POSITIVE_INFINITY)],
    ['when its batch ends', (unlocked) => unlocked.endBatch(batch)],
    ['when another is unlocked', (unlocked) => unlocked.hold(authority, StagedId.parse(other), Buffer.from('x'))],
  ])('is wiped %s', (_when, end) => {
    const { unlocked, isWiped, timers } = holder()
    end(unlocked)
    expect(isWiped()).toBe(true)
    expect(timers.size).toBeLessThanOrEqual(1)
  })

  it('stays while somebody is there, and when another batch ends', () => {
    const { unlocked, isWiped } = holder()
    unlocked.noteIdle(119)
    unlocked.endBatch(StagedId.parse(other))
    expect(isWiped()).toBe(false)
  })
})

describe('unlocking for a batch', () => {
  let office: Office
  beforeEach(() => {
    office = openOffice(temporaryFolder(), { staysUnlocked: true })
  })
  afterEach(() => office.close())

  const names = { kind: 'as-requested', withoutUnsupported: false } as const
  const choose = (...rows: number[]) => rows.map((row) => IssueChoice.parse({ row, names, days: 30 }))
  async function read(ca: AuthoritySummary, ...people: string[]) {
    const files = []
    for (const name of people) files.push({ name, bytes: Buffer.from((await office.request(name)).pem) })
    return (await office.authorities.readRequests(ca.id, files)).batch
  }
  const issued = async () =>
    (await office.authorities.issued(IssuedPage.parse({ authority: null, search: 'CN=P' }))).total

  it('lets the batch be signed in several rounds, and ends with the last of it', async () => {
    const ca = await office.create('Acme Clients', await office.create('Acme Root'), { days: 500 })
    const waiting = await read(ca, 'P1', 'P2')
    const sign = (row: number) => office.authorities.issue({ authority: ca.id, passphrase: null }, waiting, choose(row))
    await expect(sign(0)).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(office.authorities.unlock(ca.id, waiting, 'wrong horse')).rejects.toMatchObject({
      code: 'passphrase-wrong',
    })
    await office.authorities.unlock(ca.id, waiting, passphrase)
    expect(office.authorities.unlocked()).toMatchObject({ offered: true, key: { authority: ca.id, batch: waiting } })
    expect((await sign(0)).issued).toHaveLength(1)
    expect(office.authorities.unlocked().key).not.toBeNull()
    expect((await sign(1)).issued).toHaveLength(1)
    expect(office.authorities.unlocked().key).toBeNull()
    expect(await issued()).toBe(2)
  })

  it('is for intermediates only, and for a batch that was read for them', async () => {
    const root = await office.create('Acme Root')
    const ca = await office.create('Acme Clients', root, { days: 500 })
    const ofRoot = await read(root, 'P1')
    await expect(office.authorities.unlock(root.id, ofRoot, passphrase)).rejects.toMatchObject({
      code: 'invalid-input',
    })
    await expect(office.authorities.unlock(ca.id, ofRoot, passphrase)).rejects.toMatchObject({ code: 'ticket-expired' })
    expect(office.authorities.unlocked().key).toBeNull()
  })

  it('opens nothing else: no list, no renewal, no other batch, and not beyond five minutes', async () => {
    const ca = await office.create('Acme Clients', await office.create('Acme Root'), { days: 500 })
    const waiting = await read(ca, 'P1', 'P2')
    await office.authorities.unlock(ca.id, waiting, passphrase)
    const signature = { authority: ca.id, passphrase: null }
    await expect(office.authorities.writeCrl(signature, { days: 30, lastCrl: null })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    office.later(6 / 1440)
    await expect(office.authorities.issue(signature, waiting, choose(0))).rejects.toMatchObject({
      code: 'invalid-input',
    })
    await office.authorities.unlock(ca.id, waiting, passphrase)
    await read(ca, 'P3')
    await expect(office.authorities.issue(signature, waiting, choose(0))).rejects.toMatchObject({
      code: 'invalid-input',
    })
    expect(await issued()).toBe(0)
  })

  it('is refused where the system does not tell of locking, and in a terminal', async () => {
    const terminal = openOffice(temporaryFolder())
    try {
      const ca = await terminal.create('Acme Clients', await terminal.create('Acme Root'), { days: 500 })
      const { pem } = await terminal.request('P1')
      const files = [{ name: 'p1.csr', bytes: Buffer.from(pem) }]
      const { batch: waiting } = await terminal.authorities.readRequests(ca.id, files)
      await expect(terminal.authorities.unlock(ca.id, waiting, passphrase)).rejects.toMatchObject({
        code: 'invalid-input',
      })
      expect(terminal.authorities.unlocked()).toEqual({ offered: false, key: null })
    } finally {
      await terminal.close()
    }
  })

  it.each(['locking', 'quitting'] as const)('ends with %s', async (end) => {
    const ca = await office.create('Acme Clients', await office.create('Acme Root'), { days: 500 })
    const never = () => Promise.reject(new Error('not asked'))
    const services = createServices({
      // The office closes it itself.
      database: { ...office.database, close: async () => undefined },
      vault: office.vault,
      jobs: quickJobs(),
      stores: [],
      machineAccount: async () => 'machine',
      policy: noPolicy,
      openCloudflare: never,
      wait: never,
      issueRemotely: never,
      proxyFor: never,
      home: { path: office.home, keepsModes: true, isOpen: false, closed: [], close: never },
      startLab: never,
      announcement: { read: async () => null, write: never, remove: never },
      preferences: createPreferences(join(office.home, 'preferences.json'), AppPreferences),
      probes: () => ({ direct: never, browser: null }),
      staysUnlocked: true,
      clock: { now: () => new Date() },
      random: { uuid: () => batch, bytes: (length: number) => new Uint8Array(length) },
      log: { info() {}, warn() {}, error() {} },
      changed: () => undefined,
    } as unknown as ServicePorts)
    const files = [{ name: 'p1.csr', bytes: Buffer.from((await office.request('P1')).pem) }]
    const { batch: waiting } = await services.authorities.readRequests(ca.id, files)
    await services.authorities.unlock(ca.id, waiting, passphrase)
    expect(services.authorities.unlocked().key).not.toBeNull()
    if (end === 'locking') await services.vault.lock()
    else await services.close()
    expect(services.authorities.unlocked().key).toBeNull()
  })
})
