import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CaTester } from '#electron/services/cloudflare/ca-test'
import { isAppError } from '#shared/errors'
import { failureOf } from '#shared/failure'
import { AccessAlertId } from '#shared/model/access-account'
import { AccessIntent } from '#shared/model/access-intent'
import { AuthorityId } from '#shared/model/ids'
import { openAccessScreen } from '../../../support/access-screen'
import { type Administrator, administrator } from '../../../support/cloudflare/administrator'
import { accountId } from '../../../support/cloudflare/client'
import { type CloudflareDouble, startCloudflareDouble } from '../../../support/cloudflare/double'
import { readPermissions, writePermissions } from '../../../support/cloudflare/permissions'
import { newCaPem } from '../../../support/cloudflare/protected-site'
import { temporaryFolder } from '../../../support/home'
import { memoryKeyring } from '../../../support/keyring'
import { findMarkers, text } from '../../../support/secrets'

/** Access as the window uses it, against the strict double. */

let pem = ''
beforeAll(async () => {
  pem = await newCaPem(new Date())
})

let double: CloudflareDouble
let admin: Administrator
let home: string
const closing: (() => Promise<void>)[] = []
beforeEach(async () => {
  double = await startCloudflareDouble()
  admin = administrator(double)
  home = temporaryFolder()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  double.stop()
})

const issuer = AuthorityId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11')
const { keyring } = memoryKeyring()

const open = (testCa: CaTester | null = null) => openAccessScreen({ home, double, pem, keyring, closing, testCa })

const readToken = () => double.addToken()
const writeToken = () => double.addToken({ permissions: new Set([...readPermissions, ...writePermissions]) })

async function connected(isStored = false) {
  const opened = open()
  await opened.screen.connect({ token: readToken(), account: null, isStored }, {})
  return opened
}

const protect = AccessIntent.parse({
  kind: 'protect',
  hostname: 'admin.example.com',
  path: '',
  name: 'Admin',
  ca: { kind: 'issuer', issuer },
  who: { kind: 'any-certificate' },
})

type Screen = ReturnType<typeof open>['screen']
async function applied(screen: Screen, intent: AccessIntent = protect) {
  const { id, lines } = await screen.plan(intent, null, {})
  if (id === null) throw new Error('There is nothing to apply.')
  return screen.apply(id, { token: writeToken(), confirmed: lines.flatMap(({ confirm }) => confirm) }, {})
}

describe('a connection', () => {
  it('is for this session unless the token is stored, and ends when the keys are locked', async () => {
    const { screen } = await connected()
    expect(await screen.connection()).toMatchObject({ state: 'connected', isStored: false })
    expect(await open().screen.connection()).toEqual({ state: 'none' })
    screen.forget()
    expect(await screen.connection()).toEqual({ state: 'none' })
    expect(await screen.overview()).toBeNull()
  })

  it.each<[string, (screen: Screen) => Promise<unknown>]>([
    ['the practice account was turned to', (screen) => screen.practise(true)],
    ['the account was disconnected', (screen) => screen.disconnect()],
    ['the keys were locked', async (screen) => screen.forget()],
  ])('stores no token where meanwhile %s', async (_what, turn) => {
    const { screen } = open()
    const connecting = screen.connect({ token: readToken(), account: null, isStored: true }, {})
    await Promise.all([expect(connecting).rejects.toMatchObject({ code: 'cancelled' }), turn(screen)])
    expect(await open().screen.connection()).toEqual({ state: 'none' })
  })

  it('keeps nothing that was read where the account was disconnected while it was read', async () => {
    const { screen, database } = open()
    double.upset('GET', '/access/certificates', () => void screen.disconnect())
    await expect(screen.connect({ token: readToken(), account: null, isStored: true }, {})).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect([await database.accessReadings.all(), await database.accessLooks.get(accountId)]).toEqual([[], null])
  })

  it('with a stored token is there after a start, and is read again', async () => {
    await connected(true)
    const { screen } = open()
    expect(await screen.connection()).toEqual({
      state: 'connected',
      account: null,
      isStored: true,
      isPractice: false,
      keepsWriteToken: false,
    })
    await screen.read({})
    expect(await screen.overview()).toMatchObject({ account: { name: 'Acme' } })
    expect(await screen.disconnect()).toEqual({ state: 'none' })
  })

  it('is refused for a global key, before that is sent anywhere', async () => {
    const { screen } = open()
    await expect(
      screen.connect({ token: `cfk_${'a'.repeat(40)}`, account: null, isStored: false }, {}),
    ).rejects.toMatchObject({ code: 'cloudflare-token-unusable' })
    expect(double.journal).toEqual([])
    expect(await screen.connection()).toEqual({ state: 'none' })
  })

  it('names the permissions that are missing', async () => {
    const { screen } = open()
    const token = double.addToken({ permissions: new Set(['Access: Apps and Policies Read']) })
    await expect(screen.connect({ token, account: null, isStored: false }, {})).rejects.toMatchObject({
      code: 'cloudflare-permission-missing',
      detail: expect.stringContaining('Access: Mutual TLS Certificates Read'),
    })
  })
})

it('applies a plan once where it is asked for twice at the same moment', async () => {
  const { screen } = open()
  await screen.practise(true)
  const { id } = await screen.plan(
    AccessIntent.parse({ ...protect, hostname: 'practice.latchkey.localhost' }),
    null,
    {},
  )
  if (id === null) throw new Error('There is nothing to apply.')
  const once = () => screen.apply(id, { token: null, confirmed: [] }, {})
  const [first, second] = await Promise.allSettled([once(), once()])
  expect(first).toMatchObject({ status: 'fulfilled', value: { state: 'done' } })
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'busy' } })
  expect(await screen.runs()).toHaveLength(1)
})

describe('the practice account', () => {
  const practise = AccessIntent.parse({ ...protect, hostname: 'practice.latchkey.localhost' })

  it('is planned, applied and undone without a token, and nothing is sent', async () => {
    const { screen } = open()
    expect(await screen.practise(true)).toEqual({
      state: 'connected',
      account: { id: 'practice', name: 'Practice account' },
      isStored: false,
      isPractice: true,
      keepsWriteToken: false,
    })
    await screen.read({})
    expect(await screen.overview()).toMatchObject({ account: { id: 'practice' }, rows: [], unread: [] })
    const { id } = await screen.plan(practise, null, {})
    if (id === null) throw new Error('There is nothing to apply.')
    const run = await screen.apply(id, { token: null, confirmed: [] }, {})
    expect(run).toMatchObject({ state: 'done', account: { id: 'practice' } })
    expect(await screen.overview()).toMatchObject({ rows: [{ who: 'Any valid certificate' }], drift: { changes: [] } })
    const undo = await screen.planUndo(run.id, {})
    const confirmed = undo.lines.flatMap(({ confirm }) => confirm)
    if (undo.id === null) throw new Error('There is nothing to undo.')
    expect(await screen.apply(undo.id, { token: null, confirmed }, {})).toMatchObject({ state: 'done' })
    expect(await screen.overview()).toMatchObject({ rows: [] })
    expect(double.journal).toEqual([])
  })

  it('takes no real token, and a real account takes nothing less', async () => {
    const { screen } = await connected()
    const real = await screen.plan(protect, null, {})
    if (real.id === null) throw new Error('There is nothing to apply.')
    await expect(screen.apply(real.id, { token: null, confirmed: [] }, {})).rejects.toMatchObject({
      code: 'invalid-input',
    })
    await screen.practise(true)
    const { id } = await screen.plan(practise, null, {})
    if (id === null) throw new Error('There is nothing to apply.')
    await expect(screen.apply(id, { token: writeToken(), confirmed: [] }, {})).rejects.toMatchObject({
      code: 'cloudflare-token-unusable',
    })
    await screen.read({})
    expect(await screen.overview()).toMatchObject({ cas: [] })
    expect(double.world.certificates).toEqual([])
  })

  it('is left for the account that was open before, with its own changes', async () => {
    const { screen } = await connected()
    await applied(screen)
    await screen.practise(true)
    expect([await screen.overview(), await screen.runs()]).toEqual([null, []])
    expect(await screen.practise(false)).toMatchObject({ state: 'connected', isPractice: false })
    await screen.read({})
    expect(await screen.overview()).toMatchObject({ account: { name: 'Acme' }, cas: [{ name: 'New' }] })
    expect(await screen.runs()).toHaveLength(1)
  })

  it.each([true, false])('never shows what was still being read of the other account (practice: %s)', async (isOn) => {
    const { screen } = await connected()
    await screen.practise(!isOn)
    const reading = screen.read({})
    await Promise.all([expect(reading).rejects.toMatchObject({ code: 'cancelled' }), screen.practise(isOn)])
    expect(await screen.overview()).toBeNull()
    expect(await screen.connection()).toMatchObject({ isPractice: isOn })
  })
})

describe('the overview', () => {
  it('says who gets in, a line for each hostname and path, and marks what is open to everyone', async () => {
    const holders = await admin.policy({ name: 'Holders' })
    const everyone = await admin.policy({ name: 'Open', decision: 'bypass', include: [{ everyone: {} }] })
    const named = { name: 'Admins', include: [{ common_name: { common_name: 'Mira Falk' } }] }
    const admins = await admin.policy(named)
    await admin.certificate('Acme', pem, ['wiki.example.com', 'status.example.com'])
    await admin.application('wiki.example.com', [{ id: holders, precedence: 1 }])
    await admin.application('wiki.example.com/admin', [{ id: admins, precedence: 1 }])
    await admin.application('files.example.com', [{ id: everyone, precedence: 1 }])
    const { screen } = await connected()
    const rows = (await screen.overview())?.rows.map(({ hostname, path, isOpen, who }) => [
      hostname + path,
      isOpen,
      who,
    ])
    expect(rows).toEqual([
      ['files.example.com', true, 'Everyone, with or without a certificate (Bypass)'],
      ['status.example.com', true, 'Everyone. A certificate is asked for, but no rule checks it'],
      ['wiki.example.com', false, 'Any valid certificate'],
      ['wiki.example.com/admin', false, 'Certificate named Mira Falk'],
    ])
  })

  it('marks the rows that somebody else has changed, until that is accepted', async () => {
    const holders = await admin.policy({ name: 'Holders' })
    const staff = await admin.policy({ name: 'Staff' })
    await admin.certificate('Acme', pem, ['wiki.example.com'])
    const wiki = await admin.application('wiki.example.com', [{ id: holders, precedence: 1 }])
    const gone = await admin.application('tickets.example.com', [{ id: holders, precedence: 1 }])
    await admin.application('tickets.example.com/beta', [{ id: staff, precedence: 1 }])
    const { screen } = await connected()
    const app = double.world.applications.find(({ id }) => id === wiki)
    app?.links.push({ policy: staff, precedence: 2 })
    double.world.applications = double.world.applications.filter(({ id }) => id !== gone)
    await screen.read({})
    const changes = async () =>
      Object.fromEntries(((await screen.overview())?.rows ?? []).map((row) => [row.hostname + row.path, row.changes]))
    expect(await changes()).toEqual({
      'tickets.example.com': ['application-gone'],
      'tickets.example.com/beta': ['application-gone'],
      'wiki.example.com': ['policy-added'],
    })
    await screen.accept()
    await screen.read({})
    expect(Object.values(await changes()).flat()).toEqual([])
  })
})

describe('a plan', () => {
  it('is looked at, applied, and undone, and is no drift of somebody else', async () => {
    const { screen } = await connected()
    const plan = await screen.plan(protect, null, {})
    expect(plan.title).toBe('Protect admin.example.com')
    expect(plan.lines.map(({ place, title }) => [place, title])).toEqual([
      ['here', 'Save a backup of everything that was read'],
      ['cloudflare', 'Upload the CA New'],
      ['cloudflare', 'Add admin.example.com to the CA New'],
      ['cloudflare', 'Create the policy Admin by certificate'],
      ['cloudflare', 'Create the application Admin'],
    ])
    const run = await applied(screen)
    expect(run).toMatchObject({ state: 'done', done: 4, backup: true })
    expect(double.world.applications).toHaveLength(1)
    expect(await screen.overview()).toMatchObject({ drift: { changes: [] }, rows: [{ isOpen: false }] })
    expect(
      (await screen.plan({ kind: 'set-forwarding', hostname: 'admin.example.com', isOn: false }, null, {})).id,
    ).toBeNull()

    const undo = await screen.planUndo(run.id, {})
    expect(undo).toMatchObject({ title: 'Undo: Protect admin.example.com', problems: [], notes: [] })
    if (undo.id === null) throw new Error('There is nothing to undo.')
    const confirmed = undo.lines.flatMap(({ confirm }) => confirm)
    await expect(screen.apply(undo.id, { token: writeToken(), confirmed: [] }, {})).rejects.toMatchObject({
      code: 'invalid-input',
    })
    expect(await screen.apply(undo.id, { token: writeToken(), confirmed }, {})).toMatchObject({ state: 'done' })
    expect([double.world.applications, double.world.certificates, double.world.policies]).toEqual([[], [], []])
    expect((await screen.runs()).map(({ title, state }) => [title, state])).toEqual([
      ['Undo: Protect admin.example.com', 'done'],
      ['Protect admin.example.com', 'undone'],
    ])
  })

  it('has an expiry alert created, tested, changed and deleted, and says of the test no more than was seen', async () => {
    const { screen } = await connected()
    const destinations = { emails: ['pki@example.com'], webhooks: [], pagerduty: [] }
    await applied(screen, AccessIntent.parse({ kind: 'add-alert', name: 'CA expiry', destinations }))
    expect((await screen.overview())?.alerting).toMatchObject({
      alerts: [{ name: 'CA expiry', isEnabled: true, words: 'to pki@example.com' }],
      obstacle: null,
    })
    const alert = AccessAlertId.parse((await screen.overview())?.alerting?.alerts[0]?.id)
    expect(await screen.testAlert(alert, { token: writeToken() }, {})).toEqual({
      sentence: 'Cloudflare accepted the test; whether the message arrives cannot be seen from here.',
    })
    await expect(screen.testAlert(alert, { token: readToken() }, {})).rejects.toMatchObject({
      code: 'cloudflare-permission-missing',
      detail: expect.stringContaining('Notifications Write'),
    })
    const both = { ...destinations, emails: ['pki@example.com', 'ada@example.com'] }
    const set = { kind: 'set-alert', alert, isEnabled: false, destinations: both }
    await applied(screen, AccessIntent.parse(set))
    expect(double.world.alerts).toMatchObject([{ fields: { enabled: false, mechanisms: { email: [{}, {}] } } }])
    await applied(screen, AccessIntent.parse({ kind: 'remove-alert', alert }))
    expect(double.world.alerts).toEqual([])
    expect(await screen.overview()).toMatchObject({ drift: { changes: [] } })

    double.world.behaviour.expiryAlerts = false
    await screen.read({})
    expect((await screen.overview())?.alerting?.obstacle).toContain('does not list expiry alerts')
  })

  it('that takes a CA off a hostname is stopped by Latchkey’s own tests, and says what they showed', async () => {
    await admin.certificate('Old', await newCaPem(new Date()), ['admin.example.com'])
    let isProven = false
    const { screen } = open(async (hostname, { name: ca }) => ({
      hostname,
      ca,
      certificate: `Ada of ${ca}`,
      outcome: isProven || ca === 'Old' ? 'let-in' : 'not-let-in',
      sentence: 'The issuer is not accepted.',
    }))
    await screen.connect({ token: readToken(), account: null, isStored: false }, {})
    const wish = {
      version: 1,
      account: accountId,
      cas: [{ name: 'New', pem }],
      hostnames: [{ hostname: 'admin.example.com', cas: ['New'] }],
    }
    const intent = AccessIntent.parse({
      kind: 'file',
      source: { kind: 'bytes', name: 'plan.json', bytes: new Uint8Array() },
    })
    const file = { name: 'plan.json', bytes: Buffer.from(JSON.stringify(wish)) }
    const { id, lines } = await screen.plan(intent, file, {})
    if (id === null) throw new Error('There is nothing to apply.')
    const confirmed = lines.flatMap(({ confirm }) => confirm)
    const run = await screen.apply(id, { token: writeToken(), confirmed }, {})
    expect(run).toMatchObject({ state: 'waiting', test: 'admin.example.com' })
    expect(run.why).toContain('“Ada of New” of “New” was not let in. The issuer is not accepted.')
    isProven = true
    // Nobody has to say so any more: both were let in.
    const permission = { token: writeToken(), tested: false, sendAgain: false }
    expect(await screen.resume(run.id, permission, {})).toMatchObject({ state: 'done' })
  })

  it('is not applied to an account that has changed since', async () => {
    const { screen } = await connected()
    const { id } = await screen.plan(protect, null, {})
    await admin.policy({ name: 'Of somebody else' })
    if (id === null) throw new Error('There is nothing to apply.')
    await expect(screen.apply(id, { token: writeToken(), confirmed: [] }, {})).rejects.toMatchObject({
      code: 'cloudflare-plan-outdated',
    })
    expect(double.world.certificates).toEqual([])
    expect(await screen.runs()).toEqual([])
  })

  it('that is refused waits, with Cloudflare’s words, and goes on at another start', async () => {
    const { screen } = await connected(true)
    double.world.behaviour.quota = 0
    expect(await applied(screen)).toMatchObject({ state: 'waiting', done: 0, why: expect.stringContaining('limit') })
    double.world.behaviour.quota = 50
    const later = open().screen
    const [waiting] = await later.runs()
    expect(waiting).toMatchObject({ title: 'Protect admin.example.com', state: 'waiting', done: 0 })
    if (waiting === undefined) throw new Error('Nothing waits.')
    const permission = { token: writeToken(), tested: false, sendAgain: false }
    expect(await later.resume(waiting.id, permission, {})).toMatchObject({ state: 'done', done: 4 })
    expect(double.world.certificates).toHaveLength(1)
  })

  it('whose token may not write changes nothing', async () => {
    const { screen } = await connected()
    const { id } = await screen.plan(protect, null, {})
    if (id === null) throw new Error('There is nothing to apply.')
    expect(await screen.apply(id, { token: readToken(), confirmed: [] }, {})).toMatchObject({
      state: 'waiting',
      done: 0,
    })
    expect(double.world.certificates).toEqual([])
  })

  it('that was called off waits, and is undone without anything left', async () => {
    const { screen } = await connected()
    const { id } = await screen.plan(protect, null, {})
    if (id === null) throw new Error('There is nothing to apply.')
    const ending = new AbortController()
    double.upset('POST', '/access/policies', () => ending.abort())
    await expect(
      screen.apply(id, { token: writeToken(), confirmed: [] }, { signal: ending.signal }),
    ).rejects.toMatchObject({
      code: expect.stringMatching(/cancelled|uncertain/u),
      done: expect.stringMatching(/^Steps? .* had been done\. /u),
    })
    const [waiting] = await screen.runs()
    expect(waiting).toMatchObject({ state: 'waiting' })
  })

  it('that is ended by an answer that cannot be read says what had been done, not that nothing was changed', async () => {
    const { screen } = await connected()
    const { id } = await screen.plan(protect, null, {})
    if (id === null) throw new Error('There is nothing to apply.')
    const unreadable = () => double.upset('GET', '/access/certificates', { kind: 'html' })
    double.upset('POST', '/access/policies', unreadable)
    const permission = { token: writeToken(), confirmed: [] }
    const failed = expect(screen.apply(id, permission, {})).rejects.toSatisfy((error: unknown) => {
      const { done = '' } = isAppError(error) ? failureOf(error) : {}
      return /^Steps? .* had been sent and was not read back\. /u.test(done)
    })
    await failed
    // What it did is Latchkey's own, also after the next start.
    for (const reader of [screen, (await connected()).screen]) {
      await reader.read({})
      expect(await reader.overview()).toMatchObject({ drift: { changes: [] } })
    }
    await admin.policy({ name: 'Somebody else’s' })
    await screen.read({})
    expect(await screen.overview()).toMatchObject({ drift: { changes: [{ name: 'Somebody else’s' }] } })
    unreadable()
    const [waiting] = await screen.runs()
    if (waiting === undefined) throw new Error('No run waits.')
    const again = { token: writeToken(), tested: false, sendAgain: false }
    await expect(screen.resume(waiting.id, again, {})).rejects.toMatchObject({
      code: 'cloudflare-answer-wrong',
      done: expect.stringMatching(/^Steps? .* had been done\. /u),
    })
    expect(await screen.resume(waiting.id, again, {})).toMatchObject({ state: 'done' })
  })

  it('that an error has ended shows what it did as its own at once', async () => {
    const { screen } = await connected()
    const { id } = await screen.plan(protect, null, {})
    if (id === null) throw new Error('There is nothing to apply.')
    double.upset('POST', '/access/policies', () => double.upset('GET', '/access/certificates', { kind: 'html' }))
    await expect(screen.apply(id, { token: writeToken(), confirmed: [] }, {})).rejects.toMatchObject({
      code: 'cloudflare-answer-wrong',
    })
    expect(await screen.overview()).toMatchObject({ cas: [{ name: 'New' }], drift: { changes: [] } })
  })

  it('is no drift of somebody else in a reading while it is applied, as far as its steps are done', async () => {
    const { screen } = await connected()
    const { id } = await screen.plan(protect, null, {})
    if (id === null) throw new Error('There is nothing to apply.')
    const readings: Promise<string[]>[] = []
    const readNow = async () => (await screen.read({})).drift.map(({ what, name }) => `${what} ${name}`)
    double.upset('POST', '/access/policies', () => void readings.push(readNow()))
    expect(await screen.apply(id, { token: writeToken(), confirmed: [] }, {})).toMatchObject({ state: 'done' })
    expect(readings).toHaveLength(1)
    // The CA was there before the policy was sent.
    expect((await Promise.all(readings)).flat()).not.toContain('CA New')
  })

  it('uses a write token again only where that is wanted, and forgets it with the keys or when it is refused', async () => {
    const { screen } = await connected()
    const block = async (name: string, permission: { token: string | null; keepToken?: boolean }) => {
      const { id } = await screen.plan(AccessIntent.parse({ kind: 'block', names: [name] }), null, {})
      if (id === null) throw new Error('There is nothing to apply.')
      return screen.apply(id, { ...permission, confirmed: [] }, {})
    }
    const keeps = async () => {
      const connection = await screen.connection()
      return connection.state === 'connected' && connection.keepsWriteToken
    }
    const none = { code: 'invalid-input' }
    await applied(screen)
    expect(await keeps()).toBe(false)
    await expect(block('One', { token: null })).rejects.toMatchObject(none)

    const token = writeToken()
    expect(await block('One', { token, keepToken: true })).toMatchObject({ state: 'done' })
    expect(await keeps()).toBe(true)
    expect(await block('Two', { token: null })).toMatchObject({ state: 'done' })
    expect(await screen.forgetWriteToken()).toMatchObject({ keepsWriteToken: false })
    await expect(block('Three', { token: null })).rejects.toMatchObject(none)

    expect(await block('Three', { token, keepToken: true })).toMatchObject({ state: 'done' })
    const known = double.world.tokens.find((one) => one.token === token)
    if (known === undefined) throw new Error('The token is gone.')
    known.status = 'disabled'
    await expect(block('Four', { token: null })).rejects.toMatchObject({ code: 'cloudflare-token-refused' })
    expect(await keeps()).toBe(false)

    known.status = 'active'
    await expect(block('Four', { token: 'cfut_unknown', keepToken: true })).rejects.toBeDefined()
    expect(await keeps()).toBe(false)
    expect(await block('Four', { token, keepToken: true })).toMatchObject({ state: 'done' })
    expect(findMarkers([home], [text('the token', token)])).toEqual([])
    await screen.practise(true)
    expect(await keeps()).toBe(false)
    await screen.practise(false)
    screen.forget()
    expect(await keeps()).toBe(false)
    await screen.connect({ token: readToken(), account: null, isStored: false }, {})
    await expect(block('Five', { token: null })).rejects.toMatchObject(none)
  })

  it('blocks names, and says what that does not cover', async () => {
    const holders = await admin.policy({ name: 'Holders' })
    const bypass = await admin.policy({ name: 'Open', decision: 'bypass', include: [{ everyone: {} }] })
    await admin.certificate('Acme', pem, ['wiki.example.com'])
    await admin.application('wiki.example.com', [{ id: holders, precedence: 1 }])
    await admin.application('wiki.example.com/open', [{ id: bypass, precedence: 1 }])
    const { screen } = await connected()
    const { lines, notes } = await screen.plan({ kind: 'block', names: ['Eve'] }, null, {})
    expect(lines.map(({ title }) => title).slice(1)).toEqual([
      'Create the group Latchkey: blocked certificates',
      'Change the policy Holders',
    ])
    expect(notes).toEqual([expect.stringContaining('wiki.example.com/open is not covered')])
  })

  it('from a file is refused with every place that is wrong', async () => {
    const { screen } = await connected()
    const file = { name: 'plan.json', bytes: Buffer.from('{"version": 2}') }
    const intent = AccessIntent.parse({ kind: 'file', source: { kind: 'bytes', ...file } })
    await expect(screen.plan(intent, file, {})).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('of a CA that Access would refuse says why', async () => {
    const { screen } = await connected()
    const ca = { kind: 'file', name: 'Mine', source: { kind: 'bytes', name: 'ca.pem', bytes: new Uint8Array() } }
    const intent = AccessIntent.parse({ kind: 'add-ca', ca, hostnames: [] })
    const key = '-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----\n'
    const { id, problems } = await screen.plan(intent, { name: 'ca.pem', bytes: Buffer.from(pem + key) }, {})
    expect([id, problems]).toEqual([null, [expect.stringContaining('contains a private key')]])
  })

  it('can be saved for the command line, and is then empty once it was applied', async () => {
    const { screen } = await connected()
    const { id } = await screen.plan(protect, null, {})
    if (id === null) throw new Error('There is nothing to save.')
    const saved = Buffer.from(screen.planFile(id))
    const intent = AccessIntent.parse({
      kind: 'file',
      source: { kind: 'bytes', name: 'plan.json', bytes: new Uint8Array() },
    })
    expect((await screen.plan(intent, { name: 'plan.json', bytes: saved }, {})).lines).toHaveLength(5)
  })
})

it('explains from what was read, and asks Cloudflare nothing', async () => {
  const admins = await admin.policy({ name: 'Admins', include: [{ common_name: { common_name: 'Mira Falk' } }] })
  await admin.certificate('Acme', pem, ['wiki.example.com'])
  await admin.application('wiki.example.com', [{ id: admins, precedence: 1 }])
  const { screen } = await connected()
  const calls = double.journal.length
  const answer = await screen.explain('https://wiki.example.com/', { kind: 'nobody' })
  expect(answer).toMatchObject({ outlook: { verdict: 'refused' }, name: null })
  expect(answer.reasons.at(-1)).toMatchObject({ mark: 'refused', title: 'No policy lets this visitor in' })
  expect(answer.others.map(({ name, words }) => [name, words])).toContainEqual(['Mira Falk', 'Let in'])
  expect(double.journal).toHaveLength(calls)
})

it('leaves no token in any file: not the database, not a journal, not a backup', async () => {
  const { screen, database } = open()
  const token = readToken()
  const writing = writeToken()
  await screen.connect({ token, account: null, isStored: true }, {})
  const { id } = await screen.plan(protect, null, {})
  if (id === null) throw new Error('There is nothing to apply.')
  await screen.apply(id, { token: writing, confirmed: [] }, {})
  await database.activity.list({ offset: 0, limit: 50, search: '' })
  const journals = readdirSync(join(home, 'access'))
  expect(journals.map((name) => name.replace(/^.*?\./u, ''))).toEqual(['done.journal', 'done.journal.backup'])
  expect(readFileSync(join(home, 'access', journals[0] ?? ''), 'utf8')).toContain('admin.example.com')
  const found = findMarkers([home], [text('reading', token), text('writing', writing)])
  expect(found).toEqual([])
})
