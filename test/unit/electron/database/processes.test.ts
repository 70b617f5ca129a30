import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '#electron/database/client'
import { openConnection } from '#electron/database/connection'
import { openLocalDatabase } from '#electron/database/local'
import { migrate } from '#electron/database/migrate'
import { migrations } from '#electron/database/migrations/index'
import { Page } from '#shared/model/page'
import type { Bundle } from '../../../support/bundle'
import { temporaryFolder } from '../../../support/home'
import { bundleWithModules, start } from '../../../support/processes'
import { identityRow } from '../../../support/rows'

let other: Bundle
let worker: Bundle
beforeAll(async () => {
  other = await bundleWithModules('test/support/database-process.ts')
  worker = await bundleWithModules('electron/database/worker.ts')
})
afterAll(async () => {
  await other.remove()
  await worker.remove()
})

describe('the operation lock', () => {
  it('is held by one process at a time and given on', async () => {
    const home = temporaryFolder()
    const database = openLocalDatabase(home)
    const there = start(other.path, [home])
    there.say('take')
    expect(await there.line()).toBe('taken')
    expect(await database.tryLock()).toBeNull()
    there.say('release')
    expect(await there.line()).toBe('released')
    const release = await database.tryLock()
    there.say('take')
    expect(await there.line()).toBe('refused')
    await release?.()
    there.say('take')
    expect(await there.line()).toBe('taken')
    await there.kill()
  })

  it('falls from a process that is killed, at once and without a trace', async () => {
    const home = temporaryFolder()
    const database = openLocalDatabase(home)
    const there = start(other.path, [home])
    there.say('take')
    expect(await there.line()).toBe('taken')
    await there.kill()
    expect(await database.tryLock()).not.toBeNull()
  })

  it('is not let go by whoever let it go already', async () => {
    const database = openLocalDatabase(temporaryFolder())
    const first = await database.tryLock()
    await first?.()
    const second = await database.tryLock()
    await first?.()
    expect(await database.tryLock()).toBeNull()
    await second?.()
    expect(await database.tryLock()).not.toBeNull()
  })
})

/** Six processes open it at the same moment; what they said, once all of them and their temporary files are gone. */
function openSixTimes(home: string): Promise<(string | null)[]> {
  const opening = async () => {
    const process = start(other.path, [home, 'open'])
    const said = await process.line()
    await process.ended
    return said
  }
  return Promise.all(Array.from({ length: 6 }, opening))
}

describe('several processes at once', () => {
  it('make one new database', async () => {
    const home = join(temporaryFolder(), 'new')
    expect(await openSixTimes(home)).toEqual(Array(6).fill('opened'))
    expect(statSync(home).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(home)) expect(statSync(join(home, name)).mode & 0o077, name).toBe(0)
  })

  it('bring an old one up to date once, keeping a copy from before', async () => {
    const home = temporaryFolder()
    const path = join(home, 'latchkey.db')
    const old = openConnection(path, { busyMs: 0 })
    migrate(old, path, migrations.slice(0, 1))
    old.run(
      `INSERT INTO activity (at, kind, about, sentence) VALUES ('2026-01-01T00:00:00.000Z', 'tested', 'A', 'Old.')`,
    )
    old.close()
    expect(await openSixTimes(home)).toEqual(Array(6).fill('opened'))
    const now = openLocalDatabase(home)
    expect((await now.activity.list(Page.parse({ search: 'old' }))).total).toBe(1)
    const copy = openConnection(`${path}.before-2`, { busyMs: 0 })
    expect(() => copy.script('SELECT search FROM activity')).toThrow(/search/u)
    expect(readdirSync(home).filter((name) => /before-\d+\./u.test(name))).toEqual([])
  })
})

describe('a process that is killed while it keeps a copy from before a change', () => {
  it('leaves nothing that others can read, and the next start sweeps it', async () => {
    const home = temporaryFolder()
    const path = join(home, 'latchkey.db')
    const old = openConnection(path, { busyMs: 0 })
    migrate(old, path, migrations.slice(0, 1))
    old.close()
    const armed = { LATCHKEY_TEST: '1', LATCHKEY_FAIL_POINT: 'database:copied' }
    expect(await start(other.path, [home, 'open'], armed).ended).toMatchObject({ signal: 'SIGKILL' })
    const orphans = () => readdirSync(home).filter((name) => /before-\d+\./u.test(name))
    expect(orphans()).toHaveLength(1)
    for (const name of readdirSync(home)) expect(statSync(join(home, name)).mode & 0o077, name).toBe(0)
    expect(await start(other.path, [home, 'open']).line()).toBe('opened')
    expect(orphans()).toEqual([])
  })
})

describe('the worker', () => {
  it('answers as the database in the same thread does, bytes and errors included', async () => {
    const database = await openDatabase({ workerPath: worker.path, home: temporaryFolder() })
    const row = identityRow('Ada')
    await database.identities.insert(row)
    expect(await database.identities.get(row.id)).toEqual(row)
    await expect(database.identities.insert(row)).rejects.toThrow(/UNIQUE/u)
    const release = await database.tryLock()
    expect(await database.tryLock()).toBeNull()
    await release?.()
    await database.close()
    await expect(database.identities.get(row.id)).rejects.toThrow('has ended')
  })

  it('says why it cannot open', async () => {
    const home = temporaryFolder()
    const path = join(home, 'latchkey.db')
    const newer = openConnection(path, { busyMs: 0 })
    newer.script('PRAGMA user_version = 999')
    newer.close()
    const opening = openDatabase({ workerPath: worker.path, home })
    await expect(opening).rejects.toThrow(expect.objectContaining({ code: 'database-too-new' }))
    expect(existsSync(`${path}.before-1000`)).toBe(false)
  })

  it('that is not there is an error, not silence', async () => {
    await expect(openDatabase({ workerPath: '/nowhere/worker.cjs', home: temporaryFolder() })).rejects.toThrow()
  })
})
