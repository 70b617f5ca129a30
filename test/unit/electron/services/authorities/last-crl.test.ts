import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { rollOver } from '#electron/pki/authority/roll-over'
import { createRoot, type NewAuthority } from '#electron/pki/authority/root'
import { encodePem } from '#electron/pki/containers/pem'
import { readCrl } from '#electron/pki/crl/read'
import { encode, integer, octetString, sequence, tags } from '#electron/pki/der'
import type { AuthoritySummary } from '#shared/model/authority'
import { type Office, openOffice, passphrase } from '../../../../support/authorities'
import { named } from '../../../../support/certificates'
import { crlEntry, daysFrom, extension, forgeCrl, nameOf } from '../../../../support/forge'
import { temporaryFolder } from '../../../../support/home'

/** An issuer that was made elsewhere, with whatever last CRL it may have. */
const now = new Date()
let root: NewAuthority
let office: Office
beforeAll(async () => {
  root = await createRoot({ subject: named('Moved Root'), algorithm: 'p-256', days: 1000, now: daysFrom(-100, now) })
})
beforeEach(() => {
  office = openOffice(temporaryFolder())
})
afterEach(() => office.close())

/** The content of an INTEGER as it is given, however odd. */
const raw = (...content: number[]) => encode(tags.integer, Uint8Array.from(content))
const numbered = (number: Uint8Array) => extension('2.5.29.20', false, number)
const reason = (number: number) => extension('2.5.29.21', false, encode(tags.enumerated, Uint8Array.of(number)))
const dates = (days: number) => ({ thisUpdate: daysFrom(days, now), nextUpdate: daysFrom(days + 30, now) })

function list(changes: Partial<Parameters<typeof forgeCrl>[0]> = {}): Promise<Uint8Array> {
  return forgeCrl({ issuer: nameOf('Moved Root'), signedBy: root, ...dates(-2), ...changes })
}

const certificate = () => ({ name: 'root.pem', bytes: Buffer.from(encodePem('CERTIFICATE', root.certificate)) })
const key = () => ({ name: 'root.key', bytes: Buffer.from(encodePem('PRIVATE KEY', root.pkcs8)) })
const fileOf = (crl: Uint8Array) => ({ name: 'last.crl', bytes: Buffer.from(crl) })
const bring = (...crls: Uint8Array[]) =>
  office.authorities.import([certificate(), key(), ...crls.map(fileOf)], null, passphrase)

async function nextList(moved: AuthoritySummary) {
  const { crl } = await office.writeCrl(moved)
  const { content } = await office.authorities.crlFile(moved.id, 'der')
  const written = readCrl(Buffer.from(content))
  const serials = [...written.entries()].map(({ serial }) => Buffer.from(serial).toString('hex'))
  return { number: crl?.number, written: written.number, serials: serials.sort() }
}

describe('the number of the last CRL is gone on from', () => {
  const most = 2n ** 159n - 1n
  it.each<[string, Uint8Array, string]>([
    ['beyond what floating-point numbers hold', integer(1795648185123456789n), '1795648185123456790'],
    ['of 20 octets', integer(most - 1n), String(most)],
    ['zero', integer(0), '1'],
    ['padded', raw(0, 0, 0, 5), '6'],
    ['padded beyond 20 octets', raw(...new Uint8Array(30), 0x7f), '128'],
  ])('%s', async (_what, number, expected) => {
    const moved = await bring(await list({ extensions: [numbered(number)] }))
    expect(await nextList(moved)).toMatchObject({ number: expected, written: BigInt(expected) })
  })

  it.each<[string, Uint8Array[]]>([
    ['negative', [numbered(raw(0xff))]],
    ['missing', []],
  ])('%s: as without a list, the seconds since 1970 are beyond any that were counted', async (_what, extensions) => {
    const moved = await bring(await list({ extensions, entries: [crlEntry(integer(7))] }))
    expect(moved.crl).toMatchObject({ number: null, entries: 1, thisUpdate: expect.stringMatching(/\.000Z$/u) })
    const next = await nextList(moved)
    expect(Number(next.number)).toBeGreaterThan(1_700_000_000)
    expect(next.serials).toEqual(['07'])
  })

  it('longer than 20 octets: refused, since nothing could follow', async () => {
    const extensions = [numbered(integer(most + 1n))]
    await expect(bring(await list({ extensions }))).rejects.toMatchObject({
      code: 'crl-numbers-used-up',
      detail: expect.stringContaining('730750818665451459101842416358141509827966271488'),
    })
    expect(await office.authorities.list()).toEqual([])
  })

  it('the largest of all: nothing more is written, under the successor’s key neither', async () => {
    const moved = await bring(await list({ extensions: [numbered(integer(most))] }))
    const refusal = { code: 'crl-numbers-used-up' }
    await expect(nextList(moved)).rejects.toMatchObject(refusal)
    await expect(nextList(await office.rollOver(moved, null))).rejects.toMatchObject(refusal)
    expect((await office.authorities.detail(moved.id)).summary.crl?.number).toBe(String(most))
  })

  it('by the successor too, which shares the numbers of its name', async () => {
    const moved = await bring(await list({ extensions: [numbered(integer(2n ** 70n))] }))
    expect((await nextList(await office.rollOver(moved, null))).number).toBe(String(2n ** 70n + 1n))
  })

  it('without a list: the successor goes beyond any that were counted as well', async () => {
    const next = await nextList(await office.rollOver(await bring(), null))
    expect(Number(next.number)).toBeGreaterThan(1_700_000_000)
  })
})

describe('what the last CRL lists', () => {
  it('stays listed with its reason, once each', async () => {
    const entries = [
      crlEntry(integer(1), [reason(1)]),
      crlEntry(raw(0, 0, 2)),
      crlEntry(integer(2), [reason(4)]),
      crlEntry(integer(3), [reason(6)]),
    ]
    const moved = await bring(await list({ entries, extensions: [numbered(integer(4))] }))
    expect(moved).toMatchObject({ crlDue: 'no', crl: { number: '4', entries: 4 } })
    expect((await nextList(moved)).serials).toEqual(['01', '02', '03'])
  })

  it('is not what it says is revoked no longer', async () => {
    const entries = [crlEntry(integer(1), [reason(8)]), crlEntry(integer(2))]
    const moved = await bring(await list({ entries }))
    expect((await nextList(moved)).serials).toEqual(['02'])
  })

  it('may have negative serial numbers, which become no others', async () => {
    const odd = [raw(0xff), raw(0x80), raw(0xff, 0x7f), raw(0x80, 0x01)]
    const moved = await bring(await list({ entries: [...odd, integer(255)].map((serial) => crlEntry(serial)) }))
    expect((await nextList(moved)).serials).toEqual(['00ff', '80', '8001', 'ff', 'ff7f'])
  })

  it('counts, so that a later revocation makes a new list due', async () => {
    const entries = [crlEntry(integer(1)), crlEntry(integer(1))]
    const moved = await bring(await list({ entries, extensions: [numbered(integer(4))] }))
    const { issued } = await office.issueAll(moved, { 'ada.csr': (await office.request('Ada')).pem })
    await office.authorities.revoke(issued[0]?.sha256 ?? moved.sha256, 'superseded')
    expect((await office.authorities.detail(moved.id)).summary.crlDue).toBe('now')
  })

  it('comes along even when the list says nothing of the next one', async () => {
    const moved = await bring(await list({ nextUpdate: null, extensions: [numbered(integer(4))] }))
    expect(moved).toMatchObject({ crlDue: 'soon', crl: { number: '4', nextUpdate: null } })
    expect((await nextList(moved)).number).toBe('5')
  })
})

describe('the last CRL that comes later', () => {
  const later = async () => list({ entries: [crlEntry(integer(9))], extensions: [numbered(integer(2n ** 60n))] })

  it('with the key is taken', async () => {
    await office.authorities.import([certificate()], null, null)
    const moved = await bring(await later())
    expect(await nextList(moved)).toMatchObject({ number: String(2n ** 60n + 1n), serials: ['09'] })
  })

  it('after the key is taken too, once, and an older one only adds what it lists', async () => {
    const moved = await bring()
    const taken = await bring(await later())
    expect(taken).toMatchObject({ id: moved.id, crl: { number: String(2n ** 60n) } })
    await expect(bring(await later())).rejects.toMatchObject({ code: 'already-present' })
    const older = await list({ entries: [crlEntry(integer(8))], extensions: [numbered(integer(3))], ...dates(-30) })
    expect((await bring(older)).crl).toMatchObject({ number: String(2n ** 60n) })
    expect(await nextList(moved)).toMatchObject({ number: String(2n ** 60n + 1n), serials: ['08', '09'] })
  })
})

describe('among several lists', () => {
  const at = (number: number, days: number) => list({ extensions: [numbered(integer(number))], ...dates(days) })

  it('the last is found', async () => {
    expect((await bring(await at(5, -9), await at(7, -2), await at(6, -5))).crl?.number).toBe('7')
  })

  it('that disagree about which is the last, none is chosen', async () => {
    await expect(bring(await at(5, 400), await at(6, -5))).rejects.toMatchObject({
      code: 'invalid-input',
      detail: expect.stringMatching(/CRL number 6 is dated .+ and CRL number 5 is dated /u),
    })
  })

  it('those of another issuer, and of another key of the name whose certificate is there, are left aside', async () => {
    const other = await createRoot({ subject: named('Other'), algorithm: 'p-256', days: 9, now })
    const foreign = await forgeCrl({ issuer: nameOf('Other'), signedBy: other, ...dates(-1) })
    const next = await rollOver({ certificate: root.certificate, algorithm: 'p-256', days: 9, now, issuer: null })
    const successors = await forgeCrl({ issuer: nameOf('Moved Root'), signedBy: next, ...dates(-1) })
    expect((await bring(foreign)).crl).toBeNull()
    await expect(bring(successors)).rejects.toMatchObject({
      code: 'invalid-input',
      detail: 'The key of “Moved Root” has not signed a CRL without a number.',
    })
    const pem = { name: 'next.pem', bytes: Buffer.from(encodePem('CERTIFICATE', next.certificate)) }
    await office.authorities.import([pem], null, null)
    await expect(bring(successors)).rejects.toMatchObject({ code: 'already-present' })
  })

  it('one of changes only is refused, unless the full one is as new', async () => {
    const delta = (number: number) =>
      list({ extensions: [numbered(integer(number)), extension('2.5.29.27', true, integer(1))] })
    for (const lists of [[await delta(5)], [await at(4, -3), await delta(5)]])
      await expect(bring(...lists)).rejects.toMatchObject({ code: 'invalid-input', detail: /delta/u })
    expect((await bring(await at(5, -3), await delta(5))).crl?.number).toBe('5')
  })

  it('one with entries of other issuers is refused', async () => {
    const point = extension('2.5.29.28', true, sequence(encode(0x84, Uint8Array.of(0xff))))
    await expect(bring(await list({ extensions: [point] }))).rejects.toMatchObject({
      code: 'invalid-input',
      detail: /indirect/u,
    })
  })

  it('one whose number is no number is refused', async () => {
    const extensions = [numbered(octetString(Uint8Array.of(5)))]
    await expect(bring(await list({ extensions }))).rejects.toMatchObject({ code: 'malformed' })
  })
})
