import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { needsOfCommands } from '../support/cli-commands'
import { type CliOptions, type Computer, discard, newComputer, runCli } from '../support/crash'
import { keyPassword, type Walkthrough, walkThrough } from '../support/openssl'
import { reportOfVersion01 } from '../support/report-format-1'

let here: Computer
let walk: Walkthrough

beforeAll(async () => {
  here = newComputer()
  walk = await walkThrough()
})
afterAll(async () => {
  discard(here)
  await walk.remove()
})

const put = (name: string, content: string | Uint8Array) => writeFileSync(join(here.folder, name), content)
const codeOf = async (...args: string[]) => (await runCli(here, args)).code

const Failed = z.looseObject({
  ok: z.literal(false),
  error: z.looseObject({ code: z.string(), title: z.string(), remedy: z.string() }),
})

async function failure(args: string[], options: CliOptions = {}): Promise<[number | null, string]> {
  const run = await runCli(here, [...args, '--json'], options)
  return [run.code, Failed.parse(JSON.parse(run.stdout)).error.code]
}

describe('help', () => {
  it('of the whole has the table of exit codes', async () => {
    const { code, stdout } = await runCli(here, ['--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('latchkey [options] [command]')
    expect(stdout).toContain('Exit codes:')
  })
})

describe('exit codes', () => {
  it('2: wrong usage', async () => {
    expect(await codeOf('frobnicate')).toBe(2)
    expect(await codeOf('request')).toBe(2)
    expect(await codeOf('list', '--colour')).toBe(2)
    expect(await failure(['request', 'Ada', '--key', 'rsa-1024'])).toEqual([2, 'invalid-input'])
    expect(await failure(['request', 'Ada', '--country', 'Germany'])).toEqual([2, 'invalid-input'])
    expect(await failure(['install', 'Nobody'])).toEqual([2, 'not-found'])
    expect(await failure(['install'])).toEqual([2, 'invalid-input'])
    expect(await failure(['test', 'http://a.example'])).toEqual([2, 'address-invalid'])
    expect(await failure(['test', 'a.example', '--pin', 'abc'])).toEqual([2, 'invalid-input'])
    expect(await failure(['test'])).toEqual([2, 'invalid-input'])
    expect(await failure(['test', '--group', 'Production'])).toEqual([2, 'invalid-input'])
    expect(await failure(['test', '--group', 'Production', '--cert', 'client.pem'])).toEqual([2, 'invalid-input'])
  })

  it('3: unreachable or unavailable', async () => {
    expect(await codeOf('test', '127.0.0.1:1')).toBe(3)
    expect(await failure(['issue', 'no-such.csr'])).toEqual([3, 'file-unreadable'])
    expect(await failure(['install', 'Nobody', '--store', 'macos-login'])).toEqual([2, 'not-found'])
  })

  it('1: unreadable, and what it is', async () => {
    put('garbage.pem', 'This is not a certificate.')
    put('empty.pem', '')
    put('large.pem', Buffer.alloc(20 * 1024 * 1024, 65))
    expect(await codeOf('inspect', 'garbage.pem')).toBe(1)
    expect(await codeOf('inspect', 'empty.pem')).toBe(1)
    const inspected = await runCli(here, ['inspect', 'large.pem', 'no-such-file.pem', 'garbage.pem', '--json'])
    expect(inspected.code).toBe(1)
    const { files } = JSON.parse(inspected.stdout) as { files: { failures: { code: string }[] }[] }
    expect(files.map(({ failures }) => failures.map(({ code }) => code))).toEqual([
      ['unsupported-format'],
      ['too-large'],
      ['file-unreadable'],
    ])
    put('ca.pem', walk.chainPem)
    expect(await failure(['install', '--file', 'ca.pem'])).toEqual([1, 'certificate-is-authority'])
    put('foreign.pem', walk.clientPem)
    expect(await failure(['install', '--file', 'foreign.pem'])).toEqual([1, 'no-matching-key'])
    expect((await runCli(here, ['list', '--json'])).stdout).toContain('"total":0')
  })
})

describe('passwords', () => {
  it('come from a file or the environment, and wrong ones are told apart', async () => {
    put('right.txt', 'opensesame\nsecond line\n')
    put('wrong.txt', 'closed\n')
    const files = ['-inkey', 'client.key', '-in', 'client.pem', '-out', 'client.p12']
    await walk.openssl('pkcs12', '-export', ...files, '-passout', 'pass:opensesame')
    put('client.p12', await walk.read('client.p12'))
    expect(await failure(['install', '--file', 'client.p12'])).toEqual([1, 'password-needed'])
    expect(await failure(['install', '--file', 'client.p12', '--password-file', 'wrong.txt'])).toEqual([
      1,
      'wrong-password',
    ])
    expect(await codeOf('inspect', 'client.p12', '--password-file', 'right.txt')).toBe(0)
    const fromEnvironment = await runCli(here, ['inspect', 'client.p12', '--json'], {
      environment: { LATCHKEY_PASSWORD: 'opensesame' },
    })
    expect(fromEnvironment.code).toBe(0)
    expect(fromEnvironment.stdout).toContain('"pairs":[{"key":1,"certificate":0}]')
  })

  it('are named where they are too short', async () => {
    const mine = newComputer()
    const environment = { LATCHKEY_KEYRING: 'none', LATCHKEY_PASSPHRASE: 'short' }
    const ofVault = await runCli(mine, ['request', 'Ada'], { environment })
    expect([ofVault.code, ofVault.stderr]).toEqual([2, expect.stringContaining('(the vault’s passphrase: ')])
    const passphrases = { LATCHKEY_PASSPHRASE: 'correct horse battery', LATCHKEY_CA_PASSPHRASE: 'short' }
    const init = ['ca', 'init', 'Acme Root', '--key', 'p-256']
    const ofIssuer = await runCli(mine, init, { environment: { ...environment, ...passphrases } })
    expect([ofIssuer.code, ofIssuer.stderr]).toEqual([2, expect.stringContaining('LATCHKEY_CA_PASSPHRASE)')])
    discard(mine)
  })

  it('of the vault: asked for where there is no keyring, once chosen it opens again', async () => {
    const other = newComputer()
    const without = { LATCHKEY_KEYRING: 'none' }
    const request = ['request', 'Ada', '--key', 'p-256', '--json']
    const run = async (passphrase: string | null, args = request) => {
      const environment = passphrase === null ? without : { ...without, LATCHKEY_PASSPHRASE: passphrase }
      const { code, stdout } = await runCli(other, args, { environment })
      return [code, Failed.safeParse(JSON.parse(stdout)).data?.error.code ?? null]
    }
    try {
      expect(await run(null)).toEqual([3, 'passphrase-needed'])
      expect(await run('short')).toEqual([2, 'passphrase-weak'])
      expect(await run('correct horse battery')).toEqual([0, null])
      expect(await run(null)).toEqual([3, 'vault-locked'])
      expect(await run('wrong horse battery')).toEqual([1, 'passphrase-wrong'])
      expect(await run('correct horse battery')).toEqual([0, null])
      const listed = await runCli(other, ['list', '--json'], { environment: without })
      expect(listed.stdout).toContain('"total":2')
    } finally {
      discard(other)
    }
  })
})

it('text from a certificate cannot act on the terminal', async () => {
  const subject = '/CN=Evil\u001b]0;owned\u0007\u202eName'
  await walk.openssl(
    'req',
    '-x509',
    '-utf8',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'evil.key',
    '-out',
    'evil.pem',
    '-subj',
    subject,
  )
  put('evil.pem', await walk.read('evil.pem'))
  const { stdout } = await runCli(here, ['inspect', 'evil.pem'])
  expect(stdout).toContain('Evil')
  expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/u)
})

describe('a report for somebody else', () => {
  it('says what runs here, and names nobody', async () => {
    const mine = newComputer()
    expect((await runCli(mine, ['request', 'Ada Lovelace', '--key', 'p-256'])).code).toBe(0)
    const { code, stdout } = await runCli(mine, ['diagnostics'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Latchkey \d+\.\d+\.\d+, Node \d+/u)
    expect(stdout).toContain('Records: certificates 1, sites 0, issuers 0')
    expect(stdout).toContain('Store: nss (')
    for (const name of ['Ada', mine.folder]) expect(stdout).not.toContain(name)
    const json = await runCli(mine, ['diagnostics', '--json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: true, diagnostics: { records: { certificates: 1 } } })
    discard(mine)
  })
})

function damageDatabase({ latchkey }: Computer): void {
  mkdirSync(latchkey, { recursive: true, mode: 0o700 })
  writeFileSync(join(latchkey, 'latchkey.db'), 'not a database')
}

describe('verbs that need nothing of ours', () => {
  const verbs: [string, () => string[]][] = [
    ['inspect', () => ['inspect', walk.path('client.pem')]],
    ['verify', () => ['verify', walk.path('client.pem'), '--chain', walk.path('ca-chain.pem')]],
    ['test', () => ['test', '127.0.0.1:1', '--cert', walk.path('client.pem'), '--key', walk.path('client.key')]],
    ['diagnose', () => ['diagnose', 'report.json']],
    ['convert', () => ['convert', walk.path('client.pem'), '--for', 'der', '-o', 'client.der']],
    ['cfssl export', () => ['cfssl', 'export', walk.path('client.csr')]],
    ['browser-policy', () => ['browser-policy', 'a.example', '--issuer', 'Acme', '--for', 'linux']],
    ['completion', () => ['completion', 'bash']],
    ['manual', () => ['manual']],
    ['cfssl gencert', () => ['cfssl', 'gencert', '--initca', 'ca-csr.json', '--force']],
    [
      'cfssl gencrl',
      () => ['cfssl', 'gencrl', 'serials.txt', walk.path('rootCA.pem'), walk.path('rootCA.key'), '--serials', 'hex'],
    ],
    ['cfssl sign', () => ['cfssl', 'sign', walk.path('client.csr'), '--remote', 'http://127.0.0.1:1']],
  ]
  /** Nothing listens there; they come as far as asking. */
  const exitCodes: Record<string, number> = { test: 3, diagnose: 1, 'cfssl sign': 3 }

  it('are all here', async () => {
    const needs = [...(await needsOfCommands())].filter(([, kinds]) => kinds.has('nothing'))
    expect(needs.map(([verb]) => verb).sort()).toEqual(verbs.map(([verb]) => verb).sort())
  })

  it('are other than those that open the database', async () => {
    const mine = newComputer()
    damageDatabase(mine)
    const { code, stdout } = await runCli(mine, ['list', '--json'])
    expect([code, Failed.parse(JSON.parse(stdout)).error.code]).toEqual([3, 'database-damaged'])
    discard(mine)
  })

  it.each(verbs)('%s makes no folder, and works beside a damaged database', async (verb, args) => {
    const mine = newComputer()
    const environment = { LATCHKEY_PASSWORD: keyPassword }
    writeFileSync(join(mine.folder, 'ca-csr.json'), '{ "CN": "Acme Root", "key": { "algo": "ecdsa", "size": 256 } }')
    writeFileSync(join(mine.folder, 'serials.txt'), '1A2B\n')
    writeFileSync(join(mine.folder, 'report.json'), JSON.stringify(reportOfVersion01))
    rmSync(mine.latchkey, { recursive: true, force: true })
    const first = await runCli(mine, args(), { environment })
    expect(first.code, first.stderr).toBe(exitCodes[verb] ?? 0)
    expect(existsSync(mine.latchkey)).toBe(false)

    damageDatabase(mine)
    const second = await runCli(
      mine,
      args().map((arg) => (arg === 'client.der' ? 'again.der' : arg)),
      { environment },
    )
    expect(second.code, second.stderr).toBe(exitCodes[verb] ?? 0)
    discard(mine)
  })
})
