import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assertConsistent, type Computer, copyOf, discard, newComputer, runCli, seededRandom } from '../support/crash'
import { type Walkthrough, walkThrough } from '../support/openssl'
import { isSoak, partOfToday } from '../support/rounds'

/**
 * The terminal killed at named points between every two steps, and at random moments. Afterwards the next run puts things
 * in order: nothing confirmed is lost, nothing is half-there, and the same action can simply be done again.
 */
let walk: Walkthrough
/** Stages of the journey, each a computer to start from. `renewed`: with two certificates of one key in the store. */
const stage: Record<'fresh' | 'requested' | 'installed' | 'renewed', Computer> = {
  fresh: newComputer(),
  requested: newComputer(),
  installed: newComputer(),
  renewed: newComputer(),
}

const verbs = {
  request: { from: 'fresh', args: ['request', 'Ada', '--key', 'p-256', '-o', 'ada.csr'] },
  install: { from: 'requested', args: ['install', '--file', 'client.pem'] },
  'install-p12': { from: 'fresh', args: ['install', '--file', 'client.p12', '--password-file', 'password.txt'] },
  uninstall: { from: 'installed', args: ['uninstall', 'Ada'] },
  'install-renewed': { from: 'installed', args: ['install', '--file', 'renewed.pem'] },
  'uninstall-renewed': { from: 'renewed', args: ['uninstall', 'Ada'] },
} as const
type Verb = keyof typeof verbs

beforeAll(async () => {
  walk = await walkThrough()
  const p12 = [
    '-export',
    '-inkey',
    'client.key',
    '-in',
    'client.pem',
    '-certfile',
    'ca-chain.pem',
    '-out',
    'client.p12',
  ]
  await walk.openssl('pkcs12', ...p12, '-passout', 'pass:from-somebody')
  writeFileSync(join(stage.fresh.folder, 'client.p12'), await walk.read('client.p12'))
  writeFileSync(join(stage.fresh.folder, 'password.txt'), 'from-somebody\n')

  discard(stage.requested)
  stage.requested = copyOf(stage.fresh)
  await must(stage.requested, 'request')
  const csr = await walk.run('cat', [join(stage.requested.folder, 'ada.csr')])
  for (const name of ['client.pem', 'renewed.pem'])
    writeFileSync(join(stage.requested.folder, name), (await walk.issue(csr)) + walk.intermediatePem)

  discard(stage.installed)
  stage.installed = copyOf(stage.requested)
  await must(stage.installed, 'install')

  discard(stage.renewed)
  stage.renewed = copyOf(stage.installed)
  await must(stage.renewed, 'install-renewed')
})

afterAll(async () => {
  await walk.remove()
  for (const computer of Object.values(stage)) discard(computer)
})

async function must(computer: Computer, verb: Verb): Promise<void> {
  const run = await runCli(computer, [...verbs[verb].args])
  expect(run.code, run.stderr).toBe(0)
}

const removals = ['begun', 'store-done', 'store-noted', 'record-done', 'record-noted', 'finished']

const points: [Verb, string[]][] = [
  ['uninstall-renewed', removals.map((point) => `remove:${point}`)],
  [
    'install-renewed',
    ['store-done', 'store-noted', 'trust-done', 'trust-noted', 'record-done', 'record-noted', 'finished'].map(
      (point) => `install:${point}`,
    ),
  ],
  [
    'request',
    [
      'request:begun',
      'request:secret-done',
      'request:secret-noted',
      'request:record-done',
      'request:record-noted',
      'request:finished',
    ],
  ],
  [
    'install',
    [
      'import:begun',
      'import:match-done',
      'import:match-noted',
      'import:record-done',
      'import:record-noted',
      'import:finished',
    ],
  ],
  [
    'install',
    [
      'install:begun',
      'install:store-done',
      'install:store-noted',
      'install:trust-done',
      'install:trust-noted',
      'install:record-done',
      'install:record-noted',
      'install:finished',
    ],
  ],
  [
    'install-p12',
    [
      'import:begun',
      'import:match-done',
      'import:match-noted',
      'import:secret-done',
      'import:secret-noted',
      'import:record-done',
      'import:record-noted',
      'import:finished',
    ],
  ],
  ['uninstall', removals.map((point) => `remove:${point}`)],
]

describe.concurrent('killed at a named point', () => {
  for (const [verb, names] of points) {
    it.for(partOfToday(names, 3))(`${verb} at %s`, async (failPoint) => {
      const computer = copyOf(stage[verbs[verb].from])
      try {
        const killed = await runCli(computer, [...verbs[verb].args], { failPoint })
        expect(killed.code, `the fail point was reached: ${killed.stderr}`).toBeNull()
        const after = await putInOrder(computer)
        // What was confirmed before the kill is still there: the request of an earlier run always, this one's if it was done.
        if (verbs[verb].from !== 'fresh') expect(after.names).toContain('Ada')
        if (failPoint.endsWith(':finished') && failPoint.startsWith('request')) expect(after.names).toContain('Ada')
        // The earlier certificate and its key survive a renewal that was cut off.
        if (verb === 'install-renewed') expect(after.installed).toBe(1)
        await canGoOn(computer, verb, after)
      } finally {
        discard(computer)
      }
    })
  }
})

const kills = isSoak ? 1500 : 18
const seed = Number(process.env['LATCHKEY_SEED'] ?? 20261123)

describe(`killed at ${kills} random moments (LATCHKEY_SEED=${seed})`, () => {
  for (const verb of ['request', 'install', 'uninstall-renewed'] as const) {
    it(verb, async () => {
      const random = seededRandom(seed + verb.length)
      const whole = await measure(verb)
      const moments = Array.from({ length: kills / 3 }, () => random() * whole)
      for (let at = 0; at < moments.length; at += 2) {
        await Promise.all(moments.slice(at, at + 2).map((killAfter) => killOnce(verb, killAfter)))
      }
    })
  }
})

async function killOnce(verb: Verb, killAfter: number): Promise<void> {
  const computer = copyOf(stage[verbs[verb].from])
  try {
    const { code } = await runCli(computer, [...verbs[verb].args], { killAfter })
    const after = await putInOrder(computer)
    if (verb !== 'request' || code === 0) expect(after.names).toContain('Ada')
    if (verb === 'install' && code === 0) expect(after.installed).toBe(1)
    if (verb === 'uninstall-renewed' && code === 0) expect(after.installed).toBe(0)
  } catch (error) {
    throw new Error(`${verb} killed after ${killAfter} ms`, { cause: error })
  } finally {
    discard(computer)
  }
}

async function measure(verb: Verb): Promise<number> {
  const computer = copyOf(stage[verbs[verb].from])
  try {
    return (await runCli(computer, [...verbs[verb].args])).milliseconds
  } finally {
    discard(computer)
  }
}

/** The next start of anything recovers. */
async function putInOrder(computer: Computer) {
  const listed = await runCli(computer, ['list', '--json'])
  expect(listed.code, listed.stdout + listed.stderr).toBe(0)
  return assertConsistent(computer)
}

/** Whatever came of it, the person can do it (again) now. */
async function canGoOn(computer: Computer, verb: Verb, after: { installed: number }): Promise<void> {
  if (verb.startsWith('uninstall') && after.installed === 0) return
  const again = await runCli(computer, [...verbs[verb].args])
  expect(again.code, again.stdout + again.stderr).toBe(0)
  await assertConsistent(computer)
}
