import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  isCompleteChain,
  issuersOf,
  requireCertificate,
  splitPem,
  toPem,
  whyNotTrust,
} from '#electron/stores/certificate'
import { lockedInodes } from '#electron/stores/firefox'
import { makeStoreFixtures, type StoreFixtures } from '../../../support/store-fixtures'

let fixtures: StoreFixtures
beforeAll(async () => {
  fixtures = await makeStoreFixtures()
})
afterAll(() => fixtures.remove())

describe('certificates in stores', () => {
  it('are trusted only when that opens no hole', () => {
    expect(whyNotTrust(fixtures.ada.options.certificate)).toBeNull()
    expect(whyNotTrust(fixtures.versionOne.options.certificate)).toMatch(/old version/u)
    expect(whyNotTrust(fixtures.intermediate.raw)).toMatch(/is an issuer/u)
  })

  it('find their issuers, nearest first, wherever these are', () => {
    const leaf = requireCertificate(fixtures.ada.options.certificate)
    const [root, intermediate] = [fixtures.root, fixtures.intermediate].map((one) => requireCertificate(one.raw))
    if (root === undefined || intermediate === undefined) throw new Error('no issuers')
    expect(issuersOf(leaf, [root, leaf, intermediate])).toEqual([intermediate, root])
    expect(isCompleteChain(leaf, [intermediate, root])).toBe(true)
    expect(isCompleteChain(leaf, [intermediate])).toBe(false)
    expect(issuersOf(leaf, [root])).toEqual([])
  })

  it('survive PEM and back', () => {
    const pem = toPem(fixtures.root.raw)
    expect(splitPem(`text\n${pem}more\n${pem}`).map((one) => requireCertificate(Buffer.from(one)).sha256)).toHaveLength(
      2,
    )
    expect(pem).toBe(fixtures.root.toString())
  })

  it('are refused when unreadable', () => {
    expect(() => requireCertificate(Buffer.from('no'))).toThrow('malformed')
  })
})

describe('lockedInodes', () => {
  it('reads write locks from /proc/locks', () => {
    const text = '1: POSIX  ADVISORY  WRITE 1234 00:2a:5678 0 EOF\n2: FLOCK  ADVISORY  READ 99 fd:01:42 0 EOF\n'
    expect([...lockedInodes(text)]).toEqual([5678])
  })
})
