import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database, OperationRow } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { systemClock } from '#electron/platform/clock'
import { silentLog } from '#electron/platform/log'
import { systemRandom } from '#electron/platform/random'
import { createInterrupted } from '#electron/services/interrupted'
import { createOperations, type Step } from '#electron/services/operations'
import type { Vault } from '#electron/vault/vault'
import { AppError } from '#shared/errors'
import { IdentityId, OperationId } from '#shared/model/ids'
import { InterruptedId, InterruptedList } from '#shared/model/interrupted'
import { Page } from '#shared/model/page'
import { defineOperation, line } from '../../../support/define-operation'
import { temporaryFolder } from '../../../support/home'
import { journalOf } from '../../../support/journal'
import { memoryKeyring } from '../../../support/keyring'
import { memoryStore } from '../../../support/memory-store'
import { activityLine, identityRow } from '../../../support/rows'
import { openVault } from '../../../support/vault'

/** What is shown of a journal that anybody may have written, on a real database and a real vault. */
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

const theVault = () => openVault(home, keyring.keyring)

function nextProcess({ here = 'this account', vault = theVault(), own = database }: Partial<Process> = {}) {
  const journal = journalOf(own, vault, here)
  const ports = { database: own, journal, clock: systemClock, random: systemRandom, log: silentLog, changed() {} }
  const recover = async (payload: unknown) => void recovered.push(payload)
  const operations = createOperations(ports)
  const requesting = defineOperation(operations, { recover })
  defineOperation(operations, { kind: 'install', subject: 'install', recover: refuse })
  return {
    ...requesting,
    ...createInterrupted({ ...ports, operations, stores: [memoryStore().store] }),
    operations,
    journal,
    vault,
  }
}
interface Process {
  here: string | null
  vault: Vault
  own: Database
}
const refuse = () => Promise.reject(new AppError('store-locked'))

function row(changes: Partial<OperationRow> = {}): OperationRow {
  const payload = JSON.stringify({ identity: systemRandom.uuid() })
  const startedAt = '2026-01-01T00:00:00.000Z'
  return { id: systemRandom.uuid(), kind: 'request', step: 'begun', payload, startedAt, mac: null, ...changes }
}

/** As a process of this vault left it. */
async function leave(changes: Partial<OperationRow> = {}, process: Partial<Process> = {}): Promise<void> {
  const { journal } = nextProcess(process)
  await journal.begin(row({ id: OperationId.parse(systemRandom.uuid()), ...changes }), await journal.authenticator())
}

async function only(process = nextProcess()) {
  const list = InterruptedList.parse(await process.list())
  expect(InterruptedList.parse(await process.glance())).toEqual(list)
  const [entry] = list.rows
  if (entry === undefined || list.rows.length !== 1) throw new Error(`${list.rows.length} rows`)
  return entry
}
const reason = async (process?: ReturnType<typeof nextProcess>) => (await only(process)).reason
const rows = () => database.operations.unfinished()

describe('an interrupted change', () => {
  it('of an earlier version is shown with the name from the records, and is discarded with a line in the activity', async () => {
    const ada = identityRow('Ada')
    await database.identities.insert(ada)
    await database.operations.begin(row({ payload: JSON.stringify({ identity: ada.id }) }))
    const process = nextProcess()
    const entry = await only(process)
    expect(entry).toMatchObject({ kind: 'request', subject: 'Ada', place: null, reason: 'unsigned' })
    expect(entry.startedAt).toBe('2026-01-01T00:00:00.000Z')
    await process.discard(entry.id)
    expect(await rows()).toEqual([])
    expect((await process.list()).rows).toEqual([])
    const [line] = (await database.activity.list(Page.parse({}))).rows
    expect(line).toMatchObject({ kind: 'change-discarded', about: 'Ada' })
    expect(line?.sentence).toContain('Nothing was undone.')
    expect(await database.identities.get(IdentityId.parse(ada.id))).not.toBeNull()
    expect(recovered).toEqual([])
  })

  it('is told apart by who wrote it', async () => {
    await leave({}, { here: 'another account' })
    expect(await reason()).toBe('elsewhere')
    const [moved] = await rows()
    if (moved === undefined) throw new Error('no row')
    expect(await reason(nextProcess({ here: null }))).toBe('no-machine-id')
    await database.operations.discard(moved, activityLine)
    for (const changed of [{ step: 'record' }, { mac: 'ab'.repeat(64) }, { mac: '' }]) {
      await database.operations.begin({ ...moved, ...changed })
      expect(await reason()).toBe('other-vault')
      await nextProcess().discard((await only()).id)
    }
    const elsewhere = openVault(temporaryFolder(), memoryKeyring().keyring)
    await leave({}, { vault: elsewhere })
    expect(await reason()).toBe('other-vault')
  })

  it('of a vault that was removed is another vault’s', async () => {
    await leave()
    rmSync(join(home, 'vault'), { recursive: true })
    keyring.entries.clear()
    expect(await reason()).toBe('other-vault')
  })

  it('that only waits for the vault says so, and cannot be discarded', async () => {
    await leave()
    keyring.become('locked')
    const locked = nextProcess()
    const { id, reason: why } = await only(locked)
    expect(why).toBe('vault-locked')
    await expect(locked.discard(id)).rejects.toMatchObject({ code: 'vault-locked' })
    expect(await locked.list()).toMatchObject({ notRun: 0, waiting: 1 })
    writeFileSync(join(home, 'vault', 'header.json'), '{')
    expect(await reason()).toBe('vault-unreadable')
    await expect(nextProcess().discard(id)).rejects.toMatchObject({ code: 'change-waits' })
    expect(await rows()).toHaveLength(1)
  })

  it('of ours that could not be recovered yet stays, and so does one of a newer version', async () => {
    await leave({ kind: 'install', payload: '{"install":"f0000000-0000-4000-8000-000000000000","store":"nss-user"}' })
    const { id, ...entry } = await only()
    expect(entry).toMatchObject({ kind: 'install', subject: null, place: 'Test', reason: 'retried' })
    await expect(nextProcess().discard(id)).rejects.toMatchObject({ code: 'change-waits' })
    await nextProcess().journal.finish((await rows())[0]?.id ?? '', null)
    await leave({ kind: 'of-the-future' })
    expect(await reason()).toBe('newer-version')
  })

  it('asks the keyring for nothing where no row is signed', async () => {
    await database.operations.begin(row())
    await nextProcess().glance()
    expect(keyring.timesAsked()).toBe(0)
  })
})

describe('a change that is under way', () => {
  const looking = (look: () => Promise<unknown>): Step<unknown>[] => [
    { name: 'a', run: async () => void (await look()) },
  ]
  const empty = { rows: [], notRun: 0, waiting: 0 }

  it('in another process is not shown, and what was seen before it still is', async () => {
    const seer = nextProcess()
    const there = openLocalDatabase(home)
    const other = nextProcess({ own: there })
    await other.perform(
      {},
      looking(async () => expect(await seer.glance()).toEqual(empty)),
      { line },
    )
    expect(await seer.glance()).toEqual(empty)
    await database.operations.begin(row())
    const seen = await seer.glance()
    expect(seen.rows).toHaveLength(1)
    await other.perform(
      {},
      looking(async () => expect(await seer.glance()).toEqual(seen)),
      { line },
    )
    await there.close()
  })

  it('in this process is waited for', async () => {
    const process = nextProcess()
    const looks: Promise<unknown>[] = []
    await process.perform(
      {},
      looking(async () => looks.push(process.glance(), process.list())),
      { line },
    )
    expect(await Promise.all(looks)).toEqual([empty, empty])
  })
})

describe('a planted row', () => {
  const hostile: [string, Partial<OperationRow>][] = [
    ['a payload that is no JSON', { payload: '{' }],
    ['a payload of another kind', { payload: '{"authority":"x"}' }],
    ['a payload that is nothing', { payload: 'null' }],
    ['a payload that is nested deeply', { payload: `${'['.repeat(50_000)}${']'.repeat(50_000)}` }],
    ['a payload that is huge', { payload: `"${'x'.repeat(2_000_000)}"` }],
    ['a prototype', { payload: '{"__proto__":{"identity":"x"}}' }],
    ['a kind of any object', { kind: 'constructor' }],
    ['a kind with terminal escapes', { kind: '\u001b[2J\u202e' }],
    ['an empty id', { id: '' }],
    ['an id that is no UUID', { id: "'; DROP TABLE operations;--" }],
    ['a time that is none', { startedAt: 'tomorrow' }],
  ]
  it.each(hostile)('with %s is shown, and can be discarded without the others', async (_what, changes) => {
    const other = row({ startedAt: '2026-02-01T00:00:00.000Z' })
    await database.operations.begin(other)
    await database.operations.begin(row(changes))
    const process = nextProcess()
    const { rows: shown } = InterruptedList.parse(await process.list())
    const target = shown.find(({ startedAt }) => startedAt !== other.startedAt)
    if (target === undefined) throw new Error('not shown')
    if (changes.payload !== undefined || changes.kind !== undefined) expect(target.kind).toBe('unknown')
    await process.discard(target.id)
    expect(await rows()).toEqual([other])
  })

  it('shows names without control characters, and no longer than needed', async () => {
    const evil = identityRow(`\u202eevil\u001b[2J${'x'.repeat(5000)}`)
    await database.identities.insert(evil)
    await database.operations.begin(row({ payload: JSON.stringify({ identity: evil.id }) }))
    const { subject } = await only()
    expect(subject).toMatch(/^\\u202eevil\\u001b\[2Jx+…$/u)
    expect(subject?.length).toBe(200)
  })

  it('of many is counted, and the list stays short', async () => {
    for (let count = 0; count < 150; count += 1) await database.operations.begin(row())
    const list = InterruptedList.parse(await nextProcess().list())
    expect(list).toMatchObject({ notRun: 150, waiting: 0 })
    expect(list.rows).toHaveLength(100)
  })

  it('that has changed since it was shown is not discarded', async () => {
    const first = row()
    await database.operations.begin(first)
    const process = nextProcess()
    const { id } = await only(process)
    await database.operations.advance({ ...first, step: 'record', mac: null })
    await expect(process.discard(id)).rejects.toMatchObject({ code: 'not-found' })
    expect(await rows()).toHaveLength(1)
    await expect(process.discard(InterruptedId.parse('0'.repeat(16)))).rejects.toMatchObject({ code: 'not-found' })
  })
})
