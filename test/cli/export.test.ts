import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { openWorkshop, type Workshop } from '../support/openssl'

let here: Computer
let workshop: Workshop
beforeAll(async () => {
  here = newComputer()
  workshop = await openWorkshop()
  writeFileSync(at('new.txt'), 'zwölf Boxkämpfer\n')
  expect((await runCli(here, ['request', 'Ada', '--key', 'p-256', '-o', 'ada.csr'])).code).toBe(0)
})
afterAll(async () => {
  discard(here)
  await workshop.remove()
})

const at = (name: string) => join(here.folder, name)
const publicKeyIn = (...args: string[]) => workshop.openssl(...args)

it('writes the key of a request, encrypted, once', async () => {
  const args = ['export', 'Ada', '--for', 'pkcs8', '-o', 'ada.key', '--new-password-file', 'new.txt', '--json']
  const run = await runCli(here, args)
  expect(run.code, run.stderr).toBe(0)
  const files = [{ name: 'ada.key', what: 'private key', secret: true }]
  expect(JSON.parse(run.stdout)).toMatchObject({ verb: 'export', ok: true, name: 'Ada', files })
  expect(statSync(at('ada.key')).mode & 0o777).toBe(0o600)
  const own = await publicKeyIn('req', '-in', at('ada.csr'), '-noout', '-pubkey')
  expect(await publicKeyIn('pkey', '-in', at('ada.key'), '-passin', `file:${at('new.txt')}`, '-pubout')).toBe(own)
  const written = readFileSync(at('ada.key'))
  expect((await runCli(here, args)).code).toBe(2)
  expect(readFileSync(at('ada.key')).equals(written)).toBe(true)
})

it('needs what the destination is made of, and a password unless somebody insists', async () => {
  const early = await runCli(here, [
    'export',
    'Ada',
    '--for',
    'windows',
    '-o',
    'a.p12',
    '--new-password-file',
    'new.txt',
  ])
  expect([early.code, early.stderr]).toEqual([2, expect.stringContaining('not been issued')])
  expect((await runCli(here, ['export', 'Ada', '--for', 'pkcs8', '-o', 'b.key'])).code).toBe(1)
  expect([existsSync(at('a.p12')), existsSync(at('b.key'))]).toEqual([false, false])
  expect((await runCli(here, ['export', 'Ada', '--for', 'pkcs8', '-o', 'b.key', '--plain-key'])).code).toBe(0)
  expect(readFileSync(at('b.key'), 'utf8')).toContain('BEGIN PRIVATE KEY')
})
