import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueClient } from '#electron/pki/authority/client'
import { type OpenIssuer, openIssuer } from '#electron/pki/authority/issuer'
import { reviewRequest } from '#electron/pki/authority/requested'
import { createRoot } from '#electron/pki/authority/root'
import { encodePem } from '#electron/pki/containers/pem'
import { encode, sequence, tags } from '#electron/pki/der'
import { ids } from '#electron/pki/oids'
import { parseRequest } from '#electron/pki/request'
import { readCertificate } from '#electron/pki/x509/read'
import { extensionValue } from '#electron/pki/x509/read-extensions'
import { derOf, named } from '../../../../support/certificates'
import {
  attribute,
  bmp,
  commonName,
  ia5,
  nameOfSets,
  printable,
  teletex,
  universal,
  utf8,
} from '../../../../support/names'
import { openWorkshop, type Workshop } from '../../../../support/openssl'
import { extensionRequest, general, handmadeRequest, microsoftExtensions, wish } from '../../../../support/requests'

/** The names of a request: in the certificate to the octet, or refused with what stands against them. */
const now = new Date()
let workshop: Workshop
let issuer: OpenIssuer
beforeAll(async () => {
  workshop = await openWorkshop()
  const root = await createRoot({ subject: named('Root'), algorithm: 'p-256', days: 100, now })
  issuer = openIssuer({ issuerCertificate: root.certificate, issuerKey: root.pkcs8 })
  await workshop.write('root.pem', encodePem('CERTIFICATE', root.certificate))
})
afterAll(() => workshop.remove())

const hex = (bytes: Uint8Array | ArrayBuffer) => Buffer.from(new Uint8Array(bytes)).toString('hex')
async function issue(request: Uint8Array, withoutUnsupported = false): Promise<Uint8Array> {
  const { spki } = await reviewRequest(request)
  return issueClient(issuer, { names: { kind: 'as-requested', request, withoutUnsupported }, spki, days: 9, now })
}
const alternativesIn = (certificate: Uint8Array) => {
  const found = extensionValue(readCertificate(certificate).extensions, ids.subjectAlternativeName)
  return found === null ? null : hex(found)
}

/** A request by openssl; `config` has the sections `names` and, where wanted, `wishes`. */
async function byOpenssl(config: string, mask = 'utf8only', wishes = false): Promise<Uint8Array> {
  const more = wishes ? 'req_extensions=wishes\n' : ''
  const head = `[req]\nprompt=no\nutf8=yes\nstring_mask=${mask}\ndistinguished_name=names\n${more}`
  await workshop.write('request.cnf', head + config)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'client.key']
  return derOf(await workshop.openssl('req', '-new', ...key, '-config', 'request.cnf', '-multivalue-rdn'))
}

async function expectKept(request: Uint8Array): Promise<void> {
  const certificate = await issue(request)
  expect(hex(readCertificate(certificate).subject.raw)).toBe(hex(parseRequest(request).subject.raw))
  await workshop.write('client.pem', encodePem('CERTIFICATE', certificate))
  const verify = ['verify', '-x509_strict', '-purpose', 'sslclient', '-CAfile', 'root.pem', 'client.pem']
  expect(await workshop.openssl(...verify)).toContain('OK')
}

describe('a subject that openssl wrote is taken to the octet', () => {
  it.each<[string, string, string]>([
    ['in UTF-8', 'utf8only', 'C=de\nO=Zoë & Söhne\nOU=漢字\nCN=Jörg “J” 𠮷'],
    ['as BMPString', 'MASK:0x0800', 'O=Zoë\nCN=漢字'],
    ['as TeletexString', 'MASK:0x0004', 'O=Acme_Labs\nCN=Ada & Co'],
    ['as PrintableString', 'pkix', 'O=Acme\nCN=Ada'],
    ['with an e-mail address and a user id', 'utf8only', 'CN=Ada\nemailAddress=ada@acme.dev\nUID=ada'],
    [
      'with every other attribute',
      'utf8only',
      'serialNumber=12-3\ntitle=Dr\nGN=Ada\nSN=Lovelace\nDC=acme\n1.2.3.4=x\nCN=A',
    ],
    ['with sets of several attributes', 'utf8only', 'O=Acme\nCN=Ada\n+UID=ada'],
    ['with several of one kind', 'utf8only', '0.OU=One\n1.OU=Two\nCN=Ada'],
    ['without a Common Name', 'utf8only', 'O=Acme'],
    ['of exactly 64 characters', 'utf8only', `CN=${'漢'.repeat(64)}`],
  ])('%s', async (_how, mask, names) => {
    await expectKept(await byOpenssl(`[names]\n${names}\n`, mask))
  })
})

describe('a subject that openssl cannot write is taken to the octet', () => {
  it.each<[string, Uint8Array]>([
    ['as UniversalString', nameOfSets([universal(commonName, '王𠮷')])],
    ['as IA5String', nameOfSets([ia5(commonName, 'Ada_1 @ acme')])],
    ['with a country in small letters', nameOfSets([utf8('2.5.4.6', 'gb')], [utf8(commonName, 'Ada')])],
    ['of 64 characters beyond the BMP', nameOfSets([utf8(commonName, '𠮷'.repeat(64))])],
    ['with a type whose number has 128 bits', nameOfSets([uuidAttribute()], [utf8(commonName, 'Ada')])],
  ])('%s', async (_how, subject) => {
    await expectKept(handmadeRequest({ subject }))
  })

  function uuidAttribute(): Uint8Array {
    const arc = [0x69, 0x82, ...Array.from({ length: 17 }, () => 0x80), 1]
    return sequence(encode(tags.oid, Uint8Array.from(arc)), encode(tags.utf8String, Buffer.from('x')))
  }
})

describe('a subject is refused, with the attribute named,', () => {
  const cn = (text: string) => nameOfSets([utf8(commonName, text)])
  const field = (type: string, text: string) => nameOfSets([utf8(commonName, 'Ada')], [utf8(type, text)])
  const raw = (tag: number, octets: Uint8Array) => nameOfSets([attribute(commonName, tag, octets)])
  const unsorted = nameOfSets([utf8('0.9.2342.19200300.100.1.1', 'ada'), utf8(commonName, 'Ada')])
  const longLength = Buffer.concat([Uint8Array.of(0x30, 0x81, cn('Ada').length - 2), cn('Ada').subarray(2)])

  it.each<[string, Uint8Array, RegExp]>([
    ['without any attribute', sequence(), /subject is empty/u],
    ['with an empty Common Name', cn(''), /Common Name is empty/u],
    ['with 70 characters', cn('x'.repeat(70)), /Common Name can have at most 64 characters; it has 70/u],
    ['with a long organisation', field('2.5.4.10', 'x'.repeat(65)), /Organisation can have at most 64/u],
    ['with a long unit', field('2.5.4.11', 'x'.repeat(65)), /Organisational unit can have at most 64/u],
    ['with a long town', field('2.5.4.7', 'x'.repeat(129)), /Locality can have at most 128/u],
    ['with a long state', field('2.5.4.8', 'x'.repeat(129)), /State or province can have at most 128/u],
    ['with a long serial number', field('2.5.4.5', 'x'.repeat(65)), /Serial number can have at most 64/u],
    ['with a long e-mail address', field('1.2.840.113549.1.9.1', 'x'.repeat(256)), /E-mail can have at most 255/u],
    ['with a long user id', field('0.9.2342.19200300.100.1.1', 'x'.repeat(257)), /User id can have at most 256/u],
    ['with “Great Country”', field('2.5.4.6', 'Great Country'), /Country is not a country code/u],
    ['with “Germany”', field('2.5.4.6', 'Germany'), /Country is not a country code/u],
    [
      'with two Common Names',
      nameOfSets([utf8(commonName, 'Ada')], [utf8(commonName, 'admin')]),
      /2 Common Names \(“Ada”, “admin”\)/u,
    ],
    ['with two in one set', nameOfSets([utf8(commonName, 'Ada'), utf8(commonName, 'admin')]), /2 Common Names/u],
    ['with an override of direction', cn('Ada\u202enimda'), /U\+202E/u],
    ['with a NUL', cn('admin\u0000.evil.example'), /U\+0000/u],
    ['with a line break', cn('Ada\nadmin'), /U\+000A/u],
    ['with a zero-width space', cn('ad\u200bmin'), /U\+200B/u],
    ['with a soft hyphen', cn('ad\u00admin'), /U\+00AD/u],
    ['with a tag character', cn('admin\u{e0041}'), /U\+E0041/u],
    ['with a filler', cn('admin\u3164'), /U\+3164/u],
    ['with a selector', cn('admin\ufe0f'), /U\+FE0F/u],
    ['with a private character', cn('admin\ue000'), /U\+E000/u],
    ['with a no-break space', cn('Ada\u00a0Lovelace'), /U\+00A0/u],
    ['with a space before', cn(' admin'), /begins or ends with a space/u],
    ['with a space behind', cn('admin '), /begins or ends with a space/u],
    ['with two spaces', cn('Ada  Lovelace'), /two spaces in a row/u],
    ['with a hidden character elsewhere', field('2.5.4.10', 'Acme\u200b'), /Organisation contains/u],
    ['with one under a type that is not known', field('1.2.3.4', 'x\u200b'), /attribute 1\.2\.3\.4 contains/u],
    [
      'with octets that are no UTF-8',
      raw(tags.utf8String, Uint8Array.of(0x41, 0xff)),
      /characters that UTF8String does not allow/u,
    ],
    [
      'with ö in a PrintableString',
      nameOfSets([printable(commonName, 'Jörg')]),
      /characters that PrintableString does not allow/u,
    ],
    ['with ö in an IA5String', nameOfSets([ia5(commonName, 'Jörg')]), /characters that IA5String does not allow/u],
    [
      'with ö in a TeletexString',
      nameOfSets([teletex(commonName, 'Jörg')]),
      /characters that TeletexString does not allow/u,
    ],
    [
      'with a pair of surrogates in a BMPString',
      nameOfSets([bmp(commonName, '𠮷')]),
      /characters that BMPString does not allow/u,
    ],
    [
      'with a number beyond Unicode',
      raw(0x1c, Uint8Array.of(0, 0x11, 0, 0)),
      /characters that UniversalString does not allow/u,
    ],
    ['with a value that is no text', raw(tags.octetString, Uint8Array.of(1, 2)), /Common Name is not text/u],
    ['in another order than DER has', unsorted, /not DER/u],
    ['with a length that is too long', longLength, /not DER/u],
    ['with an empty set', nameOfSets([utf8(commonName, 'Ada')], []), /not DER/u],
    [
      'with half a character',
      nameOfSets([attribute(commonName, tags.bmpString, Uint8Array.of(0, 0x41, 0))]),
      /Common Name contains characters that BMPString does not allow/u,
    ],
    [
      'with more than can be compared',
      nameOfSets(...Array.from({ length: 31 }, () => [utf8('2.5.4.11', 'x')])),
      /31 attributes/u,
    ],
  ])('%s', async (_how, subject, reason) => {
    const request = handmadeRequest({ subject })
    const { names, refusal } = await reviewRequest(request)
    expect(names.refusal).toMatch(reason)
    expect(refusal).toBeNull()
    await expect(issue(request, true)).rejects.toMatchObject({ code: 'invalid-input', detail: names.refusal })
  })
})

describe('what is legal and worth a look', () => {
  it.each<[string, Uint8Array, string]>([
    [
      'a type without a name here',
      nameOfSets([utf8('1.2.3.4', 'E-1815')], [utf8(commonName, 'Ada')]),
      '1.2.3.4, “E-1815”',
    ],
    ['scripts that look alike', nameOfSets([utf8(commonName, '\u0430dmin')]), 'mixes letters'],
    ['accents apart', nameOfSets([utf8(commonName, 'Zoe\u0308')]), 'uses separate accent characters'],
    ['no Common Name', nameOfSets([utf8('2.5.4.10', 'Acme')]), 'no Common Name'],
  ])('is noted: %s', async (_what, subject, words) => {
    const { names } = await reviewRequest(handmadeRequest({ subject }))
    expect(names).toMatchObject({ refusal: null, notes: [expect.stringContaining(words)] })
  })
})

const subject = nameOfSets([utf8(commonName, 'Ada')])

describe('alternative names', () => {
  it('of four kinds are taken to the octet, as openssl wrote them', async () => {
    const wanted = 'email:Ada@Acme.dev,DNS:Ada.Example,DNS:*.acme.dev,IP:10.0.0.1,IP:2001:db8::1,URI:spiffe://acme/ada'
    const request = await byOpenssl(`[names]\nCN=Ada\n[wishes]\nsubjectAltName=critical,${wanted}\n`, 'utf8only', true)
    const certificate = await issue(request)
    await workshop.write('client.pem', encodePem('CERTIFICATE', certificate))
    const shown = await workshop.openssl('x509', '-in', 'client.pem', '-noout', '-ext', 'subjectAltName')
    expect(shown).toContain(
      'email:Ada@Acme.dev, DNS:Ada.Example, DNS:*.acme.dev, IP Address:10.0.0.1, IP Address:2001:DB8:0:0:0:0:0:1, URI:spiffe://acme/ada',
    )
    expect(Buffer.from(request).includes(Buffer.from(alternativesIn(certificate) ?? '', 'hex'))).toBe(true)
  })

  it('of other kinds are left out only where somebody agreed', async () => {
    const kept = [general.email('ada@acme.dev'), general.uri('https://acme.dev/ada')]
    const others = [
      general.principal('ada@corp'),
      general.directory(subject),
      general.registered('1.2.3'),
      general.edi(),
    ]
    const request = handmadeRequest({ subject, alternatives: [...kept, ...others] })
    const { names } = await reviewRequest(request)
    expect(names).toMatchObject({ refusal: null, alternatives: ['E-mail: ada@acme.dev', 'URI: https://acme.dev/ada'] })
    expect(names.leftOut).toEqual([
      expect.stringContaining('ada@corp'),
      'Directory: CN=Ada',
      'Registered identifier: 1.2.3',
      expect.stringContaining('Another kind of name'),
    ])
    await expect(issue(request)).rejects.toMatchObject({ detail: expect.stringContaining('ada@corp') })
    expect(alternativesIn(await issue(request, true))).toBe(hex(sequence(...kept)))
    const nothingElse = handmadeRequest({ subject, alternatives: [general.principal('ada@corp')] })
    expect(alternativesIn(await issue(nothingElse, true))).toBeNull()
  })

  it('are read where older Windows systems write them, and once where both places say the same', async () => {
    const names = [general.dns('pc-7.corp.acme.dev')]
    const old = handmadeRequest({ subject, attributes: [wish(microsoftExtensions, names)] })
    expect(alternativesIn(await issue(old))).toBe(hex(sequence(...names)))
    const both = handmadeRequest({ subject, alternatives: names, attributes: [wish(microsoftExtensions, names)] })
    expect(alternativesIn(await issue(both))).toBe(hex(sequence(...names)))
    const other = wish(extensionRequest, [general.dns('other.acme.dev')])
    const { names: judged } = await reviewRequest(
      handmadeRequest({ subject, alternatives: names, attributes: [other] }),
    )
    expect(judged.refusal).toContain('different alternative names in several places')
  })

  it.each<[string, Uint8Array]>([
    ['an e-mail address without a domain', general.email('ada')],
    ['two addresses in one', general.email('ada@acme.dev,root@acme.dev')],
    ['a space in an address', general.email('ada @acme.dev')],
    ['a NUL in a host name', general.dns('acme.dev\u0000.evil.example')],
    ['an empty host name', general.dns('')],
    ['a space for a host name', general.dns(' ')],
    ['a host name of other letters', general.dns('ädä.example')],
    ['a host name with a dot behind', general.dns('acme.dev.')],
    ['a relative address', general.uri('/ada')],
    ['an address with a space', general.uri('https://acme.dev/a b')],
    ['an address of three octets', general.ip(10, 0, 0)],
    ['an address with its mask', general.ip(10, 0, 0, 0, 255, 0, 0, 0)],
  ])('are refused with %s', async (_what, name) => {
    const request = handmadeRequest({ subject, alternatives: [general.dns('good.example'), name] })
    const { names } = await reviewRequest(request)
    expect(names.refusal).toContain('is malformed')
    await expect(issue(request, true)).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
