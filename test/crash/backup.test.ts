import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { assertConsistent, type Computer, copyOf, discard, newComputer, runCli, seededRandom } from '../support/crash'
import { isSoak, partOfToday } from '../support/rounds'

/**
 * Killed while a backup is made or restored. Afterwards the records are as they were before, or everything is there; no key is
 * sealed that no record speaks of, and the same command can simply be run again.
 */
const environment = { LATCHKEY_PASSWORD: 'battery staple', LATCHKEY_CA_PASSPHRASE: 'correct horse' }
const full = newComputer()
const fresh = newComputer()
const file = join(full.folder, 'all.latchkey-backup')
const people = ['Ada', 'Grace', 'Mary']

async function must(on: Computer, args: string[]): Promise<void> {
  const run = await runCli(on, args, { environment })
  expect(run.code, run.stderr).toBe(0)
}

beforeAll(async () => {
  for (const name of people)
    await must(full, ['request', name, '--key', 'p-256', '-o', join(full.folder, `${name}.csr`)])
  await must(full, ['ca', 'init', 'Acme Root', '--key', 'p-256'])
  await must(full, ['setup-file', 'key'])
  await must(full, ['backup', '-o', file, '--with-issuers'])
})
afterAll(() => [full, fresh].forEach(discard))

/** What is there once the next start has put things in order. */
async function putInOrder(computer: Computer) {
  expect((await runCli(computer, ['list'])).code).toBe(0)
  const { names } = await assertConsistent(computer)
  const database = openLocalDatabase(computer.latchkey)
  try {
    const issuers = await database.authorities.list()
    const folder = join(computer.latchkey, 'vault')
    const sealed = existsSync(folder) ? readdirSync(folder) : []
    const keys = sealed.flatMap((name) => /^authority-key-(.+)\.sealed$/u.exec(name)?.[1] ?? [])
    expect(keys).toEqual(issuers.filter(({ hasKey }) => hasKey).map(({ id }) => String(id)))
    const setupKeys = sealed.filter((name) => name.startsWith('setup-key-')).length
    return { names: names.sort(), issuers: issuers.length, setupKeys }
  } finally {
    await database.close()
  }
}

const nothing = { names: [], issuers: 0, setupKeys: 0 }
const everything = { names: people, issuers: 1, setupKeys: 1 }
const restore = ['restore', file]

const points = [
  'begun',
  'match-done',
  'match-noted',
  'key-sealed',
  'secret-done',
  'secret-noted',
  'record-done',
  'record-noted',
  'finished',
]

describe.concurrent('a restore, killed', () => {
  it.for(partOfToday(points, 3))('at restore:%s', async (point) => {
    const computer = copyOf(fresh)
    try {
      const killed = await runCli(computer, restore, { environment, failPoint: `restore:${point}` })
      expect(killed.code, `the fail point was reached: ${killed.stderr}`).toBeNull()
      const isDone = /^(record|finished)/u.test(point)
      expect(await putInOrder(computer)).toEqual(isDone ? everything : nothing)
      await must(computer, restore)
      expect(await putInOrder(computer)).toEqual(everything)
    } finally {
      discard(computer)
    }
  })

  it('at any moment', { timeout: 600_000 }, async () => {
    const random = seededRandom(Number(process.env['LATCHKEY_SEED'] ?? 11))
    const whole = copyOf(fresh)
    const { milliseconds } = await runCli(whole, restore, { environment })
    discard(whole)
    for (let count = 0; count < (isSoak ? 40 : 1); count += 1) {
      const computer = copyOf(fresh)
      try {
        await runCli(computer, restore, { environment, killAfter: random() * milliseconds })
        expect([nothing, everything]).toContainEqual(await putInOrder(computer))
        await must(computer, restore)
        expect(await putInOrder(computer)).toEqual(everything)
      } finally {
        discard(computer)
      }
    }
  })
})

describe('a backup, killed', () => {
  it('before it counts as made leaves the earlier file, or a whole one', async () => {
    const computer = copyOf(full)
    try {
      const target = join(computer.folder, 'next.latchkey-backup')
      const args = ['backup', '-o', target]
      const killed = await runCli(computer, args, { environment, failPoint: 'backup:written' })
      expect(killed.code).toBeNull()
      const list = await runCli(fresh, ['restore', target, '--dry-run', '--json'], { environment })
      expect(JSON.parse(list.stdout)).toMatchObject({ certificates: { added: people.length } })
      await must(computer, [...args, '--force'])
      expect(readFileSync(target).subarray(0, 4).toString()).toBe('LKB1')
    } finally {
      discard(computer)
    }
  })
})
