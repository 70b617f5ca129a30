import { AsnConvert } from '@peculiar/asn1-schema'
import { expect, it } from 'vitest'
import { basicConstraints } from '#electron/pki/authority/extensions'
import { childrenOf, encode, nothing, oid, readOnly, sequence, tags } from '#electron/pki/der'
import { readLooseTime } from '#electron/pki/der-values'
import { isAuthority, isIssuedBy } from '#electron/pki/x509/issued-by'
import { readCertificate } from '#electron/pki/x509/read'
import { verifyGiven } from '#electron/pki/x509/verdict'
import { viewCertificate } from '#electron/pki/x509/view'
import { type ForgedCertificate, forgeCertificate, nameOf, noon } from '../../../../support/forge'
import { keys } from '../../../../support/small-pkis'

/** What the readers that this one replaced disagreed about: one refused what another one showed. */

const [ownKey, otherKey] = keys()
const forge = (changes: Partial<ForgedCertificate> = {}) => {
  if (ownKey === undefined) throw new Error('no key')
  return forgeCertificate({
    subject: nameOf('Own'),
    issuer: nameOf('Own'),
    spki: ownKey.spki,
    signedBy: ownKey,
    extensions: [],
    ...changes,
  })
}
const serialised = (value: unknown) => new Uint8Array(AsnConvert.serialize(value))
const judged = (certificate: Uint8Array) =>
  verifyGiven({ certificate, chain: [certificate], roots: null, crls: [], at: noon, revocation: 'given' })

it('two different signature algorithms are shown, and no path is valid with them', async () => {
  const [body, , signature] = childrenOf(readOnly(await forge()))
  if (body === undefined || signature === undefined) throw new Error('no certificate')
  const other = sequence(oid('1.2.840.113549.1.1.11'), nothing)
  const der = sequence(body.raw, other, signature.raw)
  expect(viewCertificate(der).commonName).toBe('Own')
  const { valid, reasons } = judged(der)
  expect(valid).toBe(false)
  expect(reasons.map(({ evidence }) => evidence)).toContain('The certificate names two different signature algorithms.')
})

it.each<[string, string, (der: Uint8Array) => Uint8Array]>([
  ['octets behind it', 'Something follows the certificate.', (der) => Buffer.concat([der, Buffer.from([0])])],
  [
    'an element behind its signature',
    'Something follows the signature of the certificate.',
    (der) => sequence(...childrenOf(readOnly(der)).map(({ raw }) => raw), nothing),
  ],
  [
    'a length that is longer than it needs to be',
    'The certificate is not DER: a length is longer than it needs to be.',
    (der) => Buffer.concat([Buffer.from([0x30, 0x83, 0]), der.subarray(2)]),
  ],
])('no path is valid with %s, which its signature does not cover', async (_, evidence, change) => {
  const der = change(await forge())
  expect(viewCertificate(der).commonName).toBe('Own')
  const { valid, reasons } = judged(der)
  expect(valid).toBe(false)
  expect(reasons.map((reason) => reason.evidence)).toContain(evidence)
})

it('of two extensions of one kind the first one counts, and no path is valid with them', async () => {
  const der = await forge({ extensions: [basicConstraints(true), basicConstraints(false)].map(serialised) })
  expect(isAuthority(der)).toBe(true)
  expect(judged(der).reasons.map(({ evidence }) => evidence)).toContain('The extension 2.5.29.19 occurs twice.')
})

it.each([
  ['without seconds', tags.utcTime, '2701311200Z', '2027-01-31T12:00:00.000Z'],
  ['with a difference from UTC', tags.utcTime, '2701311200-0130', '2027-01-31T13:30:00.000Z'],
  ['with fractions', tags.generalizedTime, '20270131120000.5Z', '2027-01-31T12:00:00.000Z'],
  ['of the year 1902 in a UTCTime', tags.utcTime, '19020701025736Z', '1902-07-01T02:57:36.000Z'],
  ['of a thirteenth month', tags.utcTime, '271331120000Z', '2028-01-31T12:00:00.000Z'],
])('a date %s is shown', (_, tag, text, expected) => {
  expect(readLooseTime(readOnly(encode(tag, Buffer.from(text)))).toISOString()).toBe(expected)
})

it('a certificate with such a date is shown, and no path is valid with it', async () => {
  const der = Buffer.from(await forge({ notAfter: new Date('2027-09-30T12:00:00Z') }))
  der.write('202713', der.indexOf('20270930120000Z'), 'latin1')
  expect(viewCertificate(der).notAfter).toBe('2028-01-30T12:00:00.000Z')
  expect(judged(der).reasons.map(({ rule }) => rule)).toContain('malformed')
})

it('one with a date that is none cannot be shown, but read', async () => {
  const der = Buffer.from(await forge({ notAfter: new Date('2027-09-30T12:00:00Z') }))
  der.write('never', der.indexOf('20270930120000Z'), 'latin1')
  expect(readCertificate(der).problems).toHaveLength(1)
  expect(() => viewCertificate(der)).toThrow(expect.objectContaining({ code: 'malformed' }))
})

it('an issuer’s name may be written in another case and another kind of string (RFC 5280 §7.1)', async () => {
  if (otherKey === undefined) throw new Error('no key')
  const printable = (text: string) =>
    sequence(encode(tags.set, sequence(oid('2.5.4.3'), encode(tags.printableString, Buffer.from(text)))))
  const issuer = readCertificate(await forge({ subject: nameOf('Some Issuer') }))
  const leaf = readCertificate(await forge({ spki: otherKey.spki, issuer: printable('SOME  ISSUER') }))
  expect(isIssuedBy(leaf, issuer)).toBe(true)
  expect(isIssuedBy(readCertificate(await forge({ issuer: nameOf('Another') })), issuer)).toBe(false)
  const namesake = readCertificate(await forge({ subject: nameOf('Some Issuer'), spki: otherKey.spki }))
  expect(isIssuedBy(leaf, namesake)).toBe(false)
})
