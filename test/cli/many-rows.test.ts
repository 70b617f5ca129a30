import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { authorities } from '#electron/database/authorities'
import { openConnection } from '#electron/database/connection'
import { hosts } from '#electron/database/hosts'
import { identities } from '#electron/database/identities'
import { issued } from '#electron/database/issued'
import { openLocalDatabase } from '#electron/database/local'
import { openTables } from '#electron/database/open'
import { KeyCode } from '#shared/model/key'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { activityLine, authorityRow, hostRow, identityRow, issuedRow } from '../support/rows'

/** More rows than one page of a list holds; what is looked for is the oldest, so it is on the second page. */
const MANY = 1005
const oldest = '2020-01-01T00:00:00.000Z'
const authority = authorityRow('Acme Root')
const alone = { children: [], predecessor: null, brought: { revoked: [], crl: null }, issued: null, line: null }

let here: Computer
beforeAll(async () => {
  here = newComputer()
  openTables(here.latchkey).close()
  const connection = openConnection(join(here.latchkey, 'latchkey.db'), { busyMs: 10_000 })
  // Two thousand transactions: none of them waits for the disk.
  connection.script('PRAGMA synchronous = OFF')
  const tables = { identities: identities(connection), hosts: hosts(connection), issued: issued(connection) }
  const keyCode = KeyCode.parse('K7QD-2M5A-XWPL-3ROB')
  tables.identities.insert(identityRow('Ada', { createdAt: oldest, keyCode }))
  tables.hosts.insert(hostRow('127.0.0.1', { port: 1, createdAt: oldest }))
  for (let count = 1; count < MANY; count += 1) {
    tables.identities.insert(identityRow(`User ${count}`))
    tables.hosts.insert(hostRow(`site-${count}.example`))
  }
  authorities(connection).insert(authority, alone)
  tables.issued.add(
    Array.from({ length: MANY }, (_, number) => issuedRow(authority.id, number)),
    activityLine,
  )
  connection.close()
})
afterAll(() => discard(here))

const Listed = z.looseObject({ total: z.number(), certificates: z.array(z.unknown()) })

async function listed(...args: string[]): Promise<[number, number]> {
  const { stdout } = await runCli(here, [...args, '--json'])
  const { certificates, total } = Listed.parse(JSON.parse(stdout))
  return [certificates.length, total]
}

it('are all listed', async () => {
  expect(await listed('list')).toEqual([MANY, MANY])
  expect(await listed('ca', 'list', '--issued')).toEqual([MANY, MANY])
  expect(await listed('ca', 'list', '--issued', '--offset', '3')).toEqual([MANY - 3, MANY])
  expect(await listed('ca', 'list', '--issued', '--limit', '7')).toEqual([7, MANY])
})

it.each(['Ada', 'K7QD-2M5A-XWPL-3ROB'])('are all looked through for %s', async (wanted) => {
  const { code, stderr } = await runCli(here, ['uninstall', wanted, '--dry-run'])
  expect([code, stderr]).toEqual([2, expect.stringContaining('“Ada” is not installed in any store.')])
})

it('hold the site that is tested, and none that is only tried without a certificate', async () => {
  for (const address of ['127.0.0.1:1', '127.0.0.1:2']) expect((await runCli(here, ['test', address])).code).toBe(3)
  const database = openLocalDatabase(here.latchkey)
  expect((await database.hosts.list({ offset: 0, limit: 1, search: '' })).total).toBe(MANY)
  await database.close()
})
