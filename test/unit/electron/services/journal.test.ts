import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database, OperationRow } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { systemClock } from '#electron/platform/clock'
import { silentLog } from '#electron/platform/log'
import { systemRandom } from '#electron/platform/random'
import { createOperations, type Step } from '#electron/services/operations'
import type { Vault } from '#electron/vault/vault'
import { defineOperation, line } from '../../../support/define-operation'
import { temporaryFolder } from '../../../support/home'
import { journalOf } from '../../../support/journal'
import { memoryKeyring } from '../../../support/keyring'
import { openVault } from '../../../support/vault'

/** Which rows of the journal are believed: on a real database and a real vault. */
let home: string
let database: Database
let keyring: ReturnType<typeof memoryKeyring>
let recovered: unknown[]

beforeEach(() => {
  home = temporaryFolder()
  database = openLocalDatabase(home)
  keyring = memoryKeyring()
  recovered = []
})
afterEach(() => database.close())

/** As the next process has it, on this computer or another one. */
function nextProcess(here: string | null = 'this account', vault: Vault = openVault(home, keyring.keyring)) {
  const recover = async (payload: unknown) => void recovered.push(payload)
  const operations = createOperations({
    database,
    journal: journalOf(database, vault, here),
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    changed() {},
  })
  const testing = defineOperation<number>(operations, { recover })
  defineOperation(operations, { kind: 'import', recover })
  return { ...operations, ...testing, vault }
}

const nothing: Step<number> = { name: 'nothing', run: async () => undefined }
const rows = () => database.operations.unfinished()
const perform = (process: ReturnType<typeof nextProcess>, steps = [nothing]) => process.perform(1, steps, { line })

/** What a process that dies within its second step leaves. */
async function interrupted(process = nextProcess()): Promise<OperationRow> {
  let found: OperationRow | undefined
  const look: Step<number> = {
    name: 'look',
    run: async () => {
      found = (await rows())[0]
    },
  }
  await perform(process, [{ name: 'first', run: async () => 2 }, look])
  if (found === undefined) throw new Error('no row was journalled')
  return found
}

async function leave(row: OperationRow): Promise<void> {
  await database.operations.begin(row)
}

describe('a row of the journal', () => {
  it('of this vault, computer and account is put in order by the next process', async () => {
    await leave(await interrupted())
    expect(await nextProcess().recover()).toBe(true)
    expect(recovered).toEqual([2])
    expect(await rows()).toEqual([])
  })

  const changes: [string, (row: OperationRow) => Partial<OperationRow>][] = [
    ['another kind', () => ({ kind: 'import' })],
    ['another payload', () => ({ payload: '3' })],
    ['an earlier step', () => ({ step: 'begun' })],
    ['another id', () => ({ id: systemRandom.uuid() })],
    ['another time', () => ({ startedAt: '2026-01-01T00:00:00.000Z' })],
    ['fields that run together', ({ step, payload }) => ({ step: `${step}","${payload}`, payload: '' })],
    ['no MAC, as 0.1.0 wrote it', () => ({ mac: null })],
    ['an empty MAC', () => ({ mac: '' })],
    ['half a MAC', ({ mac }) => ({ mac: mac?.slice(0, 64) ?? '' })],
    ['the MAC that says nothing of the place', ({ mac }) => ({ mac: `${mac?.slice(64)}${mac?.slice(64)}` })],
    ['some other MAC', ({ mac }) => ({ mac: [...(mac ?? '')].reverse().join('') })],
    ['a MAC that is no hex', () => ({ mac: 'z'.repeat(128) })],
  ]
  it.each(changes)('with %s is never run, stays, and blocks nothing', async (_what, change) => {
    const row = await interrupted()
    const changed = { ...row, ...change(row) }
    await leave(changed)
    await nextProcess().recover()
    await perform(nextProcess())
    expect(recovered).toEqual([])
    expect(await rows()).toEqual([changed])
  })

  it('from another account or computer is never run', async () => {
    const row = await interrupted(nextProcess('another account'))
    await leave(row)
    await nextProcess().recover()
    expect(recovered).toEqual([])
    await nextProcess('another account').recover()
    expect(recovered).toEqual([2])
  })

  it('from another vault is never run', async () => {
    const elsewhere = openVault(temporaryFolder(), memoryKeyring().keyring)
    await leave(await interrupted(nextProcess('this account', elsewhere)))
    await perform(nextProcess())
    await nextProcess().recover()
    expect(recovered).toEqual([])
  })

  it('is signed anew with every step and every note', async () => {
    const process = nextProcess()
    const macs: (string | null | undefined)[] = []
    const look = async () => void macs.push((await rows())[0]?.mac)
    const steps: Step<number>[] = [
      {
        name: 'a',
        run: async (_payload, note) =>
          look()
            .then(() => note(7))
            .then(look),
      },
      { name: 'b', run: look },
    ]
    await perform(process, steps)
    expect(new Set(macs).size).toBe(3)
    expect(macs.every((mac) => /^[0-9a-f]{128}$/u.test(mac ?? ''))).toBe(true)
  })

  it('is not written with the master key itself, and holds nothing of it or of the computer’s name', async () => {
    const { mac, payload } = await interrupted()
    const [entry = ''] = keyring.entries.values()
    const master = Buffer.from(entry, 'base64').toString('hex')
    expect(master).toMatch(/^[0-9a-f]{64}$/u)
    expect(`${mac}${payload}`).not.toContain(master)
    expect(`${mac}${payload}`).not.toContain('this account')
  })
})

describe('recovery', () => {
  it('asks the keyring for nothing where no row is signed', async () => {
    await perform(nextProcess())
    const before = keyring.timesAsked()
    await nextProcess().recover()
    await leave({ ...(await interrupted()), mac: null })
    const again = keyring.timesAsked()
    expect(before).toBeGreaterThan(0)
    await nextProcess().recover()
    expect(keyring.timesAsked()).toBe(again)
  })

  it('makes no key to judge a row with', async () => {
    await leave({ ...(await interrupted(nextProcess('x', openVault(temporaryFolder(), memoryKeyring().keyring)))) })
    await nextProcess().recover()
    expect(keyring.entries.size).toBe(0)
  })

  it('waits for a keyring that is locked', async () => {
    await leave(await interrupted())
    keyring.become('locked')
    const process = nextProcess()
    await process.recover()
    expect(recovered).toEqual([])
    keyring.become('open')
    await process.vault.unlock(null)
    await process.recover()
    expect(recovered).toEqual([2])
  })

  it('waits for the passphrase of a vault without a keyring', async () => {
    keyring.become('unavailable')
    const first = nextProcess()
    await first.vault.createWithPassphrase('correct horse')
    await leave(await interrupted(first))
    const process = nextProcess()
    await process.recover()
    expect(recovered).toEqual([])
    await process.vault.unlock('correct horse')
    await process.recover()
    expect(recovered).toEqual([2])
  })
})

describe('an operation', () => {
  it('of a locked vault asks to be let in before it does anything', async () => {
    await perform(nextProcess())
    keyring.become('locked')
    await expect(perform(nextProcess())).rejects.toMatchObject({ code: 'keyring-locked' })
    expect(await rows()).toEqual([])
  })

  const unsigned: [string, () => Promise<ReturnType<typeof nextProcess>>][] = [
    [
      'whose master key is lost',
      async () => {
        const { vault } = nextProcess()
        await vault.seal('private-key', systemRandom.uuid(), Buffer.from('secret'))
        keyring.entries.clear()
        return nextProcess()
      },
    ],
    [
      'whose keyring is gone and has no passphrase',
      async () => {
        await nextProcess().vault.seal('private-key', systemRandom.uuid(), Buffer.from('secret'))
        keyring.become('unavailable')
        return nextProcess()
      },
    ],
    [
      'that is new, without a keyring',
      async () => {
        keyring.become('unavailable')
        return nextProcess()
      },
    ],
    [
      'that is new, with a locked keyring',
      async () => {
        keyring.become('locked')
        return nextProcess()
      },
    ],
    ['on a system that does not name the computer', async () => nextProcess(null)],
  ]
  it.each(unsigned)('of a vault %s still works; its row is never run', async (_what, create) => {
    const process = await create()
    const row = await interrupted(process)
    expect(row.mac).toBeNull()
    await leave(row)
    await process.recover()
    await perform(process)
    expect(recovered).toEqual([])
    expect(await rows()).toEqual([row])
  })

  it('goes on when the vault cannot be opened any more in the middle of it', async () => {
    const process = nextProcess()
    const steps: Step<number>[] = [
      { name: 'a', run: async () => keyring.become('locked') },
      { name: 'b', run: async (_payload, note) => note(5) },
    ]
    await perform(process, steps)
    expect(await rows()).toEqual([])
  })
})
