import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readEnvironment } from '#electron/platform/environment'
import { silentLog } from '#electron/platform/log'
import { createProgramSearch } from '#electron/platform/programs'
import { createRun, type Run } from '#electron/platform/run'
import { createStores } from '#electron/stores/index'
import type { CertificateStore } from '#electron/stores/store'
import { makeStoreFixtures, type StoreFixture, type StoreFixtures } from '../support/store-fixtures'
import { expectCode } from './suite'

const call = promisify(execFile)

/** Removal as NSS' own certutil sees it, in the browsers' shared database and in a Firefox profile. */
describe.runIf(process.platform === 'linux')('a key taken out of an NSS database', () => {
  let fixtures: StoreFixtures
  let home: string
  let folder: string
  beforeAll(async () => {
    fixtures = await makeStoreFixtures()
  })
  afterAll(() => fixtures.remove())
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'latchkey-nss-'))
    folder = join(home, '.mozilla', 'firefox', 'x1y2.default')
    await mkdir(folder, { recursive: true })
    await call('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password'])
  })
  afterEach(() => rm(home, { recursive: true, force: true }))

  function firefox(run: Run = createRun(silentLog)): CertificateStore {
    const temporaryPrefix = 'latchkey-store-test'
    const all = createStores({
      run,
      hasProgram: createProgramSearch(),
      log: silentLog,
      home,
      environment: readEnvironment({}),
      chromiumMajor: 150,
      temporaryPrefix,
    })
    const store = all.find(({ id }) => id.startsWith('firefox:'))
    if (store === undefined) throw new Error('no profile')
    return store
  }

  const install = (store: CertificateStore, { p12, password, options }: StoreFixture) =>
    store.install(p12, password, options)
  const listed = async () => (await call('certutil', ['-L', '-d', `sql:${folder}`])).stdout
  async function keys(): Promise<string> {
    const { stdout, stderr } = await call('certutil', ['-K', '-d', `sql:${folder}`]).catch(said)
    return `${stdout}${stderr}`
  }

  it('leaves neither certificate nor key of a renewed identity', async () => {
    const store = firefox()
    await install(store, fixtures.ada)
    await install(store, fixtures.adaRenewed)
    expect((await listed()).match(/Ada Lovelace/gu)).toHaveLength(2)
    await store.removeKey(fixtures.adaRenewed.options.certificate)
    expect(await listed()).not.toContain('Ada')
    expect(await keys()).toContain('no keys found')
  })

  it('leaves those of the same name their place, name, trust and key', async () => {
    const store = firefox()
    const plain = join(home, 'other.pem')
    await writeFile(plain, pemOf(fixtures.adaOtherKey.options.certificate))
    await install(store, fixtures.ada)
    await call('certutil', ['-A', '-d', `sql:${folder}`, '-n', 'A friend', '-t', 'P,,', '-i', plain])
    await install(store, fixtures.grace)
    const before = await listed()
    await install(store, fixtures.adaRenewed)
    await store.removeKey(fixtures.ada.options.certificate)
    expect((await listed()).split('\n')).toEqual(
      before.split('\n').filter((line) => !line.includes('u,u,u') || line.includes('Grace')),
    )
    expect(await keys()).toContain('Grace Hopper')
  })

  it('takes out a key that lies there without a certificate, as an interrupted import leaves it', async () => {
    const store = firefox()
    for (const act of ['removeKey', 'removeCertificate'] as const) {
      await install(store, fixtures.ada)
      await call('certutil', ['-D', '-d', `sql:${folder}`, '-n', fixtures.ada.options.label])
      expect(await keys()).toMatch(/rsa .*[0-9a-f]{40}/u)
      expect(await store.keysOf([fixtures.ada.options.certificate])).toEqual([
        { certificates: [], privateKey: 'present' },
      ])
      await store[act](fixtures.ada.options.certificate)
      expect(await keys()).toContain('no keys found')
    }
  })

  it('does not say that a key is gone while certutil still lists it', async () => {
    const real = createRun(silentLog)
    const deaf: Run = (command, args, options) =>
      args.includes('-F') ? Promise.resolve({ exitCode: 0, stdout: '', stderr: '' }) : real(command, args, options)
    const store = firefox(deaf)
    await install(store, fixtures.ada)
    const { certificate } = fixtures.ada.options
    for (const remove of [() => store.removeKey(certificate), () => store.removeCertificate(certificate)]) {
      const error = await expectCode(remove(), 'key-not-confirmed')
      expect(error.detail).toMatch(/certutil -K.*[0-9a-f]{40}/u)
    }
    expect(await store.find(fixtures.ada.sha256)).toMatchObject({ keyPresent: true })
  })

  it('does not say that a key is gone when the list of keys cannot be read afterwards', async () => {
    const real = createRun(silentLog)
    let isDeleted = false
    const run: Run = (command, args, options) => {
      if (isDeleted && args.includes('-K'))
        return Promise.resolve({ exitCode: 255, stdout: '', stderr: 'certutil: SEC_ERROR_IO' })
      isDeleted ||= args.includes('-F')
      return real(command, args, options)
    }
    const store = firefox(run)
    await install(store, fixtures.ada)
    await expectCode(store.removeKey(fixtures.ada.options.certificate), 'key-not-confirmed')
  })

  it('takes the issuers that were added for the earlier certificate along', async () => {
    const store = firefox()
    await install(store, fixtures.ada)
    await store.setTrust(fixtures.ada.options, 'authority')
    await install(store, fixtures.adaRenewed)
    expect(await listed()).toContain('Store Test Root')
    await store.removeKey(fixtures.adaRenewed.options.certificate)
    expect(await listed()).not.toContain('Store Test')
  })
})

const pemOf = (der: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`

/** certutil ends with 255 where there are no keys. */
function said(error: unknown): { stdout: string; stderr: string } {
  if (error instanceof Error && 'stdout' in error && 'stderr' in error)
    return { stdout: String(error.stdout), stderr: String(error.stderr) }
  throw error
}
