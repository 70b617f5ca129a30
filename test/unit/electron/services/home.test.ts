import { chmodSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { systemClock } from '#electron/platform/clock'
import { effectiveUser } from '#electron/platform/home'
import { closeFolder, closeOwnFiles } from '#electron/platform/home-folder'
import { silentLog } from '#electron/platform/log'
import { systemRandom } from '#electron/platform/random'
import { createHome } from '#electron/services/home'
import { createOperations, type Step } from '#electron/services/operations'
import { Page } from '#shared/model/page'
import { defineOperation, line } from '../../../support/define-operation'
import { temporaryFolder } from '../../../support/home'
import { journalOf } from '../../../support/journal'
import { memoryKeyring } from '../../../support/keyring'
import { openVault } from '../../../support/vault'

/** What a person is told of Latchkey's own folder, and that its journal is left alone where anybody can write it. */
const me = effectiveUser()

async function start(path: string, database: ReturnType<typeof openLocalDatabase>, type = 0, close = closeFolder) {
  const found = await closeOwnFiles(path, true, { me, statFileSystem: async () => ({ type }) })
  const folder = { ...found, path, close: () => close(path) }
  const home = createHome({ folder, database, clock: systemClock, log: silentLog, changed() {} })
  await home.tell()
  return home
}

const sentences = async (database: ReturnType<typeof openLocalDatabase>) =>
  (await database.activity.list(Page.parse({}))).rows.map(({ kind, sentence }) => `${kind}: ${sentence}`)

it.skipIf(me === null)('closes a folder when it is asked to, and says what was closed by itself', async () => {
  const path = temporaryFolder()
  const database = openLocalDatabase(path)
  chmodSync(path, 0o777)
  chmodSync(`${path}/latchkey.db`, 0o644)
  const home = await start(path, database)
  expect(home.notes()).toEqual([
    'Other accounts could access 1 file or folder of Latchkey. It was closed.',
    expect.stringContaining(`Close it with: chmod go-w '${path}'`),
  ])
  expect(home.state()).toEqual({ openness: 'open', keepsModes: true })
  expect(await home.repair()).toEqual({ openness: 'closed', keepsModes: true })
  expect((await start(path, database)).notes()).toEqual([])
  expect(await sentences(database)).toEqual([
    'folder-closed: The folder was closed to other accounts.',
    'folder-closed: Other accounts could access 1 file or folder of Latchkey. It was closed.',
  ])
  await database.close()
})

it.skipIf(me === null)('says when the folder could not be closed', async () => {
  const path = temporaryFolder()
  const database = openLocalDatabase(path)
  chmodSync(path, 0o777)
  const home = await start(path, database, 0, async () => 'open')
  await expect(home.repair()).rejects.toMatchObject({ code: 'home-stays-open' })
  expect(home.state().openness).toBe('open')
  await database.close()
})

it.skipIf(process.platform !== 'linux')('says once that a file system has no permissions', async () => {
  const path = temporaryFolder()
  const database = openLocalDatabase(path)
  expect((await start(path, database, 0x4d44)).notes()).toEqual([expect.stringContaining('cannot be closed to others')])
  expect((await start(path, database, 0x4d44)).notes()).toEqual([])
  expect((await start(path, database, 0x4d44)).state().keepsModes).toBe(false)
  expect(await sentences(database)).toHaveLength(1)
  await database.close()
})

it('runs no journal that anybody could have written, not even its own', async () => {
  const path = temporaryFolder()
  const database = openLocalDatabase(path)
  const vault = openVault(path, memoryKeyring().keyring)
  const recovered: unknown[] = []
  const recover = async (payload: unknown) => void recovered.push(payload)
  const process = (keepsModes: boolean) => {
    const journal = journalOf(database, vault, 'this account', keepsModes)
    const ports = { database, journal, clock: systemClock, random: systemRandom, log: silentLog, changed() {} }
    const operations = createOperations(ports)
    return { ...operations, ...defineOperation<number>(operations, { recover }), journal }
  }
  const { journal } = process(true)
  const row = {
    id: systemRandom.uuid(),
    kind: 'request',
    step: 'begun',
    payload: '1',
    startedAt: '2026-01-01T00:00:00.000Z',
  }
  await journal.begin(row, await journal.authenticator())
  const open = process(false)
  const macs: (string | null | undefined)[] = []
  const look: Step<number> = {
    name: 'look',
    run: async () =>
      void macs.push((await database.operations.unfinished()).find(({ payload }) => payload === '2')?.mac),
  }
  await open.recover()
  await open.perform(2, [look], { line })
  expect(recovered).toEqual([])
  expect(macs).toEqual([null])
  expect(await open.journal.judge(await database.operations.unfinished())).toEqual(['no-permissions'])
  await process(true).recover()
  expect(recovered).toEqual([1])
  await database.close()
})
