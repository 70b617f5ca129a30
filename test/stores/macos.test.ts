import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDarwinStore } from '#electron/stores/darwin'
import type { CertificateStore } from '#electron/stores/store'
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
    const install = () => store.install(fixtures.ada.p12, fixtures.ada.password, fixtures.ada.options)

    it('never puts the password into an argument', async () => {
      await install()
      expect(double.commandLines.filter((line) => line.includes(fixtures.ada.password))).toEqual([])
    })

    it('says that the Keychain is locked', async () => {
      await double.set({ locked: true })
      await expectCode(install(), 'store-locked')
      expect(await store.describe()).toMatchObject({ writable: false, problem: { code: 'store-locked' } })
    })

    it('says that the person cancelled the import', async () => {
      await double.set({ cancelImport: true })
      await expectCode(install(), 'store-cancelled')
    })

    it('takes the issuers back when trust is cancelled', async () => {
      await install()
      await double.set({ cancelTrust: true })
      await expectCode(store.setTrust(fixtures.ada.options, 'certificate'), 'trust-cancelled')
      const left = await store.find(fixtures.ada.sha256)
      expect(left).toMatchObject({ keyPresent: true, chainPresent: false, trust: { state: 'not-set' } })
    })

    it('says that nobody could be asked', async () => {
      await install()
      await double.set({ noScreen: true })
      await expectCode(store.setTrust(fixtures.ada.options, 'authority'), 'store-denied')
    })

    it('reports an encryption that older systems cannot read as a refused password', async () => {
      const { password, options } = fixtures.ada
      await expectCode(store.install(fixtures.modernWrapping, password, options), 'store-password-refused')
    })
  })
} else {
  it.skip('the double needs POSIX file modes')
}
