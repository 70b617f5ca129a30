import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encode, oid, sequence, tags } from '#electron/pki/der'
import { isReadable, isWithin, mayReach } from '#electron/pki/x509/constraints'
import type { GeneralName } from '#electron/pki/x509/general-names'
import { readName } from '#electron/pki/x509/name'

const commonName = '2.5.4.3'
const attribute = (id: string, tag: number, value: Uint8Array) => sequence(oid(id), encode(tag, value))
const name = (...relative: Uint8Array[][]) => sequence(...relative.map((parts) => encode(tags.set, ...parts)))
const keyOf = (...relative: Uint8Array[][]) => readName(name(...relative)).key

const utf8 = (text: string) => attribute(commonName, tags.utf8String, Buffer.from(text))
const printable = (text: string) => attribute(commonName, tags.printableString, Buffer.from(text))
const bmp = (text: string) => attribute(commonName, tags.bmpString, Buffer.from(text, 'utf16le').swap16())
const teletex = (text: string) => attribute(commonName, 0x14, Buffer.from(text, 'latin1'))

describe('names match', () => {
  it.each<[string, Uint8Array, Uint8Array]>([
    ['whatever kind of string they are', printable('Acme CA'), utf8('Acme CA')],
    ['also as BMPString', bmp('Zoë'), utf8('Zoë')],
    ['also as TeletexString', teletex('Zoë'), utf8('Zoë')],
    ['whatever the case', utf8('ÄCME ca'), utf8('äcme CA')],
    ['whatever the spaces', printable('  Acme   CA '), printable('Acme CA')],
    ['composed or not', utf8('Zoe\u0308'), utf8('Zo\u00eb')],
  ])('%s', (_, one, other) => {
    expect(keyOf([one])).toBe(keyOf([other]))
  })

  it('as sets inside, but in order outside', () => {
    expect(keyOf([utf8('a'), utf8('b')])).toBe(keyOf([utf8('b'), utf8('a')]))
    expect(keyOf([utf8('a')], [utf8('b')])).not.toBe(keyOf([utf8('b')], [utf8('a')]))
    expect(keyOf([utf8('a')], [utf8('b')])).not.toBe(keyOf([utf8('a'), utf8('b')]))
  })

  it.each<[string, Uint8Array, Uint8Array]>([
    ['other words', utf8('Acme CA'), utf8('Acme CB')],
    ['another attribute', utf8('Acme'), attribute('2.5.4.10', tags.utf8String, Buffer.from('Acme'))],
    ['no space at all', utf8('AcmeCA'), utf8('Acme CA')],
    ['what is no UTF-8', attribute(commonName, tags.utf8String, Uint8Array.of(0xff)), utf8('\ufffd')],
    ['what is no text', attribute(commonName, tags.octetString, Buffer.from('a')), utf8('a')],
  ])('never with %s', (_, one, other) => {
    expect(keyOf([one])).not.toBe(keyOf([other]))
  })

  it('never by tricks with the separators of the key', () => {
    const text = fc.string({ maxLength: 8 })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 3 }), fc.array(text, { maxLength: 3 }), (one, other) => {
        const fold = (all: string[]) =>
          all.map((each) => each.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' '))
        const same = JSON.stringify(fold(one)) === JSON.stringify(fold(other))
        const keys = [one, other].map((all) => keyOf(...all.map((each) => [utf8(each)])))
        expect(keys[0] === keys[1]).toBe(same)
      }),
    )
  })
})

const dns = (value: string): GeneralName => ({ kind: 'dns', value })
const email = (value: string): GeneralName => ({ kind: 'email', value })
const uri = (value: string): GeneralName => ({ kind: 'uri', value })
const ip = (...octets: number[]): GeneralName => ({ kind: 'ip', value: Uint8Array.from(octets) })
const directory = (...values: string[]): GeneralName => ({
  kind: 'directory',
  value: readName(name(...values.map((value) => [utf8(value)]))),
})

describe('names lie within a subtree', () => {
  it.each<[GeneralName, GeneralName, boolean]>([
    [dns('example.com'), dns('example.com'), true],
    [dns('A.Example.COM'), dns('example.com'), true],
    [dns('badexample.com'), dns('example.com'), false],
    [dns('example.com'), dns('.example.com'), false],
    [dns('a.example.com'), dns('.example.com'), true],
    [dns('a.example.com.'), dns('example.com'), true],
    [dns('anything'), dns(''), true],
    [email('ada@example.com'), email('example.com'), true],
    [email('ada@mail.example.com'), email('example.com'), false],
    [email('ada@mail.example.com'), email('.example.com'), true],
    [email('ada@example.com'), email('.example.com'), false],
    [email('ada@EXAMPLE.com'), email('ada@example.com'), true],
    [email('Ada@example.com'), email('ada@example.com'), false],
    [uri('https://user@a.example.com:8443/x?y'), uri('.example.com'), true],
    [uri('https://example.com/a.example.com'), uri('.example.com'), false],
    [uri('https://example.com'), uri('example.com'), true],
    [ip(10, 1, 2, 3), ip(10, 0, 0, 0, 255, 0, 0, 0), true],
    [ip(11, 1, 2, 3), ip(10, 0, 0, 0, 255, 0, 0, 0), false],
    [ip(10, 1, 2, 3), ip(...Array.from({ length: 32 }, () => 0)), false],
    [directory('a', 'b', 'c'), directory('A', 'b'), true],
    [directory('a'), directory('a', 'b'), false],
    [directory('a'), directory(), true],
    [dns('example.com'), email('example.com'), false],
  ])('%j in %j: %s', (one, base, expected) => {
    expect(isWithin(one, base)).toBe(expected)
  })

  it('a wildcard reaches what it could stand for', () => {
    expect(mayReach(dns('*.example.com'), dns('secret.example.com'))).toBe(true)
    expect(mayReach(dns('*.example.com'), dns('a.secret.example.com'))).toBe(false)
    expect(isWithin(dns('*.example.com'), dns('secret.example.com'))).toBe(false)
  })

  it.each([uri('urn:isbn:1'), uri('https://10.0.0.1/'), uri('https://[::1]/'), email('ada'), dns('a b'), ip(1, 2, 3)])(
    'what cannot be taken apart is not readable: %j',
    (one) => {
      expect(isReadable(one)).toBe(false)
    },
  )
})
