import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createRoot } from '#electron/pki/authority/root'
import { certificatePem } from '#electron/pki/x509/pem'
import { AccessChange } from '#shared/model/access-plan'
import { makeSmallPki, named } from '../support/certificates'
import { type Administrator, administrator } from '../support/cloudflare/administrator'
import { type CloudflareDouble, startCloudflareDouble } from '../support/cloudflare/double'
import { contentsOfWorld } from '../support/cloudflare/from-account'
import { mtls, readPermissions, writePermissions } from '../support/cloudflare/permissions'
import { account, settled } from '../support/cloudflare/world'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { isSoak } from '../support/rounds'

let pem = ''
beforeAll(async () => {
  const { intermediate, root } = await makeSmallPki(new Date())
  pem = certificatePem(intermediate.certificate) + certificatePem(root.certificate)
})

let here: Computer
let double: CloudflareDouble
let admin: Administrator
let token: string
beforeEach(async () => {
  here = newComputer()
  double = await startCloudflareDouble()
  admin = administrator(double)
  token = double.addToken({ permissions: new Set([...readPermissions, ...writePermissions]) })
})
afterEach(() => {
  double.stop()
  discard(here)
})

const path = (name: string) => join(here.folder, name)

const environment = () => ({
  LATCHKEY_TEST: '1',
  LATCHKEY_CLOUDFLARE_API: double.origin,
  LATCHKEY_KEYRING: 'none',
  CLOUDFLARE_API_TOKEN: token,
})

async function cloudflare(...args: string[]) {
  const run = await runCli(here, ['cloudflare', ...args, '--json'], { environment: environment() })
  return { code: run.code, answer: JSON.parse(run.stdout) as Record<string, unknown> }
}

const protect = () => ({
  version: 1,
  account,
  cas: [{ name: 'New', pem }],
  hostnames: [{ hostname: 'admin.example.com', cas: ['New'], forwarding: true }],
  policies: [{ name: 'Holders', decision: 'non_identity', include: [{ certificate: {} }] }],
  applications: [{ domain: 'admin.example.com', name: 'Admin', attach: ['Holders'] }],
})
const put = (wish: object) => writeFileSync(path('wish.json'), JSON.stringify(wish))

describe('apply', () => {
  it('makes the account as the file says, with a backup and a journal that are their owner’s alone', async () => {
    put(protect())
    const first = await cloudflare('apply', 'wish.json')
    expect(first).toMatchObject({ code: 0, answer: { done: true, steps: 5, journal: 'wish.json.journal' } })
    for (const file of ['wish.json.journal', 'wish.json.journal.backup'])
      expect(statSync(path(file)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(path('wish.json.journal.backup'), 'utf8'))).toMatchObject({ id: account, cas: [] })
    expect(readFileSync(path('wish.json.journal'), 'utf8')).not.toContain(token)
    expect(await cloudflare('plan', 'wish.json')).toMatchObject({ code: 0, answer: { steps: [] } })
    expect(await cloudflare('apply', 'wish.json')).toMatchObject({ code: 0, answer: { done: true, steps: 0 } })
  })

  it('is no drift of somebody else’s, as far as it has come', async () => {
    expect(await cloudflare('drift')).toMatchObject({ code: 0, answer: { since: null, kept: true } })
    put(protect())
    double.world.behaviour.quota = 0
    expect(await cloudflare('apply', 'wish.json')).toMatchObject({ code: 3 })
    expect(await cloudflare('drift')).toMatchObject({ code: 0, answer: { drift: [] } })
    double.world.behaviour.quota = 50
    expect(await cloudflare('resume', 'wish.json.journal')).toMatchObject({ code: 0 })
    expect(await cloudflare('drift')).toMatchObject({ code: 0, answer: { drift: [] } })
    await admin.policy({ name: 'Theirs' })
    expect(await cloudflare('drift')).toMatchObject({
      code: 1,
      answer: { drift: [{ name: 'Theirs', change: 'added' }] },
    })
  })

  it('goes no further than it is refused, is resumed, and undone', async () => {
    await admin.application('wiki.example.com')
    double.world.behaviour.quota = 0
    put(protect())
    expect(await cloudflare('apply', 'wish.json')).toMatchObject({
      code: 3,
      answer: {
        error: {
          code: 'cloudflare-limit-reached',
          detail: expect.stringMatching(
            /maximum number.*\nStopped at step 1 of 5: .*\nThe journal is wish\.json\.journal\.$/u,
          ),
        },
      },
    })
    expect(await cloudflare('apply', 'wish.json')).toMatchObject({
      code: 2,
      answer: { error: { code: 'invalid-input' } },
    })

    double.world.behaviour.quota = 50
    expect(await cloudflare('resume', 'wish.json.journal')).toMatchObject({ code: 0, answer: { done: true } })
    expect(double.world.certificates).toHaveLength(1)

    const unconfirmed = await cloudflare('undo', 'wish.json.journal')
    expect(unconfirmed).toMatchObject({ code: 2, answer: { error: { detail: expect.stringContaining('--confirm') } } })
    const { error } = unconfirmed.answer as { error: { detail: string } }
    const confirmations = [...error.detail.matchAll(/--confirm "([^"]*)"/gu)].flatMap(([, name]) => [
      '--confirm',
      name ?? '',
    ])
    expect(await cloudflare('undo', 'wish.json.journal', ...confirmations)).toMatchObject({
      code: 0,
      answer: { done: true },
    })
    expect(double.world.certificates).toEqual([])
    expect(double.world.applications.map(({ fields }) => fields['domain'])).toEqual(['wiki.example.com'])
  })

  describe('ended after its first steps', () => {
    const ended = async () => {
      const said = await runCli(here, ['cloudflare', 'apply', 'wish.json'], { environment: environment() })
      expect(said.code).toBe(3)
      expect(said.stderr).not.toMatch(/nothing was changed/iu)
      return said.stderr
    }
    const done = 'Steps 1 to 3 of 5 had been done. The change can be resumed, or what was done can be undone.'

    it('by a refusal, does not say that nothing was changed', async () => {
      token = double.addToken({ permissions: new Set([...readPermissions, `${mtls} Write`]) })
      put(protect())
      const said = await ended()
      expect(said).toContain(`The API token lacks a permission.\nThe details name what is missing. ${done}`)
      expect(said).toMatch(/Stopped at step 4 of 5: .*\n {4}The journal is wish\.json\.journal\.\)\n/u)
      expect(double.world.certificates).toHaveLength(1)
    })

    it('by an answer that cannot be read, says so, too, and at which step', async () => {
      double.upset('POST', '/access/policies', () => double.upset('GET', '/access/certificates', { kind: 'html' }))
      put(protect())
      const said = await ended()
      expect(said).toContain('Step 4 of 5 had been sent and was not read back.')
      expect(said).toMatch(/Stopped at step 4 of 5: .*\n {4}The journal is wish\.json\.journal\.\)\n/u)
      expect(await cloudflare('resume', 'wish.json.journal')).toMatchObject({ code: 0, answer: { done: true } })
    })

    it('has the sentence in its JSON', async () => {
      token = double.addToken({ permissions: new Set([...readPermissions, `${mtls} Write`]) })
      put(protect())
      expect(await cloudflare('apply', 'wish.json')).toMatchObject({ code: 3, answer: { error: { done } } })
    })
  })

  // After each entry of the journal in soak; some of those that need no long wait otherwise.
  const moments = isSoak
    ? [0, 1, 2, 3, 4].flatMap((step) => [`sent-${step}`, `settled-${step}`]).concat('backed-up', 'sending-1')
    : ['backed-up', 'sent-0', 'sending-1', 'settled-3']
  it.each(moments)('goes on after it was killed at %s, and makes everything once', async (moment) => {
    put(protect())
    const killed = await runCli(here, ['cloudflare', 'apply', 'wish.json'], {
      environment: environment(),
      failPoint: `access:${moment}`,
    })
    expect(killed.code).toBeNull()
    expect(await cloudflare('resume', 'wish.json.journal')).toMatchObject({ code: 0, answer: { done: true } })
    await expectWholeOnce()
  })

  // It was never sent, which nobody can know: Latchkey looks for what it should have made, for two minutes, and then asks.
  it.runIf(isSoak).each([0, 2, 3, 4])('goes on after it was killed before it sent step %i', async (step) => {
    put(protect())
    const killed = await runCli(here, ['cloudflare', 'apply', 'wish.json'], {
      environment: environment(),
      failPoint: `access:sending-${step}`,
    })
    expect(killed.code).toBeNull()
    const resumed = await cloudflare('resume', 'wish.json.journal')
    if (resumed.code !== 0) {
      expect(resumed).toMatchObject({ code: 1, answer: { done: false, why: 'uncertain', step: step + 1 } })
      const again = await cloudflare('resume', 'wish.json.journal', '--send-again')
      expect(again).toMatchObject({ code: 0, answer: { done: true } })
    }
    await expectWholeOnce()
  })

  async function expectWholeOnce(): Promise<void> {
    const { certificates, policies, applications } = double.world
    expect([certificates, policies, applications].map((all) => all.length)).toEqual([1, 1, 1])
    expect(await cloudflare('plan', 'wish.json')).toMatchObject({ code: 0, answer: { steps: [] } })
    expect(existsSync(path('wish.json.journal.lock'))).toBe(false)
  }

  it.each(isSoak ? moments : ['sent-3'])('is undone to the beginning after it was killed at %s', async (moment) => {
    const theirs = await admin.policy({ name: 'Theirs' })
    await admin.application('wiki.example.com', [{ id: theirs, precedence: 1 }])
    const beginning = [...contentsOfWorld(double.world)]
    put(protect())
    await killedAt(moment)
    // What may still arrive has to be settled first.
    if (moment.startsWith('sending')) await cloudflare('resume', 'wish.json.journal')
    const confirmed = ['New', 'Holders', 'Admin', 'admin.example.com'].flatMap((name) => ['--confirm', name])
    expect(await cloudflare('undo', 'wish.json.journal', ...confirmed)).toMatchObject({
      code: 0,
      answer: { done: true },
    })
    expect([...contentsOfWorld(double.world)]).toEqual(beginning)
  })

  const killedAt = (moment: string) =>
    runCli(here, ['cloudflare', 'apply', 'wish.json'], { environment: environment(), failPoint: `access:${moment}` })

  it('undoes also what had arrived when its answer was lost, and applies no more of it', async () => {
    put(protect())
    await killedAt('sent-0')
    const journal = readFileSync(path('wish.json.journal'), 'utf8')
    writeFileSync(path('wish.json.journal'), journal.slice(0, journal.lastIndexOf('{"kind":"sent"')))
    expect(double.world.certificates).toHaveLength(1)
    expect(await cloudflare('undo', 'wish.json.journal', '--confirm', 'New')).toMatchObject({
      code: 0,
      answer: { done: true, steps: 1 },
    })
    expect(double.world.certificates).toEqual([])
    expect(await cloudflare('resume', 'wish.json.journal')).toMatchObject({
      code: 2,
      answer: { error: { detail: expect.stringContaining('was undone') } },
    })
    expect(double.world.policies).toEqual([])
  })

  it('undoes nothing while it is unknown whether a request arrives', async () => {
    put(protect())
    await killedAt('sending-0')
    expect(await cloudflare('undo', 'wish.json.journal')).toMatchObject({
      code: 3,
      answer: { error: { code: 'cloudflare-uncertain', detail: expect.stringContaining('Resume the plan first') } },
    })
  })

  it('lists what an undo would change with a token that only reads, and leaves what is managed elsewhere', async () => {
    await admin.policy({ name: 'Theirs', include: [{ certificate: {} }] })
    put({ ...protect(), managedElsewhere: { policies: ['Theirs'] } })
    expect(await cloudflare('apply', 'wish.json')).toMatchObject({ code: 0 })
    const journal = readFileSync(path('wish.json.journal'), 'utf8')
    expect(JSON.parse(journal.slice(0, journal.indexOf('\n')))).toMatchObject({
      kind: 'begun',
      managed: { cas: [], policies: ['Theirs'] },
    })
    const writes = () => double.journal.filter(({ method }) => method !== 'GET').length
    const written = writes()
    token = double.addToken()
    const dry = await cloudflare('undo', 'wish.json.journal', '--dry-run')
    const { steps } = z.looseObject({ steps: z.array(z.looseObject({ change: AccessChange })) }).parse(dry.answer)
    expect([dry.code, steps.map(({ change }) => change.kind)]).toEqual([
      0,
      ['delete-application', 'delete-policy', 'set-settings', 'set-ca-hostnames', 'delete-ca'],
    ])

    // As if the plan had left the application to another tool.
    const handed = journal.replace(
      '"policies":["Theirs"],"applications":[]',
      '"policies":[],"applications":["admin.example.com"]',
    )
    expect(handed).not.toBe(journal)
    writeFileSync(path('wish.json.journal'), handed)
    const partly = await cloudflare('undo', 'wish.json.journal', '--dry-run')
    expect(partly).toMatchObject({
      code: 1,
      answer: { done: false, stays: expect.arrayContaining(['Create the application Admin']) },
    })
    expect(writes()).toBe(written)
    expect(readFileSync(path('wish.json.journal'), 'utf8')).toBe(handed)
  })

  it('does not call a plan undone of which something stays', async () => {
    put(protect())
    await killedAt('settled-0')
    for (const one of double.world.certificates) one.hostnames.visible = ['theirs.example.com']
    expect(await cloudflare('undo', 'wish.json.journal')).toMatchObject({
      code: 1,
      answer: { done: false, stays: [expect.stringContaining('New')] },
    })
    expect(double.world.certificates).toHaveLength(1)
  })

  it('takes a CA off a hostname only for somebody who confirms it', async () => {
    const holders = await admin.policy({ name: 'Holders', include: [{ certificate: {} }] })
    await admin.application('admin.example.com', [{ id: holders, precedence: 1 }])
    await admin.certificate('Small', pem, ['admin.example.com'])
    put({ version: 1, account, hostnames: [{ hostname: 'admin.example.com', cas: [] }] })
    const [before, writes] = [double.journal.length, () => double.journal.filter(({ method }) => method !== 'GET')]
    const written = writes().length
    expect(await cloudflare('apply', 'wish.json')).toMatchObject({
      code: 2,
      answer: { error: { detail: 'Look at the plan, then add --confirm "admin.example.com"' } },
    })
    // For a reader, who sees the plan before the question.
    const apply = (...more: string[]) =>
      runCli(here, ['cloudflare', 'apply', 'wish.json', ...more], { environment: environment() })
    const unconfirmed = await apply()
    const [title, warning, loss] = [
      '1. Remove admin.example.com from the CA Small',
      '! admin.example.com has no CA afterwards',
      'Any other certificate from Small gets in to admin.example.com now and will not afterwards.',
    ]
    for (const words of [title, warning, loss]) expect(unconfirmed.stderr).toContain(words)
    expect(existsSync(path('wish.json.journal'))).toBe(false)
    expect(double.journal.length).toBeGreaterThan(before)
    expect(writes()).toHaveLength(written)

    const confirmed = await apply('--confirm', 'admin.example.com')
    expect(confirmed.code).toBe(0)
    const places = [title, warning, loss, '1 of 1: Remove'].map((words) => confirmed.stderr.indexOf(words))
    expect(places.every((place) => place >= 0)).toBe(true)
    expect(places).toEqual([...places].sort((one, other) => one - other))
  })

  it('does not use the token that is stored for reading', async () => {
    put(protect())
    const run = await runCli(here, ['cloudflare', 'apply', 'wish.json', '--json'], {
      environment: { LATCHKEY_KEYRING: 'none' },
    })
    expect(run.code).toBe(2)
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { detail: expect.stringContaining('--token-file') } })
  })
})

describe('block', () => {
  it('excludes a name in every policy that lets in; the next one is a single write', async () => {
    put(protect())
    await cloudflare('apply', 'wish.json')
    double.journal.length = 0
    const dry = await cloudflare('block', 'Eve', '--dry-run')
    expect(dry).toMatchObject({
      code: 0,
      answer: { steps: [{ change: { kind: 'create-group' } }, { change: { kind: 'update-policy' } }], notCovered: [] },
    })
    const writes = () => double.journal.filter(({ method }) => method !== 'GET').length
    expect(writes()).toBe(0)
    expect(await cloudflare('block', 'Eve', '--journal', 'first.journal')).toMatchObject({
      code: 0,
      answer: { done: true, steps: 2, notCovered: [] },
    })
    expect(writes()).toBe(2)
    expect(await cloudflare('block', 'Mallory', '--journal', 'second.journal')).toMatchObject({ code: 0 })
    expect(writes()).toBe(3)
    const [group] = double.world.groups
    expect(group?.fields['include']).toEqual([
      { common_name: { common_name: 'Eve' } },
      { common_name: { common_name: 'Mallory' } },
    ])
    expect(double.world.policies[0]?.fields['exclude']).toEqual([{ group: { id: group?.id } }])
  })
})

describe('a block that does not reach everything', () => {
  it('exits with 1, and names where people still get in', async () => {
    put(protect())
    await cloudflare('apply', 'wish.json')
    const open = await admin.policy({ name: 'Open', decision: 'bypass', include: [{ everyone: {} }] })
    await admin.application('admin.example.com/open', [{ id: open, precedence: 1 }])
    const uncovered = { code: 1, answer: { notCovered: ['admin.example.com/open'] } }
    expect(await cloudflare('block', 'Eve', '--dry-run')).toMatchObject(uncovered)
    expect(await cloudflare('block', 'Eve', '--journal', 'first.journal')).toMatchObject(uncovered)
    expect(await cloudflare('block', 'Eve', '--journal', 'again.journal')).toMatchObject(uncovered)
  })
})

describe('alerts', () => {
  const name = 'Access mTLS certificates expire'

  it('creates Cloudflare’s own warning before a CA expires, tests it, adds to it and deletes it; undo brings it back', async () => {
    expect(await cloudflare('alerts')).toMatchObject({ code: 1, answer: { alerts: [], isAvailable: true } })
    const add = (...more: string[]) => cloudflare('alerts', 'add', ...more)
    expect(await add('--email', 'pki@example.com', '--dry-run')).toMatchObject({
      code: 0,
      answer: { steps: [{ title: `Create the expiry alert ${name}`, call: { method: 'POST' } }] },
    })
    expect(await add('--email', 'pki@example.com')).toMatchObject({ code: 0, answer: { done: true, steps: 1 } })
    expect(await add('--email', 'PKI@example.com')).toMatchObject({ code: 0, answer: { steps: 0 } })
    expect(await add('--email', 'ada@example.com', '--journal', 'more.journal')).toMatchObject({ code: 0 })
    const emails = ['pki@example.com', 'ada@example.com']
    expect(await cloudflare('alerts', 'list')).toMatchObject({
      code: 0,
      answer: { alerts: [{ name, isEnabled: true, destinations: { emails } }] },
    })
    expect(await cloudflare('alerts', 'test', name)).toMatchObject({
      code: 0,
      answer: { sentence: 'Cloudflare accepted the test; whether the message arrives cannot be seen from here.' },
    })
    double.world.webhooks.push({
      id: 'b'.repeat(32),
      fields: { name: 'Team chat', url: 'https://chat.example/planted' },
    })
    const listed = await cloudflare('alerts', 'list')
    expect(listed.answer).toMatchObject({ known: { webhooks: [{ name: 'Team chat' }], pagerduty: [] } })
    expect(JSON.stringify(listed.answer)).not.toContain('planted')
    expect(await add('--webhook', 'Nobody', '--journal', 'chat.journal')).toMatchObject({ code: 2 })
    expect(await add('--webhook', 'Team chat', '--journal', 'chat.journal')).toMatchObject({ code: 0 })
    expect(double.world.alerts).toMatchObject([{ fields: { mechanisms: { webhooks: [{ id: 'b'.repeat(32) }] } } }])
    const remove = (...more: string[]) => cloudflare('alerts', 'remove', name, '--journal', 'gone.journal', ...more)
    expect(await remove()).toMatchObject({ code: 2 })
    expect(await remove('--confirm', name)).toMatchObject({ code: 0, answer: { done: true } })
    expect(double.world.alerts).toEqual([])
    expect(await cloudflare('undo', 'gone.journal')).toMatchObject({ code: 0 })
    expect(double.world.alerts).toMatchObject([{ fields: { name, mechanisms: { email: [{}, {}] } } }])
  })

  it('says what is no address, what the account may not have, and which permission is missing', async () => {
    expect(await cloudflare('alerts', 'add', '--email', 'nobody')).toMatchObject({ code: 2 })
    expect(await cloudflare('alerts', 'add')).toMatchObject({ code: 2 })
    expect(await cloudflare('alerts', 'test', 'Gone')).toMatchObject({ code: 2 })
    double.world.behaviour.expiryAlerts = false
    expect(await cloudflare('alerts')).toMatchObject({ code: 1, answer: { isAvailable: false } })
    const refused = await cloudflare('alerts', 'add', '--email', 'pki@example.com')
    expect([refused.code, JSON.stringify(refused.answer)]).toEqual([
      2,
      expect.stringContaining('does not list expiry alerts'),
    ])
    expect(double.world.alerts).toEqual([])
  })
})

describe('ca and host', () => {
  const names = () => double.world.certificates.map(({ name, hostnames: all }) => [name, settled(all)])
  const confirmed = (...confirm: string[]) => confirm.flatMap((name) => ['--confirm', name])

  it('add, move and retire a CA, and each is undone by its journal', async () => {
    writeFileSync(path('ca.pem'), pem)
    const add = (...more: string[]) => cloudflare('ca', 'add', 'ca.pem', '--name', 'New', ...more)
    expect(await add('--host', 'admin.example.com', '--dry-run')).toMatchObject({
      code: 0,
      answer: { steps: [{}, {}] },
    })
    expect(names()).toEqual([])
    expect(await add('--host', 'admin.example.com')).toMatchObject({ code: 0, answer: { done: true, steps: 2 } })
    const added = await cloudflare('host', 'add', 'wiki.example.com', '--ca', 'New', '--journal', 'add.journal')
    expect(added).toMatchObject({ code: 0, answer: { done: true, steps: 1 } })
    expect(names()).toEqual([['New', ['admin.example.com', 'wiki.example.com']]])
    expect(await cloudflare('ca', 'retire', 'New')).toMatchObject({
      code: 2,
      answer: { error: { code: 'invalid-input' } },
    })

    expect(await cloudflare('undo', 'add.journal', ...confirmed('wiki.example.com'))).toMatchObject({ code: 0 })
    expect(names()).toEqual([['New', ['admin.example.com']]])
    const remove = (...more: string[]) => cloudflare('host', 'remove', 'admin.example.com', '--ca', 'New', ...more)
    expect(await remove()).toMatchObject({
      code: 2,
      answer: { error: { detail: expect.stringContaining('--confirm "admin.example.com"') } },
    })
    const tested = ['--tested', 'admin.example.com']
    expect(await remove(...confirmed('admin.example.com'), ...tested)).toMatchObject({
      code: 0,
      answer: { done: true },
    })
    expect(await cloudflare('ca', 'retire', 'New', ...confirmed('New'))).toMatchObject({
      code: 0,
      answer: { done: true },
    })
    expect(names()).toEqual([])
  })

  it('refuse what is not there, what is no hostname, and what is managed elsewhere', async () => {
    await admin.certificate('Old', pem, [])
    expect(await cloudflare('host', 'add', 'wiki.example.com', '--ca', 'Older')).toMatchObject({
      code: 2,
      answer: { error: { code: 'not-found' } },
    })
    expect(await cloudflare('host', 'add', 'https://Wiki', '--ca', 'Old')).toMatchObject({
      code: 2,
      answer: { error: { code: 'invalid-input', detail: '“https://Wiki”: Expected a hostname in lower case.' } },
    })
    put({ version: 1, account, managedElsewhere: { cas: ['Old'] } })
    expect(await cloudflare('ca', 'retire', 'Old', '--file', 'wish.json')).toMatchObject({
      code: 2,
      answer: { error: { code: 'invalid-input' } },
    })
    expect(names()).toEqual([['Old', []]])
  })

  it('list the hostnames for which a CA is kept in vain', async () => {
    await admin.certificate('Old', pem, ['admin.example.com', 'wiki.example.com'])
    put({ ...protect(), cas: [], hostnames: [] })
    expect(await cloudflare('apply', 'wish.json')).toMatchObject({ code: 0 })
    expect(await cloudflare('host', 'stale')).toMatchObject({
      code: 1,
      answer: { stale: [{ hostname: 'wiki.example.com', cas: [{ name: 'Old' }], why: ['no-application'] }] },
    })
  })
})

describe('rollover', () => {
  it('puts a CA beside another, and in its place once both were tested', async () => {
    const old = await createRoot({ algorithm: 'p-256', days: 100, now: new Date(), subject: named('Old Root') })
    await admin.certificate('Old', certificatePem(old.certificate), ['admin.example.com'])
    writeFileSync(path('new.pem'), pem)
    const rollOver = (...more: string[]) => cloudflare('rollover', 'Old', '--ca', 'new.pem', '--name', 'New', ...more)
    expect(await rollOver('--dry-run')).toMatchObject({ code: 0, answer: { steps: [{}, {}] } })
    expect(await rollOver()).toMatchObject({ code: 0, answer: { done: true, steps: 2 } })
    const hostnames = () => double.world.certificates.map(({ name, hostnames: all }) => [name, settled(all)])
    expect(hostnames()).toEqual([
      ['Old', ['admin.example.com']],
      ['New', ['admin.example.com']],
    ])

    const confirmed = ['--finish', '--confirm', 'admin.example.com', '--confirm', 'Old', '--journal', 'finish.journal']
    expect(await rollOver(...confirmed)).toMatchObject({ code: 1, answer: { done: false, why: 'test-failed' } })
    expect(await cloudflare('resume', 'finish.journal', '--tested', 'admin.example.com')).toMatchObject({ code: 0 })
    expect(hostnames()).toEqual([['New', ['admin.example.com']]])
  })

  it('refuses a CA that Access would refuse, and one that is not there', async () => {
    await admin.certificate('Old', pem, ['admin.example.com'])
    writeFileSync(path('new.pem'), 'nothing')
    const rollOver = (old: string) => cloudflare('rollover', old, '--ca', 'new.pem', '--name', 'New')
    expect(await rollOver('Old')).toMatchObject({
      code: 2,
      answer: { error: { detail: expect.stringContaining('It contains no certificate.') } },
    })
    expect(await rollOver('Older')).toMatchObject({ code: 2, answer: { error: { code: 'not-found' } } })
    expect(double.journal.every(({ method }) => method === 'GET')).toBe(true)
  })
})
