import { describe, expect, it } from 'vitest'
import { expiryBadge, expirySentence } from '#shared/logic/expiry'
import {
  countOf,
  formatAgo,
  formatCount,
  formatDate,
  formatDateTime,
  formatDay,
  formatFingerprint,
  formatIsoDate,
  formatIsoTime,
  formatMilliseconds,
  formatTime,
  joinNames,
} from '#shared/logic/formatting'
import { shortName } from '#shared/logic/naming'

/** Local time on purpose: what is shown is in the reader's own time zone. */
const at = (text: string) => new Date(text).toISOString()

describe('formatting', () => {
  it('writes dates the same in every ICU version', () => {
    expect(formatDate(at('2027-09-05T12:00:00'))).toBe('5 Sep 2027')
    expect(formatDateTime(at('2027-09-05T09:05:00'))).toBe('5 Sep 2027, 09:05')
    expect(formatDay(at('2027-09-05T12:00:00'))).toBe('5 September')
    expect(formatTime(at('2027-09-05T09:05:00'))).toBe('09:05')
    expect([formatDate, formatDay, formatTime].map((format) => format('nonsense'))).toEqual(Array(3).fill('unknown'))
  })

  it('writes dates for the CLI and for reports in ISO order, of UTC', () => {
    expect(formatIsoDate('2027-09-05T23:30:00-01:00')).toBe('2027-09-06')
    expect(formatIsoDate(new Date(Date.UTC(10_000, 0, 1)))).toBe('+010000-01-01')
    expect(formatIsoTime('2027-09-05T09:05:07.250Z')).toBe('2027-09-05 09:05:07 UTC')
    expect([formatIsoDate('nonsense'), formatIsoTime(new Date(Number.NaN))]).toEqual(['unknown', 'unknown'])
  })

  it.each([
    [20, 'just now'],
    [150, '2 min ago'],
    [7300, '2 h ago'],
    [86_400, '1 day ago'],
    [4 * 86_400, '4 days ago'],
  ])('says that %d seconds ago is “%s”', (seconds, words) => {
    const now = new Date('2027-01-20T12:00:00')
    expect(formatAgo(new Date(now.getTime() - seconds * 1000).toISOString(), now)).toBe(words)
  })

  it('turns to a date after a week', () => {
    expect(formatAgo(at('2027-01-01T12:00:00'), new Date('2027-02-01T12:00:00'))).toBe('on 1 Jan 2027')
  })

  it('writes durations, fingerprints, counts and lists', () => {
    expect([null, 0.4, 31.2, 1234].map(formatMilliseconds)).toEqual(['–', '0 ms', '31 ms', '1.2 s'])
    expect(formatFingerprint('8c410f')).toBe('8C:41:0F')
    expect([0, 999, 1000, 65_536, 1_234_567].map(formatCount)).toEqual(['0', '999', '1,000', '65,536', '1,234,567'])
    expect([countOf(1, 'day'), countOf(2, 'day'), countOf(2, 'policy', 'policies'), countOf(3000, 'file')]).toEqual([
      '1 day',
      '2 days',
      '2 policies',
      '3,000 files',
    ])
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(joinNames)).toEqual(['', 'a', 'a and b', 'a, b and c'])
  })
})

describe('short names', () => {
  it.each([
    ['CN=Acme Client CA, O=Acme', 'Acme Client CA'],
    ['O=Acme, CN=Acme Client CA', 'Acme Client CA'],
    ['CN=Smith\\, Ada \\+ Co', 'Smith, Ada + Co'],
    ['O=Acme CN=no', 'O=Acme CN=no'],
    ['', ''],
  ])('%s is called “%s”', (full, short) => expect(shortName(full)).toBe(short))
})

describe('expiry', () => {
  const now = new Date('2027-03-10T12:00:00')
  const start = at('2027-01-01T00:00:00')

  it.each([
    ['2027-03-22T11:00:00', '12 days left', 'Valid until 22 Mar 2027 (12\u00a0days)'],
    ['2027-03-12T00:30:00', '2 days left', 'Valid until 12 Mar 2027 (2\u00a0days)'],
    ['2027-03-11T00:30:00', 'Expires tomorrow', 'Valid until 11 Mar 2027 (1\u00a0day)'],
    ['2027-03-10T18:00:00', 'Expires today', 'Valid until 10 Mar 2027 (today)'],
    ['2027-03-10T12:00:00', 'Expired', 'Expired today'],
    ['2027-03-08T23:00:00', 'Expired', 'Expired on 8 Mar 2027 (2\u00a0days\u00a0ago)'],
  ])('a certificate that ends %s', (end, badge, sentence) => {
    expect(expiryBadge(at(end), now)).toBe(badge)
    expect(expirySentence(start, at(end), now)).toBe(sentence)
  })

  it('says from when a certificate is valid', () => {
    expect(expirySentence(at('2027-04-01T10:00:00'), at('2028-04-01T10:00:00'), now)).toBe(
      'Not valid before 1 Apr 2027',
    )
  })
})
