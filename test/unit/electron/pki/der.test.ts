import { expect, it } from 'vitest'
import { encode, oid, readElement, readOid, tags } from '#electron/pki/der'

/** Identifiers (X.690 §8.19) as people write them. */
const spelled = (...octets: number[]) => readOid(readElement(encode(tags.oid, Uint8Array.from(octets))))

it.each(['2.5.4.3', '0.9.2342.19200300.100.1.1', '1.3.6.1.4.1.311.60.2.1.3', '2.999.1'])('%s comes back', (text) => {
  expect(readOid(readElement(oid(text)))).toBe(text)
})

it('keeps every digit of an arc, so that two identifiers never look the same', () => {
  // 2.25 and a UUID as one number (X.667): 2^127 and 2^127 + 1.
  const arc = (last: number) => [0x69, 0x82, ...Array.from({ length: 17 }, () => 0x80), last]
  expect(spelled(...arc(0))).toBe('2.25.170141183460469231731687303715884105728')
  expect(spelled(...arc(1))).toBe('2.25.170141183460469231731687303715884105729')
})

it('refuses an arc without end, whatever its length', () => {
  const endless = encode(tags.oid, new Uint8Array(1_000_000).fill(0xff))
  expect(() => readOid(readElement(endless))).toThrow('too long')
})
