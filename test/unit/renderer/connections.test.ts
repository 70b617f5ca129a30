import { describe, expect, it } from 'vitest'
import type { Side } from '#shared/logic/test/facts'
import { Attempt, nothingSeen } from '#shared/model/attempt'
import { attemptWords } from '../../../renderer/src/screens/connections/report/attempt-words'
import { compareHeaders, headersText } from '../../../renderer/src/screens/connections/report/compare-headers'
import { suggestCertificate } from '../../../renderer/src/screens/connections/suggest-certificate'
import { hostRow } from '../../support/rows'

const access = { ...nothingSeen, seen: true }
const timings = { dns: 1, tcp: 1, tls: 1, firstByte: 1, total: 4 }
const answered = (status: number, headers: [string, string][] = [], more: object = {}) =>
  Attempt.parse({
    outcome: {
      kind: 'answered',
      status,
      statusText: '',
      headers: headers.map(([name, value]) => ({ name, value })),
      cookies: [],
      location: null,
      body: '',
      bodyTruncated: false,
      httpVersion: null,
      bodyEnd: null,
    },
    timings,
    tls: null,
    access: { ...access, ...more },
    proxy: null,
    askedForHttp1: false,
    answeredAt: null,
  })
const failed = (reason: string) =>
  Attempt.parse({
    outcome: { kind: 'failed', reason, detail: '', phase: null, firstBytes: null },
    timings,
    tls: null,
    access,
    proxy: null,
    askedForHttp1: false,
    answeredAt: null,
  })
const words = (attempt: Attempt, side: Side) => attemptWords(attempt, side, hostRow('a.example'))

describe('the words on each side', () => {
  it('reads a refusal without a certificate as good news, and one with it as bad', () => {
    expect(words(answered(403, [], { mtlsStatus: 'NONE' }), 'without')).toMatchObject({
      color: 'teal',
      sentence: 'Refused, as it should be.',
    })
    expect(words(failed('certificate-demanded'), 'without').color).toBe('teal')
    expect(words(answered(403), 'with')).toMatchObject({ status: '403', color: 'red' })
    expect(words(answered(200), 'without')).toMatchObject({
      color: 'orange',
      sentence: 'Let in without a certificate.',
    })
    expect(words(answered(200), 'with').color).toBe('teal')
  })

  it('tells how far a refused certificate got', () => {
    expect(words(answered(403, [], { mtlsStatus: 'SUCCESS' }), 'with').sentence).toBe(
      'Certificate verified, still refused.',
    )
    expect(words(failed('timeout'), 'with')).toMatchObject({
      status: 'No answer',
      sentence: 'No answer in time.',
    })
  })
})

describe('headers side by side', () => {
  const rows = compareHeaders(
    answered(403, [['Server', 'cloudflare']]),
    answered(200, [
      ['server', 'cloudflare'],
      ['set-cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ]),
  )

  it('joins what has one name, puts the status first and marks what differs', () => {
    expect(rows).toEqual([
      { name: 'status', without: '403', with: '200', differs: true },
      { name: 'server', without: 'cloudflare', with: 'cloudflare', differs: false },
      { name: 'set-cookie', without: null, with: 'a=1\nb=2', differs: true },
    ])
    expect(headersText(rows)).toContain('set-cookie\n  without: –')
  })

  it('has nothing to compare where nobody answered', () => {
    expect(compareHeaders(failed('timeout'), null)).toEqual([])
    expect(compareHeaders(answered(403), null)[0]?.differs).toBe(false)
  })
})

describe('the certificate to begin with', () => {
  const list = [
    { id: 'refused', status: 'refused', practice: false },
    { id: 'working', status: 'working', practice: false },
    { id: 'lab', status: 'working', practice: true },
    { id: 'old', status: 'expired', practice: false },
  ].map((row) => row as Parameters<typeof suggestCertificate>[1][number])
  const host = { identity: null, practice: false }

  it('is the one the person came from, else the last one used here, else the most promising', () => {
    expect(suggestCertificate(host, list, 'old')).toBe('old')
    expect(suggestCertificate({ ...host, identity: 'refused' as never }, list, null)).toBe('refused')
    expect(suggestCertificate(host, list, null)).toBe('working')
    expect(suggestCertificate({ ...host, practice: true }, list, 'gone')).toBe('lab')
    expect(suggestCertificate(host, [], null)).toBeNull()
  })
})
