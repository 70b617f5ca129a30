import { describe, expect, it } from 'vitest'
import { type EndingRecords, findExpiring } from '#shared/logic/expiring/find'
import { AuthorityId } from '#shared/model/ids'
import { datedCertificate, inDays, issuerSummary, today } from '../../../../support/expiring'
import { hostRow } from '../../../../support/rows'

const nothing: EndingRecords = { certificates: [], stored: [], issuers: [], hosts: [], accounts: [] }
const find = (records: Partial<EndingRecords>, within?: number) =>
  findExpiring({ ...nothing, ...records }, today, within)
const names = (records: Partial<EndingRecords>, within?: number) => find(records, within).map(({ name }) => name)

describe('what is due', () => {
  it('is what ends within 30 calendar days, at whatever time of the last, what ends first first', () => {
    const certificates = [
      datedCertificate('in 31 days', { ends: inDays(31, '00:00') }),
      datedCertificate('in 30 days', { ends: inDays(30, '23:59') }),
      datedCertificate('today', { ends: inDays(0, '23:59') }),
    ]
    const issuers = [issuerSummary('Acme Root', { isRoot: true, notAfter: inDays(20) })]
    expect(names({ certificates, issuers })).toEqual(['today', 'Acme Root', 'in 30 days'])
  })

  it('goes as far ahead as somebody asks', () => {
    const certificates = [datedCertificate('Ada', { ends: inDays(60) })]
    expect(names({ certificates }, 59)).toEqual([])
    expect(names({ certificates }, 60)).toEqual(['Ada'])
  })

  it('includes what has ended, for 30 days', () => {
    const certificates = [
      datedCertificate('ended a moment ago', { ends: inDays(0, '08:59') }),
      datedCertificate('30 days ago', { ends: inDays(-30) }),
      datedCertificate('31 days ago', { ends: inDays(-31) }),
    ]
    expect(names({ certificates })).toEqual(['30 days ago', 'ended a moment ago'])
  })

  it('says of which kind it is and what it belongs to', () => {
    const certificate = datedCertificate('Ada')
    const root = issuerSummary('Root', { isRoot: true, notAfter: inDays(13) })
    const intermediate = issuerSummary('Intermediate', { notAfter: inDays(14) })
    expect(find({ certificates: [certificate], issuers: [root, intermediate] })).toMatchObject([
      { kind: 'certificate', identity: certificate.identity, key: certificate.sha256 },
      { kind: 'root', issuer: root.id, key: root.sha256 },
      { kind: 'intermediate', issuer: intermediate.id, key: intermediate.sha256 },
    ])
  })
})

describe('the sites of a certificate', () => {
  it('are those whose last test with it was good, and only some were seen to refuse without it', () => {
    const ada = datedCertificate('Ada')
    const tested = { identity: ada.identity, lastTestGood: true }
    const verdict = (kind: 'let-in' | 'let-in-only-tried') => ({ lastVerdict: { kind, tone: 'good' } as const })
    const hosts = [
      hostRow('admin.acme.example', { ...tested, ...verdict('let-in') }),
      hostRow('wiki.acme.example', { ...tested, ...verdict('let-in-only-tried') }),
      hostRow('earlier.acme.example', tested),
      hostRow('refuses.acme.example', { ...tested, lastTestGood: false }),
      hostRow('untested.acme.example', { identity: ada.identity }),
      hostRow('localhost', { ...tested, ...verdict('let-in'), practice: true }),
      hostRow('of-another.acme.example', { identity: datedCertificate('x').identity, lastTestGood: true }),
    ]
    expect(find({ certificates: [ada], hosts })).toMatchObject([
      { sites: { count: 3, example: 'admin.acme.example', gated: 1 } },
    ])
  })
})

describe('a certificate that has been replaced', () => {
  const old = datedCertificate('Ada')
  const later = datedCertificate('Ada', { begins: inDays(-1), ends: inDays(364) })
  const worksAt = (certificate: typeof old) =>
    hostRow('admin.acme.example', { identity: certificate.identity, lastTestGood: true })

  it('is not due: one of the same name and issuer is valid for longer', () => {
    expect(names({ certificates: [old, later] })).toEqual([])
  })

  it.each([
    ['has another name', { name: 'Ada Lovelace' }],
    ['is not valid yet', { begins: inDays(1) }],
    ['ends earlier', { ends: inDays(-40) }],
    ['is from another issuer, and no site says which is used', { issuer: 'CN=Northwind VPN CA' }],
  ])('has not been when the other one %s', (_, changes) => {
    expect(names({ certificates: [old, { ...later, ...changes }] })).toEqual(['Ada'])
  })

  it('has been when its sites have moved to the one of another issuer', () => {
    const moved = { ...later, issuer: 'CN=Acme Client CA G3' }
    expect(names({ certificates: [old, moved], hosts: [worksAt(moved)] })).toEqual([])
    expect(names({ certificates: [old, moved], hosts: [worksAt(moved), worksAt(old)] })).toEqual(['Ada'])
  })
})

describe('an issuer', () => {
  const old = issuerSummary('Acme Client CA', { notAfter: inDays(10) })

  it('is not due once a successor has taken over', () => {
    expect(names({ issuers: [old] })).toEqual(['Acme Client CA'])
    const successor = AuthorityId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11')
    expect(names({ issuers: [{ ...old, successor }] })).toEqual([])
  })

  it('is not due while a later certificate of the same key is here', () => {
    const renewed = issuerSummary('Acme Client CA', { keyCode: old.keyCode })
    expect(names({ issuers: [old, renewed] })).toEqual([])
    expect(names({ issuers: [old, { ...renewed, name: 'Another CA' }] })).toEqual(['Acme Client CA'])
  })
})

describe('a revocation list', () => {
  const crl = (from: number, until: number | null) => ({
    number: '7',
    thisUpdate: inDays(from),
    nextUpdate: until === null ? null : inDays(until),
    entries: 1,
  })
  const kinds = (changes: Parameters<typeof issuerSummary>[1], within?: number) =>
    find({ issuers: [issuerSummary('Acme Client CA', changes)] }, within).map(({ kind }) => kind)

  it.each([
    ['a week before its end', crl(-23, 7), ['crl']],
    ['not on its first day, although it lasts no longer than the notice', crl(0, 30), []],
    ['30 days before the end of one that lasts a year', crl(-335, 30), ['crl']],
    ['not earlier', crl(-334, 31), []],
    ['after its end, for as long as no other is written', crl(-100, -70), ['crl']],
    ['never, where it does not say when the next one comes', crl(-100, null), []],
  ])('is due %s', (_, list, expected) => {
    expect(kinds({ crl: list })).toEqual(expected)
  })

  it('is another one once it has been written again', () => {
    const issuer = issuerSummary('Acme', { crl: crl(-23, 7) })
    const [first] = find({ issuers: [issuer] })
    const [second] = find({ issuers: [{ ...issuer, crl: crl(-24, 6) }] })
    expect(first?.key).not.toBe(second?.key)
  })

  it('is not due where its issuer has ended or its key is elsewhere', () => {
    expect(kinds({ crl: crl(-23, 7), hasKey: false })).toEqual([])
    expect(kinds({ crl: crl(-23, 7), notAfter: inDays(-40) })).toEqual([])
  })

  it('is still due when a successor has taken over: it lists what the old key signed', () => {
    const successor = AuthorityId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11')
    expect(kinds({ crl: crl(-23, 7), successor, notAfter: inDays(20) })).toEqual(['crl'])
  })
})
