import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ProbeReport } from '#shared/model/probe'
import { Install, StoreState } from '#shared/model/store'
import { type Computer, discard, environmentOf, newComputer, runCli } from '../support/crash'
import { startNginx, withoutCookie } from '../support/nginx'
import { keysIn } from '../support/nss'
import { type CertificateSigner, cfsslSigner, opensslSigner } from '../support/signers'

/** What every answer in JSON has. */
const Answer = z.looseObject({ version: z.literal(2), verb: z.string(), ok: z.boolean() })

const computers: Computer[] = []
function computer(): Computer {
  const made = newComputer()
  computers.push(made)
  return made
}
afterAll(() => {
  for (const each of computers) discard(each)
})

async function json<T>(on: Computer, schema: z.ZodType<T>, args: string[], code = 0): Promise<T> {
  const run = await runCli(on, [...args, '--json'])
  expect(run.code, run.stdout + run.stderr).toBe(code)
  expect(Answer.parse(JSON.parse(run.stdout))).toMatchObject({ verb: args[0], ok: code === 0 })
  return schema.parse(JSON.parse(run.stdout))
}

describe.each<[string, () => Promise<CertificateSigner>]>([
  ['openssl', opensslSigner],
  ['cfssl', cfsslSigner],
])('the journey in a terminal, signed with %s', (_name, makeSigner) => {
  it('from a request to a proven connection and back', async () => {
    const here = computer()
    const signer = await makeSigner()
    // nginx itself makes its cookie up, which would be found out.
    const nginx = await startNginx({ clientCa: signer.chainPem, locations: withoutCookie })
    try {
      const made = await json(here, z.looseObject({ csr: z.string(), keyCode: z.string() }), [
        'request',
        'Ada Lovelace',
        '--key',
        'p-256',
      ])
      writeFileSync(
        join(here.folder, 'client.pem'),
        `Dear Ada,\r\n\r\n${signer.issuersPem}${await signer.sign(made.csr)}`,
      )
      expect(keysIn(here.home)).toBe('')
      const { install } = await json(here, z.looseObject({ install: Install }), ['install', '--file', 'client.pem'])
      expect(install).toMatchObject({ present: true, keyPresent: true, store: 'nss-user' })
      expect(keysIn(here.home)).toContain('Ada Lovelace')

      const address = `access.latchkey.localhost:${nginx.port}/plain`
      const test = ['test', address, '--connect-to', `127.0.0.1:${nginx.port}`, '-c', made.keyCode]
      const untrusted = await json(here, z.looseObject({ report: ProbeReport }), test, 1)
      expect(untrusted.report).toMatchObject({ verdict: { kind: 'server-untrusted' }, with: null })
      expect(await nginx.log()).not.toContain('Ada')
      const { report } = await json(here, z.looseObject({ report: ProbeReport }), [
        ...test,
        '--pin',
        nginx.serverKeySha256,
      ])
      expect(report.verdict.kind).toBe('let-in-without-cookie')
      expect(report.without.outcome).toMatchObject({ status: 403 })
      expect(report.with?.outcome).toMatchObject({ status: 200 })
      expect(report.with?.tls).toMatchObject({ asked: 'yes', sent: 'yes', trust: 'pinned' })
      expect(JSON.stringify(report)).not.toMatch(/eyJ[A-Za-z0-9]/u)

      await json(here, z.looseObject({ removedFrom: z.array(z.string()) }), ['uninstall', 'Ada Lovelace'])
      expect(keysIn(here.home)).toBe('')
    } finally {
      await nginx.stop()
      await signer.remove()
    }
  })
})

describe('the practice site', () => {
  let here: Computer
  let lab: ChildProcess
  let address: string

  beforeAll(async () => {
    here = computer()
    const env = environmentOf(here)
    lab = spawn(
      process.execPath,
      ['out/cli/latchkey.cjs', 'lab', '--json', '--chain', join(here.folder, 'chain.pem')],
      { env, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    address = await new Promise((resolve, reject) => {
      lab.once('exit', () => reject(new Error('The lab ended.')))
      lab.stdout?.once('data', (chunk: Buffer) =>
        resolve(z.looseObject({ address: z.string() }).parse(JSON.parse(String(chunk))).address),
      )
    })
  })
  afterAll(async () => {
    const ended = new Promise((resolve) => lab.once('exit', resolve))
    lab.kill('SIGTERM')
    await ended
  })

  it('signs, lets in, and is never trusted', async () => {
    expect(readFileSync(join(here.folder, 'chain.pem'), 'utf8').match(/BEGIN CERTIFICATE/gu)).toHaveLength(2)
    expect((await runCli(here, ['request', 'Ada', '--key', 'p-256', '-o', 'ada.csr'])).code).toBe(0)
    expect((await runCli(here, ['issue', 'ada.csr', '-o', 'client.pem'])).code).toBe(0)
    const { install } = await json(here, z.looseObject({ install: Install }), ['install', '--file', 'client.pem'])
    expect(install.trust.state).toBe('withheld')
    expect((await runCli(here, ['install', 'Ada', '--trust', 'authority'])).code).toBe(1)
    const { report } = await json(here, z.looseObject({ report: ProbeReport }), ['test', address, '-c', 'Ada'])
    expect(report.verdict.kind).toBe('let-in')
    expect(report.with?.access.token).toMatchObject({ commonName: 'Ada', signature: 'valid', type: 'app' })
    const bare = await json(here, z.looseObject({ report: ProbeReport }), ['test', address])
    expect(bare.report.verdict.kind).toBe('protected')
  })

  it('is not there for another person', async () => {
    const elsewhere = computer()
    expect((await runCli(elsewhere, ['request', 'Eve', '--key', 'p-256', '-o', 'eve.csr'])).code).toBe(0)
    expect((await runCli(elsewhere, ['issue', 'eve.csr'])).code).toBe(3)
  })
})

describe('stores and list', () => {
  it('say what is there', async () => {
    const here = computer()
    const { stores } = await json(
      here,
      z.looseObject({ stores: z.array(StoreState.extend({ installs: z.array(z.never()) })) }),
      ['stores'],
    )
    expect(stores[0]).toMatchObject({ id: 'nss-user', problem: null })
    await json(here, z.looseObject({ certificates: z.array(z.unknown()), total: z.literal(0) }), ['list'])
  })

  it('name the missing tool and how to get it', async () => {
    const here = computer()
    const tools = join(here.folder, 'tools')
    mkdirSync(tools)
    symlinkSync('/usr/bin/apt-get', join(tools, 'apt-get'))
    const run = await runCli(here, ['stores', '--json'], { environment: { PATH: tools } })
    expect(run.code).toBe(3)
    expect(run.stdout).toContain('store-tool-missing')
    expect(run.stdout).toContain('libnss3-tools')
  })
})
