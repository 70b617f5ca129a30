import { AsnConvert } from '@peculiar/asn1-schema'
import { describe, expect, it } from 'vitest'
import * as extensions from '#electron/pki/authority/extensions'
import { encode, integer, nothing, oid, sequence, tags } from '#electron/pki/der'
import { ids } from '#electron/pki/oids'
import { createPool } from '#electron/pki/x509/pool'
import { verifyPath } from '#electron/pki/x509/verdict'
import type { PathRule } from '#shared/model/path'
import {
  crlEntry,
  daysFrom,
  extension,
  type ForgedCertificate,
  type ForgedCrl,
  forgeCertificate,
  forgeCrl,
  nameOf,
  noon,
} from '../../../../support/forge'
import { keys } from '../../../../support/small-pkis'

/** What is critical, and what is judged at all, is understood in full or refused (RFC 5280 §4.2, §5.2). */

const [rootKey, issuerKey, leafKey] = keys()
const serialised = (value: unknown) => new Uint8Array(AsnConvert.serialize(value))
const ca = serialised(extensions.basicConstraints(true))
const text = (tag: number, value: string) => encode(tag, Buffer.from(value))
const critical = (id: string, value: Uint8Array) => extension(id, true, value)
const plain = (id: string, value: Uint8Array) => extension(id, false, value)

interface Wanted {
  issuer?: Partial<ForgedCertificate>
  leaf?: Partial<ForgedCertificate>
  crls?: Partial<ForgedCrl>[]
}

/** Root, issuer and leaf, with lists of the issuer: which rules are broken, and what is noted. */
async function judged({ issuer = {}, leaf = {}, crls = [] }: Wanted) {
  if (rootKey === undefined || issuerKey === undefined || leafKey === undefined) throw new Error('no keys')
  const [root, middle, last, ...lists] = await Promise.all([
    forgeCertificate({ ...named('Root', 'Root'), spki: rootKey.spki, signedBy: rootKey, extensions: [ca] }),
    forgeCertificate({
      ...named('Issuer', 'Root'),
      spki: issuerKey.spki,
      signedBy: rootKey,
      ...issuer,
      extensions: [ca, ...(issuer.extensions ?? [])],
    }),
    forgeCertificate({ ...named('Leaf', 'Issuer'), spki: leafKey.spki, signedBy: issuerKey, extensions: [], ...leaf }),
    ...crls.map((crl) => forgeCrl({ issuer: nameOf('Issuer'), signedBy: issuerKey, ...crl })),
  ])
  const pool = createPool({ certificates: [middle], anchors: [root], crls: lists })
  return verifyPath(last, pool, { at: noon })
}
const named = (subject: string, issuer: string) => ({ subject: nameOf(subject), issuer: nameOf(issuer) })
const rulesOf = async (wanted: Wanted): Promise<PathRule[]> => (await judged(wanted)).reasons.map(({ rule }) => rule)

describe('a certificate with an extension that cannot be read in full', () => {
  const qualifier = (id: string) => sequence(oid(id), text(tags.ia5String, 'https://a.example'))
  const policies = (...qualifiers: Uint8Array[]) => sequence(sequence(oid('1.2.3'), sequence(...qualifiers)))
  const point = (...members: Uint8Array[]) => sequence(sequence(...members))
  const place = encode(0xa0, encode(0xa0, text(0x86, 'http://a.example/crl')))
  const { policyConstraints, nameConstraints, crlDistributionPoints, issuerAlternativeName, certificatePolicies } = ids

  it.each<[string, Uint8Array, PathRule | null]>([
    [
      'policyConstraints with a tag of its own',
      critical(policyConstraints, sequence(encode(0x82, Uint8Array.of(0)))),
      'malformed',
    ],
    [
      'policyConstraints with junk',
      critical(policyConstraints, sequence(encode(0x80, Uint8Array.of(0)), nothing)),
      'malformed',
    ],
    [
      'policyConstraints out of order',
      critical(policyConstraints, sequence(encode(0x81, Uint8Array.of(0)), encode(0x80, Uint8Array.of(0)))),
      'malformed',
    ],
    ['empty policyConstraints', critical(policyConstraints, sequence()), 'malformed'],
    [
      'a padded count in policyConstraints',
      critical(policyConstraints, sequence(encode(0x80, Uint8Array.of(0, 9)))),
      'malformed',
    ],
    ['empty policyMappings', critical(ids.policyMappings, sequence()), 'malformed'],
    ['empty nameConstraints', critical(nameConstraints, sequence()), 'malformed'],
    ['nameConstraints with an empty side', critical(nameConstraints, sequence(encode(0xa0))), 'malformed'],
    [
      'nameConstraints with a third side',
      critical(nameConstraints, sequence(encode(0xa2, sequence(text(0x82, 'a.example'))))),
      'malformed',
    ],
    [
      'a padded inhibitAnyPolicy',
      critical(ids.inhibitAnyPolicy, encode(tags.integer, Uint8Array.of(0, 1))),
      'malformed',
    ],
    [
      'critical distribution points that cannot be read',
      critical(crlDistributionPoints, text(tags.utf8String, 'no')),
      'malformed',
    ],
    [
      'a critical distribution point without a place',
      critical(crlDistributionPoints, point(encode(0x81, Uint8Array.of(6, 0x40)))),
      'malformed',
    ],
    [
      'a critical distribution point with another part',
      critical(crlDistributionPoints, point(place, nothing)),
      'malformed',
    ],
    ['critical distribution points', critical(crlDistributionPoints, point(place)), null],
    ['distribution points that cannot be read', plain(crlDistributionPoints, text(tags.utf8String, 'no')), null],
    ['a critical issuerAltName that cannot be read', critical(issuerAlternativeName, sequence(nothing)), 'malformed'],
    ['an empty critical issuerAltName', critical(issuerAlternativeName, sequence()), 'malformed'],
    ['a critical issuerAltName', critical(issuerAlternativeName, sequence(text(0x82, 'a.example'))), null],
    ['an issuerAltName that cannot be read', plain(issuerAlternativeName, sequence(nothing)), null],
    [
      'critical policies with an unknown qualifier',
      critical(certificatePolicies, policies(qualifier('1.2.3.4'))),
      'unknown-critical-extension',
    ],
    ['policies with an unknown qualifier', plain(certificatePolicies, policies(qualifier('1.2.3.4'))), null],
    [
      'critical policies with a known qualifier',
      critical(certificatePolicies, policies(qualifier('1.3.6.1.5.5.7.2.1'))),
      null,
    ],
    ['critical policies without a list', critical(certificatePolicies, sequence()), 'malformed'],
    ['an empty extendedKeyUsage', critical(ids.extendedKeyUsage, sequence()), 'malformed'],
    [
      'a subjectAltName of an unknown tag',
      plain(ids.subjectAlternativeName, sequence(text(0x8a, 'a.example'))),
      'malformed',
    ],
    [
      'a keyUsage with bits in its padding',
      critical(ids.keyUsage, encode(tags.bitString, Uint8Array.of(2, 0x87))),
      'malformed',
    ],
    [
      'an authorityKeyIdentifier with another part',
      critical(ids.authorityKeyIdentifier, sequence(encode(0x83))),
      'malformed',
    ],
  ])('%s', async (_, own, rule) => {
    const wanted = rule === null ? [] : [rule]
    expect(await rulesOf({ issuer: { extensions: [own] } })).toEqual(wanted)
  })

  it('a third element of basicConstraints', async () => {
    const value = sequence(encode(tags.boolean, Uint8Array.of(0xff)), integer(1), integer(1))
    expect(await rulesOf({ leaf: { extensions: [critical(ids.basicConstraints, value)] } })).toEqual(['malformed'])
  })

  it('says what about it cannot be read', async () => {
    const { reasons } = await judged({ leaf: { extensions: [critical(policyConstraints, sequence())] } })
    expect(reasons[0]?.evidence).toBe('The extension 2.5.29.36 cannot be read: A list is empty that must not be.')
  })
})

describe('a certificate that is not DER', () => {
  it.each<[string, Partial<ForgedCertificate>, string]>([
    ['a padded serial number', { serial: encode(tags.integer, Uint8Array.of(0, 5)) }, 'a number is padded'],
    [
      'a negative one that is padded',
      { serial: encode(tags.integer, Uint8Array.of(0xff, 0x80)) },
      'a number is padded',
    ],
    [
      'a truth value that is 1',
      {
        extensions: [
          sequence(oid('1.2.3.4'), encode(tags.boolean, Uint8Array.of(1)), encode(tags.octetString, nothing)),
        ],
      },
      'a truth value is not 0 or 255',
    ],
    [
      'a name in parts',
      {
        subject: sequence(
          encode(
            tags.set,
            sequence(oid('2.5.4.3'), encode(0x2c, text(tags.utf8String, 'A'), text(tags.utf8String, 'da'))),
          ),
        ),
      },
      'a value is in parts',
    ],
  ])('for %s', async (_, leaf, evidence) => {
    const { valid, reasons } = await judged({ leaf })
    expect(valid).toBe(false)
    expect(reasons.map((reason) => reason.evidence)).toContain(`The certificate is not DER: ${evidence}.`)
  })

  it('unless a default value is spelled out, as many are', async () => {
    const notCritical = sequence(
      oid('1.2.3.4'),
      encode(tags.boolean, Uint8Array.of(0)),
      encode(tags.octetString, nothing),
    )
    const notAuthority = critical(ids.basicConstraints, sequence(encode(tags.boolean, Uint8Array.of(0))))
    expect(await rulesOf({ leaf: { extensions: [notCritical, notAuthority] } })).toEqual([])
  })
})

describe('names under constraints', () => {
  const constraint = (side: number, base: Uint8Array) =>
    critical(ids.nameConstraints, sequence(encode(side, sequence(base))))
  const names = (...all: Uint8Array[]) => plain(ids.subjectAlternativeName, sequence(...all))
  const utf8Mailbox = (address: string) =>
    encode(0xa0, oid('1.3.6.1.5.5.7.8.9'), encode(0xa0, text(tags.utf8String, address)))
  const [permitted, excluded] = [0xa0, 0xa1]

  it.each<[string, Uint8Array, Uint8Array, boolean]>([
    ['a second @', constraint(permitted, text(0x81, 'corp.test')), text(0x81, 'eve@evil.test@corp.test'), false],
    ['a quoted @', constraint(permitted, text(0x81, 'corp.test')), text(0x81, '"eve@evil.test"@corp.test'), true],
    [
      'an address in another domain',
      constraint(permitted, text(0x81, 'corp.test')),
      utf8Mailbox('ädä@evil.test'),
      false,
    ],
    ['an address in the domain', constraint(permitted, text(0x81, 'corp.test')), utf8Mailbox('ädä@corp.test'), true],
    ['an excluded domain', constraint(excluded, text(0x81, 'corp.test')), utf8Mailbox('ädä@corp.test'), false],
    ['a domain that is not in ASCII', constraint(permitted, text(0x81, '.test')), utf8Mailbox('ada@cörp.test'), false],
    [
      'a second @ beyond ASCII',
      constraint(permitted, text(0x81, 'corp.test')),
      utf8Mailbox('ädä@evil.test@corp.test'),
      false,
    ],
    [
      'an address where nothing is said of any',
      constraint(permitted, text(0x86, 'corp.test')),
      utf8Mailbox('ädä@evil.test'),
      true,
    ],
    [
      'an excluded constraint that cannot be applied',
      constraint(excluded, text(0x81, 'a@b@corp.test')),
      text(0x81, 'eve@corp.test'),
      false,
    ],
    [
      'an excluded range of addresses of another length',
      constraint(excluded, encode(0x87, Uint8Array.of(10, 0, 0))),
      encode(0x87, Uint8Array.of(10, 0, 0, 1)),
      false,
    ],
  ])('%s', async (_, own, name, valid) => {
    const rules = await rulesOf({ issuer: { extensions: [own] }, leaf: { extensions: [names(name)] } })
    expect(rules).toEqual(valid ? [] : ['name-constraints'])
  })

  it('a Common Name like a host is a note, where no alternative name is one', async () => {
    const issuer = { extensions: [constraint(permitted, text(0x82, 'corp.test'))] }
    const noted = async (subject: string, extensions: Uint8Array[] = []) => {
      const { reasons, notes } = await judged({ issuer, leaf: { subject: nameOf(subject), extensions } })
      expect(reasons).toEqual([])
      return notes.some(({ rule }) => rule === 'name-constraints')
    }
    expect(await noted('evil.test')).toBe(true)
    expect(await noted('www.corp.test')).toBe(false)
    expect(await noted('Ada Lovelace')).toBe(false)
    expect(await noted('evil.test', [names(text(0x82, 'www.corp.test'))])).toBe(false)
  })

  it('are compared up to OpenSSL’s limit', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => text(0x82, `${index}.example`))
    const bases = many(1024).map((base) => sequence(base))
    const issuer = { extensions: [critical(ids.nameConstraints, sequence(encode(permitted, ...bases)))] }
    // The subject is a name, too.
    expect(await rulesOf({ issuer, leaf: { extensions: [names(...many(1023))] } })).toEqual([])
  })
})

describe('a signature that cannot be checked here', () => {
  const parameters = (...fields: Uint8Array[]) => sequence(oid('1.2.840.113549.1.1.10'), sequence(...fields))
  const hash = (id: string) => encode(0xa0, sequence(oid(id)))
  const mask = (id: string) => encode(0xa1, sequence(oid('1.2.840.113549.1.1.8'), sequence(oid(id))))
  const [sha256, sha384, sha3] = ['2.16.840.1.101.3.4.2.1', '2.16.840.1.101.3.4.2.2', '2.16.840.1.101.3.4.2.8']
  const salt = encode(0xa2, integer(32))

  it.each<[string, Uint8Array, string]>([
    ['RSA with SHA-3', sequence(oid('2.16.840.1.101.3.4.3.14'), nothing), 'Signed with SHA3-256WithRSA.'],
    ['RIPEMD', sequence(oid('1.3.36.3.3.1.2'), nothing), 'Signed with RIPEMD160WithRSA.'],
    ['SM2', sequence(oid('1.2.156.10197.1.501')), 'Signed with SM2WithSM3.'],
    ['ML-DSA', sequence(oid('2.16.840.1.101.3.4.3.18')), 'Signed with ML-DSA-65.'],
    ['PSS with two hashes', parameters(hash(sha256), mask(sha384), salt), 'Signed with RSA-PSS.'],
    ['PSS with a hash that the engine lacks', parameters(hash(sha3), mask(sha3), salt), 'Signed with RSA-PSS.'],
    ['an algorithm without a name', sequence(oid('1.2.3.4')), 'Signed with 1.2.3.4.'],
  ])('%s is not called wrong', async (_, algorithm, evidence) => {
    const { reasons } = await judged({ leaf: { algorithm } })
    const rules = reasons.map(({ rule }) => rule)
    expect(rules).toContain('signature-unchecked')
    expect(rules).not.toContain('signature')
    expect(reasons.find(({ rule }) => rule === 'signature-unchecked')?.evidence).toBe(evidence)
  })

  it('of a CRL is not called wrong', async () => {
    const algorithm = sequence(oid('1.2.156.10197.1.501'))
    expect(await rulesOf({ crls: [{ algorithm }] })).toEqual(['crl-signature-unchecked'])
  })
})

describe('a CRL', () => {
  const serial = integer(77)
  const scope = (...members: Uint8Array[]) => critical(ids.issuingDistributionPoint, sequence(...members))
  const truth = Uint8Array.of(0xff)
  const [users, authorities] = [encode(0x81, truth), encode(0x82, truth)]
  const place = (name: string) => encode(0xa0, encode(0xa0, text(0x86, `http://crl.example/${name}`)))
  const at = (name: string) => plain(ids.crlDistributionPoints, sequence(sequence(place(name))))
  const listed = { entries: [crlEntry(serial)] }
  const reason = (value: Uint8Array) => crlEntry(integer(5), [critical(ids.crlReason, value)])

  it.each<[string, Partial<ForgedCrl>, PathRule[]]>([
    ['of version 1 with extensions', { version: 1, extensions: [plain(ids.crlNumber, integer(1))] }, ['crl-malformed']],
    [
      'of version 1 with extensions of an entry',
      {
        version: 1,
        entries: [crlEntry(integer(5), [plain(ids.crlReason, encode(tags.enumerated, Uint8Array.of(1)))])],
      },
      ['crl-malformed'],
    ],
    ['of version 1', { version: 1, entries: [crlEntry(integer(5))] }, []],
    ['with a scope that says nothing', { extensions: [scope()] }, ['crl-malformed']],
    ['with an unknown part in its scope', { extensions: [scope(encode(0x87, truth))] }, ['crl-malformed']],
    [
      'with a truth value of 1 in its scope',
      { extensions: [scope(encode(0x81, Uint8Array.of(1)))] },
      ['crl-malformed'],
    ],
    ['for users and for issuers alone', { extensions: [scope(users, authorities)] }, ['crl-malformed']],
    [
      'with a number that is none',
      { extensions: [plain(ids.crlNumber, text(tags.octetString, '1'))] },
      ['crl-malformed'],
    ],
    [
      'with a critical extension that cannot be read',
      { extensions: [critical(ids.freshestCrl, sequence())] },
      ['crl-malformed'],
    ],
    ['with one that is not critical', { extensions: [plain(ids.freshestCrl, sequence())] }, []],
    [
      'with a critical reason that is not defined',
      { entries: [reason(encode(tags.enumerated, Uint8Array.of(99)))] },
      ['crl-unknown-critical-extension'],
    ],
    [
      'with a critical reason that cannot be read',
      { entries: [reason(sequence())] },
      ['crl-unknown-critical-extension'],
    ],
    ['with a critical reason', { entries: [reason(encode(tags.enumerated, Uint8Array.of(1)))] }, []],
    [
      'with a padded serial number',
      { entries: [crlEntry(encode(tags.integer, Uint8Array.of(0, 5)))] },
      ['crl-malformed'],
    ],
  ])('%s', async (_, crl, rules) => {
    expect(await rulesOf({ crls: [crl] })).toEqual(rules)
  })

  it('with an empty list is used, and that is noted', async () => {
    const { valid, notes } = await judged({ crls: [{ entries: [] }] })
    expect(valid).toBe(true)
    expect(notes.map(({ evidence }) => evidence)).toContain('It has an empty list of revoked certificates.')
  })

  it('for users alone tells of users, one for issuers alone does not', async () => {
    const ofUsers = { ...listed, extensions: [scope(users)] }
    const ofIssuers = { ...listed, extensions: [scope(authorities)] }
    expect(await rulesOf({ leaf: { serial }, crls: [ofUsers] })).toEqual(['revoked'])
    expect(await rulesOf({ leaf: { serial: integer(6) }, crls: [ofUsers] })).toEqual([])
    const { reasons, notes } = await judged({ leaf: { serial }, crls: [ofIssuers] })
    expect(reasons).toEqual([])
    expect(notes.map(({ evidence }) => evidence)).toContain('No CRL of its issuer covers it.')
    expect(await rulesOf({ leaf: { serial }, crls: [ofIssuers, ofUsers] })).toEqual(['revoked'])
  })

  it('for one place tells of the certificates that name it', async () => {
    const leaf = (name: string) => ({ serial, extensions: [at(name)] })
    const list = (name: string) => ({ ...listed, extensions: [scope(place(name))] })
    expect(await rulesOf({ leaf: leaf('one'), crls: [list('one')] })).toEqual(['revoked'])
    expect(await rulesOf({ leaf: leaf('one'), crls: [{ ...list('one'), entries: [crlEntry(integer(6))] }] })).toEqual(
      [],
    )
    expect(await rulesOf({ leaf: leaf('one'), crls: [list('two')] })).toEqual(['crl-partitioned'])
    expect(await rulesOf({ leaf: { serial }, crls: [list('one')] })).toEqual(['crl-partitioned'])
    // The list of another part is beside the point where its own is here.
    const others = { ...list('two'), entries: [crlEntry(integer(6))] }
    expect(await rulesOf({ leaf: leaf('one'), crls: [others, list('one')] })).toEqual(['revoked'])
  })

  describe('for some reasons alone', () => {
    /** ReasonFlags: unused, keyCompromise and so on, from the highest bit of the first octet. */
    const onlyFor = (...octets: number[]) => {
      const unused = 31 - Math.clz32((octets.at(-1) ?? 0) & -(octets.at(-1) ?? 0))
      return encode(0x83, Uint8Array.of(unused, ...octets))
    }
    const [firstHalf, secondHalf, both] = [onlyFor(0x78), onlyFor(0x07, 0x80), onlyFor(0x7f, 0x80)]
    const others = [crlEntry(integer(6))]
    const list = (reasons: Uint8Array, entries = others) => ({ entries, extensions: [scope(reasons)] })
    const own = [crlEntry(serial)]
    const expired = { thisUpdate: daysFrom(-9), nextUpdate: daysFrom(-1) }

    it.each<[string, Partial<ForgedCrl>[], PathRule[]]>([
      ['one of them tells half', [list(firstHalf)], ['crl-partitioned']],
      ['all of them together tell all', [list(firstHalf), list(secondHalf)], []],
      ['one for each of the reasons tells all', [list(both)], []],
      ['one revokes, the others do not', [list(firstHalf), list(secondHalf, own)], ['revoked']],
      ['one revokes, the others are not there', [list(firstHalf, own)], ['revoked', 'crl-partitioned']],
      ['one beside a whole list adds nothing', [list(firstHalf), { entries: others }], []],
      ['one revokes beside a whole list', [list(firstHalf, own), { entries: others }], ['revoked']],
      ['an old one tells nothing', [list(firstHalf), { ...list(secondHalf), ...expired }], ['crl-partitioned']],
      [
        'an old one still tells of what it revoked, while its successor is missing',
        [list(firstHalf), { ...list(secondHalf, own), ...expired }],
        ['revoked', 'crl-partitioned'],
      ],
      ['the bit that is not used stands for no reason', [list(onlyFor(0xff))], ['crl-partitioned']],
    ])('%s', async (_, crls, rules) => {
      expect(await rulesOf({ leaf: { serial }, crls })).toEqual(rules)
    })

    it('at a place that the certificate names for some reasons', async () => {
      // DistributionPoint.reasons has another tag than the list's.
      const named = (name: string, reasons: Uint8Array) => sequence(place(name), encode(0x81, reasons.subarray(2)))
      const points = plain(ids.crlDistributionPoints, sequence(named('one', firstHalf), named('two', secondHalf)))
      const whole = (name: string) => ({ entries: others, extensions: [scope(place(name))] })
      const leaf = { serial, extensions: [points] }
      expect(await rulesOf({ leaf, crls: [whole('one')] })).toEqual(['crl-partitioned'])
      expect(await rulesOf({ leaf, crls: [whole('one'), whole('two')] })).toEqual([])
      const wrong = { entries: others, extensions: [scope(place('two'), firstHalf)] }
      expect(await rulesOf({ leaf, crls: [whole('one'), wrong] })).toEqual(['crl-partitioned'])
      expect(await rulesOf({ leaf, crls: [{ ...whole('one'), entries: own }, whole('two')] })).toEqual(['revoked'])
    })
  })
})

it('the policies of an anchor bind nobody, neither what it asserts nor what it demands', async () => {
  if (rootKey === undefined || leafKey === undefined) throw new Error('no keys')
  const policies = critical(ids.certificatePolicies, sequence(sequence(oid('1.2.3'))))
  const demand = critical(ids.policyConstraints, sequence(encode(0x80, Uint8Array.of(0))))
  const root = await forgeCertificate({
    ...named('Root', 'Root'),
    spki: rootKey.spki,
    signedBy: rootKey,
    extensions: [ca, policies, demand],
  })
  const leaf = await forgeCertificate({
    ...named('Leaf', 'Root'),
    spki: leafKey.spki,
    signedBy: rootKey,
    extensions: [],
  })
  const verdict = verifyPath(leaf, createPool({ certificates: [], anchors: [root], crls: [] }), { at: noon })
  expect(verdict.reasons).toEqual([])
})
