import { describe, expect, it } from 'vitest'
import { IssuedCertificate } from '#shared/model/authority'
import type { ReceivedFile } from '../../../../renderer/src/import/file-sources'
import { areRequests } from '../../../../renderer/src/import/requests'
import { daysWithin, endOf, isLifetime } from '../../../../renderer/src/screens/authorities/fields/lifetime'
import { issuedQuery } from '../../../../renderer/src/screens/authorities/issued/IssuedFilter'
import { revokedWords } from '../../../../renderer/src/screens/authorities/issued/issued-words'
import { pagesBetween, placeRows } from '../../../../renderer/src/screens/authorities/issued/use-issued'
import {
  emptyIssuer,
  intermediateName,
  issuerDraft,
  rulesBelow,
} from '../../../../renderer/src/screens/authorities/make/issuer-draft'

const now = new Date('2026-11-23T12:00:00.000Z')

describe('the pages of a long list', () => {
  it('asks for those in sight and always has the first', () => {
    expect(pagesBetween(0, 20, 100_000)).toEqual([])
    expect(pagesBetween(90, 110, 100_000)).toEqual([1])
    expect(pagesBetween(99_990, 99_999, 100_000)).toEqual([999])
    expect(pagesBetween(0, 20, 5)).toEqual([])
  })

  it('leaves holes where a page is missing and never grows beyond the total', () => {
    const rows = placeRows(450, [
      { page: 0, rows: ['a', 'b'] },
      { page: 2, rows: ['c'] },
    ])
    expect(rows).toHaveLength(450)
    expect([rows[0], rows[1], rows[2], rows[200]]).toEqual(['a', 'b', undefined, 'c'])
    expect(placeRows(1, [{ page: 0, rows: ['a', 'b'] }])).toEqual(['a'])
  })

  it('knows the direction of each order', () => {
    const authority = 'any'
    expect(issuedQuery({ search: ' ada ', status: null, sort: 'issued' }, authority)).toMatchObject({
      search: 'ada',
      descending: true,
    })
    expect(issuedQuery({ search: '', status: 'revoked', sort: 'ends' }, authority).descending).toBe(false)
  })
})

describe('lifetimes', () => {
  it('never lets a certificate outlive its issuer', () => {
    expect(daysWithin(365, null, now)).toBe(365)
    expect(daysWithin(365, '2027-01-01T00:00:00.000Z', now)).toBe(38)
    expect(daysWithin(365, '2026-11-23T13:00:00.000Z', now)).toBe(1)
    expect(endOf(30, now)).toBe('2026-12-23T12:00:00.000Z')
    expect([0, 1, 1.5, 36_500, 36_501].map(isLifetime)).toEqual([false, true, false, true, false])
  })
})

describe('a new issuer', () => {
  it('starts from the lifetimes and the key of Cloudflare’s guide', () => {
    expect(issuerDraft({ ...emptyIssuer, commonName: 'Acme Root CA' })).toMatchObject({
      algorithm: 'rsa-4096',
      days: 3650,
      pathLength: null,
      subject: { commonName: 'Acme Root CA', organization: '' },
    })
    expect(issuerDraft({ ...emptyIssuer, pathLength: '0' }).pathLength).toBe(0)
  })

  it('never suggests the root’s own name for the one below it', () => {
    expect(intermediateName('Acme Root CA')).toBe('Acme Client CA')
    expect(intermediateName('Acme')).toBe('Acme Client CA')
    expect(intermediateName('A'.repeat(64))).not.toBe('A'.repeat(64))
    expect(intermediateName('A'.repeat(64)).length).toBeLessThanOrEqual(64)
    expect(rulesBelow('Acme Root CA').commonName(' acme root ca ')).toContain('could not be told apart')
    expect(rulesBelow('Acme Root CA').commonName('Acme Client CA')).toBeNull()
    expect(rulesBelow(null).commonName('')).toContain('Enter a name')
  })
})

describe('what was dropped', () => {
  const file = (name: string, text = ''): ReceivedFile => ({
    kind: 'bytes',
    name,
    bytes: new TextEncoder().encode(text),
  })
  const pem = (label: string) => `-----BEGIN ${label}-----\nAA==\n-----END ${label}-----\n`

  it('is for an issuer only if it is nothing but requests and their list', () => {
    expect(areRequests([file('a.txt', pem('CERTIFICATE REQUEST'))])).toBe(true)
    expect(areRequests([file('a.pem', pem('NEW CERTIFICATE REQUEST')), file('people.csv', 'file,name')])).toBe(true)
    expect(areRequests([file('a.csr', '\x30\x82')])).toBe(true)
    expect(areRequests([file('people.csv', 'file,name')])).toBe(false)
    expect(areRequests([file('a.pem', pem('CERTIFICATE'))])).toBe(false)
    expect(areRequests([file('a.csr', pem('CERTIFICATE REQUEST') + pem('PRIVATE KEY'))])).toBe(false)
    expect(areRequests([file('a.csr', pem('CERTIFICATE REQUEST')), file('b.p12')])).toBe(false)
    expect(areRequests([])).toBe(false)
  })
})

describe('a revoked certificate', () => {
  it('says when and why', () => {
    const row = IssuedCertificate.parse({
      sha256: '0'.repeat(64),
      authority: '00000000-0000-4000-8000-000000000001',
      keyMadeByIssuer: false,
      serial: '01',
      commonName: 'Ada',
      subject: 'CN=Ada',
      keyCode: 'K7QD-2M5A-XWPL-3ROB',
      notBefore: '2026-01-01T00:00:00.000Z',
      notAfter: '2027-01-01T00:00:00.000Z',
      issuedAt: '2026-01-01T00:00:00.000Z',
      status: 'revoked',
      revokedAt: '2026-11-20T12:00:00.000Z',
      reason: 'superseded',
    })
    expect(revokedWords(row)).toBe('Revoked on 20 Nov 2026: another certificate replaced it.')
    expect(revokedWords({ ...row, reason: null })).toBe('Revoked on 20 Nov 2026.')
  })
})
