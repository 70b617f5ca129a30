import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog } from '#electron/platform/log'
import { createRun } from '#electron/platform/run'
import { createDarwinStore } from '#electron/stores/darwin'
import type { CertificateStore } from '#electron/stores/store'
import { makeStoreFixtures, type StoreFixtures } from '../support/store-fixtures'

const call = promisify(execFile)

/**
 * The real `security` on a keychain of our own, never the login Keychain. Trust is left out: it asks the person at the
 * screen. Needs an openssl with `-legacy` (Homebrew's) on the PATH.
 */
describe.runIf(process.platform === 'darwin')('the Keychain of this Mac', () => {
  let fixtures: StoreFixtures
  let home: string
  let store: CertificateStore
  const keychain = () => join(home, 'Library', 'Keychains', 'login.keychain-db')

  beforeAll(async () => {
    fixtures = await makeStoreFixtures()
    home = await mkdtemp(join(tmpdir(), 'latchkey-keychain-'))
    await mkdir(join(home, 'Library', 'Keychains'), { recursive: true })
    await call('security', ['create-keychain', '-p', 'test', keychain()])
    await call('security', ['unlock-keychain', '-p', 'test', keychain()])
    store = createDarwinStore({ run: createRun(silentLog), home, temporaryPrefix: 'latchkey-native' })
  })
  afterAll(async () => {
    await call('security', ['delete-keychain', keychain()])
    await rm(home, { recursive: true, force: true })
    await fixtures.remove()
  })

  it('installs, reads back and removes a certificate with its key', async () => {
    const { p12, password, options, sha256 } = fixtures.ada
    expect(await store.describe()).toMatchObject({ present: true, writable: true })
    await store.install(p12, password, options)
    expect(await store.find(sha256)).toMatchObject({ keyPresent: true, trust: { state: 'not-set' } })
    await store.removeCertificate(options.certificate)
    expect(await store.list()).toEqual([])
  })

  it('keeps two certificates of one name apart', async () => {
    const pair = [fixtures.ada, fixtures.adaOtherKey]
    for (const { p12, password, options } of pair) await store.install(p12, password, options)
    await store.removeCertificate(fixtures.ada.options.certificate)
    expect((await store.list()).map((one) => one.sha256)).toEqual([fixtures.adaOtherKey.sha256])
    await store.removeCertificate(fixtures.adaOtherKey.options.certificate)
  })

  it('refuses a wrong password', async () => {
    const { p12, options } = fixtures.ada
    await expect(store.install(p12, 'd3Jvbmc=', options)).rejects.toMatchObject({ code: 'store-password-refused' })
  })
})
