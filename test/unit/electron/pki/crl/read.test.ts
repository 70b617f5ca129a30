import { createPublicKey } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRoot, type NewAuthority } from '#electron/pki/authority/root'
import { isCrlSignedBy, readCrl } from '#electron/pki/crl/read'
import { createCrl } from '#electron/pki/crl/write'
import { encode, integer, oid, sequence, tags } from '#electron/pki/der'
import { crlDates, derOf, named } from '../../../../support/certificates'
import { crlEntry, day, extension, type ForgedCrl, forgeCrl, nameOf, noon } from '../../../../support/forge'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

let root: NewAuthority
let workshop: Workshop
beforeAll(async () => {
  root = await createRoot({ subject: named('Root'), algorithm: 'p-256', days: 100, now: noon })
  workshop = await openWorkshop()
})
afterAll(() => workshop.remove())

const keyOf = (spki: Uint8Array) => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
const forge = (wanted: Partial<ForgedCrl>) => forgeCrl({ issuer: nameOf('Root'), signedBy: root, ...wanted })
const truth = Uint8Array.of(0xff)
const reason = (number: number) => extension('2.5.29.21', false, encode(0x0a, Uint8Array.of(number)))

describe('a CRL of our own', () => {
  it('says who, when, which and why', async () => {
    const revoked = [
      { serial: '01', at: noon, reason: 'superseded' as const },
      { serial: 'FF:02', at: noon, reason: 'unspecified' as const },
    ]
    const issuer = { issuerCertificate: root.certificate, issuerKey: root.pkcs8 }
    const crl = readCrl(await createCrl({ ...issuer, revoked, number: 7n, ...crlDates(noon, 3) }))
    expect(crl).toMatchObject({ version: 2, thisUpdate: noon, number: 7n, count: 2 })
    expect(crl).toMatchObject({ isDelta: false, isIndirect: false, unknownCritical: [], problems: [], notes: [] })
    expect(crl.nextUpdate).toEqual(new Date(noon.getTime() + 3 * day))
    expect(Buffer.from(crl.issuer)).toEqual(Buffer.from(nameOf('Root')))
    expect(crl.authorityKeyId).toMatch(/^[0-9a-f]{40}$/u)
    expect(crl.find(Uint8Array.of(1))).toMatchObject({ revokedAt: noon, reason: 'superseded' })
    expect(crl.find(Uint8Array.of(0, 0xff, 2))).toMatchObject({ revokedAt: noon })
    expect(crl.find(Uint8Array.of(0xff, 2))).toBeNull()
    expect([...crl.entries()].map(({ serial }) => Buffer.from(serial).toString('hex'))).toEqual(['01', '00ff02'])
    expect(isCrlSignedBy(crl, keyOf(root.spki))).toBe(true)
  })

  it('is refused when a bit of what is signed changes', async () => {
    const der = Buffer.from(await forge({ entries: [crlEntry(integer(5), [reason(1)])] }))
    expect(readCrl(der).find(Uint8Array.of(5))?.reason).toBe('key-compromise')
    const at = der.indexOf(Buffer.from(crlEntry(integer(5), [reason(1)]))) + 4
    der[at] = (der[at] ?? 0) ^ 1
    expect(isCrlSignedBy(readCrl(der), keyOf(root.spki))).toBe(false)
  })

  it('of a hundred thousand entries is read whole', async () => {
    const entries = Array.from({ length: 100_000 }, (_, index) =>
      crlEntry(integer(index * 7 + 1), index % 2 === 0 ? [reason(index % 5)] : []),
    )
    const crl = readCrl(await forge({ entries }))
    expect(crl.count).toBe(100_000)
    expect(crl.find(integer(7 * 99_999 + 1).subarray(2))).toMatchObject({ reason: null })
    expect(crl.find(integer(7 * 50_004 + 1).subarray(2))).toMatchObject({ reason: 'superseded' })
    expect(crl.find(integer(3).subarray(2))).toBeNull()
  })
})

describe('what limits a CRL', () => {
  const point = encode(0xa0, encode(0xa0, encode(0x86, Buffer.from('http://crl.example/1'))))
  const scope = (...fields: Uint8Array[]) => [extension('2.5.29.28', true, sequence(...fields))]
  it.each<[string, Partial<ForgedCrl>, object]>([
    ['changes only', { extensions: [extension('2.5.29.27', true, integer(1))] }, { isDelta: true }],
    ['several issuers', { extensions: scope(encode(0x84, truth)) }, { isIndirect: true, scope: { place: null } }],
    [
      'one place',
      { extensions: scope(point) },
      {
        isIndirect: false,
        scope: { place: { kind: 'full', names: [{ kind: 'uri', value: 'http://crl.example/1' }] } },
      },
    ],
    ['users only', { extensions: scope(encode(0x81, truth)) }, { scope: { kinds: 'users', reasons: null } }],
    ['issuers only', { extensions: scope(encode(0x82, truth)) }, { scope: { kinds: 'authorities' } }],
    [
      'some reasons',
      { extensions: scope(encode(0x83, Uint8Array.of(6, 0x40))) },
      { scope: { reasons: new Set([1]), isForAttributes: false } },
    ],
    [
      'attribute certificates',
      { extensions: scope(encode(0x85, truth)) },
      { scope: { reasons: null, isForAttributes: true } },
    ],
    [
      'nothing after all',
      { extensions: scope(encode(0x84, Uint8Array.of(0))) },
      { isIndirect: false, scope: { kinds: 'all', place: null, reasons: null, isForAttributes: false } },
    ],
    ['an unknown rule', { extensions: [extension('1.2.3', true, integer(1))] }, { unknownCritical: ['1.2.3'] }],
    ['an unknown remark', { extensions: [extension('1.2.3', false, integer(1))] }, { unknownCritical: [] }],
    [
      'an unknown rule of an entry',
      { entries: [crlEntry(integer(1)), crlEntry(integer(2), [extension('1.2.3', true, integer(1))])] },
      { unknownCritical: ['1.2.3'] },
    ],
    [
      'an entry of another issuer',
      { entries: [crlEntry(integer(1), [extension('2.5.29.29', true, sequence(encode(0xa4, nameOf('Other'))))])] },
      { isIndirect: true },
    ],
  ])('%s', async (_, wanted, expected) => {
    expect(readCrl(await forge(wanted))).toMatchObject(expected)
  })
})

describe('a CRL of openssl', () => {
  it('is read with its reasons', async () => {
    const { openssl, write, read } = workshop
    await write('index.txt', '')
    await write('number', '2a\n')
    const config = ['[ca]', 'default_ca=own', '[own]', 'database=index.txt', 'crlnumber=number', 'default_md=sha256']
    await write(
      'ca.cnf',
      [...config, 'default_crl_days=7', 'crl_extensions=crl', '[crl]', 'authorityKeyIdentifier=keyid', ''].join('\n'),
    )
    const newKey = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key']
    await openssl('req', '-x509', ...newKey, '-out', 'ca.pem', '-subj', '/CN=Ca', '-set_serial', '0x8001')
    const ca = ['-config', 'ca.cnf', '-cert', 'ca.pem', '-keyfile', 'ca.key']
    await openssl('ca', ...ca, '-revoke', 'ca.pem', '-crl_reason', 'keyCompromise')
    await openssl('ca', ...ca, '-gencrl', '-out', 'crl.pem')
    const crl = readCrl(derOf(await read('crl.pem')))
    expect(crl).toMatchObject({ number: 42n, count: 1, version: 2 })
    expect(crl.find(Uint8Array.of(0, 0x80, 1))).toMatchObject({ reason: 'key-compromise' })
    const spki = await openssl('x509', '-in', 'ca.pem', '-noout', '-pubkey')
    expect(isCrlSignedBy(crl, createPublicKey(spki))).toBe(true)
  })
})

describe('what is no CRL', () => {
  const body = (...parts: Uint8Array[]) =>
    sequence(sequence(...parts), sequence(oid('1.2.3')), encode(tags.bitString, truth))
  it.each([
    ['nothing', new Uint8Array()],
    ['something else', integer(1)],
    ['an empty one', sequence()],
    ['one without dates', body(integer(1), sequence(oid('1.2.3')), nameOf('A'))],
    ['a certificate', Uint8Array.of(...encode(0x30, encode(0x30, encode(0xa0, integer(2)), integer(1))))],
  ])('%s', (_, der) => {
    expect(() => readCrl(der)).toThrow(/malformed/u)
  })

  it('one whose two algorithms differ', async () => {
    const der = Buffer.from(await forge({}))
    const id = Buffer.from(oid('1.2.840.10045.4.3.2'))
    const last = der.lastIndexOf(id) + id.length - 1
    der[last] = 3
    expect(() => readCrl(der)).toThrow(/two different/u)
  })

  it('one whose entry reaches past the end', async () => {
    const entry = crlEntry(integer(5))
    const der = Buffer.from(await forge({ entries: [entry] }))
    const at = der.indexOf(Buffer.from(entry)) + 1
    der[at] = (der[at] ?? 0) + 1
    expect(() => readCrl(der)).toThrow(/malformed/u)
  })
})
