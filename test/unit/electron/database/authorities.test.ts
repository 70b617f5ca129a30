import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuthorityRow, IssuedRow, WrittenCrl } from '#electron/database/authority-tables'
import { openConnection } from '#electron/database/connection'
import type { Database } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { migrate } from '#electron/database/migrate'
import { migrations } from '#electron/database/migrations/index'
import { IssuedPage, type IssuedStatus } from '#shared/model/authority'
import { temporaryFolder } from '../../../support/home'
import { activityLine, authorityRow, crlRow, issuedRow, sha256 } from '../../../support/rows'

const horizon = { now: '2026-03-01T00:00:00.000Z', soon: '2026-03-31T00:00:00.000Z' }
const later = '2026-02-01T00:00:00.000Z'
const nothing = { revoked: [], crl: null }
const alone = { children: [], predecessor: null, brought: nothing, issued: null, line: null }
const crl = (number: bigint) => ({
  number,
  thisUpdate: horizon.now,
  nextUpdate: horizon.soon,
  follows: null,
  entries: 0,
})
const written = (number: bigint, changes: Partial<WrittenCrl> = {}) => crlRow({ ...crl(number), ...changes })

describe('issuers', () => {
  it('come back as they were put in, with what hangs on them', async () => {
    const database = openLocalDatabase(temporaryFolder())
    const root = authorityRow('Root')
    const child = authorityRow('Child', { parent: root.id, isRoot: false, issuers: ['AAAA'] })
    await database.authorities.insert(root, alone)
    await database.authorities.insert(child, alone)
    const counts = {
      issued: 0,
      revoked: 0,
      revocations: 0,
      unlisted: 0,
      signer: null,
      crl: null,
      archivedAt: null,
      lastCrl: 'known',
    }
    expect(await database.authorities.list()).toEqual([
      { ...root, ...counts },
      { ...child, ...counts },
    ])
    await database.issued.add([issuedRow(child.id, 1), issuedRow(child.id, 2)], activityLine)
    await database.issued.revoke(issuedRow(child.id, 1).sha256, later, 'superseded', activityLine)
    await database.crls.put(child.id, written(4n), activityLine)
    const signer = { address: 'https://signer.example', label: '', profile: 'client', hasAuthKey: true }
    await database.authorities.setSigner(child.id, { ...signer, profile: 'older' })
    await database.authorities.setSigner(child.id, signer)
    const filled = { ...counts, issued: 2, revoked: 1, revocations: 1, unlisted: 1, signer, crl: crl(4n) }
    expect(await database.authorities.get(child.id)).toEqual({ ...child, ...filled })
    expect(await database.crls.der(child.id)).toEqual(new Uint8Array([1, 2]))
  })

  it('find their children, whoever came first, and their predecessors', async () => {
    const database = openLocalDatabase(temporaryFolder())
    const [old, root, child] = [authorityRow('Root'), authorityRow('Root'), authorityRow('Child')]
    await database.authorities.insert(child, alone)
    await database.authorities.insert(old, alone)
    const revoked = [{ serial: '01', at: later, reason: 'superseded' as const }]
    const issued = issuedRow(old.id, 7)
    const brought = { revoked, crl: null }
    await database.authorities.insert(root, { children: [child.id], predecessor: old.id, brought, issued, line: null })
    expect(await database.authorities.get(child.id)).toMatchObject({ parent: root.id })
    expect(await database.authorities.get(old.id)).toMatchObject({ successor: root.id, issued: 1, unlisted: 1 })
    const unknown = { authority: root.id, notAfter: null, listedAfterEnd: null }
    expect(await database.crls.revocations(root.id)).toEqual(revoked.map((one) => ({ ...one, ...unknown })))
  })

  it('are there once', async () => {
    const database = openLocalDatabase(temporaryFolder())
    const row = authorityRow('Root')
    await database.authorities.insert(row, alone)
    const again = database.authorities.insert({ ...authorityRow('Root'), sha256: row.sha256 }, alone)
    await expect(again).rejects.toThrow(/UNIQUE/u)
  })
})

describe('revocations', () => {
  it('happen once, and belong to every key of one name', async () => {
    const database = openLocalDatabase(temporaryFolder())
    const old = authorityRow('Root')
    const next = authorityRow('Root')
    const other = authorityRow('Other')
    for (const row of [old, next, other]) await database.authorities.insert(row, alone)
    const [one, two, three] = [issuedRow(old.id, 1), issuedRow(next.id, 2), issuedRow(other.id, 3)]
    await database.issued.add([one, two, three], activityLine)
    expect(await database.issued.revoke(two.sha256, later, 'key-compromise', activityLine)).toBe(true)
    expect(await database.issued.revoke(two.sha256, horizon.now, 'superseded', activityLine)).toBe(false)
    expect(await database.issued.revoke(sha256('unknown'), later, 'superseded', activityLine)).toBe(false)
    await database.issued.revoke(one.sha256, horizon.now, 'superseded', activityLine)
    await database.issued.revoke(three.sha256, later, 'superseded', activityLine)
    const listedAfterEnd = null
    const expected = [
      {
        authority: next.id,
        serial: two.serial,
        at: later,
        reason: 'key-compromise',
        notAfter: two.notAfter,
        listedAfterEnd,
      },
      {
        authority: old.id,
        serial: one.serial,
        at: horizon.now,
        reason: 'superseded',
        notAfter: one.notAfter,
        listedAfterEnd,
      },
    ]
    expect(await database.crls.revocations(old.id)).toEqual(expected)
    expect(await database.crls.revocations(next.id)).toEqual(expected)
    expect(await database.issued.get(two.sha256)).toMatchObject({ revokedAt: later, reason: 'key-compromise' })
  })

  it('that an older version has listed are known to be listed', async () => {
    const home = temporaryFolder()
    const path = join(home, 'latchkey.db')
    const old = openConnection(path, { busyMs: 0 })
    migrate(old, path, migrations.slice(0, 4))
    const { id } = authorityRow('Root')
    old.run(
      `INSERT INTO authorities VALUES (?, 'Root', 'root', ?, x'00', NULL, '[]', 1, 'EC P-256', 'AAAA-BBBB-CCCC-DDDD', ?, 1, 0,
        ?, ?, ?, NULL)`,
      [id, sha256('root'), sha256('key'), later, later, horizon.soon],
    )
    for (const serial of ['01', '02'])
      old.run("INSERT INTO revocations VALUES (?, ?, ?, 'superseded')", [id, serial, later])
    old.run("INSERT INTO crls VALUES (?, 4294967297, ?, ?, 2, x'00')", [id, '2026-02-01T00:00:00.789Z', horizon.soon])
    old.close()
    const database = openLocalDatabase(home)
    expect(await database.authorities.get(id)).toMatchObject({
      unlisted: 0,
      crl: { number: 4_294_967_297n, entries: 2, thisUpdate: '2026-02-01T00:00:00.000Z' },
    })
    expect((await database.crls.line(id)).number).toBe(4_294_967_297n)
    // It is not known which lists have shown them after their ends, so they stay.
    expect(await database.crls.revocations(id)).toMatchObject([{ listedAfterEnd: null }, { listedAfterEnd: null }])
  })

  it('come in lists whose dates never go back, unless the last one is said to be unknown to everybody', async () => {
    const database = openLocalDatabase(temporaryFolder())
    const row = authorityRow('Root')
    await database.authorities.insert(row, alone)
    const at = (year: number) => `${year}-01-01T00:00:00.000Z`
    const put = (number: bigint, year: number, changes: Partial<WrittenCrl> = {}) =>
      database.crls.put(row.id, written(number, { thisUpdate: at(year), ...changes }), activityLine)
    expect(await put(1n, 2028)).toBe(true)
    expect(await put(2n, 2027)).toBe(false)
    expect(await put(2n, 2028)).toBe(true)
    expect(await put(3n, 2027, { discardAfter: at(2026) })).toBe(true)
    expect(await put(4n, 2030, { follows: at(2029) })).toBe(true)
    expect(await put(5n, 2027, { discardAfter: at(2026) })).toBe(false)
    expect(await put(5n, 2029, { discardAfter: at(2026), follows: at(2029) })).toBe(true)
  })

  it('are known to have been listed after their ends by each key, as far as its lists count', async () => {
    const database = openLocalDatabase(temporaryFolder())
    const [old, next] = [authorityRow('Root'), authorityRow('Root')]
    for (const row of [old, next]) await database.authorities.insert(row, alone)
    const one = issuedRow(old.id, 1)
    await database.issued.add([one], activityLine)
    await database.issued.revoke(one.sha256, later, 'superseded', activityLine)
    const at = (year: number) => `${year}-01-01T00:00:00.000Z`
    const listedAfterEnd = [{ authority: old.id, serial: one.serial }]
    const put = (number: bigint, year: number, changes: Partial<WrittenCrl> = {}) =>
      database.crls.put(old.id, written(number, { thisUpdate: at(year), listedAfterEnd, ...changes }), activityLine)
    const known = async (row: AuthorityRow) =>
      (await database.crls.revocations(row.id)).map((each) => each.listedAfterEnd)
    await put(1n, 2028)
    await put(2n, 2029)
    expect(await known(old)).toEqual([at(2028)])
    expect(await known(next)).toEqual([null])
    await put(3n, 2027, { discardAfter: at(2026), listedAfterEnd: [] })
    expect(await known(old)).toEqual([null])
    await put(4n, 2028)
    await put(5n, 2027, { discardAfter: at(2026) })
    expect(await known(old)).toEqual([at(2027)])
  })

  it('come in lists whose numbers grow, whichever key signs', async () => {
    const database = openLocalDatabase(temporaryFolder())
    const [old, next] = [authorityRow('Root'), authorityRow('Root')]
    for (const row of [old, next]) await database.authorities.insert(row, alone)
    const put = (row: AuthorityRow, number: bigint) => database.crls.put(row.id, written(number), activityLine)
    expect(await database.crls.line(next.id)).toEqual({ number: null, isImported: false, hasUnknownLists: false })
    expect(await put(old, 9n)).toBe(true)
    expect(await database.crls.line(next.id)).toEqual({ number: 9n, isImported: false, hasUnknownLists: false })
    expect(await put(next, 9n)).toBe(false)
    expect(await database.crls.der(next.id)).toBeNull()
    // As text, and as the floating-point numbers of JSON, these come in another order.
    for (const number of [10n, 2n ** 53n, 2n ** 53n + 1n, 1795648185123456789n, 2n ** 159n - 1n]) {
      expect(await put(next, number)).toBe(true)
      for (const used of [number, number - 1n]) expect(await put(old, used)).toBe(false)
      expect((await database.crls.line(old.id)).number).toBe(number)
    }
  })
})

describe('issued certificates', () => {
  let database: Database
  let rows: IssuedRow[]
  const [here, there] = [authorityRow('Here'), authorityRow('There')] as [AuthorityRow, AuthorityRow]

  beforeAll(async () => {
    database = openLocalDatabase(temporaryFolder())
    await database.authorities.insert(here, alone)
    await database.authorities.insert(there, alone)
    const made = Array.from({ length: 4000 }, (_, number) => issuedRow(number % 5 === 0 ? there.id : here.id, number))
    await database.issued.add(made, activityLine)
    rows = made.map(({ der: _der, ...row }) => row)
    for (const row of rows.filter((_, number) => number % 50 === 0)) {
      await database.issued.revoke(row.sha256, later, 'superseded', activityLine)
      Object.assign(row, { revokedAt: later, reason: 'superseded' })
    }
  })

  /** The list as plain code makes it. */
  function expected({ authority, search, status, sort, descending, offset, limit }: IssuedPage) {
    const key = (row: IssuedRow) =>
      ({ issued: row.issuedAt, name: row.commonName.toLowerCase(), ends: row.notAfter, serial: row.serial })[sort]
    const text = search.trim().toLowerCase()
    const found = rows
      .map((row, place) => ({ row, place }))
      .filter(({ row }) => authority === null || row.authority === authority)
      .filter(({ row }) => status === null || statusOf(row) === status)
      .filter(({ row }) => `${row.commonName} ${row.subject} ${row.serial}`.toLowerCase().includes(text))
      .sort((a, b) => (key(a.row) === key(b.row) ? a.place - b.place : key(a.row) < key(b.row) ? -1 : 1))
    if (descending) found.reverse()
    return { rows: found.slice(offset, offset + limit).map(({ row }) => row), total: found.length }
  }

  function statusOf({ revokedAt, notAfter, notBefore }: IssuedRow): IssuedStatus {
    if (revokedAt !== null) return 'revoked'
    if (notAfter <= horizon.now) return 'expired'
    if (notBefore > horizon.now) return 'not-yet-valid'
    return notAfter <= horizon.soon ? 'expiring' : 'valid'
  }

  const searches = ['', 'user 39', 'USER', 'o=acme', 'e', '9', 'zz', '"quoted" OR *', "'; --", rowsSerial(), '100%']
  const sorts = IssuedPage.shape.sort.unwrap().options
  const statuses = [null, 'valid', 'expiring', 'expired', 'revoked', 'not-yet-valid'] as const
  it.each(searches)('are found and sorted as plain code does it: %s', async (search) => {
    for (const status of statuses)
      for (const sort of sorts)
        for (const authority of [null, here.id]) {
          const descending = sort !== 'name'
          const page = IssuedPage.parse({ authority, search, status, sort, descending, limit: 40, offset: 15 })
          expect(await database.issued.list(page, horizon)).toEqual(expected(page))
        }
  })

  function rowsSerial() {
    return issuedRow(here.id, 42).serial.slice(0, 11)
  }

  it('are found by a serial number with and without colons', async () => {
    const { serial, sha256: wanted } = issuedRow(here.id, 42)
    for (const search of [serial, serial.toLowerCase(), serial.replace(/:/gu, '')]) {
      const { rows: found } = await database.issued.list(IssuedPage.parse({ authority: null, search }), horizon)
      expect(found.map((row) => row.sha256)).toEqual([wanted])
    }
  })

  it('are added all or none, and a serial number of one issuer is there once', async () => {
    const twin = issuedRow(here.id, 9001, { serial: issuedRow(here.id, 1).serial })
    const before = (await database.authorities.get(here.id))?.issued
    await expect(database.issued.add([issuedRow(here.id, 9000), twin], activityLine)).rejects.toThrow(/UNIQUE/u)
    expect((await database.authorities.get(here.id))?.issued).toBe(before)
  })
})
