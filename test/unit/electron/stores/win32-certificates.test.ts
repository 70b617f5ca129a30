import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { publicKeyBits, requireCertificate } from '#electron/stores/certificate'
import { createWindowsStore } from '#electron/stores/win32'
import { createWindowsCertificates } from '#electron/stores/win32-certificates'
import { isAppError } from '#shared/errors'
import { makeStoreFixtures, type StoreFixture, type StoreFixtures } from '../../../support/store-fixtures'
import { codes, windowsApiDouble } from '../../../support/windows-api-double'

/** Keys in CNG containers, one for each import, with the codes of Windows itself. */
let fixtures: StoreFixtures
let windows: ReturnType<typeof windowsApiDouble>
let keys: Map<string, Buffer>
let store: ReturnType<typeof createWindowsStore>

beforeAll(async () => {
  fixtures = await makeStoreFixtures()
})
afterAll(() => fixtures.remove())
beforeEach(() => {
  keys = new Map()
  const held = [put('one', fixtures.ada), put('two', fixtures.adaRenewed), put('hers', fixtures.grace)]
  windows = windowsApiDouble(held, keys)
  store = createWindowsStore(async () => createWindowsCertificates(windows.api))
})

const bitsOf = ({ options }: StoreFixture) => {
  const bits = publicKeyBits(requireCertificate(options.certificate).publicKey)
  if (bits === null) throw new Error('no public key')
  return bits
}
function put(container: string, fixture: StoreFixture) {
  keys.set(container, bitsOf(fixture))
  return { der: fixture.options.certificate, provider: { container, provider: 'Software', type: 0, flags: 0 } }
}
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (isAppError(error) ? error.code : error),
  )
const remove = () => store.removeKey(fixtures.ada.options.certificate)

describe('a key taken out of the Windows certificate store', () => {
  it('goes with every container and every certificate of it, and no other', async () => {
    const removed = await remove()
    expect(removed.privateKey).toBe('removed')
    expect(removed.certificates.map((one) => one.sha256)).toEqual([fixtures.ada.sha256, fixtures.adaRenewed.sha256])
    expect([...keys.keys()]).toEqual(['hers'])
    expect((await store.list()).map((one) => one.sha256)).toEqual([fixtures.grace.sha256])
    expect(windows.openHandles()).toBe(0)
  })

  it('is not said to be gone while Windows still opens it; the certificate stays to find it by', async () => {
    windows.keepKeys()
    expect(await codeOf(remove())).toBe('key-not-confirmed')
    expect(await store.find(fixtures.ada.sha256)).toMatchObject({ keyPresent: true })
  })

  it('is not said to be gone when Windows refuses to open it for another reason', async () => {
    windows.refuseToOpen(codes.silent)
    expect(await codeOf(remove())).toBe('key-not-confirmed')
    windows.refuseToOpen(codes.badPublicKey)
    expect(await remove()).toMatchObject({ privateKey: 'absent' })
  })

  it('is another one where the container holds the key of somebody else, which stays', async () => {
    keys.set('one', bitsOf(fixtures.grace))
    keys.set('two', bitsOf(fixtures.grace))
    expect(await remove()).toMatchObject({ privateKey: 'absent' })
    expect(keys.size).toBe(3)
  })

  it('goes alone with its own container when one install is taken back', async () => {
    await store.removeCertificate(fixtures.adaRenewed.options.certificate)
    expect([...keys.keys()]).toEqual(['one', 'hers'])
    expect(await store.find(fixtures.ada.sha256)).toMatchObject({ keyPresent: true })
  })
})
