import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodePem } from '#electron/pki/containers/pem'
import { readCrl } from '#electron/pki/crl/read'
import { type CrlInput, createCrl, type Revocation } from '#electron/pki/crl/write'
import { encode, readOnly, tags } from '#electron/pki/der'
import { readBigInteger, serialKey } from '#electron/pki/der-values'
import { inspectFile } from '#electron/pki/describe/inspect'
import { serialNumberOctets, spellSerialNumber } from '#electron/pki/serial-number'
import { viewCertificate } from '#electron/pki/x509/view'
import { crlDates, makeSmallPki, type SmallPki } from '../../../../support/certificates'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

const now = new Date()
const pem = (der: Uint8Array) => encodePem('CERTIFICATE', der)
let workshop: Workshop
let pki: SmallPki
beforeAll(async () => {
  workshop = await openWorkshop()
  pki = await makeSmallPki(now)
  await workshop.write('chain.pem', pem(pki.intermediate.certificate) + pem(pki.root.certificate))
  await workshop.write('client.pem', pem(pki.client.certificate))
})
afterAll(() => workshop.remove())

async function write(revoked: Revocation[], changes: Partial<CrlInput> = {}): Promise<string> {
  const { certificate, pkcs8 } = pki.intermediate
  const issuer = { issuerCertificate: certificate, issuerKey: pkcs8 }
  const der = await createCrl({ ...issuer, revoked, number: 7n, ...crlDates(now, 7), ...changes })
  await workshop.write('list.der', der)
  await workshop.write('list.pem', encodePem('X509 CRL', der))
  const shown = await workshop.openssl('crl', '-in', 'list.der', '-inform', 'DER', '-noout', '-text')
  return shown.replace(/\s+/gu, ' ')
}
const one = (serial: string, changes: Partial<Revocation> = {}): Revocation => ({
  serial,
  at: now,
  reason: 'unspecified',
  ...changes,
})
const verify = ['verify', '-crl_check', '-CAfile', 'chain.pem', '-CRLfile', 'list.pem', 'client.pem']

describe('a revocation list', () => {
  it('that is empty leaves certificates valid', async () => {
    expect(await write([])).toContain('No Revoked Certificates')
    expect(await workshop.openssl(...verify)).toContain('OK')
  })

  it('stops the certificates on it', async () => {
    await write([one(viewCertificate(pki.client.certificate).serial)])
    await expect(workshop.openssl(...verify)).rejects.toThrow(/certificate revoked/u)
  })

  it('is signed by its issuer, says who that is, its number and when the next one comes', async () => {
    const shown = await write([one('01')], { number: 300n })
    expect(shown).toContain('Version 2 (0x1)')
    expect(shown).toMatch(/X509v3 Authority Key Identifier: ([0-9A-F]{2}:){19}/u)
    expect(shown).toContain('X509v3 CRL Number: 300')
    expect(shown).toMatch(/Next Update: /u)
    expect(await workshop.openssl(...verify)).toContain('OK')
    const largest = 2n ** 159n - 1n
    expect(await write([], { number: largest })).toContain(`X509v3 CRL Number: 0x${largest.toString(16).toUpperCase()}`)
    const read = await inspectFile({ name: 'list.der', bytes: await workshop.read('list.der'), password: null })
    const fields = read.objects.flatMap(({ groups }) => groups).flatMap((group) => group.fields)
    expect(fields.find(({ id }) => id === 'extension.2.5.29.20')?.value).toBe(String(largest))
    expect(read.objects.flatMap(({ oddities }) => oddities)).toEqual([])
    await write([one('01')], { issuerKey: pki.root.pkcs8 })
    await expect(workshop.openssl(...verify)).rejects.toThrow(/CRL signature failure/u)
  })

  it('keeps serials positive, minimal and whole, also from 0x80 on (access-crl-worker-template 4)', async () => {
    expect(await write([one('F1:02')])).toContain('Serial Number: F102')
    const all = ['00', '00:00:7F', '80', `7${'A'.repeat(39)}`, 'F'.repeat(300)]
    expect(await write(all.map((serial) => one(serial)))).toContain('Serial Number: 00 ')
    const { entries } = readCrl(await workshop.read('list.der'))
    expect([...entries()].map(({ serial }) => Buffer.from(serial).toString('hex'))).toEqual([
      '00',
      '7f',
      '0080',
      `7${'a'.repeat(39)}`,
      `00${'f'.repeat(300)}`,
    ])
  })

  it('keeps every serial the number that it is, also a negative one, which openssl matches by its sign', async () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 21 }), (content) => {
        const octets = Buffer.from(serialNumberOctets(spellSerialNumber(content)), 'hex')
        const short = readBigInteger(readOnly(encode(tags.integer, octets)))
        return (
          short === readBigInteger(readOnly(encode(tags.integer, content))) &&
          Buffer.compare(Buffer.from(serialKey(content), 'latin1'), octets) === 0
        )
      }),
    )
    const shown = await write(['-01', '-80', '-01:00', 'FF'].map((serial) => one(serial)))
    for (const serial of ['-01', '-80', '-0100', 'FF']) expect(shown).toContain(`Serial Number: ${serial} `)
  })

  it('says why, except where nobody said', async () => {
    const shown = await write([one('0A'), one('0B', { reason: 'key-compromise' }), one('0C', { reason: 'superseded' })])
    expect(shown).toMatch(/Serial Number: 0A Revocation Date: [^:]+:\d+:\d+ \d+ GMT Serial/u)
    expect(shown).toMatch(/0B Revocation Date: .{20,30} CRL entry extensions: X509v3 CRL Reason Code: Key Compromise/u)
    expect(shown).toContain('X509v3 CRL Reason Code: Superseded')
  })

  it('changes its way of writing dates in 2050', async () => {
    const { certificate, pkcs8 } = (await makeSmallPki(new Date('2049-12-01T00:00:00Z'))).intermediate
    const issuer = { issuerCertificate: certificate, issuerKey: pkcs8 }
    const edge = { ...issuer, ...crlDates(new Date('2049-12-31T23:59:59Z'), 1) }
    expect(await write([], edge)).toMatch(/Last Update: Dec 31 23:59:59 2049 GMT Next Update: Jan 1 23:59:59 2050 GMT/u)
    const kinds = (await workshop.openssl('asn1parse', '-inform', 'DER', '-in', 'list.der')).match(/\w+TIME/gu)
    expect(kinds).toEqual(['UTCTIME', 'GENERALIZEDTIME'])
  })

  it('has room for very many', async () => {
    const serials = Array.from({ length: 20_000 }, (_, index) => (0x40_00_00_00 + index).toString(16))
    await write(serials.map((serial) => one(serial, { reason: 'superseded' })))
    expect((await workshop.read('list.der')).length).toBeGreaterThan(20_000 * 36)
  })

  it('is refused to an issuer that may not sign one', async () => {
    const issuer = { issuerCertificate: pki.client.certificate, issuerKey: pki.client.pkcs8 }
    await expect(write([], issuer)).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
