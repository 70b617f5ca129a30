import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openLocalDatabase } from '#electron/database/local'
import { Interrupted } from '#shared/model/interrupted'
import { Page } from '#shared/model/page'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { earlierEnvironment, placeEarlierData } from '../support/earlier-data'

/** What was begun and is never run is said, shown and discarded from a terminal. */
let here: Computer
beforeEach(() => {
  here = newComputer()
})
afterEach(() => discard(here))

const locked = { LATCHKEY_KEYRING: 'none' }
const unlocked = { ...locked, LATCHKEY_PASSPHRASE: 'correct horse battery' }

const Listed = z.object({
  interrupted: z.array(Interrupted.safeExtend({ waits: z.boolean(), why: z.string(), leftBehind: z.string() })),
  notRun: z.number(),
  waiting: z.number(),
})

async function latchkey(environment: Record<string, string>, ...args: string[]) {
  const done = await runCli(here, args, { environment })
  expect(done.code, done.stdout + done.stderr).toBe(0)
  return done
}
const listed = async (environment: Record<string, string>) =>
  Listed.parse(JSON.parse((await latchkey(environment, 'interrupted', '--json')).stdout))

async function inDatabase<T>(work: (database: ReturnType<typeof openLocalDatabase>) => Promise<T>): Promise<T> {
  const database = openLocalDatabase(here.latchkey)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

describe('what 0.1.0 left interrupted', () => {
  beforeEach(() => placeEarlierData(here))
  const hint = '! 1 interrupted change is not run; see “latchkey interrupted”\n'

  it('is said by other commands in one line, beside JSON too', async () => {
    expect((await latchkey(earlierEnvironment, 'list')).stderr).toBe(hint)
    const { stdout, stderr } = await latchkey(earlierEnvironment, 'list', '--json')
    expect(stderr).toBe(hint)
    expect(stdout).not.toContain('interrupted')
  })

  it('is shown without unlocking, and discarded with a line in the activity', async () => {
    const { stdout, stderr } = await latchkey(locked, 'interrupted')
    expect(stderr).toBe('')
    expect(stdout).toContain('Making a key and its request, started 2026-11-26')
    expect(stdout).toContain('Version 0.1.0')
    const { interrupted, notRun, waiting } = await listed(locked)
    expect({ notRun, waiting }).toEqual({ notRun: 1, waiting: 0 })
    expect(interrupted).toMatchObject([{ kind: 'request', subject: null, reason: 'unsigned', waits: false }])
    const gone = await latchkey(locked, 'interrupted', '--discard', interrupted[0]?.id ?? '')
    expect(gone.stdout).toContain('Nothing was undone.')
    expect((await latchkey(locked, 'interrupted')).stdout).toBe('No interrupted changes.\n')
    expect((await latchkey(locked, 'list')).stderr).not.toContain('interrupted')
    const { rows } = await inDatabase((database) => database.activity.list(Page.parse({})))
    expect(rows[0]).toMatchObject({ kind: 'change-discarded', about: 'Interrupted change' })
    const again = await runCli(here, ['interrupted', '--discard', interrupted[0]?.id ?? ''], { environment: locked })
    expect(again.code).toBe(2)
  })

  it('is discarded by its ID only', async () => {
    const wrong = await runCli(here, ['interrupted', '--discard', '../../x', '--json'], { environment: locked })
    expect(wrong.code).toBe(2)
    expect(wrong.stdout).toContain('"invalid-input"')
  })
})

it('says what waits for the vault, and does not let it be discarded', async () => {
  const request = ['request', 'Ada', '--key', 'p-256', '-o', 'ada.csr']
  const killed = await runCli(here, request, { environment: unlocked, failPoint: 'request:secret-done' })
  expect(killed.code, killed.stderr).toBeNull()
  const { stderr } = await latchkey(locked, 'list')
  expect(stderr).toBe('')
  const { stdout } = await latchkey(locked, 'interrupted')
  expect(stdout).toContain('It waits until your keys are unlocked.')
  const { interrupted } = await listed(locked)
  const refused = await runCli(here, ['interrupted', '--discard', interrupted[0]?.id ?? '', '--json'], {
    environment: locked,
  })
  expect(refused.code).toBe(3)
  expect(refused.stdout).toContain('"vault-locked"')
  // Once the vault is open it is put in order, and nothing is left to discard.
  const late = await runCli(here, ['interrupted', '--discard', interrupted[0]?.id ?? ''], { environment: unlocked })
  expect(late.code, late.stderr).toBe(2)
  expect((await latchkey(locked, 'interrupted')).stdout).toBe('No interrupted changes.\n')
})

it('prints nothing that acts on a terminal, and finds a row whatever it is', async () => {
  await latchkey(unlocked, 'request', 'Ada', '--key', 'p-256', '-o', 'ada.csr')
  const evil = '\u001b[2J\u202e'
  await inDatabase((database) =>
    database.operations.begin({
      id: evil,
      kind: evil,
      step: evil,
      payload: JSON.stringify({ install: randomUUID(), store: evil }),
      startedAt: evil,
      mac: evil,
    }),
  )
  const { stdout } = await latchkey(unlocked, 'interrupted')
  expect(stdout).not.toMatch(/[\u001b\u202e]/u)
  const { interrupted } = await listed(locked)
  expect(interrupted).toMatchObject([{ kind: 'unknown', subject: null, startedAt: null, reason: 'vault-locked' }])
  await latchkey(unlocked, 'interrupted', '--discard', interrupted[0]?.id ?? '')
  expect((await latchkey(locked, 'interrupted')).stdout).toBe('No interrupted changes.\n')
})
