import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isCompleteChain, issuersOf, requireCertificate, whyNotTrust } from '#electron/stores/certificate'
import { lockedInodes } from '#electron/stores/firefox'
import { openWorkshop, type Workshop } from '../../../support/openssl'
import { makeStoreFixtures, type StoreFixtures } from '../../../support/store-fixtures'

let fixtures: StoreFixtures
let workshop: Workshop
beforeAll(async () => {
  fixtures = await makeStoreFixtures()
  workshop = await openWorkshop()
})
afterAll(() => Promise.all([fixtures.remove(), workshop.remove()]))

/** By openssl, and as Node reads it. */
async function selfSigned(subject: string, ...options: string[]): Promise<X509Certificate> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'own.key']
  return new X509Certificate(await workshop.openssl('req', '-x509', ...key, '-subj', subject, ...options))
}

describe('certificates in stores', () => {
  it('are trusted only when that opens no hole', () => {
    expect(whyNotTrust(requireCertificate(fixtures.ada.options.certificate))).toBeNull()
    expect(whyNotTrust(requireCertificate(fixtures.versionOne.options.certificate))).toMatch(/old version/u)
    expect(whyNotTrust(requireCertificate(fixtures.intermediate.raw))).toMatch(/is an issuer/u)
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

  it('are called by their last Common Name as it is written, or else by the whole name', async () => {
    // Node's reading gave the first line with “CN=”, with a backslash before each comma.
    const named = async (subject: string) => requireCertificate((await selfSigned(subject)).raw).commonName
    expect(await named('/O=Acme/CN=Acme, Inc.')).toBe('Acme, Inc.')
    expect(await named('/CN=first/CN=last')).toBe('last')
    expect(await named('/C=GB/O=Acme')).toBe('O=Acme, C=GB')
  })

  it('are self-signed when they are, whatever they may sign', async () => {
    // `checkIssued` also asks for keyCertSign, which a self-signed client certificate has no use for.
    const own = await selfSigned('/CN=Own', '-addext', 'keyUsage=digitalSignature')
    expect(own.checkIssued(own)).toBe(false)
    expect(requireCertificate(own.raw)).toMatchObject({ selfSigned: true })
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
