import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readEnvironment, type Variables } from '#electron/platform/environment'
import { silentLog } from '#electron/platform/log'
import { createProgramSearch } from '#electron/platform/programs'
import { createRun } from '#electron/platform/run'
import { createStores } from '#electron/stores/index'
import type { CertificateStore } from '#electron/stores/store'
import { noting } from '../support/noting'
import { makeStoreFixtures, type StoreFixtures } from '../support/store-fixtures'
import { expectCode } from './suite'

const call = promisify(execFile)

describe.runIf(process.platform === 'linux')('NSS databases when something stands in the way', () => {
  let fixtures: StoreFixtures
  let home: string
  beforeAll(async () => {
    fixtures = await makeStoreFixtures()
  })
  afterAll(() => fixtures.remove())
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'latchkey-nss-'))
  })
  afterEach(() => rm(home, { recursive: true, force: true }))

  function stores(chromiumMajor: number | null = 150, programs?: Variables): CertificateStore[] {
    return createStores({
      run: createRun(silentLog, programs),
      hasProgram: createProgramSearch(programs),
      log: silentLog,
      home,
      environment: readEnvironment({}),
      chromiumMajor,
      temporaryPrefix: 'latchkey-store-test',
    })
  }

  function first(list: CertificateStore[]): CertificateStore {
    const [store] = list
    if (store === undefined) throw new Error('no store')
    return store
  }

  const install = (store: CertificateStore) =>
    store.install(fixtures.ada.p12, fixtures.ada.password, fixtures.ada.options)
  const current = () => join(home, '.local', 'share', 'pki', 'nssdb')
  const old = () => join(home, '.pki', 'nssdb')
  const hasDatabase = async (folder: string) => existsSync(join(folder, 'cert9.db'))

  async function firefoxProfile(name: string): Promise<string> {
    const folder = join(home, '.mozilla', 'firefox', name)
    await mkdir(folder, { recursive: true })
    await call('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password'])
    return folder
  }

  it('never makes the old folder for a current browser', async () => {
    await install(first(stores(150)))
    expect(await hasDatabase(current())).toBe(true)
    expect(await hasDatabase(old())).toBe(false)
  })

  it('makes the old folder for an old browser only where the new one does not exist', async () => {
    await install(first(stores(114)))
    expect(await hasDatabase(old())).toBe(true)
    await rm(join(home, '.pki'), { recursive: true })
    await mkdir(current(), { recursive: true })
    await install(first(stores(114)))
    expect(await hasDatabase(old())).toBe(false)
    expect(await hasDatabase(current())).toBe(true)
  })

  it('uses the old folder wherever it exists', async () => {
    await mkdir(old(), { recursive: true })
    await install(first(stores(150)))
    expect(await hasDatabase(old())).toBe(true)
  })

  it('names the missing tool and one line to install it', async () => {
    const empty = join(home, 'bin')
    await mkdir(empty)
    const store = first(stores(150, { PATH: empty }))
    const { writable, problem } = await store.describe()
    expect(writable).toBe(false)
    expect(problem).toMatchObject({ code: 'store-tool-missing', remedy: expect.stringContaining('NSS tools') })
    await writeFile(join(empty, 'apt-get'), '#!/bin/sh\n', { mode: 0o755 })
    const withApt = (await store.describe()).problem
    expect(withApt).toEqual({ code: 'store-tool-missing', remedy: 'sudo apt-get install libnss3-tools' })
    await expectCode(install(store), 'store-tool-missing')
    expect(await hasDatabase(current())).toBe(false)
  })

  it('says that a database with a primary password is locked, and changes nothing', async () => {
    await mkdir(current(), { recursive: true })
    const passwordFile = join(home, 'primary')
    await writeFile(passwordFile, 'Geheim123\n')
    await call('certutil', ['-N', '-d', `sql:${current()}`, '-f', passwordFile])
    const store = first(stores())
    expect(await store.describe()).toMatchObject({ present: true, writable: false, problem: { code: 'store-locked' } })
    await expectCode(install(store), 'store-locked')
    await expectCode(store.setTrust(fixtures.ada.options, 'authority'), 'store-locked')
  })

  it('finds Firefox profiles, and asks to close Firefox while it runs', async () => {
    const folder = await firefoxProfile('x1y2.default release')
    await mkdir(join(home, '.mozilla', 'firefox', 'empty.profile'))
    const firefox = stores().filter((store) => store.id.startsWith('firefox:'))
    expect(firefox.map((store) => store.id)).toEqual(['firefox:x1y2.default-release'])
    const store = first(firefox)
    await install(store)

    await symlink(`127.0.1.1:+${process.pid}`, join(folder, 'lock'))
    expect((await store.describe()).problem).toMatchObject({
      code: 'store-locked',
      remedy: expect.stringContaining('Close Firefox'),
    })
    await expectCode(store.removeCertificate(fixtures.ada.options.certificate), 'store-locked')

    await rm(join(folder, 'lock'))
    await symlink('127.0.1.1:+999999999', join(folder, 'lock'))
    await store.removeCertificate(fixtures.ada.options.certificate)
    expect(await store.list()).toEqual([])
  })

  it('leaves no temporary file behind', async () => {
    const before = await leftovers()
    await expectCode(
      first(stores()).install(fixtures.ada.p12, 'd3Jvbmc=', fixtures.ada.options),
      'store-password-refused',
    )
    await install(first(stores()))
    expect(await leftovers()).toEqual(before)
  })

  it('restores the trust that an issuer had before', async () => {
    const store = first(stores())
    await install(store)
    const file = join(home, 'root.pem')
    await writeFile(file, fixtures.root.toString())
    await call('certutil', ['-A', '-d', `sql:${current()}`, '-n', 'Company root', '-t', 'C,,', '-i', file])
    const { undo } = await noting(store, (note) => store.setTrust(fixtures.ada.options, 'authority', note))
    expect(await flagsOf('Company root')).toBe('CT,,')
    await store.undo(undo)
    expect(await flagsOf('Company root')).toBe('C,,')
    await store.undo(undo)
    expect(await flagsOf('Company root')).toBe('C,,')
  })

  it('trusts a root for clients only, and intermediates for nothing', async () => {
    const store = first(stores())
    await install(store)
    await store.setTrust(fixtures.ada.options, 'authority')
    const { stdout } = await call('certutil', ['-L', '-d', `sql:${current()}`])
    expect(stdout).toMatch(/Store Test Root \(\w{8}\)\s+T,,/u)
    expect(stdout).toMatch(/Store Test Intermediate \(\w{8}\)\s+,,/u)
    expect(stdout).toMatch(/Ada Lovelace · Latchkey\s+u,u,u/u)
  })

  it('takes its own issuers out with the last certificate that needed them, and leaves others', async () => {
    const store = first(stores())
    await install(store)
    const file = join(home, 'root.pem')
    await writeFile(file, fixtures.root.toString())
    await call('certutil', ['-A', '-d', `sql:${current()}`, '-n', 'Company root', '-t', 'C,,', '-i', file])
    await store.setTrust(fixtures.ada.options, 'certificate')
    const { p12, password, options, sha256 } = fixtures.grace
    await store.install(p12, password, options)
    await store.removeCertificate(fixtures.ada.options.certificate)
    expect(await store.find(sha256)).toMatchObject({ chainPresent: true })
    await store.removeCertificate(options.certificate)
    const { stdout } = await call('certutil', ['-L', '-d', `sql:${current()}`])
    expect(stdout).not.toContain('Store Test Intermediate')
    expect(await flagsOf('Company root')).toBe('C,,')
  })

  it('withholds trust of an issuer whose root nobody has', async () => {
    const store = first(stores())
    await install(store)
    const options = { ...fixtures.ada.options, chain: fixtures.ada.options.chain.slice(0, 1) }
    expect((await store.setTrust(options, 'authority')).state).toBe('withheld')
  })

  async function flagsOf(nickname: string): Promise<string | undefined> {
    const { stdout } = await call('certutil', ['-L', '-d', `sql:${current()}`])
    return stdout
      .split('\n')
      .find((line) => line.startsWith(nickname))
      ?.trim()
      .split(/\s+/u)
      .at(-1)
  }

  async function leftovers(): Promise<string[]> {
    const places = await Promise.all(['/dev/shm', tmpdir()].map((folder) => readdir(folder).catch(() => [])))
    return places.flat().filter((name) => name.startsWith(`latchkey-store-test-${process.pid}-`))
  }
})
