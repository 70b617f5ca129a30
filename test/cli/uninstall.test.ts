import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { formatFingerprint } from '#shared/logic/formatting'
import { CertificateInStore, Install } from '#shared/model/store'
import { type Computer, copyOf, discard, newComputer, runCli } from '../support/crash'
import { certificatesIn, keysIn, nssFolder } from '../support/nss'
import { type CertificateSigner, opensslSigner } from '../support/signers'

/** "Uninstalled" as certutil sees it: nothing of the key is left, whatever was renewed before. */
let signer: CertificateSigner
/** Before anything is installed: old.pem and renewed-same-key.pem lie in its folder. By the kind of key. */
const requested = new Map<'rsa-2048' | 'p-256', Computer>()
const computers: Computer[] = []

beforeAll(async () => {
  signer = await opensslSigner()
  for (const key of ['rsa-2048', 'p-256'] as const) {
    const computer = newComputer()
    requested.set(key, computer)
    await must(computer, 'request', 'Ada', '--key', key, '-o', 'ada.csr')
    const csr = readFileSync(join(computer.folder, 'ada.csr'), 'utf8')
    for (const name of ['old', 'renewed-same-key'])
      writeFileSync(join(computer.folder, `${name}.pem`), (await signer.sign(csr)) + signer.issuersPem)
  }
})
afterAll(async () => {
  await signer.remove()
  for (const each of [...requested.values(), ...computers]) discard(each)
})

function computer(key: 'rsa-2048' | 'p-256' = 'p-256'): Computer {
  const from = requested.get(key)
  if (from === undefined) throw new Error(`no ${key}`)
  const made = copyOf(from)
  computers.push(made)
  return made
}

async function must(on: Computer, ...args: string[]) {
  const run = await runCli(on, args)
  expect(run.code, run.stdout + run.stderr).toBe(0)
  return run
}

async function json<T>(on: Computer, schema: z.ZodType<T>, ...args: string[]): Promise<T> {
  return schema.parse(JSON.parse((await must(on, ...args, '--json')).stdout))
}

const InStore = CertificateInStore.extend({ store: z.string() })
const Uninstalled = z.looseObject({
  removedFrom: z.array(z.string()),
  removed: z.array(InStore),
  privateKeys: z.array(z.object({ store: z.string(), privateKey: z.string() })),
})
const Installed = z.looseObject({ install: Install })
const Listed = z.looseObject({
  certificates: z.array(z.looseObject({ status: z.string(), installs: z.array(Install) })),
})
const listed = async (on: Computer) => (await json(on, Listed, 'list')).certificates[0]

const install = (on: Computer, name: 'old' | 'renewed-same-key', ...more: string[]) =>
  json(on, Installed, 'install', '--file', `${name}.pem`, ...more)

function expectNothingLeft(on: Computer): void {
  expect(keysIn(on.home)).toBe('')
  expect(certificatesIn(on.home)).not.toMatch(/Ada|Walkthrough/u)
}

/** The database of the browsers that share one. */
function databaseOf({ home }: Computer): string {
  const folder = nssFolder(home)
  if (folder === null) throw new Error('no database')
  return folder
}

describe.each(['rsa-2048', 'p-256'] as const)('a certificate renewed with the same key, %s', (key) => {
  it('is gone with the earlier one and the private key', async () => {
    const here = computer(key)
    const { install: old } = await install(here, 'old')
    const { install: renewed } = await install(here, 'renewed-same-key')
    expect(certificatesIn(here.home).match(/Ada/gu)).toHaveLength(2)
    expect(renewed.certificates.map(({ sha256 }) => sha256).sort()).toEqual([old.sha256, renewed.sha256].sort())
    expect(await listed(here)).toMatchObject({ status: 'installed', installs: [{ id: old.id, present: true }] })

    const { removedFrom, removed, privateKeys } = await json(here, Uninstalled, 'uninstall', 'Ada')
    expectNothingLeft(here)
    expect(removedFrom).toEqual(['nss-user'])
    expect(removed.map(({ sha256, name }) => [sha256, name]).sort()).toEqual(
      [old.sha256, renewed.sha256].map((sha256) => [sha256, 'Ada']).sort(),
    )
    expect(privateKeys).toEqual([{ store: 'nss-user', privateKey: 'removed' }])
    expect(await listed(here)).toMatchObject({ status: 'issued', installs: [] })
  })
})

describe('uninstall', () => {
  it('says beforehand what will go, and with --dry-run removes nothing', async () => {
    const here = computer()
    const { install: old } = await install(here, 'old')
    await install(here, 'renewed-same-key')
    const dry = await must(here, 'uninstall', 'Ada', '--dry-run')
    expect(dry.stdout).toContain('Will be removed from Chrome and Chromium:')
    expect(dry.stdout).toContain(`SHA-256 ${formatFingerprint(old.sha256.slice(0, 16))}…`)
    expect(dry.stdout.match(/“Ada”, until/gu)).toHaveLength(2)
    expect(keysIn(here.home)).toContain('Ada')
    const { wouldRemove } = await json(
      here,
      z.looseObject({ wouldRemove: z.array(InStore) }),
      'uninstall',
      'Ada',
      '--dry-run',
    )
    expect(wouldRemove).toHaveLength(2)

    const run = await must(here, 'uninstall', 'Ada')
    expect(run.stderr).toBe(dry.stdout)
    expect(run.stdout).toBe('2 certificates and their private key were removed from Chrome and Chromium.\n')
    expectNothingLeft(here)
    expect((await runCli(here, ['uninstall', 'Ada'])).code).toBe(2)
  })

  it('takes out what 0.1.0 left behind when it said "Removed"', async () => {
    const here = computer()
    await install(here, 'old')
    const kept = join(here.folder, 'kept')
    cpSync(databaseOf(here), kept, { recursive: true })
    await must(here, 'uninstall', 'Ada')
    cpSync(kept, databaseOf(here), { recursive: true })
    expect(keysIn(here.home)).toContain('Ada')
    const before = await listed(here)
    expect(before).toMatchObject({ installs: [{ present: true, certificates: [{ recorded: false }] }] })
    const run = await must(here, 'uninstall', 'Ada')
    expect(run.stderr).toContain('Latchkey has no record of installing it')
    expectNothingLeft(here)
  })

  it('shows and clears what somebody has removed by hand, without an error and without "removed"', async () => {
    const here = computer()
    await install(here, 'old')
    execFileSync('certutil', ['-F', '-d', `sql:${databaseOf(here)}`, '-n', 'Ada · Latchkey'])
    expect((await must(here, 'list')).stdout).toContain('Chrome and Chromium: no longer there')
    expect(await listed(here)).toMatchObject({ status: 'issued', installs: [{ present: false, keyPresent: false }] })
    const stores = await must(here, 'stores')
    expect(stores.stdout).toContain('“Ada”: no longer there')
    const run = await must(here, 'uninstall', 'Ada')
    expect(run.stdout).toBe(
      'Neither the certificate nor its private key was in Chrome and Chromium; its record was cleared.\n',
    )
    expect(await listed(here)).toMatchObject({ installs: [] })
  })

  it('takes out a private key whose certificate somebody has removed by hand', async () => {
    const here = computer()
    await install(here, 'old')
    execFileSync('certutil', ['-D', '-d', `sql:${databaseOf(here)}`, '-n', 'Ada · Latchkey'])
    expect((await must(here, 'list')).stdout).toContain('private key without its certificate')
    const { privateKeys, removed } = await json(here, Uninstalled, 'uninstall', 'Ada')
    expect([removed, privateKeys]).toEqual([[], [{ store: 'nss-user', privateKey: 'removed' }]])
    expect(keysIn(here.home)).toBe('')
  })

  it('takes the renewed one out of every browser, and one store where only one is named', async () => {
    const here = computer()
    const profile = join(here.home, '.mozilla', 'firefox', 'x1y2.default')
    mkdirSync(profile, { recursive: true })
    execFileSync('certutil', ['-N', '-d', `sql:${profile}`, '--empty-password'])
    for (const name of ['old', 'renewed-same-key'] as const) {
      await install(here, name)
      await install(here, name, '--store', 'firefox:x1y2.default')
    }
    await must(here, 'uninstall', 'Ada', '--store', 'firefox:x1y2.default')
    const inFirefox = execFileSync('certutil', ['-L', '-d', `sql:${profile}`], { encoding: 'utf8' })
    expect(inFirefox).not.toContain('Ada')
    expect(keysIn(here.home)).toContain('Ada')
    await install(here, 'renewed-same-key', '--store', 'firefox:x1y2.default')
    expect((await json(here, Uninstalled, 'uninstall', 'Ada')).removedFrom).toEqual([
      'nss-user',
      'firefox:x1y2.default',
    ])
    expectNothingLeft(here)
  })

  it('clears the other stores when one refuses, and names both', async () => {
    const here = computer()
    const profile = join(here.home, '.mozilla', 'firefox', 'x1y2.default')
    mkdirSync(profile, { recursive: true })
    execFileSync('certutil', ['-N', '-d', `sql:${profile}`, '--empty-password'])
    await install(here, 'old', '--store', 'firefox:x1y2.default')
    await install(here, 'old')
    writeFileSync(join(here.folder, 'primary'), 'Geheim123\n')
    writeFileSync(join(here.folder, 'empty'), '\n')
    const passwords = ['-f', join(here.folder, 'empty'), '-@', join(here.folder, 'primary')]
    execFileSync('certutil', ['-W', '-d', `sql:${profile}`, ...passwords])

    const list = await must(here, 'list')
    expect(list.stdout).toMatch(
      /Firefox \(default\): certificate and private key when last read on .*\(now store-locked\)/u,
    )
    const run = await runCli(here, ['uninstall', 'Ada', '--json'])
    expect(run.code).toBe(3)
    const { error } = z
      .looseObject({ error: z.object({ code: z.string(), detail: z.string(), done: z.string() }).loose() })
      .parse(JSON.parse(run.stdout))
    expect(error.code).toBe('store-locked')
    expect(error.detail).toMatch(/^Firefox \(default\): /u)
    expect(error.done).toMatch(/were removed from Chrome and Chromium\.$/u)
    expectNothingLeft(here)
    expect(await listed(here)).toMatchObject({ installs: [{ store: 'firefox:x1y2.default', present: true }] })
  })

  it('clears the record of a browser profile that is gone, and claims nothing of it', async () => {
    const here = computer()
    const profile = join(here.home, '.mozilla', 'firefox', 'x1y2.default')
    mkdirSync(profile, { recursive: true })
    execFileSync('certutil', ['-N', '-d', `sql:${profile}`, '--empty-password'])
    await install(here, 'old', '--store', 'firefox:x1y2.default')
    rmSync(profile, { recursive: true })
    const { removedFrom, privateKeys } = await json(here, Uninstalled, 'uninstall', 'Ada')
    expect([removedFrom, privateKeys]).toEqual([[], [{ store: 'firefox:x1y2.default', privateKey: 'unknown' }]])
    expect(await listed(here)).toMatchObject({ installs: [] })
    expect(existsSync(profile)).toBe(false)
  })
})
