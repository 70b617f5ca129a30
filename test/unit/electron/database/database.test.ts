import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openConnection } from '#electron/database/connection'
import { openLocalDatabase } from '#electron/database/local'
import { createOperationLock } from '#electron/database/lock'
import { migrate } from '#electron/database/migrate'
import { openTables } from '#electron/database/open'
import { isAppError } from '#shared/errors'
import { Page } from '#shared/model/page'
import { temporaryFolder } from '../../../support/home'
import { certificateRow, hostRow, identityRow, reportRow } from '../../../support/rows'

const now = new Date('2026-02-01T00:00:00.000Z')
const page = (changes: Partial<Page> = {}) => Page.parse(changes)

describe('identities', () => {
  it('come back as they were put in, bytes included', async () => {
    const database = openLocalDatabase(temporaryFolder())
    const row = identityRow('Ada', { alternativeNames: ['ada@example.com'], subject: subject('Ada') })
    await database.identities.insert(row)
    expect(await database.identities.get(row.id)).toEqual(row)
    expect(await database.identities.findByKey(row.keySha256)).toEqual(row)
    expect(await database.identities.waiting()).toEqual([row])
  })

  it('keep certificate and chain together and forget what nobody refers to', async () => {
    const database = openLocalDatabase(temporaryFolder())
    const row = identityRow('Ada')
    const [leaf, intermediate, root] = [certificateRow('leaf'), certificateRow('intermediate'), certificateRow('root')]
    await database.identities.insert(row)
    await database.identities.setCertificate(row.id, leaf, [intermediate, root], true, new Date().toISOString())
    expect(await database.identities.get(row.id)).toMatchObject({
      certificate: leaf.sha256,
      chain: [intermediate.sha256, root.sha256],
      practice: true,
    })
    expect(await database.certificates.getMany([root.sha256, leaf.sha256])).toEqual([root, leaf])
    expect(await database.identities.waiting()).toEqual([])
    await database.identities.delete(row.id)
    expect(await database.certificates.get(leaf.sha256)).toBeNull()
    expect(await database.certificates.authorities()).toEqual([])
  })

  it('are found by name, issuer and key code, with what a person types taken as text', async () => {
    const database = openLocalDatabase(temporaryFolder())
    const ada = identityRow('Ada 100%')
    await database.identities.insert(ada)
    await database.identities.insert(identityRow('Grace'))
    await database.identities.setCertificate(ada.id, certificateRow('x'), [], false, new Date().toISOString())
    const found = async (search: string) =>
      (await database.identities.list(page({ search }))).rows.map((row) => row.name)
    expect(await found('ada')).toEqual(['Ada 100%'])
    expect(await found('100%')).toEqual(['Ada 100%'])
    expect(await found('%')).toEqual(['Ada 100%'])
    expect(await found('issuer of x')).toEqual(['Ada 100%'])
    expect(await found("'; DROP TABLE identities; --")).toEqual([])
    expect((await database.identities.list(page())).total).toBe(2)
  })

  it('carry in the list on how many sites they work, by the last test of each', async () => {
    const database = openLocalDatabase(temporaryFolder())
    const [row, host] = [identityRow('Ada'), hostRow('a.example')]
    await database.identities.insert(row)
    await database.hosts.insert(host)
    const report = reportRow(host, { identity: row.id, identityName: 'Ada' })
    await database.reports.add(report, now)
    const { rows: told } = await database.activity.list(page())
    expect(told).toMatchObject([{ kind: 'tested', about: report.address, sentence: report.verdict.sentence }])
    const sites = async () => (await database.identities.summary(row.id))?.sites
    expect(await sites()).toEqual({ works: 0, total: 1 })
    const good = { kind: 'let-in', tone: 'good', sentence: 'In.', explanation: 'So.' } as const
    const later = reportRow(host, { identity: row.id, startedAt: '2026-02-02T00:00:00.000Z', verdict: good })
    await database.reports.add(later, now)
    expect(await sites()).toEqual({ works: 1, total: 1 })
    const other = hostRow('b.example')
    await database.hosts.insert(other)
    await database.reports.add(reportRow(other, { identity: row.id }), now)
    expect(await sites()).toEqual({ works: 1, total: 2 })
    expect(await database.hosts.get(host.id)).toMatchObject({
      lastTestGood: true,
      lastVerdict: { kind: 'let-in', tone: 'good' },
      identity: row.id,
    })
    expect(await database.reports.get(report.id)).toEqual(report)
    expect(await database.reports.ofIdentity(row.id)).toHaveLength(2)
  })
})

describe('a report', () => {
  it('is kept with its line in the log and its site’s last test, or none of the three is', async () => {
    const home = temporaryFolder()
    const database = openLocalDatabase(home)
    const host = hostRow('a.example')
    await database.hosts.insert(host)
    const raw = openConnection(join(home, 'latchkey.db'), { busyMs: 0 })
    raw.script("CREATE TRIGGER no_more BEFORE UPDATE ON hosts BEGIN SELECT raise(ABORT, 'no more'); END")
    await expect(database.reports.add(reportRow(host), new Date(0))).rejects.toThrow('no more')
    raw.close()
    expect((await database.reports.list(null, page())).total).toBe(0)
    expect((await database.activity.list(page())).total).toBe(0)
    expect(await database.hosts.get(host.id)).toEqual(host)
  })
})

describe('a site that waits for a replacement', () => {
  it('waits until it was tested with that', async () => {
    const database = openLocalDatabase(temporaryFolder())
    const [old, replacement] = [identityRow('Ada'), identityRow('Ada')]
    const host = hostRow('a.example', { replacement: replacement.id })
    await database.hosts.insert(host)
    await database.reports.add(reportRow(host, { identity: old.id }), now)
    expect(await database.hosts.get(host.id)).toMatchObject({ identity: old.id, replacement: replacement.id })
    await database.reports.add(reportRow(host, { identity: replacement.id }), now)
    expect(await database.hosts.get(host.id)).toMatchObject({ identity: replacement.id, replacement: null })
  })
})

describe('the activity log', () => {
  it('grows and is never changed', async () => {
    const home = temporaryFolder()
    const database = openLocalDatabase(home)
    await database.activity.append({
      at: new Date(0).toISOString(),
      kind: 'tested',
      about: 'a.example',
      sentence: 'It worked.',
    })
    expect((await database.activity.list(page())).rows).toHaveLength(1)
    const raw = openConnection(join(home, 'latchkey.db'), { busyMs: 0 })
    expect(() => raw.run('UPDATE activity SET about = ?', ['x'])).toThrow(/append-only/)
    expect(() => raw.run('DELETE FROM activity')).toThrow(/append-only/)
  })
})

describe('the file', () => {
  it('is readable by its owner alone', () => {
    const home = temporaryFolder()
    openTables(home).close()
    expect(statSync(join(home, 'latchkey.db')).mode & 0o777).toBe(0o600)
  })

  it('with its log and index is closed to others again when a restored backup was open to them', () => {
    const home = temporaryFolder()
    const other = openTables(home)
    for (const name of ['latchkey.db', 'latchkey.db-wal', 'latchkey.db-shm']) chmodSync(join(home, name), 0o644)
    openTables(home).close()
    for (const name of readdirSync(home)) expect(statSync(join(home, name)).mode & 0o077, name).toBe(0)
    other.close()
  })

  it('that is damaged is told as that', () => {
    const home = temporaryFolder()
    writeFileSync(join(home, 'latchkey.db'), 'This is not a database at all.'.repeat(200))
    expect(() => openTables(home)).toThrow(expect.objectContaining({ code: 'database-damaged' }))
  })

  it('of a newer version is refused and left alone', () => {
    const home = temporaryFolder()
    openTables(home).close()
    const raw = openConnection(join(home, 'latchkey.db'), { busyMs: 0 })
    raw.script('PRAGMA user_version = 999')
    raw.close()
    copyFileSync(join(home, 'latchkey.db'), join(home, 'copy'))
    expect(() => openTables(home)).toThrow(expect.objectContaining({ code: 'database-too-new' }))
    expect(existsSync(join(home, 'latchkey.db.before-1000'))).toBe(false)
  })
})

describe('the operation lock', () => {
  it('is held once, whoever asks', () => {
    const home = temporaryFolder()
    const [here, there] = [createOperationLock(join(home, 'lock')), createOperationLock(join(home, 'lock'))]
    expect(here.take()).toBe(true)
    expect(here.take()).toBe(false)
    expect(there.take()).toBe(false)
    here.release()
    expect(there.take()).toBe(true)
    there.release()
  })
})

function subject(commonName: string) {
  return { commonName, organization: '', organizationalUnit: '', locality: '', state: '', country: '' }
}

type Tables = ReturnType<typeof openTables>['tables']
const everything = page({ limit: 1000 })
const asks: ((tables: Tables) => unknown)[] = [
  (tables) => tables.identities.list(everything),
  (tables) => tables.installs.all(),
  (tables) => tables.hosts.list(everything),
  (tables) => tables.reports.list(null, everything),
  (tables) => tables.activity.list(everything),
  (tables) => tables.authorities.list(),
  (tables) => tables.operations.unfinished(),
  (tables) => tables.identities.insert(identityRow('Grace')),
]

/** An answer, or an error with the file's name; anything else is thrown. */
function answerOf(home: string, ask: (tables: Tables) => unknown): 'told' {
  try {
    const { tables, close } = openTables(home)
    try {
      ask(tables)
    } finally {
      close()
    }
  } catch (error) {
    if (!isAppError(error, 'database-damaged') || error.detail?.startsWith('“latchkey.db” in ') !== true) throw error
  }
  return 'told'
}

describe('trouble on the way', () => {
  it('a step that fails leaves the schema as it was, with the copy from before', () => {
    const home = temporaryFolder()
    const path = join(home, 'latchkey.db')
    const connection = openConnection(path, { busyMs: 0 })
    migrate(connection, path, ['CREATE TABLE first (a)'])
    expect(() => migrate(connection, path, ['', 'CREATE TABLE second (b); CREATE TABLE first (a);'])).toThrow(/exists/u)
    expect(() => connection.script('SELECT * FROM second')).toThrow(/no such table/u)
    expect(existsSync(`${path}.before-2`)).toBe(true)
    expect(statSync(`${path}.before-2`).mode & 0o777).toBe(0o600)
    migrate(connection, path, ['', 'CREATE TABLE second (b)'])
    connection.script('SELECT * FROM second')
  })

  it('a full disk is told as that, and what was there stays', () => {
    const home = temporaryFolder()
    const { tables } = openTables(home)
    tables.identities.insert(identityRow('Ada'))
    const full = openConnection(join(home, 'latchkey.db'), { busyMs: 0 })
    full.script('PRAGMA max_page_count = 1')
    const fill = () => full.run('INSERT INTO certificates VALUES (?, ?, ?, ?, ?)', ['x', Buffer.alloc(1e6), '', '', ''])
    expect(fill).toThrow(expect.objectContaining({ code: 'disk-full' }))
    expect(tables.identities.ids()).toHaveLength(1)
  })

  it('a database damaged in any page is told as that, or answers', () => {
    const home = temporaryFolder()
    const path = join(home, 'latchkey.db')
    const before = openTables(home)
    for (let at = 0; at < 50; at += 1) before.tables.identities.insert(identityRow(`Ada ${at}`))
    before.close()
    const whole = readFileSync(path)
    for (let at = 0; at < whole.length; at += 4096) {
      const bytes = Buffer.from(whole)
      for (let place = at; place < at + 4096; place += 1) bytes[place] = (place * 7919) % 251
      for (const name of readdirSync(home)) rmSync(join(home, name))
      writeFileSync(path, bytes)
      for (const ask of asks) expect([`page ${at / 4096}`, answerOf(home, ask)]).toEqual([`page ${at / 4096}`, 'told'])
    }
  })

  it('a database damaged in the middle is told as that', () => {
    const home = temporaryFolder()
    const path = join(home, 'latchkey.db')
    const before = openTables(home)
    for (let at = 0; at < 200; at += 1) before.tables.identities.insert(identityRow(`Ada ${at}`))
    before.close()
    // Otherwise the write-ahead log still has the good pages.
    const log = openConnection(path, { busyMs: 0 })
    log.script('PRAGMA wal_checkpoint(TRUNCATE)')
    log.close()
    const bytes = readFileSync(path)
    bytes.fill(0x5a, 4096, bytes.length)
    writeFileSync(path, bytes)
    expect(() => openTables(home).tables.identities.ids()).toThrow(
      expect.objectContaining({ code: 'database-damaged' }),
    )
  })
})

describe('copies from before a change', () => {
  it('are made once for each update and kept of the last three', () => {
    const home = temporaryFolder()
    const path = join(home, 'latchkey.db')
    const connection = openConnection(path, { busyMs: 0 })
    const steps = Array.from({ length: 12 }, (_, at) => `CREATE TABLE step${at} (a)`)
    for (const known of [1, 2, 4, 5, 9, 12, 12]) migrate(connection, path, steps.slice(0, known))
    const copies = readdirSync(home).filter((name) => name.includes('before'))
    expect(copies.sort()).toEqual(['latchkey.db.before-10', 'latchkey.db.before-5', 'latchkey.db.before-6'])
    const copy = openConnection(`${path}.before-10`, { busyMs: 0 })
    expect(() => copy.script('SELECT * FROM step9')).toThrow(/no such table/u)
    copy.script('SELECT * FROM step8')
  })

  it('that a dead process left are swept, those of a live one and other files stay', () => {
    const home = temporaryFolder()
    const dead = spawnSync(process.execPath, ['-e', '']).pid
    const left = [`latchkey.db.before-3.${dead}`, `latchkey.db.before-3.${dead}-journal`]
    const kept = [`latchkey.db.before-3.${process.ppid}`, `latchkey.db.before-3.${dead}.mine`, `other.before-3.${dead}`]
    for (const name of [...left, ...kept]) writeFileSync(join(home, name), 'half')
    openTables(home).close()
    const found = readdirSync(home)
    expect(found).toEqual(expect.arrayContaining(kept))
    expect(found.filter((name) => left.includes(name))).toEqual([])
  })
})

describe('lists', () => {
  it('page through and find what is written in other letters', async () => {
    const database = openLocalDatabase(temporaryFolder())
    for (let at = 0; at < 5; at += 1) {
      await database.activity.append({
        at: new Date(at).toISOString(),
        kind: 'tested',
        about: at === 3 ? 'Élodie' : `Person ${at}`,
        sentence: 'It worked.',
      })
      await database.identities.insert(identityRow(`P${at}`, { createdAt: new Date(at).toISOString() }))
    }
    expect((await database.activity.list(page({ search: 'éLODIE' }))).total).toBe(1)
    const { rows, total } = await database.identities.list(page({ offset: 1, limit: 2 }))
    expect([rows.map(({ name }) => name), total]).toEqual([['P3', 'P2'], 5])
    expect((await database.identities.list(page({ offset: 9 }))).rows).toEqual([])
  })

  it('of reports are those of one host, newest first', async () => {
    const database = openLocalDatabase(temporaryFolder())
    const [one, two] = [hostRow('one.example'), hostRow('two.example')]
    for (const host of [one, two]) await database.hosts.insert(host)
    for (const day of ['01', '02', '03'])
      await database.reports.add(
        reportRow(day === '02' ? two : one, { startedAt: `2026-02-${day}T00:00:00.000Z` }),
        now,
      )
    const days = async (host: typeof one | null, search = '') =>
      (await database.reports.list(host?.id ?? null, page({ search }))).rows.map(({ startedAt }) =>
        startedAt.slice(8, 10),
      )
    expect(await days(one)).toEqual(['03', '01'])
    expect(await days(null)).toEqual(['03', '02', '01'])
    expect(await days(one, 'ONE')).toEqual(['03', '01'])
    expect(await days(one, 'two')).toEqual([])
    expect(await days(null, 'two')).toEqual(['02'])
  })
})
