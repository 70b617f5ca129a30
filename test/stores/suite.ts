import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CertificateStore } from '#electron/stores/store'
import { type AppError, type ErrorCode, isAppError } from '#shared/errors'
import type { Trust } from '#shared/model/store'
import type { UndoStep } from '#shared/model/undo'
import { noting } from '../support/noting'
import { makeStoreFixtures, type StoreFixture, type StoreFixtures } from '../support/store-fixtures'

/** A store with nothing in it, and how to look at it from outside Latchkey. */
export interface StoreUnderTest {
  store: CertificateStore
  remove(): Promise<void>
}

export interface StoreCapabilities {
  /** The store keeps several identities with their own keys side by side. */
  several: boolean
  elliptic: boolean
  /** What `setTrust` answers for a well-formed leaf. */
  leafTrust: 'trusted' | 'not-needed'
  /** Trust of an X.509 v1 leaf: refused where leaf trust exists at all. */
  versionOneTrust: 'withheld' | 'not-needed'
  /** Trusting the issuer is possible here without a person at the screen. */
  authorityTrust: boolean
}

/** What every certificate store must do, whatever system it belongs to. */
export function storeSuite(name: string, create: () => Promise<StoreUnderTest>, can: StoreCapabilities): void {
  describe(name, () => {
    let fixtures: StoreFixtures
    let under: StoreUnderTest
    const created: StoreUnderTest[] = []
    beforeAll(async () => {
      fixtures = await makeStoreFixtures()
    })
    beforeEach(async () => {
      under = await create()
      created.push(under)
    })
    afterAll(async () => {
      for (const one of created) await one.remove()
      await fixtures.remove()
    })
    const install = async ({ p12, password, options }: StoreFixture) =>
      (await noting(under.store, (note) => under.store.install(p12, password, options, note))).undo
    const setTrust = ({ options }: StoreFixture, trust: Trust) =>
      noting(under.store, (note) => under.store.setTrust(options, trust, note))

    it('says what it is and that nothing stands in the way', async () => {
      const state = await under.store.describe()
      expect(state).toMatchObject({ id: under.store.id, writable: true, problem: null })
      expect(await under.store.list()).toEqual([])
      expect(await under.store.find('0'.repeat(64))).toBeNull()
    })

    it('installs certificate and key, and reads both back', async () => {
      const undo = await install(fixtures.ada)
      expect(undo).toEqual({ store: under.store.id, steps: [{ kind: 'remove-identity', sha256: fixtures.ada.sha256 }] })
      expect(await under.store.find(fixtures.ada.sha256)).toMatchObject({
        sha256: fixtures.ada.sha256,
        keyPresent: true,
      })
      expect((await under.store.list()).map((one) => one.sha256)).toEqual([fixtures.ada.sha256])
      expect(await under.store.describe()).toMatchObject({ present: true, problem: null })
    })

    it('installs twice without a second copy, and then has nothing to undo', async () => {
      await install(fixtures.ada)
      expect(await install(fixtures.ada)).toEqual({ store: under.store.id, steps: [] })
      expect(await under.store.list()).toHaveLength(1)
    })

    it('undoes an install, also when asked again', async () => {
      const undo = await install(fixtures.ada)
      await under.store.undo(undo)
      expect(await under.store.list()).toEqual([])
      await under.store.undo(undo)
    })

    it('removes certificate and key, and has nothing to do the second time', async () => {
      await install(fixtures.ada)
      await under.store.removeCertificate(fixtures.ada.options.certificate)
      expect(await under.store.find(fixtures.ada.sha256)).toBeNull()
      await under.store.removeCertificate(fixtures.ada.options.certificate)
    })

    describe('with a renewed certificate of the same key', () => {
      const keyOf = async ({ options }: StoreFixture) => (await under.store.keysOf([options.certificate]))[0]
      const sha256s = (found: { certificates: { sha256: string }[] } | undefined) =>
        (found?.certificates ?? []).map((one) => one.sha256).sort()

      it('finds both by their key', async () => {
        await install(fixtures.ada)
        await install(fixtures.adaRenewed)
        const found = await keyOf(fixtures.ada)
        expect(found?.privateKey).toBe('present')
        expect(sha256s(found)).toEqual([fixtures.ada.sha256, fixtures.adaRenewed.sha256].sort())
        expect(found?.certificates).toMatchObject([
          { commonName: 'Ada Lovelace', keyPresent: true },
          { commonName: 'Ada Lovelace', keyPresent: true },
        ])
        expect(sha256s(await keyOf(fixtures.grace))).toEqual([])
      })

      it.each([
        ['the new one', 'adaRenewed', 'ada'],
        ['the earlier one', 'ada', 'adaRenewed'],
      ] as const)('takes back %s alone, and the key stays for the other', async (_which, removed, stays) => {
        await install(fixtures.ada)
        await install(fixtures.adaRenewed)
        await under.store.removeCertificate(fixtures[removed].options.certificate)
        expect(await under.store.find(fixtures[removed].sha256)).toBeNull()
        expect(await under.store.find(fixtures[stays].sha256)).toMatchObject({ keyPresent: true })
        expect(await keyOf(fixtures.ada)).toMatchObject({ privateKey: 'present' })
      })

      it('takes everything of the key out, whoever put it there, and says what it was', async () => {
        const all = [fixtures.ada, fixtures.adaRenewed, fixtures.adaRenamed]
        for (const one of all) await install(one)
        const removed = await under.store.removeKey(fixtures.adaRenewed.options.certificate)
        expect(removed.privateKey).toBe('removed')
        expect(sha256s(removed)).toEqual(all.map((one) => one.sha256).sort())
        expect(removed.certificates.map((one) => one.commonName).sort()).toEqual([
          'Ada King',
          'Ada Lovelace',
          'Ada Lovelace',
        ])
        for (const { sha256 } of all) expect(await under.store.find(sha256)).toBeNull()
        expect(await keyOf(fixtures.ada)).toMatchObject({ certificates: [] })
        expect((await keyOf(fixtures.ada))?.privateKey).not.toBe('present')
        expect(await under.store.list()).toEqual([])
      })

      it('finds the earlier one by a certificate that is not there itself', async () => {
        await install(fixtures.ada)
        const removed = await under.store.removeKey(fixtures.adaRenewed.options.certificate)
        expect(sha256s(removed)).toEqual([fixtures.ada.sha256])
        expect(await under.store.list()).toEqual([])
      })

      it('has nothing to take out the second time, and does not say that it had', async () => {
        await install(fixtures.ada)
        await under.store.removeKey(fixtures.ada.options.certificate)
        const again = await under.store.removeKey(fixtures.ada.options.certificate)
        expect(again.certificates).toEqual([])
        expect(again.privateKey).not.toBe('removed')
      })

      it('withdraws the trust of each, so that none is left for a later install', async () => {
        for (const one of [fixtures.ada, fixtures.adaRenewed]) {
          await install(one)
          await under.store.setTrust(one.options, 'certificate')
        }
        await under.store.removeKey(fixtures.adaRenewed.options.certificate)
        await install(fixtures.ada)
        expect((await under.store.find(fixtures.ada.sha256))?.trust.state).not.toBe('trusted')
      })

      it.runIf(can.elliptic)('does the same for an elliptic-curve key', async () => {
        await install(fixtures.elliptic)
        await install(fixtures.ellipticRenewed)
        expect(await keyOf(fixtures.elliptic)).toMatchObject({ privateKey: 'present' })
        await under.store.removeCertificate(fixtures.ellipticRenewed.options.certificate)
        expect(await under.store.find(fixtures.elliptic.sha256)).toMatchObject({ keyPresent: true })
        await install(fixtures.ellipticRenewed)
        expect((await under.store.removeKey(fixtures.elliptic.options.certificate)).privateKey).toBe('removed')
        expect(await under.store.list()).toEqual([])
        expect(await keyOf(fixtures.elliptic)).toMatchObject({ certificates: [], privateKey: 'absent' })
      })
    })

    it('refuses a wrong password and leaves nothing behind', async () => {
      const { p12, options } = fixtures.ada
      await expectCode(under.store.install(p12, 'b3RoZXI=', options), 'store-password-refused')
      expect(await under.store.find(fixtures.ada.sha256)).toBeNull()
    })

    it('refuses to call a certificate installed that it does not find afterwards', async () => {
      const { p12, password } = fixtures.ada
      await expectCode(under.store.install(p12, password, fixtures.grace.options), 'store-not-confirmed')
    })

    it('adds the issuers for a certificate, and takes them out again', async () => {
      await install(fixtures.ada)
      const { undo, result } = await setTrust(fixtures.ada, 'certificate')
      expect(result.state).toBe(can.leafTrust)
      expect((await under.store.find(fixtures.ada.sha256))?.trust.state).toBe(can.leafTrust)
      await under.store.undo(undo)
      await under.store.undo(undo)
      expect(await under.store.find(fixtures.ada.sha256)).toMatchObject({ keyPresent: true, chainPresent: false })
    })

    it('sets no trust when none is asked for', async () => {
      await install(fixtures.ada)
      const { undo } = await setTrust(fixtures.ada, 'none')
      expect(undo.steps).toEqual([])
    })

    it('trusts nothing because a record of what to take back says so', async () => {
      await install(fixtures.ada)
      const before = await under.store.find(fixtures.ada.sha256)
      const flags = 'CT,C,C'
      for (const { raw, fingerprint256 } of [fixtures.root, fixtures.intermediate]) {
        const sha256 = fingerprint256.replaceAll(':', '').toLowerCase()
        const steps: UndoStep[] = [
          { kind: 'restore-certificate', sha256, label: sha256, flags, base64: raw.toString('base64') },
          { kind: 'restore-trust', sha256, label: 'Root', flags },
        ]
        await under.store.undo({ store: under.store.id, steps })
        await under.store.undo({ store: under.store.id, steps: steps.reverse() })
      }
      expect((await under.store.find(fixtures.ada.sha256))?.trust).toEqual(before?.trust)
      const own: UndoStep = { kind: 'restore-trust', sha256: fixtures.ada.sha256, label: '', flags }
      await under.store.undo({ store: under.store.id, steps: [own] })
      expect((await under.store.find(fixtures.ada.sha256))?.trust).toEqual(before?.trust)
    })

    it('never trusts a certificate of an old version', async () => {
      await install(fixtures.versionOne)
      const trust = await under.store.setTrust(fixtures.versionOne.options, 'certificate')
      expect(trust.state).toBe(can.versionOneTrust)
      expect(trust.reason).toMatch(/\.$/u)
    })

    it.runIf(can.authorityTrust)('trusts the issuer when asked, completes the chain, and withdraws it', async () => {
      await install(fixtures.ada)
      const { undo, result } = await setTrust(fixtures.ada, 'authority')
      expect(result).toEqual({ state: 'trusted', reason: null })
      expect(await under.store.find(fixtures.ada.sha256)).toMatchObject({
        chainPresent: true,
        trust: { state: 'trusted' },
      })
      await under.store.undo(undo)
      expect(await under.store.find(fixtures.ada.sha256)).toMatchObject({ chainPresent: false })
    })

    it.runIf(can.elliptic)('keeps an elliptic-curve key', async () => {
      await install(fixtures.elliptic)
      expect(await under.store.find(fixtures.elliptic.sha256)).toMatchObject({ keyPresent: true })
      await under.store.removeCertificate(fixtures.elliptic.options.certificate)
      expect(await under.store.list()).toEqual([])
    })

    describe.runIf(can.several)('among certificates of the same name', () => {
      const present = async () => (await under.store.list()).filter((one) => one.keyPresent).map((one) => one.sha256)

      it.each(['ada', 'adaOtherKey', 'adaRenewed', 'grace'] as const)('removes exactly %s', async (name) => {
        const all = [fixtures.ada, fixtures.adaOtherKey, fixtures.adaRenewed, fixtures.grace]
        for (const one of all) await install(one)
        await under.store.removeCertificate(fixtures[name].options.certificate)
        const expected = all.filter((one) => one !== fixtures[name]).map((one) => one.sha256)
        expect((await present()).sort()).toEqual(expected.sort())
      })

      it('takes out a key with its certificates, and the others keep theirs', async () => {
        const stay = [fixtures.adaOtherKey, fixtures.grace]
        for (const one of [fixtures.ada, ...stay, fixtures.adaRenewed]) await install(one)
        const described = async () => Promise.all(stay.map(({ sha256 }) => under.store.find(sha256)))
        const before = await described()
        await under.store.removeKey(fixtures.ada.options.certificate)
        expect((await present()).sort()).toEqual(stay.map((one) => one.sha256).sort())
        expect(await described()).toEqual(before)
      })

      it('deletes a shared key together with its last certificate', async () => {
        await install(fixtures.ada)
        await install(fixtures.adaRenewed)
        await under.store.removeCertificate(fixtures.adaRenewed.options.certificate)
        await under.store.removeCertificate(fixtures.ada.options.certificate)
        expect(await under.store.list()).toEqual([])
      })

      it('keeps an issuer that another certificate still needs', async () => {
        await install(fixtures.ada)
        const { undo } = await setTrust(fixtures.ada, 'authority')
        await install(fixtures.grace)
        await under.store.setTrust(fixtures.grace.options, 'certificate')
        await under.store.undo(undo)
        await under.store.removeCertificate(fixtures.ada.options.certificate)
        expect(await under.store.find(fixtures.grace.sha256)).toMatchObject({ keyPresent: true, chainPresent: true })
      })
    })
  })
}

/** The promise fails with exactly this code. */
export async function expectCode(promise: Promise<unknown>, code: ErrorCode): Promise<AppError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!isAppError(error)) throw new Error(`expected ${code}, got ${String(error)}`)
  expect(error.code).toBe(code)
  return error
}
