import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeName, nameFrom } from '#electron/pki/authority/names'
import { openFile } from '#electron/pki/containers/open'
import { decodePem, encodePem } from '#electron/pki/containers/pem'
import { writePkcs7 } from '#electron/pki/containers/pkcs7'
import { writePkcs12 } from '#electron/pki/containers/pkcs12-write'
import { encryptPkcs8 } from '#electron/pki/containers/private-keys'
import { readCrl } from '#electron/pki/crl/read'
import { createCrl } from '#electron/pki/crl/write'
import { readElement, readOnly } from '#electron/pki/der'
import { readTime, time } from '#electron/pki/der-values'
import { commonNameIn } from '#electron/pki/x509/name'
import { neutralise } from '#shared/logic/neutralise'
import { crlDates, makeSmallPki, type SmallPki } from '../../../../support/certificates'
import { rounds } from '../../../../support/rounds'

/** Whatever is written is read again as it was. Seeded, so that a failure can be had again. */
const seed = 20261123
let pki: SmallPki
beforeAll(async () => {
  pki = await makeSmallPki(new Date())
})

const open = (bytes: Uint8Array, password: string | null) => openFile({ name: 'file', bytes, password })
/** Passwords as people choose them: any script, blanks, none at all. */
const passwords = fc.string({ unit: 'grapheme', maxLength: 24 })
const labels = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })

describe('read again', () => {
  it('PEM of any bytes, with any text around it', () => {
    const around = fc.string({ maxLength: 60 }).filter((text) => !text.includes('-----'))
    const property = fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      around,
      around,
      (der, before, after) => {
        const [block, ...others] = decodePem(`${before}\n${encodePem('CERTIFICATE', der)}${after}`)
        expect(others).toEqual([])
        expect(Buffer.from(block?.der ?? []).equals(Buffer.from(der))).toBe(true)
      },
    )
    fc.assert(property, { seed, numRuns: rounds(300) })
  })

  // Seed 20261123, run 2315 of a soak: “<A … !>” around a block is no tag.
  it.each([
    ['<A', '!>'],
    ['<Ada wrote:', 'so far> and no further'],
    ['/', '>'],
  ])('PEM between “%s” and “%s”', (before, after) => {
    const der = Uint8Array.of(0x30, 0)
    const blocks = decodePem(`${before}\n${encodePem('CERTIFICATE', der)}${after}`)
    expect(blocks.map((block) => Buffer.from(block.der).toString('hex'))).toEqual(['3000'])
  })

  it.each([
    ['store', 12],
    ['modern', 2],
  ] as const)('PKCS#12 for %s, with any password and label', async (profile, numRuns) => {
    const { certificate, pkcs8, spki } = pki.client
    const property = fc.asyncProperty(passwords, labels, async (password, label) => {
      const chain = [pki.intermediate.certificate, pki.root.certificate]
      const file = await open(writePkcs12({ profile, pkcs8, certificate, chain, password, label }), password)
      expect(file.failures).toEqual([])
      expect(Buffer.from(file.keys[0]?.spki ?? []).equals(Buffer.from(spki))).toBe(true)
      expect(file.keys[0]?.label).toBe(label)
      expect(file.certificates.map(({ der }) => Buffer.from(der))).toEqual(
        [certificate, ...chain].map((der) => Buffer.from(der)),
      )
    })
    await fc.assert(property, { seed, numRuns: rounds(numRuns) })
  })

  it('encrypted PKCS#8, with any password', async () => {
    const property = fc.asyncProperty(passwords, async (password) => {
      const { keys } = await open(encryptPkcs8(pki.client.pkcs8, password), password)
      expect(Buffer.from(keys[0]?.spki ?? []).equals(Buffer.from(pki.client.spki))).toBe(true)
    })
    await fc.assert(property, { seed, numRuns: rounds(4) })
  })

  it('PKCS#7 of certificates in any order', async () => {
    const all = [pki.client.certificate, pki.intermediate.certificate, pki.root.certificate]
    const property = fc.asyncProperty(fc.shuffledSubarray(all, { minLength: 1 }), async (chosen) => {
      const { certificates } = await open(writePkcs7(chosen), null)
      expect(certificates.map(({ der }) => Buffer.from(der))).toEqual(chosen.map((der) => Buffer.from(der)))
    })
    await fc.assert(property, { seed, numRuns: rounds(15) })
  })

  it('Common Names in any script', () => {
    const property = fc.property(labels, (commonName) => {
      const rest = { organization: '', organizationalUnit: '', locality: '', state: '', country: '' }
      const name = readOnly(encodeName(nameFrom({ commonName, ...rest })))
      expect(commonNameIn(name)).toBe(neutralise(commonName))
    })
    fc.assert(property, { seed, numRuns: rounds(200) })
  })

  it('any second from 1950 on, across the year in which its form changes', () => {
    const seconds = fc.integer({ min: Date.UTC(1950, 0, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 })
    const property = fc.property(seconds, (second) => {
      expect(readTime(readElement(time(new Date(second * 1000)))).getTime()).toBe(second * 1000)
    })
    fc.assert(property, { seed, numRuns: rounds(500) })
  })

  it('revoked serial numbers of any size', async () => {
    const serials = fc.uniqueArray(fc.bigInt({ min: 1n, max: 2n ** 159n - 1n }), { minLength: 1, maxLength: 30 })
    const property = fc.asyncProperty(serials, async (numbers) => {
      const now = new Date()
      const hex = (number: bigint) =>
        number.toString(16).padStart(number.toString(16).length + (number.toString(16).length % 2), '0')
      const revoked = numbers.map((number) => ({ serial: hex(number), at: now, reason: 'superseded' as const }))
      const issuer = { issuerCertificate: pki.root.certificate, issuerKey: pki.root.pkcs8 }
      const crl = readCrl(await createCrl({ ...issuer, revoked, number: 1n, ...crlDates(now, 7) }))
      expect([...crl.entries()].map(({ serial }) => BigInt(`0x${Buffer.from(serial).toString('hex')}`))).toEqual(
        numbers,
      )
    })
    await fc.assert(property, { seed, numRuns: rounds(20) })
  })
})
