import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { openLocalDatabase } from '#electron/database/local'
import { ProbeReport } from '#shared/model/probe'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { type Nginx, startNginx } from '../support/nginx'
import { type Walkthrough, walkThrough } from '../support/openssl'

let here: Computer
let walk: Walkthrough
let nginx: Nginx

const environment = { LATCHKEY_KEYRING: 'none', LATCHKEY_PASSPHRASE: 'correct horse battery' }
const locations =
  'location /in { default_type text/plain; if ($ssl_client_verify != SUCCESS) { return 403; } return 200 "You are in"; }'

beforeAll(async () => {
  here = newComputer()
  walk = await walkThrough()
  nginx = await startNginx({ clientCa: walk.chainPem, locations })
  const { stdout } = await runCli(here, ['request', 'Ada', '--key', 'p-256', '--json'], { environment })
  const { csr } = z.looseObject({ csr: z.string() }).parse(JSON.parse(stdout))
  writeFileSync(join(here.folder, 'ada.pem'), `${await walk.issue(csr)}${walk.chainPem}`)
  writeFileSync(join(here.folder, 'server-root.pem'), nginx.rootPem)
  const installed = await runCli(here, ['install', '--file', 'ada.pem'], { environment })
  expect(installed.code, installed.stderr).toBe(0)
})
afterAll(async () => {
  discard(here)
  await nginx.stop()
  await walk.remove()
})

const Answer = z.looseObject({ reports: z.array(ProbeReport) })
const address = (path: string) => `https://${nginx.hostname}:${nginx.port}/in/${path}`

async function test(...args: string[]) {
  const reach = ['--connect-to', '127.0.0.1', '--ca', 'server-root.pem', '--json']
  const { code, stdout } = await runCli(here, ['test', ...args, ...reach], { environment })
  return { code, kinds: Answer.parse(JSON.parse(stdout)).reports.map(({ verdict }) => verdict.kind) }
}

/** Without --connect-to, since the list knows the way. */
async function testGroup(...args: string[]) {
  const { code, stdout } = await runCli(here, ['test', ...args, '--ca', 'server-root.pem', '--json'], { environment })
  return { code, addresses: Answer.parse(JSON.parse(stdout)).reports.map((report) => report.address) }
}

async function kept() {
  const database = openLocalDatabase(here.latchkey)
  const first = { offset: 0, limit: 100, search: '' }
  const [sites, reports] = [await database.hosts.list(first), await database.reports.list(null, first)]
  await database.close()
  return { sites: sites.total, reports: reports.total }
}

it('a certificate of the vault is tried at several sites, which are listed once and kept', async () => {
  const sites = [address('a'), address('b'), address('a')]
  const good = 'let-in-without-cookie'
  expect(await test(...sites, '-c', 'Ada')).toEqual({ code: 0, kinds: [good, good, good] })
  expect(await kept()).toEqual({ sites: 2, reports: 3 })
})

it('without a certificate, a listed site is tested and kept, and no other', async () => {
  expect(await test(address('a'), address('c'))).toEqual({ code: 0, kinds: ['protected', 'protected'] })
  expect(await kept()).toEqual({ sites: 2, reports: 4 })
})

it('all sites of a group are tested, and further ones with them, each with what the list says of it', async () => {
  const database = openLocalDatabase(here.latchkey)
  const { rows } = await database.hosts.list({ offset: 0, limit: 100, search: '' })
  for (const site of rows)
    await database.hosts.insert({ ...site, group: site.path === '/in/a' ? 'Intranet' : 'Test systems' })
  await database.close()
  const group = ['--group', 'Intranet']
  expect(await testGroup(...group, '-c', 'Ada')).toEqual({ code: 0, addresses: [address('a')] })
  expect(await testGroup(...group, address('b'))).toEqual({ code: 0, addresses: [address('a'), address('b')] })
  const unknown = await runCli(here, ['test', '--group', 'intranet'], { environment })
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('“Intranet” and “Test systems”')])
})

it('the way to connect is chosen for this test', async () => {
  const proxy = ['--proxy', 'http://127.0.0.1:1']
  expect(await test(address('a'), '-c', 'Ada', ...proxy)).toEqual({ code: 3, kinds: ['proxy-failed'] })
})
