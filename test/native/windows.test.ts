import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWindowsStore } from '#electron/stores/win32'
import { noting } from '../support/noting'
import { makeStoreFixtures, type StoreFixtures } from '../support/store-fixtures'

/**
 * The real store of this Windows account: what is put in is taken out again. The root is left out, since Windows asks the
 * person at the screen. Needs openssl on the PATH (Git for Windows brings one).
 */
describe.runIf(process.platform === 'win32')('the certificate store of this Windows', () => {
  const store = createWindowsStore()
  let fixtures: StoreFixtures
  beforeAll(async () => {
    fixtures = await makeStoreFixtures()
  })
  afterAll(async () => {
    for (const { options } of [fixtures.ada, fixtures.adaOtherKey, fixtures.elliptic])
      await store.removeKey(options.certificate)
    await fixtures.remove()
  })

  it.each(['ada', 'elliptic'] as const)('installs, reads back and removes %s', async (name) => {
    const { p12, password, options, sha256 } = fixtures[name]
    await store.install(p12, password, options)
    expect(await store.find(sha256)).toMatchObject({ keyPresent: true, label: options.label })
    await store.removeCertificate(options.certificate)
    expect(await store.find(sha256)).toBeNull()
  })

  it('keeps two certificates of one name apart', async () => {
    for (const { p12, password, options } of [fixtures.ada, fixtures.adaOtherKey])
      await store.install(p12, password, options)
    await store.removeCertificate(fixtures.ada.options.certificate)
    expect(await store.find(fixtures.adaOtherKey.sha256)).toMatchObject({ keyPresent: true })
  })

  it('adds intermediates for a certificate and takes them out again', async () => {
    const { p12, password, options } = fixtures.ada
    await store.install(p12, password, options)
    const { undo, result } = await noting(store, (note) => store.setTrust(options, 'certificate', note))
    expect(result.state).toBe('not-needed')
    await store.undo(undo)
  })

  it('refuses a wrong password', async () => {
    const { p12, options } = fixtures.ada
    await store.removeCertificate(options.certificate)
    await expect(store.install(p12, 'd3Jvbmc=', options)).rejects.toMatchObject({ code: 'store-password-refused' })
  })
})
