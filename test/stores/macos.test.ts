import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDarwinStore } from '#electron/stores/darwin'
import type { CertificateStore } from '#electron/stores/store'
import { noting } from '../support/noting'
import { createSecurityDouble, type SecurityDouble } from '../support/security-double/index'
import { makeStoreFixtures, type StoreFixtures } from '../support/store-fixtures'
import { expectCode, storeSuite } from './suite'

const capabilities = {
  several: true,
  elliptic: true,
  leafTrust: 'trusted',
  versionOneTrust: 'withheld',
  authorityTrust: true,
} as const

function storeOn({ run, home }: SecurityDouble): CertificateStore {
  return createDarwinStore({ run, home, temporaryPrefix: 'latchkey-store-test', applications: ['/bin'] })
}

if (process.platform !== 'win32') {
  storeSuite(
    'the login Keychain (double)',
    async () => {
      const double = await createSecurityDouble()
      return { store: storeOn(double), remove: double.remove }
    },
    capabilities,
  )

  describe('the login Keychain when something goes wrong', () => {
    let fixtures: StoreFixtures
    let double: SecurityDouble
    let store: CertificateStore
    beforeAll(async () => {
      fixtures = await makeStoreFixtures()
    })
    afterAll(() => fixtures.remove())
    beforeEach(async () => {
      double = await createSecurityDouble()
      store = storeOn(double)
    })
    afterEach(() => double.remove())
    const takenBack = () => store.removeCertificate(fixtures.ada.options.certificate)
    const installedAnew = async () => {
      double.set({ hidesKeys: false })
      await install()
      double.set({ hidesKeys: true })
    }
    const install = () => store.install(fixtures.ada.p12, fixtures.ada.password, fixtures.ada.options)

    it('never puts the password into an argument', async () => {
      await install()
      expect(double.commandLines.filter((line) => line.includes(fixtures.ada.password))).toEqual([])
    })

    it('says that the Keychain is locked', async () => {
      double.set({ locked: true })
      await expectCode(install(), 'store-locked')
      expect(await store.describe()).toMatchObject({ writable: false, problem: { code: 'store-locked' } })
    })

    it('says that the person cancelled the import', async () => {
      double.set({ cancelImport: true })
      await expectCode(install(), 'store-cancelled')
    })

    it('takes the issuers back when trust is cancelled', async () => {
      await install()
      double.set({ cancelTrust: true })
      const trust = noting(store, (note) => store.setTrust(fixtures.ada.options, 'certificate', note))
      await expectCode(trust, 'trust-cancelled')
      const left = await store.find(fixtures.ada.sha256)
      expect(left).toMatchObject({ keyPresent: true, chainPresent: false, trust: { state: 'not-set' } })
    })

    it('says that nobody could be asked', async () => {
      await install()
      double.set({ noScreen: true })
      await expectCode(store.setTrust(fixtures.ada.options, 'authority'), 'store-denied')
    })

    it('does not say that a key is gone that security never listed', async () => {
      await install()
      double.set({ hidesKeys: true })
      await expectCode(store.removeKey(fixtures.ada.options.certificate), 'key-not-confirmed')
      await expectCode(installedAnew().then(takenBack), 'key-not-confirmed')
    })

    it('does not say that a key is gone that security still lists', async () => {
      await install()
      double.set({ keepsKeys: true })
      const error = await expectCode(store.removeKey(fixtures.ada.options.certificate), 'key-not-confirmed')
      expect(error.detail).toMatch(/Keychain Access .*[0-9a-f]{40}/u)
      expect(await store.keysOf([fixtures.ada.options.certificate])).toEqual([
        { certificates: [], privateKey: 'present' },
      ])
    })

    it('takes out a key that somebody has left without its certificate', async () => {
      await install()
      await double.run('security', ['delete-certificate', '-Z', fixtures.ada.sha1.toUpperCase(), double.keychain])
      const { certificate } = fixtures.ada.options
      expect(await store.keysOf([certificate])).toEqual([{ certificates: [], privateKey: 'present' }])
      expect(await store.removeKey(certificate)).toEqual({ certificates: [], privateKey: 'removed' })
      expect(await store.keysOf([certificate])).toEqual([{ certificates: [], privateKey: 'absent' }])
    })

    it('takes out a key that an interrupted import left without its certificate', async () => {
      await install()
      await double.run('security', ['delete-certificate', '-Z', fixtures.ada.sha1.toUpperCase(), double.keychain])
      await takenBack()
      expect(await store.keysOf([fixtures.ada.options.certificate])).toMatchObject([{ privateKey: 'absent' }])
    })

    it('removes the remaining certificates of a key that is gone already', async () => {
      await install()
      const { p12, password, options } = fixtures.adaRenewed
      await store.install(p12, password, options)
      await double.run('security', ['delete-identity', '-Z', fixtures.ada.sha1.toUpperCase(), double.keychain])
      const removed = await store.removeKey(fixtures.ada.options.certificate)
      expect(removed).toMatchObject({ certificates: [{ sha256: fixtures.adaRenewed.sha256 }], privateKey: 'absent' })
    })

    it('keeps key and certificates when the person refuses to withdraw the trust', async () => {
      await install()
      await store.setTrust(fixtures.ada.options, 'certificate')
      double.set({ cancelTrust: true })
      await expectCode(store.removeKey(fixtures.ada.options.certificate), 'trust-cancelled')
      expect(await store.find(fixtures.ada.sha256)).toMatchObject({ keyPresent: true, trust: { state: 'trusted' } })
    })

    it('reports an encryption that older systems cannot read as a refused password', async () => {
      const { password, options } = fixtures.ada
      await expectCode(store.install(fixtures.modernWrapping, password, options), 'store-password-refused')
    })
  })
} else {
  it.skip('the double needs POSIX file modes')
}
