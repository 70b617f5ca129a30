import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toDer } from '#electron/pki/ber'
import { encode, integer, octetString, oid, readElement, readInteger, readOid, sequence } from '#electron/pki/der'
import { toBer } from '../../../support/ber'
import { rounds } from '../../../support/rounds'

const malformed = expect.objectContaining({ code: 'malformed' })

const leaf = fc.oneof(
  fc.nat().map(integer),
  fc.uint8Array({ maxLength: 40 }).map(octetString),
  fc.constant(oid('1.2.840.113549.1.7.1')),
)
const { node } = fc.letrec<{ node: Uint8Array }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('node'), { maxLength: 4 }).map((children) => sequence(...children)),
    fc.array(tie('node'), { maxLength: 3 }).map((children) => encode(0xa0, ...children)),
  ),
}))

describe('BER to DER', () => {
  it('leaves DER as it is, byte for byte', () => {
    fc.assert(
      fc.property(node, (der) => {
        expect(Buffer.from(toDer(der)).equals(der)).toBe(true)
      }),
      { numRuns: rounds(200) },
    )
  })

  it('undoes open lengths and strings in pieces', () => {
    fc.assert(
      fc.property(node, (der) => {
        expect(Buffer.from(toDer(toBer(der))).equals(der)).toBe(true)
      }),
      { numRuns: rounds(200) },
    )
  })

  it('keeps the bytes of parts that need no rewriting, even when their lengths are longer than need be', () => {
    const long = Buffer.from([0x30, 0x81, 0x03, 0x02, 0x01, 0x05])
    const ber = Buffer.concat([Buffer.from([0x30, 0x80]), long, Buffer.from([0, 0])])
    expect(Buffer.from(toDer(ber)).equals(encode(0x30, long))).toBe(true)
  })

  it('drops what stands behind the element', () => {
    const der = sequence(integer(1))
    expect(Buffer.from(toDer(Buffer.concat([der, Buffer.from('\r\n')]))).equals(der)).toBe(true)
  })

  it.each([
    ['nothing', []],
    ['only a tag', [0x30]],
    ['a length past the end', [0x30, 5, 2, 1, 1]],
    ['a part longer than the whole', [0x30, 3, 0x30, 4, 5, 0, 5, 0]],
    ['an open length that never ends', [0x30, 0x80, 2, 1, 1]],
    ['an open length on a plain value', [0x02, 0x80, 0, 0]],
    ['a length of five octets', [0x30, 0x85, 0, 0, 0, 0, 0]],
    ['a tag of many octets', [0x3f, 0x81, 0x01, 0]],
  ])('%s is malformed', (_, bytes) => {
    expect(() => toDer(Uint8Array.from(bytes))).toThrow(malformed)
  })

  it('a nesting bomb is malformed, open or closed', () => {
    expect(() => toDer(Buffer.alloc(1_000_000, Buffer.from([0x30, 0x80])))).toThrow(malformed)
    let closed: Uint8Array = integer(1)
    for (let depth = 0; depth < 100; depth += 1) closed = sequence(closed)
    expect(() => toDer(closed)).toThrow(malformed)
  })
})

describe('elements', () => {
  it('numbers and identifiers come back as they went in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 45 }), fc.array(fc.nat(), { maxLength: 6 }), (number, arcs) => {
        expect(readInteger(readElement(integer(number)))).toBe(number)
        const id = ['1', '2', ...arcs].join('.')
        expect(readOid(readElement(oid(id)))).toBe(id)
      }),
      { numRuns: rounds(100) },
    )
  })

  it('identifiers below the third root have large second arcs', () => {
    expect(readOid(readElement(oid('2.16.840.1.101.3.4.1.42')))).toBe('2.16.840.1.101.3.4.1.42')
    expect(readOid(readElement(oid('2.999.3')))).toBe('2.999.3')
  })
})
