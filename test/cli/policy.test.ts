import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SetupKey } from '#shared/model/setup-file'
import { type Computer, canMount, discard, newComputer, runCli } from '../support/crash'
import { isPartOfToday } from '../support/rounds'

let computer: Computer
let folder: string

beforeAll(async () => {
  computer = newComputer()
  // A copy of /etc, in whose place it is mounted for a command alone.
  execFileSync('cp', ['-a', '/etc', join(computer.folder, 'etc')])
  folder = join(computer.folder, 'etc', 'latchkey')
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  await run(['request', 'Ada', '--key', 'p-256', '-o', 'ada.csr'])
  await run(['ca', 'init', 'Acme Root', '--key', 'p-256'])
  await run(['ca', 'issue', 'ada.csr', '--cn', 'Ada', '-o', 'first.pem'])
})
afterAll(() => discard(computer))
beforeEach(() => execFileSync('find', [folder, '-mindepth', '1', '-delete']))

const environment = {
  LATCHKEY_NEW_PASSWORD: 'battery staple',
  LATCHKEY_PASSPHRASE: 'tin opener box',
  LATCHKEY_PASSWORD: 'battery staple',
  LATCHKEY_CA_PASSPHRASE: 'correct horse',
}

const layDown = (policy: unknown) =>
  writeFileSync(join(folder, 'policy.json'), typeof policy === 'string' ? policy : JSON.stringify(policy))

async function run(args: string[]) {
  const mounts = `mount --bind '${join(computer.folder, 'etc')}' /etc`
  const { code, stdout, stderr } = await runCli(computer, [...args, '--json'], { environment, mounts })
  return { exit: code, stderr, ...z.looseObject({}).parse(JSON.parse(stdout)) }
}

const refused = (code: string) => ({ exit: 3, error: { code } })

const exportKey = ['export', 'Ada', '--for', 'pkcs8', '-o', 'ada.key']
const backup = ['backup', '-o', 'all.latchkey-backup']
const issue = ['ca', 'issue', 'ada.csr', '--cn', 'Ada', '-o', 'ada.pem']
const revocationList = ['ca', 'crl', 'Acme Root', '-o', 'acme.crl', '--force']
const status = ['cloudflare', 'status']

describe.skipIf(!canMount())('a policy in /etc/latchkey', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['keys stay here', { forbid: ['key-export'] }, exportKey],
    ['no backup', { forbid: ['backup'] }, backup],
    ['no backup, which would take the keys along', { forbid: ['key-export'] }, backup],
    ['no issuers', { hide: ['issuers'] }, issue],
    ['no issuers, so no revocation list', { hide: ['issuers'] }, revocationList],
    ['no Access', { hide: ['access'] }, status],
    ['another store', { store: 'firefox:work' }, ['install', '--file', 'first.pem', '--store', 'nss-user']],
    ['no practice site, also none that runs elsewhere', { hide: ['practice'] }, ['issue', 'ada.csr']],
  ])('is enforced in the terminal: %s', async (_name, fields, args) => {
    layDown({ version: 1, ...fields })
    expect(await run(args)).toMatchObject(refused('managed'))
  })

  it('presets sites, and says in diagnostics that there is one', async () => {
    layDown({ version: 1, sites: ['admin.acme.example', 'wiki.acme.example'] })
    expect(await run(['diagnostics'])).toMatchObject({
      exit: 0,
      diagnostics: { policy: { kind: 'set' }, records: { sites: 2 } },
    })
    layDown({ version: 1, sites: ['wiki.acme.example'] })
    expect(await run(['diagnostics'])).toMatchObject({ diagnostics: { records: { sites: 2 } } })
  })

  it.each<[string, () => void, string]>([
    ['no JSON', () => layDown('version: 1'), 'It is not JSON.'],
    [
      'an unknown field',
      () => layDown({ version: 1, hidden: [] }),
      'It has a field that Latchkey does not know: hidden.',
    ],
    [
      'a file that others can change',
      () => {
        layDown({ version: 1 })
        chmodSync(join(folder, 'policy.json'), 0o666)
      },
      'It can be changed by others than root.',
    ],
    ['a folder in its place', () => mkdirSync(join(folder, 'policy.json')), 'It is not a file.'],
  ])('that is %s closes what it may forbid, and opens nothing', async (_name, make, why) => {
    make()
    for (const args of [exportKey, backup, issue, status]) {
      const detail = `/etc/latchkey/policy.json: ${why}`
      expect(await run(args), args.join(' ')).toMatchObject({ exit: 3, error: { code: 'policy-unusable', detail } })
    }
    expect(await run(revocationList)).toMatchObject({ exit: 0 })
    expect(await run(['diagnostics'])).toMatchObject({ diagnostics: { policy: { kind: 'unusable', why } } })
  })

  it.runIf(isPartOfToday(1, 3))('pins the key that signs set-up files', async () => {
    const make = ['setup-file', 'make', 'Acme IT', '--site', 'admin.acme.example', '-o', 'acme.latchkey', '--force']
    const { key } = z.looseObject({ key: SetupKey }).parse(await run(make))
    const show = ['setup-file', 'show', 'acme.latchkey']
    layDown({ version: 1, setupKey: key.sha256.toUpperCase().replaceAll(/..(?!$)/gu, '$&:') })
    expect(await run(show)).toMatchObject({ exit: 0, standing: 'policy' })
    layDown({ version: 1, setupKey: 'ab'.repeat(32) })
    expect(await run(['setup-file', 'use', 'acme.latchkey', '--code', key.code])).toMatchObject({
      exit: 1,
      error: { code: 'setup-other-key' },
    })
    layDown({ version: 1, setupKey: 'ab' })
    for (const args of [make, show]) expect(await run(args)).toMatchObject(refused('policy-unusable'))
  })

  it('binds nobody once it is gone', async () => {
    expect(await run(exportKey)).toMatchObject({ exit: 0 })
    expect(readFileSync(join(computer.folder, 'ada.key'), 'utf8')).toContain('ENCRYPTED PRIVATE KEY')
    expect(await run(issue)).toMatchObject({ exit: 0 })
  })
})
