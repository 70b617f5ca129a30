import { describe, expect, it } from 'vitest'
import type { IdentityListRow } from '#electron/database/database'
import { summarise } from '#electron/services/identities/summary'
import { InstallId, Sha256, StoreId } from '#shared/model/ids'
import type { Install } from '#shared/model/store'
import { identityRow } from '../../../support/rows'

const now = new Date('2026-11-26T12:00:00.000Z')
const day = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString()
const certificate = Sha256.parse('a'.repeat(64))
const other = Sha256.parse('b'.repeat(64))

const waiting: IdentityListRow = {
  ...identityRow('Ada'),
  hasRequest: true,
  certificate: null,
  issuer: null,
  notBefore: null,
  notAfter: null,
  installs: [],
  sites: { works: 0, total: 0 },
  replacement: null,
  replaces: null,
}
const issued = { ...waiting, certificate, issuer: 'Acme', notBefore: day(-1), notAfter: day(100) }

const inStore = (of: Sha256, trust: Install['trust'] = { state: 'trusted', reason: null }): Install => ({
  id: InstallId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a12'),
  identity: waiting.id,
  store: StoreId.parse('nss-user'),
  storeName: 'Chrome and Chromium',
  sha256: of,
  installedAt: day(0),
  checkedAt: day(0),
  present: true,
  keyPresent: true,
  certificates: [{ sha256: of, name: 'Ada', notAfter: day(100), recorded: true }],
  chainPresent: true,
  trust,
})

const tested = (works: number, total = 1) => ({ sites: { works, total } })

const statusOf = (row: IdentityListRow) => summarise(row, now).status

const replacedBy = (notAfter: string | null): Pick<IdentityListRow, 'replacement'> => ({
  replacement: { identity: waiting.id, name: 'Ada', requestedAt: day(-1), notAfter },
})

describe('the status of a certificate', () => {
  it.each<[string, Partial<IdentityListRow>, string]>([
    ['while its replacement is only requested', replacedBy(null), 'issued'],
    ['once a longer one was issued in its place', replacedBy(day(365)), 'replaced'],
    ['where that one ends sooner', replacedBy(day(50)), 'issued'],
    ['where that one has ended', { ...replacedBy(day(-1)), notAfter: day(-2) }, 'expired'],
    ['that ends soon, and is replaced', { ...replacedBy(day(365)), notAfter: day(5) }, 'replaced'],
    ['that ends soon, and waits', { ...replacedBy(null), notAfter: day(5) }, 'expiring'],
  ])('%s', (_what, changes, status) => expect(statusOf({ ...issued, ...changes })).toBe(status))

  it.each<[string, IdentityListRow]>([
    ['waiting', waiting],
    ['issued', issued],
    ['installed', { ...issued, installs: [inStore(certificate)] }],
    ['working', { ...issued, ...tested(1) }],
    ['refused', { ...issued, ...tested(0) }],
    ['working', { ...issued, ...tested(3, 4) }],
    ['refused', { ...issued, ...tested(0, 4) }],
    ['not-yet-valid', { ...issued, notBefore: day(0.001) }],
    // Issued just now, by an issuer whose clock is half a minute ahead.
    ['issued', { ...issued, notBefore: day(30 / 86_400) }],
    ['issued', { ...issued, notBefore: day(0) }],
    ['expiring', { ...issued, notAfter: day(29.9) }],
    ['expiring', { ...issued, notAfter: day(30) }],
    ['issued', { ...issued, notAfter: day(31) }],
    ['expired', { ...issued, notAfter: day(0) }],
  ])('is %s', (status, row) => {
    expect(statusOf(row)).toBe(status)
  })

  it('is never that it can be installed or works, where it may not sign in', () => {
    const forServers = (row: IdentityListRow) => summarise(row, now, false).status
    expect(forServers(issued)).toBe('no-client-use')
    expect(forServers({ ...issued, installs: [inStore(certificate)] })).toBe('no-client-use')
    expect(forServers({ ...issued, notAfter: day(-1) })).toBe('expired')
    expect(forServers(waiting)).toBe('waiting')
  })

  it('does not call one that is over working, whatever the last test said', () => {
    expect(statusOf({ ...issued, notAfter: day(-1), ...tested(1) })).toBe('expired')
  })

  it('does not call it installed when an earlier one of the same key is', () => {
    expect(statusOf({ ...issued, installs: [inStore(other)] })).toBe('issued')
  })

  it('does not warn of one that was made to last a day', () => {
    expect(statusOf({ ...issued, notAfter: day(1), practice: true })).toBe('issued')
  })
})

describe('the journey', () => {
  const journeyOf = (row: IdentityListRow) => Object.values(summarise(row, now).journey).join(' ')

  it.each<[string, IdentityListRow]>([
    ['done done next later later later', waiting],
    ['done done done next later later', issued],
    ['done done done done done next', { ...issued, installs: [inStore(certificate)] }],
    ['done done done next later later', { ...issued, installs: [inStore(other)] }],
    [
      'done done done done next later',
      { ...issued, installs: [inStore(certificate, { state: 'not-set', reason: null })] },
    ],
    [
      'done done done done withheld next',
      { ...issued, installs: [inStore(certificate, { state: 'withheld', reason: 'x' })] },
    ],
    ['done done done done done done', { ...issued, installs: [inStore(certificate)], ...tested(1) }],
    ['done done done done done failed', { ...issued, installs: [inStore(certificate)], ...tested(0) }],
    ['done done done next later done', { ...issued, ...tested(1) }],
  ])('is %s', (journey, row) => {
    expect(journeyOf(row)).toBe(journey)
  })
})
