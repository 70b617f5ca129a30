import { AsnConvert } from '@peculiar/asn1-schema'
import { describe, expect, it } from 'vitest'
import * as extensions from '#electron/pki/authority/extensions'
import { encode, integer, oid, sequence, tags } from '#electron/pki/der'
import type { KeyPair } from '#electron/pki/keys'
import { type AlgorithmPolicy, anyAlgorithms } from '#electron/pki/x509/algorithms'
import { createPool } from '#electron/pki/x509/pool'
import { verifyPath } from '#electron/pki/x509/verdict'
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

const pool = keys()
function key(index: number): KeyPair {
  const found = pool[index]
  if (found === undefined) throw new Error('no such key')
  return found
}
const [rootKey, issuerKey, leafKey, otherKey] = [key(0), key(1), key(2), key(3)]

const der = (value: unknown) => new Uint8Array(AsnConvert.serialize(value))
const authority = (...more: Uint8Array[]) => [der(extensions.basicConstraints(true)), ...more]

type Changes = Partial<ForgedCertificate>
const make = (
  subject: string,
  own: KeyPair,
  issuer: string,
  signedBy: KeyPair,
  changes: Changes,
): Promise<Uint8Array> =>
  forgeCertificate({
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    spki: own.spki,
    signedBy,
    extensions: subject === 'Leaf' ? [] : authority(),
    ...changes,
  })

interface Wanted {
  root?: Changes
  issuer?: Changes
  leaf?: Changes
  crls?: Uint8Array[]
  more?: Uint8Array[]
  algorithms?: AlgorithmPolicy
}

/** Root, issuer and leaf with these changes: the rules of the reasons and of the notes. */
async function judge({ root = {}, issuer = {}, leaf = {}, crls = [], more = [], algorithms }: Wanted) {
  const anchor = await make('Root', rootKey, 'Root', rootKey, root)
  const middle = await make('Issuer', issuerKey, 'Root', rootKey, issuer)
  const last = await make('Leaf', leafKey, 'Issuer', issuerKey, leaf)
  const heap = createPool({ certificates: [middle, ...more], anchors: [anchor], crls })
  const verdict = verifyPath(last, heap, { at: noon, ...(algorithms === undefined ? {} : { algorithms }) })
  return { reasons: verdict.reasons.map(({ rule }) => rule), notes: verdict.notes.map(({ rule }) => rule), verdict }
}

describe('policies', () => {
  const list = (...ids: string[]) => extension('2.5.29.32', true, sequence(...ids.map((id) => sequence(oid(id)))))
  const demand = (skip: number) => extension('2.5.29.36', true, sequence(encode(0x80, Uint8Array.of(skip))))
  const noAny = extension('2.5.29.54', true, integer(0))
  const map = (from: string, to: string) => extension('2.5.29.33', true, sequence(sequence(oid(from), oid(to))))
  const [one, two, any] = ['1.2.3.1', '1.2.3.2', '2.5.29.32.0']

  it.each<[string, Uint8Array[], Uint8Array[], boolean]>([
    ['are understood where nobody demands one', [list(one), noAny, map(one, two)], [], true],
    ['are missed where one is demanded', [demand(0)], [], false],
    ['are missed in the leaf alone', [list(one), demand(0)], [], false],
    ['are missed one level later', [list(one), demand(1)], [], false],
    ['are not missed beyond the path', [demand(2)], [], true],
    ['hold down to the leaf', [list(one, two), demand(0)], [list(two)], true],
    ['hold no more when the leaf has another', [list(one), demand(0)], [list(two)], false],
    ['hold where the issuer has any', [list(any), demand(0)], [list(two)], true],
    ['hold where the leaf has any', [list(one), demand(0)], [list(any)], true],
    ['hold no more where any is inhibited', [list(one), demand(0), noAny], [list(any)], false],
    ['hold through a mapping', [list(one), map(one, two), demand(0)], [list(two)], true],
    ['hold no more under the name before the mapping', [list(one), map(one, two), demand(0)], [list(one)], false],
    ['are demanded by the leaf itself', [], [demand(0)], false],
  ])('%s', async (_, issuer, leaf, valid) => {
    const { reasons } = await judge({ issuer: { extensions: authority(...issuer) }, leaf: { extensions: leaf } })
    expect(reasons).toEqual(valid ? [] : ['certificate-policies'])
  })

  it('are malformed when they map any policy', async () => {
    const { reasons } = await judge({ issuer: { extensions: authority(list(one), map(any, one)) } })
    expect(reasons).toEqual(['malformed'])
  })

  it('do not multiply, however many there are', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `1.2.3.${index}`)
    const everything = ids.flatMap((from) => ids.slice(0, 20).map((to) => sequence(oid(from), oid(to))))
    const mappings = extension('2.5.29.33', true, sequence(...everything))
    const issuer = { extensions: authority(list(...ids), mappings, demand(0)) }
    expect((await judge({ issuer, leaf: { extensions: [list(...ids)] } })).reasons).toEqual([])
    expect((await judge({ issuer, leaf: { extensions: [list('1.2.4')] } })).reasons).toEqual(['certificate-policies'])
  })
})

it('a large issuer is an issuer like any other', async () => {
  const huge = extension('2.5.29.32', false, sequence(...Array.from({ length: 6000 }, () => sequence(oid('1.2.3')))))
  const { reasons, verdict } = await judge({ issuer: { extensions: authority(huge) } })
  expect(reasons).toEqual([])
  expect(verdict.path).toHaveLength(3)
})

describe('versions and uses', () => {
  it('a v1 root is an anchor, a v1 intermediate is no issuer', async () => {
    expect((await judge({ root: { version: 1, extensions: [] } })).reasons).toEqual([])
    expect((await judge({ issuer: { version: 1, extensions: [] } })).reasons).toEqual(['not-authority'])
    expect((await judge({ root: { extensions: [] } })).reasons).toEqual(['not-authority'])
  })

  it('extensions before version 3 are malformed', async () => {
    const usage = der(extensions.keyUsage('digitalSignature'))
    expect((await judge({ leaf: { version: 1, extensions: [usage] } })).reasons).toEqual(['malformed'])
  })

  it('any use is not enough in the certificate, as for OpenSSL, and a note in an issuer; no use at all is enough', async () => {
    const any = der(extensions.extendedKeyUsage('2.5.29.37.0'))
    const byLeaf = await judge({ leaf: { extensions: [any] } })
    expect(byLeaf.notes).not.toContain('extended-key-usage')
    expect(byLeaf.reasons).toEqual(['extended-key-usage'])
    const byIssuer = await judge({ issuer: { extensions: authority(any) } })
    expect(byIssuer.reasons).toEqual([])
    expect(byIssuer.verdict.notes.filter(({ evidence }) => evidence.includes('OpenSSL'))).toHaveLength(1)
    const both = der(extensions.extendedKeyUsage('2.5.29.37.0', '1.3.6.1.5.5.7.3.2'))
    const named = await judge({ issuer: { extensions: authority(both) } })
    expect(named.verdict.notes.some(({ evidence }) => evidence.includes('OpenSSL'))).toBe(false)
    expect((await judge({})).notes).toContain('extended-key-usage')
    const mail = der(extensions.extendedKeyUsage('1.3.6.1.5.5.7.3.4'))
    const { reasons, verdict } = await judge({ root: { extensions: authority(mail) } })
    expect(reasons).toEqual(['extended-key-usage'])
    expect(verdict.reasons[0]?.about).toBe('Root')
  })

  it('signature algorithms by the policy that is asked for', async () => {
    const nothing: AlgorithmPolicy = { ...anyAlgorithms, acceptsSignature: () => false }
    const refused = ['algorithm-refused', 'algorithm-refused', 'algorithm-refused']
    expect((await judge({ algorithms: nothing })).reasons).toEqual(refused)
    expect((await judge({ algorithms: anyAlgorithms })).reasons).toEqual([])
  })
})

describe('name constraints', () => {
  const of = (id: number, text: string) => sequence(encode(id, Buffer.from(text)))
  const constraints = (side: number, ...subtrees: Uint8Array[]) =>
    extension('2.5.29.30', true, sequence(encode(side, ...subtrees)))
  const names = (...all: [number, string][]) =>
    extension('2.5.29.17', false, sequence(...all.map(([tag, text]) => encode(tag, Buffer.from(text)))))
  const [permitted, excluded] = [0xa0, 0xa1]
  const [email, dns, other] = [0x81, 0x82, 0xa0]

  it.each<[string, Uint8Array, Uint8Array[], boolean]>([
    [
      'a kind that is not spoken about',
      constraints(permitted, of(email, 'a.example')),
      [names([dns, 'b.example'])],
      true,
    ],
    [
      'one of several permitted',
      constraints(permitted, of(dns, 'a.example'), of(dns, 'b.example')),
      [names([dns, 'b.example'])],
      true,
    ],
    [
      'one bad name among good ones',
      constraints(permitted, of(dns, 'a.example')),
      [names([dns, 'a.example'], [dns, 'b.example'])],
      false,
    ],
    [
      'a wildcard over an excluded name',
      constraints(excluded, of(dns, 'x.a.example')),
      [names([dns, '*.a.example'])],
      false,
    ],
    ['a kind that cannot be compared', constraints(excluded, of(other, '')), [names([other, ''])], false],
    ['an empty constraint', constraints(excluded, of(dns, '')), [names([dns, 'b.example'])], false],
  ])('%s', async (_, constraint, own, valid) => {
    const { reasons } = await judge({ root: { extensions: authority(constraint) }, leaf: { extensions: own } })
    expect(reasons).toEqual(valid ? [] : ['name-constraints'])
  })

  it('also on an e-mail address inside the subject', async () => {
    const address = encode(tags.ia5String, Buffer.from('ada@b.example'))
    const subject = sequence(encode(tags.set, sequence(oidOfEmail, address)))
    const root = { extensions: authority(constraints(permitted, of(email, 'a.example'))) }
    expect((await judge({ root, leaf: { subject } })).reasons).toEqual(['name-constraints'])
  })

  it('too many of them end the comparison', async () => {
    const many = Array.from({ length: 1025 }, (_, index) => of(dns, `${index}.example`))
    const own = names(...Array.from({ length: 1024 }, (_, index): [number, string] => [dns, `${index}.example`]))
    const root = { extensions: authority(constraints(permitted, ...many)) }
    const { verdict } = await judge({ root, leaf: { extensions: [own] } })
    expect(verdict.reasons).toMatchObject([{ rule: 'name-constraints' }])
    expect(verdict.reasons[0]?.evidence).toContain('Too many')
  })
})

const oidOfEmail = Uint8Array.from([0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x01])

describe('CRLs', () => {
  const serial = integer(77)
  const leaf = { serial }
  const list = (changes: Partial<ForgedCrl> = {}) =>
    forgeCrl({ issuer: nameOf('Issuer'), signedBy: issuerKey, entries: [crlEntry(integer(5))], ...changes })
  const revoked = { entries: [crlEntry(serial)] }

  it('one that is good stands in for one that is not, which is noted', async () => {
    const forged = await list({ signedBy: otherKey, ...revoked })
    const { reasons, notes } = await judge({ leaf, crls: [forged, await list()] })
    expect(reasons).toEqual([])
    expect(notes).toContain('crl-signature')
    expect((await judge({ leaf, crls: [forged] })).reasons).toEqual(['crl-signature'])
  })

  it('one that is over still revokes what it lists, unless a current one does not', async () => {
    const old = { thisUpdate: daysFrom(-9), nextUpdate: daysFrom(-2) }
    expect((await judge({ leaf, crls: [await list({ ...old, ...revoked })] })).reasons).toEqual([
      'revoked',
      'crl-expired',
    ])
    const both = [await list({ ...old, ...revoked }), await list()]
    const { reasons, notes } = await judge({ leaf, crls: both })
    expect(reasons).toEqual([])
    expect(notes).toContain('crl-expired')
  })

  it('a delta beside a whole one is refused all the same: it may say more', async () => {
    const delta = await list({ extensions: [extension('2.5.29.27', true, integer(1))] })
    expect((await judge({ leaf, crls: [await list(), delta] })).reasons).toEqual(['crl-delta'])
  })

  it('one without a next date is used', async () => {
    expect((await judge({ leaf, crls: [await list({ nextUpdate: null })] })).reasons).toEqual([])
    expect((await judge({ leaf, crls: [await list({ nextUpdate: null, ...revoked })] })).reasons).toEqual(['revoked'])
  })

  it('one of a stranger is a note, one that cannot be read is a reason', async () => {
    const strange = await list({ issuer: nameOf('Stranger') })
    const { reasons, notes } = await judge({ leaf, crls: [strange] })
    expect(reasons).toEqual([])
    expect(notes).toContain('crl-issuer')
    expect((await judge({ leaf, crls: [Uint8Array.of(0x30, 0)] })).reasons).toEqual(['malformed'])
  })

  it('another certificate of the issuer’s name may sign it, if it is valid itself and meant for it', async () => {
    const crls = [await list({ signedBy: otherKey, ...revoked })]
    const signer = (changes: Changes) => make('Issuer', otherKey, 'Root', rootKey, changes)
    const fit = { extensions: [der(extensions.keyUsage('cRLSign'))] }
    expect((await judge({ leaf, crls, more: [await signer(fit)] })).reasons).toEqual(['revoked'])
    const expired = await signer({ ...fit, notAfter: daysFrom(-1) })
    expect((await judge({ leaf, crls, more: [expired] })).reasons).toEqual(['crl-issuer'])
    const unfit = await signer({ extensions: [der(extensions.keyUsage('keyCertSign'))] })
    expect((await judge({ leaf, crls, more: [unfit] })).reasons).toEqual(['crl-issuer'])
    const selfMade = await make('Issuer', otherKey, 'Issuer', otherKey, fit)
    expect((await judge({ leaf, crls, more: [selfMade] })).reasons).toEqual(['crl-issuer'])
  })
})
