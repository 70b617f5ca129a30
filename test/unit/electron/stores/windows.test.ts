import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { requireCertificate } from '#electron/stores/certificate'
import type { InstallOptions } from '#electron/stores/store'
import { createWindowsStore } from '#electron/stores/win32'
import type { WindowsCertificate, WindowsCertificates, WindowsStoreName } from '#electron/stores/win32-certificates'
import { AppError, type ErrorCode, isAppError } from '#shared/errors'
import type { Trust } from '#shared/model/store'
import { noting } from '../../../support/noting'
import { makeStoreFixtures, type StoreFixtures } from '../../../support/store-fixtures'

/** What Wine cannot show: questions that are refused, and Windows' own codes. */
let fixtures: StoreFixtures
let options: InstallOptions
let held: Record<WindowsStoreName, WindowsCertificate[]>
let refuse: Partial<Record<'import' | 'key' | WindowsStoreName, ErrorCode>>
let deletedKeys: string[]
beforeAll(async () => {
  fixtures = await makeStoreFixtures()
  options = fixtures.ada.options
})
afterAll(() => fixtures.remove())
beforeEach(() => {
  held = { MY: [], CA: [], Root: [] }
  refuse = {}
  deletedKeys = []
})

const windows: WindowsCertificates = {
  list: (name) => [...held[name]],
  importIdentity(_p12, _password, sha256, friendlyName) {
    if (refuse.import !== undefined) throw new AppError(refuse.import)
    const all = [fixtures.ada, fixtures.adaRenewed].map((one) => requireCertificate(one.options.certificate))
    const certificate = all.find((one) => one.sha256 === sha256)
    if (certificate === undefined) throw new AppError('store-failed')
    // Windows gives every import a container of its own, also for a key that it has already.
    held.MY.push({ ...certificate, friendlyName, container: `container ${held.MY.length}`, keyPresent: true })
  },
  add(name, der) {
    const code = refuse[name]
    if (code !== undefined) throw new AppError(code)
    held[name].push({ ...requireCertificate(der), friendlyName: '', container: '', keyPresent: false })
  },
  delete(name, sha256, alsoKey) {
    if (alsoKey && refuse.key !== undefined) throw new AppError(refuse.key)
    if (alsoKey) deletedKeys.push(held[name].find((one) => one.sha256 === sha256)?.container ?? '')
    held[name] = held[name].filter((one) => one.sha256 !== sha256)
  },
}
const store = createWindowsStore(async () => windows)
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => (isAppError(error) ? error.code : error),
  )
const install = () => store.install(fixtures.ada.p12, fixtures.ada.password, options)
const trusted = (trust: Trust) => noting(store, (note) => store.setTrust(options, trust, note))

describe('the Windows certificate store', () => {
  it('takes the intermediates back when the person refuses the root', async () => {
    await install()
    refuse = { Root: 'store-cancelled' }
    expect(await codeOf(trusted('authority'))).toBe('trust-cancelled')
    expect(held).toMatchObject({ CA: [], Root: [] })
    expect(held.MY).toHaveLength(1)
  })

  it('never touches the roots for a single certificate', async () => {
    await install()
    refuse = { Root: 'store-failed' }
    expect((await store.setTrust(options, 'certificate')).state).toBe('not-needed')
    expect(held.CA).toHaveLength(1)
  })

  it('passes on why an import was refused', async () => {
    refuse = { import: 'store-password-refused' }
    expect(await codeOf(install())).toBe('store-password-refused')
    refuse = { import: 'store-cancelled' }
    expect(await codeOf(install())).toBe('store-cancelled')
  })

  it('keeps an intermediate that another certificate needs, but not trust in the root', async () => {
    await install()
    const { undo } = await trusted('authority')
    const grace = requireCertificate(fixtures.grace.options.certificate)
    held.MY.push({ ...grace, friendlyName: '', container: 'two', keyPresent: true })
    await store.undo(undo)
    expect(held.CA).toHaveLength(1)
    expect(held.Root).toEqual([])
  })

  it('takes every certificate of a key out with the container that each has brought', async () => {
    await install()
    const { p12, password, options: renewed } = fixtures.adaRenewed
    await store.install(p12, password, renewed)
    const grace = requireCertificate(fixtures.grace.options.certificate)
    held.MY.push({ ...grace, friendlyName: 'Grace', container: 'hers', keyPresent: true })
    const removed = await store.removeKey(renewed.certificate)
    expect(removed).toMatchObject({ certificates: [{ label: options.label }, { label: renewed.label }] })
    expect(removed.privateKey).toBe('removed')
    expect(deletedKeys).toEqual(['container 0', 'container 1'])
    expect(held.MY.map((one) => one.friendlyName)).toEqual(['Grace'])
  })

  it('says nothing of a key when no certificate is there to find it by', async () => {
    expect(await store.removeKey(options.certificate)).toEqual({ certificates: [], privateKey: 'unknown' })
    expect(await store.keysOf([options.certificate])).toEqual([{ certificates: [], privateKey: 'unknown' }])
  })

  it('says that a certificate had no key, and keeps it when the key cannot be confirmed removed', async () => {
    await install()
    refuse = { key: 'key-not-confirmed' }
    expect(await codeOf(store.removeKey(options.certificate))).toBe('key-not-confirmed')
    expect(held.MY).toHaveLength(1)
    refuse = {}
    held.MY = held.MY.map((one) => ({ ...one, keyPresent: false }))
    expect(await store.removeKey(options.certificate)).toMatchObject({ privateKey: 'absent' })
    expect(held.MY).toEqual([])
  })

  it('says so when the system functions are not there', async () => {
    const broken = createWindowsStore(() => Promise.reject(new Error('no crypt32')))
    expect(await broken.describe()).toMatchObject({ writable: false, problem: { code: 'store-unavailable' } })
  })
})
