import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { assertConsistent, type Computer, copyOf, discard, newComputer, runCli } from '../support/crash'
import { type Nginx, startNginx, withoutCookie } from '../support/nginx'
import { certificatesIn, keysIn } from '../support/nss'
import { type Walkthrough, walkThrough } from '../support/openssl'
import { isSoak } from '../support/rounds'

/** A renewal on the command line, killed between any two of its steps: the same command goes on where it was. */
let walk: Walkthrough
let nginx: Nginx
/** `installed`: the old one, tested on a site. `requested`: the new one lies in its folder. `replaced`: and works. */
const stage: Record<'installed' | 'requested' | 'replaced', Computer> = {
  installed: newComputer(),
  requested: newComputer(),
  replaced: newComputer(),
}

const verbs = {
  request: { from: 'installed', args: ['renew', 'Ada', '-o', 'new.csr'], again: ['renew', 'Ada'] },
  continue: { from: 'requested', args: ['renew', '--file', 'new.pem'], again: ['renew', '--file', 'new.pem'] },
  remove: { from: 'replaced', args: ['renew', 'Ada', '--remove-old'], again: ['renew', 'Ada', '--remove-old'] },
} as const
type Verb = keyof typeof verbs

const after = (operation: string, ...steps: string[]) =>
  ['begun', ...steps.flatMap((step) => [`${step}-done`, `${step}-noted`]), 'finished'].map(
    (point) => `${operation}:${point}`,
  )
/** The points around each step of its operations are those of `cli.test.ts`; here it is what comes between them. */
const points: Record<Verb, string[]> = {
  request: ['request:secret-done', 'request:record-done'],
  continue: ['import:record-done', 'install:store-done', 'install:finished'],
  remove: ['remove:store-done', 'remove:finished', 'delete:record-done'],
}
const allPoints: Record<Verb, string[]> = {
  request: after('request', 'secret', 'record'),
  continue: [...after('import', 'match', 'record'), ...after('install', 'store', 'trust', 'record')],
  remove: [...after('remove', 'store', 'record'), ...after('delete', 'record', 'secret')],
}

beforeAll(async () => {
  walk = await walkThrough()
  nginx = await startNginx({ clientCa: walk.rootPem, locations: withoutCookie })
  await must(stage.installed, 'request', 'Ada', '--key', 'p-256', '-o', 'ada.csr')
  await answer(stage.installed, 'ada', 20)
  await must(stage.installed, 'install', '--file', 'ada.pem')
  const site = `https://access.latchkey.localhost:${nginx.port}/plain`
  const there = ['--connect-to', `127.0.0.1:${nginx.port}`, '--pin', nginx.serverKeySha256]
  await must(stage.installed, 'test', site, '-c', 'Ada', ...there)

  for (const [name, from] of [['requested', 'installed'] as const, ['replaced', 'requested'] as const]) {
    discard(stage[name])
    stage[name] = copyOf(stage[from])
    if (name === 'requested') {
      await must(stage.requested, ...verbs.request.args)
      await answer(stage.requested, 'new', 365)
    } else await must(stage.replaced, ...verbs.continue.args)
  }
})
afterAll(async () => {
  await Promise.all([nginx.stop(), walk.remove()])
  for (const computer of Object.values(stage)) discard(computer)
})

async function must(computer: Computer, ...args: string[]) {
  const run = await runCli(computer, args)
  expect(run.code, run.stdout + run.stderr).toBe(0)
  return run
}

async function answer({ folder }: Computer, name: string, days: number): Promise<void> {
  const csr = readFileSync(join(folder, `${name}.csr`), 'utf8')
  writeFileSync(join(folder, `${name}.pem`), (await walk.issue(csr, days)) + walk.intermediatePem)
}

const Renewed = z.looseObject({ state: z.string() })
const stateOf = (text: string) => Renewed.parse(JSON.parse(text)).state
const inStore = ({ home }: Computer) => certificatesIn(home).match(/· Latchkey/gu)?.length ?? 0

describe('a renewal', () => {
  it('says what was done, and removes nothing unless it is told to', async () => {
    const computer = copyOf(stage.requested)
    try {
      const { stdout } = await must(computer, ...verbs.continue.args, '--json')
      expect(JSON.parse(stdout)).toMatchObject({
        state: 'works',
        name: 'Ada',
        places: [{ store: 'nss-user', hasNew: true }],
        sites: [{ worksWithOld: true, worksWithNew: true }],
        oldRemoved: false,
      })
      expect(inStore(computer)).toBe(2)
      expect((await must(computer, ...verbs.remove.args)).stdout).toContain(
        'The old certificate was removed everywhere.',
      )
      expect([inStore(computer), keysIn(computer.home).match(/Latchkey/gu)?.length]).toEqual([1, 1])
    } finally {
      discard(computer)
    }
  })

  it('keeps the old one, and exits with 1, where the site refuses the new one', async () => {
    const computer = copyOf(stage.requested)
    const other = await walkThrough()
    try {
      const csr = readFileSync(join(computer.folder, 'new.csr'), 'utf8')
      writeFileSync(join(computer.folder, 'new.pem'), (await other.issue(csr)) + other.intermediatePem)
      const run = await runCli(computer, [...verbs.continue.args, '--remove-old', '--json'])
      expect(run.code, run.stderr).toBe(1)
      expect(JSON.parse(run.stdout)).toMatchObject({ state: 'refused', oldRemoved: false })
      expect(inStore(computer)).toBe(2)
    } finally {
      discard(computer)
      await other.remove()
    }
  })

  it('prints the same request again while it waits', async () => {
    const first = await must(stage.requested, 'renew', 'Ada', '--json')
    const second = await must(stage.requested, 'renew', 'Ada', '--json')
    expect(stateOf(first.stdout)).toBe('requested')
    expect(second.stdout).toBe(first.stdout)
  })
})

describe.concurrent('killed at a named point', () => {
  for (const verb of ['request', 'continue', 'remove'] as const) {
    it.for(isSoak ? allPoints[verb] : points[verb])(`${verb} at %s`, async (failPoint) => {
      const { from, args, again } = verbs[verb]
      const computer = copyOf(stage[from])
      try {
        const killed = await runCli(computer, [...args], { failPoint })
        expect(killed.code, `the fail point was reached: ${killed.stderr}`).toBeNull()
        const listed = await runCli(computer, ['list', '--json'])
        expect(listed.code, listed.stderr).toBe(0)
        const { names } = await assertConsistent(computer)
        // The old certificate stays where it is until the last step of all.
        if (verb !== 'remove') expect(inStore(computer)).toBeGreaterThanOrEqual(1)
        expect(names).toContain('Ada')

        if (verb === 'remove' && names.length === 1) return
        const { stdout } = await must(computer, ...again, '--json')
        expect(stateOf(stdout)).toBe(verb === 'request' ? 'requested' : 'works')
        expect((await assertConsistent(computer)).names).toHaveLength(verb === 'remove' ? 1 : 2)
      } finally {
        discard(computer)
      }
    })
  }
})
