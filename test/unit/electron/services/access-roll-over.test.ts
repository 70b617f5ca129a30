import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CaTester } from '#electron/services/cloudflare/ca-test'
import { createRunFiles } from '#electron/services/cloudflare/run-files'
import { AppError } from '#shared/errors'
import { AccessIntent } from '#shared/model/access-intent'
import { openAccessScreen } from '../../../support/access-screen'
import { type Administrator, administrator } from '../../../support/cloudflare/administrator'
import { type CloudflareDouble, startCloudflareDouble } from '../../../support/cloudflare/double'
import { readPermissions, writePermissions } from '../../../support/cloudflare/permissions'
import { newCaPem } from '../../../support/cloudflare/protected-site'
import { settled } from '../../../support/cloudflare/world'
import { temporaryFolder } from '../../../support/home'
import { memoryKeyring } from '../../../support/keyring'

/** A CA that takes another one's place, step by step, each at another start of Latchkey, at the strict double. */

const hostnames = ['admin.example.com', 'wiki.example.com']

let pem = ''
let oldPem = ''
beforeAll(async () => {
  ;[pem, oldPem] = await Promise.all([newCaPem(new Date()), newCaPem(new Date())])
})

let double: CloudflareDouble
let admin: Administrator
let home: string
let oldId: string
const closing: (() => Promise<void>)[] = []
beforeEach(async () => {
  double = await startCloudflareDouble()
  admin = administrator(double)
  home = temporaryFolder()
  oldId = await admin.certificate('Old', oldPem, hostnames)
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  double.stop()
})

const { keyring } = memoryKeyring()

/** `refused`: the CA whose certificates are not let in. */
const tester =
  (refused: string | null = null): CaTester =>
  async (hostname, { name: ca }) => ({
    hostname,
    ca,
    certificate: `Ada of ${ca}`,
    outcome: ca === refused ? 'not-let-in' : 'let-in',
    sentence: 'Seen.',
  })

async function nextStart(testCa: CaTester = tester()) {
  const { screen } = openAccessScreen({ home, double, pem, keyring, closing, testCa })
  await screen.connect({ token: double.addToken(), account: null, isStored: false }, {})
  return screen
}

type Screen = Awaited<ReturnType<typeof nextStart>>

const issuer = { kind: 'issuer', issuer: '5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11' }
const token = () => double.addToken({ permissions: new Set([...readPermissions, ...writePermissions]) })

const planned = (screen: Screen, stage: string, ca: object) =>
  screen.plan(AccessIntent.parse({ kind: 'roll-over', old: oldId, ca, stage }), null, {})

async function applied(screen: Screen, stage: string, ca: object, signal?: AbortSignal) {
  const { id, lines, problems } = await planned(screen, stage, ca)
  if (id === null) throw new Error(`There is nothing to apply. ${problems.join(' ')}`)
  const confirmed = lines.flatMap(({ confirm }) => confirm)
  return screen.apply(id, { token: token(), confirmed }, signal === undefined ? {} : { signal })
}

async function uploaded(screen: Screen): Promise<object> {
  const found = await screen.rollOver()
  return { kind: 'uploaded', ca: found?.next.id }
}

const cas = () => double.world.certificates.map(({ name, hostnames: own }) => [name, settled(own)])
const newId = () => double.world.certificates.find(({ name }) => name === 'New')?.id ?? ''
const sides = (hasOld: boolean, hasNext: boolean) => hostnames.map((hostname) => ({ hostname, hasOld, hasNext }))

describe('a roll-over', () => {
  it('is found at each start where the account says that it is, and ends with the old CA gone', async () => {
    const first = await nextStart()
    expect(await first.rollOver()).toBeNull()
    expect(await applied(first, 'overlap', issuer)).toMatchObject({ state: 'done', isRollOver: true })
    expect(cas()).toEqual([
      ['Old', hostnames],
      ['New', hostnames],
    ])

    const second = await nextStart()
    expect(await second.rollOver()).toMatchObject({
      old: { id: oldId, name: 'Old' },
      next: { name: 'New' },
      step: 'move',
      waiting: null,
      hostnames: sides(true, true),
    })
    expect((await second.testRollOver({})).tests.map(({ words }) => words)).toEqual(
      hostnames.flatMap((hostname) =>
        ['Old', 'New'].map((ca) => `${hostname}: “Ada of ${ca}” of “${ca}” was let in. Seen.`),
      ),
    )
    // Not before nothing uses it.
    const tooEarly = await planned(second, 'retire', await uploaded(second))
    expect([tooEarly.id, tooEarly.problems]).toEqual([
      null,
      [expect.stringContaining('still used by admin.example.com')],
    ])

    const moved = await applied(second, 'move', await uploaded(second))
    expect(moved).toMatchObject({ state: 'done', title: 'Take the CA Old off its hostnames' })
    expect(moved.steps.filter((step) => step.startsWith('Test '))).toHaveLength(2)

    const third = await nextStart()
    expect(await third.rollOver()).toMatchObject({ step: 'retire', hostnames: sides(false, true) })
    await applied(third, 'retire', await uploaded(third))
    expect(await (await nextStart()).rollOver()).toMatchObject({ step: 'done', old: { name: 'Old' } })
    expect(cas()).toEqual([['New', hostnames]])
  })

  it('keeps what tests of both CAs showed, with their time, until one of the two is another', async () => {
    const first = await nextStart()
    await applied(first, 'overlap', issuer)
    expect(await first.rollOver()).toMatchObject({ tested: null })
    const before = new Date().toISOString()
    const tested = await first.testRollOver({})
    expect(tested.testedAt >= before && tested.testedAt <= new Date().toISOString()).toBe(true)
    expect(tested.tests.map(({ hostname, side, outcome }) => [hostname, side, outcome])).toEqual(
      hostnames.flatMap((hostname) => ['old', 'next'].map((side) => [hostname, side, 'let-in'])),
    )
    expect(await first.rollOver()).toMatchObject({ tested })

    const second = await nextStart(tester('New'))
    expect(await second.rollOver()).toMatchObject({ tested })
    const again = await second.testRollOver({})
    expect(again.tests.map(({ outcome }) => outcome)).toEqual(['let-in', 'not-let-in', 'let-in', 'not-let-in'])
    expect(await (await nextStart()).rollOver()).toMatchObject({ tested: again })

    // Of a hostname that the old CA was taken off, nothing is said any more.
    const path = `/accounts/${'a'.repeat(32)}/access/certificates/${oldId}`
    await admin.call('PUT', path, { name: 'Old', associated_hostnames: ['wiki.example.com'] })
    double.later(3000)
    const third = await nextStart()
    const left = again.tests.filter(({ hostname, side }) => hostname === 'wiki.example.com' || side === 'next')
    expect(await third.rollOver()).toMatchObject({ tested: { testedAt: again.testedAt, tests: left } })

    // The same chain, uploaded again: another CA to Access.
    await admin.call('PUT', path.replace(oldId, newId()), { name: 'New', associated_hostnames: [] })
    double.later(3000)
    await admin.call('DELETE', path.replace(oldId, newId()))
    await admin.certificate('New', pem, hostnames)
    double.later(3000)
    await third.read({})
    expect(await third.rollOver()).toMatchObject({ next: { id: newId() }, tested: null })
  })

  it.each<[string, (ending: AbortController) => void, string]>([
    ['cancelled', (ending) => ending.abort(), 'cancelled'],
    [
      'ended by an error',
      () => {
        throw new AppError('disk-full')
      },
      'disk-full',
    ],
  ])('keeps the tests that were finished where the others were %s', async (_what, end, code) => {
    const ending = new AbortController()
    const known = tester()
    const screen = await nextStart(async (hostname, ca, options) => {
      if (hostname === 'wiki.example.com' && ca.name === 'New') end(ending)
      return known(hostname, ca, options)
    })
    await applied(screen, 'overlap', issuer)
    await expect(screen.testRollOver({ signal: ending.signal })).rejects.toMatchObject({
      code,
      done: 'Finished and kept: 3 of 4 tests.',
    })
    const found = await (await nextStart()).rollOver()
    expect(found?.tested?.tests.map(({ hostname, side, outcome }) => [hostname, side, outcome])).toEqual([
      ['admin.example.com', 'old', 'let-in'],
      ['admin.example.com', 'next', 'let-in'],
      ['wiki.example.com', 'old', 'let-in'],
      ['wiki.example.com', 'next', 'not-tested'],
    ])
    expect(found?.tested?.tests[3]?.words).toContain('The tests ended before.')
  })

  it('keeps what earlier tests showed where none of the new ones was finished', async () => {
    const screen = await nextStart()
    await applied(screen, 'overlap', issuer)
    const tested = await screen.testRollOver({})
    const ending = new AbortController()
    ending.abort()
    await expect(screen.testRollOver({ signal: ending.signal })).rejects.toMatchObject({
      code: 'cancelled',
      done: null,
    })
    expect(await screen.rollOver()).toMatchObject({ tested })
  })

  it('that was interrupted is continued, and goes on from there', async () => {
    const screen = await nextStart()
    const ending = new AbortController()
    double.upset('PUT', '', () => ending.abort())
    await expect(applied(screen, 'overlap', issuer, ending.signal)).rejects.toMatchObject({
      code: expect.stringMatching(/cancelled|uncertain/u),
    })
    const later = await nextStart()
    const [waiting] = await later.runs()
    expect(await later.rollOver()).toMatchObject({ waiting: waiting?.id })
    if (waiting === undefined) throw new Error('Nothing waits.')
    await later.resume(waiting.id, { token: token(), tested: false, sendAgain: false }, {})
    expect(await later.rollOver()).toMatchObject({ step: 'move', waiting: null, hostnames: sides(true, true) })
  })

  it('keeps the old CA where a certificate of either is refused, and is where it was', async () => {
    const screen = await nextStart(tester('New'))
    await applied(screen, 'overlap', issuer)
    const stopped = await applied(screen, 'move', await uploaded(screen))
    expect(stopped).toMatchObject({ state: 'waiting', test: 'admin.example.com' })
    expect(stopped.why).toContain('“Ada of New” of “New” was not let in.')
    expect(cas()).toContainEqual(['Old', hostnames])
    expect(await (await nextStart()).rollOver()).toMatchObject({ step: 'move', waiting: stopped.id })
  })

  it('goes back a step where one is undone, and is none where all of it was', async () => {
    const screen = await nextStart()
    const overlap = await applied(screen, 'overlap', issuer)
    const moved = await applied(screen, 'move', await uploaded(screen))
    const undo = async (run: typeof moved) => {
      const { id, lines } = await screen.planUndo(run.id, {})
      if (id === null) throw new Error('There is nothing to undo.')
      await screen.apply(id, { token: token(), confirmed: lines.flatMap(({ confirm }) => confirm) }, {})
    }
    await undo(moved)
    expect(await screen.rollOver()).toMatchObject({ step: 'move', hostnames: sides(true, true) })
    await undo(overlap)
    expect(await screen.rollOver()).toBeNull()
    expect(cas()).toEqual([['Old', hostnames]])
  })

  it('is a step behind where somebody gives the old CA another hostname meanwhile', async () => {
    const screen = await nextStart()
    await applied(screen, 'overlap', issuer)
    const path = `/accounts/${'a'.repeat(32)}/access/certificates/${oldId}`
    await admin.call('PUT', path, { name: 'Old', associated_hostnames: [...hostnames, 'late.example.com'] })
    double.later(3000)
    await screen.read({})
    expect(await screen.rollOver()).toMatchObject({
      step: 'overlap',
      hostnames: [...sides(true, true), { hostname: 'late.example.com', hasOld: true, hasNext: false }],
    })
    await applied(screen, 'overlap', await uploaded(screen))
    expect(await screen.rollOver()).toMatchObject({ step: 'move' })
  })

  it('is refused with the CA itself, and with one that is gone', async () => {
    const screen = await nextStart()
    const itself = await planned(screen, 'overlap', { kind: 'uploaded', ca: oldId })
    expect(itself.problems).toEqual([expect.stringContaining('cannot take its own place')])
    const gone = await planned(screen, 'overlap', { kind: 'uploaded', ca: 'gone' })
    expect(gone.problems).toEqual(['There is no CA gone.'])
  })
})

it('its journals are found behind any number of later changes', async () => {
  const folder = join(home, 'journals')
  mkdirSync(folder)
  const name = (index: number, kind: string) =>
    join(
      folder,
      `${20_260_101_000_000_000 + index}-5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a${10 + index}${kind}.done.journal`,
    )
  writeFileSync(name(0, '.roll-over'), '')
  for (let index = 1; index < 20; index += 1) writeFileSync(name(index, ''), '')
  const files = createRunFiles(folder)
  expect(await files.list()).toHaveLength(8)
  expect((await files.rollOvers()).map(({ end }) => end)).toEqual(['done'])
})
