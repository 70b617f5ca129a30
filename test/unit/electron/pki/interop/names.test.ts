import { AsnConvert } from '@peculiar/asn1-schema'
import { Name } from '@peculiar/asn1-x509'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Attribute, nameOf } from '#electron/pki/authority/names'
import { readOnly } from '#electron/pki/der'
import { nameFields } from '#electron/pki/describe/fields'
import { generateKey } from '#electron/pki/keys'
import { createRequest, parseRequest } from '#electron/pki/request'
import { attributeLabel } from '#electron/pki/x509/name'
import { neutralise } from '#shared/logic/neutralise'
import { RequestDraft, SubjectDraft } from '#shared/model/identity'
import { attributesOf } from '../../../../support/names'
import { openWorkshop, type Workshop } from '../../../../support/openssl'
import { rounds } from '../../../../support/rounds'

/** A name that is written comes back with the same values, here and in openssl. Seeded, so that a failure can be had again. */
const seed = 20261123
const ids = {
  country: '2.5.4.6',
  state: '2.5.4.8',
  locality: '2.5.4.7',
  organization: '2.5.4.10',
  organizationalUnit: '2.5.4.11',
  commonName: '2.5.4.3',
} as const
const fields = Object.keys(ids) as (keyof typeof ids)[]

/** Any printable text, and much of what means something in a written name. */
const special = fc.constantFrom(...',+"\\<>;=#/ \'é漢ا🔑', 'CN=')
const text = fc
  .oneof(fc.string({ unit: 'grapheme', maxLength: 16 }), fc.string({ unit: special, maxLength: 20 }))
  .filter((value) => value.length <= 64)
const country = fc.constantFrom('', 'GB', 'ch')
const drafts = fc
  .record({ country, state: text, locality: text, organization: text, organizationalUnit: text, commonName: text })
  .map((record) => SubjectDraft.safeParse(record))
  // What a name may not hold is refused before anything is written; see name-rules.test.ts.
  .filter(({ success }) => success)
  .map(({ data }) => SubjectDraft.parse(data))

const valuesOf = (subject: SubjectDraft) =>
  fields.filter((field) => subject[field] !== '').map((field) => ({ oid: ids[field], value: subject[field] }))

let workshop: Workshop
let pkcs8: Uint8Array
beforeAll(async () => {
  workshop = await openWorkshop()
  pkcs8 = (await generateKey('p-256')).pkcs8
})
afterAll(() => workshop.remove())

const requestFor = (subject: SubjectDraft) => createRequest(RequestDraft.parse({ subject }), pkcs8)
const subjectIn = (request: Uint8Array) => AsnConvert.parse(parseRequest(request).subject.raw, Name)

/** What openssl reads: one attribute on a line, nothing escaped. */
async function readByOpenssl(request: Uint8Array): Promise<string[]> {
  await workshop.write('request.der', request)
  const reading = ['-inform', 'DER', '-in', 'request.der', '-noout', '-subject']
  const shown = await workshop.openssl('req', ...reading, '-nameopt', 'utf8,oid,sep_multiline')
  return shown
    .split('\n')
    .slice(1, -1)
    .map((line) => line.slice(4))
}

describe('the subject of a request', () => {
  it('comes back as it was entered, and is shown without its dangers', async () => {
    const property = fc.asyncProperty(drafts, async (subject) => {
      const name = subjectIn(await requestFor(subject))
      const values = valuesOf(subject)
      expect(attributesOf(name)).toEqual(values.map(({ oid, value }) => `${oid}=${value}`))
      const shown = nameFields('subject', readOnly(new Uint8Array(AsnConvert.serialize(name))), [])
      expect(shown.map(({ id, value }) => [id, value])).toEqual(
        values.map(({ oid, value }) => [`subject.${attributeLabel(oid).id}`, neutralise(value)]),
      )
    })
    await fc.assert(property, { seed, numRuns: rounds(200) })
  })

  it('says the same to openssl', async () => {
    for (const subject of fc.sample(drafts, { seed, numRuns: rounds(20) })) {
      const wanted = valuesOf(subject).map(({ oid, value }) => `${oid}=${value}`)
      expect(await readByOpenssl(await requestFor(subject))).toEqual(wanted)
    }
  })
})

describe('a name of any attributes', () => {
  const types = [...Object.values(ids), '2.5.4.5', '2.5.4.4', '1.2.840.113549.1.9.1', '0.9.2342.19200300.100.1.25']
  const attribute = fc.tuple(
    fc.constantFrom(...types),
    text.filter((value) => value !== ''),
  )
  const sets = fc.array(fc.array(attribute, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 })
  const spelled = (set: Attribute[]) => set.map(([oid, value]) => `${oid}=${value}`).sort()

  it('comes back with the same sets of values', () => {
    const property = fc.property(sets, (given) => {
      const name = AsnConvert.parse(AsnConvert.serialize(nameOf(given)), Name)
      expect([...name].map((set) => attributesOf(new Name([set])).sort())).toEqual(given.map(spelled))
    })
    fc.assert(property, { seed, numRuns: rounds(200) })
  })

  // What its definition asks for cannot hold these; cfssl, too, writes UTF8String then.
  it.each<Attribute>([
    ['2.5.4.6', 'Österreich'],
    ['2.5.4.5', '№ 5'],
    ['1.2.840.113549.1.9.1', 'пётр@пример.рф'],
  ])('%s: “%s” is not garbled', (oid, value) => {
    const der = AsnConvert.serialize(nameOf([[[oid, value]]]))
    expect(attributesOf(AsnConvert.parse(der, Name))).toEqual([`${oid}=${value}`])
    expect(Buffer.from(der).includes(Buffer.from(value))).toBe(true)
  })
})

describe('a name that openssl wrote', () => {
  it.each([
    ['utf8String', '0x2000', 'Zoë, 漢 + “Ω” \\ =🔑'],
    ['bmpString', '0x0800', 'Zoë, 漢 + “Ω” \\ ='],
    ['teletexString', '0x0004', 'Zoë + =/'],
    ['printableString', '0x0002', 'Zoe (own), + = / : ?'],
  ])('as %s is read with the same value', async (kind, mask, value) => {
    const key = 'key.der'
    await workshop.write(key, pkcs8)
    const subject = `[s]\nCN=${value.replaceAll('\\', '\\\\')}\n`
    await workshop.write(
      'name.cnf',
      `[req]\nprompt=no\nutf8=yes\nstring_mask=MASK:${mask}\ndistinguished_name=s\n${subject}`,
    )
    await workshop.openssl('req', '-new', '-config', 'name.cnf', '-key', key, '-outform', 'DER', '-out', 'theirs.der')
    const name = subjectIn(await workshop.read('theirs.der'))
    expect([...name].flatMap((set) => [...set]).map((one) => one.value)).toMatchObject([{ [kind]: expect.anything() }])
    expect(attributesOf(name)).toEqual([`${ids.commonName}=${value}`])
    const shown = nameFields('subject', readOnly(new Uint8Array(AsnConvert.serialize(name))), [])
    expect(shown.map((field) => field.value)).toEqual([value])
  })
})
