import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { issueAsRequested } from '#electron/pki/authority/client'
import { encodePem } from '#electron/pki/containers/pem'
import { certificatePem } from '#electron/pki/x509/pem'
import { ProbeReport } from '#shared/model/probe'
import { derOf, makeSmallPki, type SmallPki } from '../support/certificates'
import { type Computer, discard, environmentOf, newComputer, runCli } from '../support/crash'

/*
 * The practice account and the practice site, each in processes of their own: what is applied to the one changes who gets in
 * at the other.
 */

const hostname = 'practice.latchkey.localhost'
const here: Computer = newComputer()
const path = (name: string) => join(here.folder, name)

// Each test starts some ten processes, one after the other.
vi.setConfig({ testTimeout: 180_000 })

const Started = z.looseObject({ address: z.string() })
let lab: ChildProcess
let address = ''
let [old, next]: (SmallPki | null)[] = [null, null]

beforeAll(async () => {
  ;[old, next] = await Promise.all([makeSmallPki(new Date()), makeSmallPki(new Date())])
  for (const [name, pki] of [['old', old] as const, ['new', next] as const]) {
    writeFileSync(path(`${name}-ca.pem`), chainOf(pki))
    writeFileSync(
      path(`${name}.pem`),
      certificatePem(pki.client.certificate) + encodePem('PRIVATE KEY', pki.client.pkcs8),
    )
  }
  lab = spawn(process.execPath, ['out/cli/latchkey.cjs', 'lab', '--json'], {
    env: environmentOf(here),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  address = await new Promise<string>((resolve, reject) => {
    lab.once('exit', () => reject(new Error('The lab ended.')))
    lab.stdout?.once('data', (chunk: Buffer) => resolve(Started.parse(JSON.parse(String(chunk))).address))
  })
})
afterAll(async () => {
  await new Promise((resolve) => {
    lab.once('exit', resolve)
    lab.kill('SIGTERM')
  })
  discard(here)
})

const chainOf = ({ root, intermediate }: SmallPki) =>
  certificatePem(intermediate.certificate) + certificatePem(root.certificate)

async function practise(...args: string[]) {
  const run = await runCli(here, ['cloudflare', ...args, '--practice', '--json'], {
    environment: { CLOUDFLARE_API_TOKEN: 'w'.repeat(40) },
  })
  return { code: run.code, answer: JSON.parse(run.stdout) as Record<string, unknown> }
}

/** The status of the site's answer without a certificate, and with one from a file. */
async function visit(certificate: string): Promise<(number | string | null)[]> {
  const announced = z.looseObject({ serverRootPem: z.string() })
  const { serverRootPem } = announced.parse(JSON.parse(readFileSync(join(here.latchkey, 'practice.json'), 'utf8')))
  writeFileSync(path('server-root.pem'), serverRootPem)
  const connect = ['--connect-to', `127.0.0.1:${new URL(address).port}`]
  const args = ['test', address, '--cert', certificate, '--ca', 'server-root.pem', ...connect, '--json']
  const run = await runCli(here, args)
  const { report } = z.looseObject({ report: ProbeReport }).parse(JSON.parse(run.stdout))
  return [report.without, report.with].map((attempt) =>
    attempt?.outcome.kind === 'answered' ? attempt.outcome.status : (attempt?.outcome.detail ?? null),
  )
}

/** A certificate of this CA in Latchkey itself, with its key in the vault. */
async function holdCertificateOf(name: string, { intermediate, root }: SmallPki): Promise<void> {
  const request = ['request', 'John Doe', '--key', 'p-256', '-o', `${name}.csr`]
  expect((await runCli(here, request)).code).toBe(0)
  const leaf = await issueAsRequested({
    requestDer: derOf(readFileSync(path(`${name}.csr`))),
    issuerCertificate: intermediate.certificate,
    issuerKey: intermediate.pkcs8,
    days: 20,
    now: new Date(),
  })
  const chain = [leaf, intermediate.certificate, root.certificate].map(certificatePem).join('')
  writeFileSync(path(`${name}-held.pem`), chain)
  expect((await runCli(here, ['install', '--file', `${name}-held.pem`])).code).toBe(0)
}

const put = (name: string, wish: object) =>
  writeFileSync(path(name), JSON.stringify({ version: 1, account: 'practice', ...wish }))

const protect = () => ({
  cas: [{ name: 'Old', pem: chainOf(old ?? fail()) }],
  hostnames: [{ hostname, cas: ['Old'], forwarding: true }],
  policies: [{ name: 'Holders', decision: 'non_identity', include: [{ common_name: { common_name: 'John Doe' } }] }],
  applications: [{ domain: hostname, name: 'Practice site', attach: ['Holders'] }],
})

function fail(): never {
  throw new Error('It is made before.')
}

describe('the practice account', () => {
  it('leads from nothing to a certificate that is let in', async () => {
    expect(await practise('status')).toMatchObject({ code: 0, answer: { hosts: [], account: { id: 'practice' } } })
    expect(existsSync(join(here.latchkey, 'practice-access.json'))).toBe(false)
    // The site's own CA, which nobody has asked the account about.
    expect(await visit('old.pem')).toEqual([403, 403])
    put('protect.json', protect())
    expect(await practise('apply', 'protect.json')).toMatchObject({ code: 0, answer: { done: true, steps: 5 } })
    expect(await visit('old.pem')).toEqual([403, 200])
    expect(await visit('new.pem')).toEqual([403, 403])
  })

  it('matches its plan afterwards, and is explained as it decides', async () => {
    expect(await practise('plan', 'protect.json')).toMatchObject({ code: 0, answer: { steps: [] } })
    expect(await practise('explain', address, '--certificate', 'old.pem')).toMatchObject({
      code: 0,
      answer: { verdict: 'let-in' },
    })
    expect(await practise('explain', address)).toMatchObject({ code: 1, answer: { verdict: 'refused' } })
  })

  it('blocks a name from the next request on', async () => {
    expect(await practise('block', 'John Doe', '--journal', 'block.journal')).toMatchObject({ code: 0 })
    expect(await visit('old.pem')).toEqual([403, 403])
    const undone = await practise('undo', 'block.journal')
    // A block is never lifted by an undo.
    expect(undone).toMatchObject({ code: 1 })
    put('unblock.json', {
      groups: [{ name: 'Latchkey: blocked', include: [{ common_name: { common_name: 'Nobody' } }] }],
    })
    const groups = z.looseObject({ groups: z.array(z.looseObject({ name: z.string() })) })
    const [group] = groups.parse((await practise('group', 'list')).answer).groups
    put('unblock.json', { groups: [{ name: group?.name, include: [{ common_name: { common_name: 'Nobody' } }] }] })
    expect(await practise('apply', 'unblock.json')).toMatchObject({ code: 0 })
    expect(await visit('old.pem')).toEqual([403, 200])
  })

  const rollOver = (...more: string[]) => practise('rollover', 'Old', '--ca', 'new-ca.pem', '--name', 'New', ...more)
  const finish = ['--finish', '--confirm', hostname, '--confirm', 'Old', '--journal']

  it('puts a CA beside another, and keeps the old one as long as nothing proves both', async () => {
    expect(await rollOver('--journal', 'overlap.journal')).toMatchObject({ code: 0, answer: { done: true, steps: 2 } })
    // Latchkey has a certificate of neither CA, and nobody says that they were tested.
    expect(await rollOver(...finish, 'untested.journal')).toMatchObject({ code: 1, answer: { why: 'test-failed' } })
    expect(await visit('old.pem')).toEqual([403, 200])
    expect(await visit('new.pem')).toEqual([403, 200])
  })

  it('retires the old CA once it has tested a certificate of each itself', async () => {
    await holdCertificateOf('old', old ?? fail())
    await holdCertificateOf('new', next ?? fail())
    expect(await rollOver(...finish, 'finish.journal')).toMatchObject({ code: 0, answer: { done: true } })
    expect(await visit('old.pem')).toEqual([403, 403])
    expect(await visit('new.pem')).toEqual([403, 200])
  })

  it('is emptied, and the site’s own policy decides again', async () => {
    const run = await runCli(here, ['cloudflare', 'reset-practice', '--json'])
    expect(run.code).toBe(0)
    expect(await practise('ca', 'list')).toMatchObject({ code: 0, answer: { cas: [] } })
    expect(await visit('new.pem')).toEqual([403, 403])
  })

  it('takes no token and no account', async () => {
    for (const more of [
      ['--token-file', 'token.txt'],
      ['--account', 'Acme'],
    ])
      expect(await practise('status', ...more)).toMatchObject({ code: 2, answer: { error: { code: 'invalid-input' } } })
    expect(await practise('login')).toMatchObject({ code: 2, answer: { error: { code: 'invalid-input' } } })
  })
})
