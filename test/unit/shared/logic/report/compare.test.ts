import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareReports } from '#shared/logic/report/compare'
import { SavedReport } from '#shared/logic/report/saved'
import type { Finding, ProbeReport } from '#shared/model/probe'
import { answered, failed } from '../../../../support/attempts'
import { reportOfVersion01 } from '../../../../support/report-format-1'
import { hostRow, reportRow, sha256 } from '../../../../support/rows'

const host = hostRow('a.example')
const worked = reportRow(host, {
  identityName: 'Ada',
  without: answered(403),
  with: answered(200, { tls: { sent: 'yes' } }),
  notTried: null,
  verdict: { kind: 'let-in', tone: 'good', sentence: 'Let in.', explanation: 'So.' },
})
const differing = (first: ProbeReport, second: ProbeReport) =>
  compareReports(first, second).sections.flatMap(({ title, facts }) =>
    facts.filter(({ differs }) => differs).map((fact) => [title, fact.name, fact.first, fact.second]),
  )

describe('two reports', () => {
  it('that say the same differ in nothing, whatever the date, the times and Cloudflare’s number', () => {
    const later: ProbeReport = { ...worked, startedAt: '2026-03-01T00:00:00.000Z', with: null }
    const again = answered(200, { tls: { sent: 'yes' }, access: { rayId: 'other' } })
    Object.assign(again.timings, { total: 9_000, firstByte: null })
    expect(differing(worked, { ...later, with: again })).toEqual([])
    expect(compareReports(worked, worked).differences).toBe(0)
  })

  it('differ in verdict, cause, status and alert where the certificate is refused now', () => {
    const finding: Finding = {
      code: 'certificate-expired',
      certainty: 'certain',
      title: 'It has expired.',
      evidence: [],
      remedy: '',
      who: 'you',
    }
    const refused: ProbeReport = {
      ...worked,
      with: failed('certificate-rejected', { alert: 'certificate_expired', sent: 'yes' }),
      verdict: { kind: 'certificate-rejected', tone: 'bad', sentence: 'Refused.', explanation: '' },
      findings: [finding],
    }
    expect(differing(worked, refused)).toEqual([
      ['Result', 'Verdict', 'Let in.', 'Refused.'],
      ['Result', 'Cause', null, 'It has expired.'],
      ['With certificate', 'Answer', '200', expect.stringContaining('(because)')],
      ['With certificate', 'Answered by', 'the server', null],
      ['With certificate', 'HTTP', '1.1', null],
      ['With certificate', 'TLS alert', null, 'certificate_expired'],
    ])
    const possible = { ...refused, findings: [{ ...finding, certainty: 'possible' as const }] }
    expect(differing(worked, possible).map(([, name]) => name)).not.toContain('Cause')
  })

  it.each<[string, Partial<Parameters<typeof answered>[1] & object>, string[]]>([
    ['the server’s certificate', { tls: { chain: [serverOf('new')] } }, ['Fingerprint of its certificate']],
    ['the TLS version', { tls: { version: 'TLSv1.2' } }, ['TLS']],
    ['the address', { tls: { remoteAddress: '127.0.0.2' } }, ['Address']],
    ['the issuers', { tls: { acceptableIssuers: ['CN=Acme'] } }, ['Accepted issuers']],
    ['whether it asked', { tls: { asked: 'no' } }, ['Asked for a certificate']],
  ])('differ in %s', (_what, change, names) => {
    expect(differing(worked, { ...worked, without: answered(403, change) }).map(([, name]) => name)).toEqual(names)
  })

  it('differ in certificate, mode and proxy', () => {
    const proxy = { address: 'http://proxy.example:3128', from: 'system', status: 200 } as const
    const other: ProbeReport = { ...worked, identityName: 'Bob', ownIssuers: ['CN=New CA'], mode: 'browser' }
    expect(differing(worked, { ...other, without: { ...worked.without, proxy } }).map(([, name]) => name)).toEqual([
      'Certificate',
      'Mode',
      'Issuers of the certificate',
      'Proxy',
    ])
  })

  it('are compared with those of earlier versions, and with half a test', () => {
    const old = SavedReport.parse(reportOfVersion01)
    expect(compareReports(old, worked).differences).toBeGreaterThan(0)
    const alone: ProbeReport = { ...worked, with: null, notTried: 'none-chosen' }
    expect(differing(worked, alone)[0]).toMatchObject([
      'With certificate',
      'Answer',
      '200',
      expect.stringContaining('Not tried'),
    ])
  })

  it('hold no secret', () => {
    const token = 'eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl'
    const leaking = { ...worked, verdict: { ...worked.verdict, sentence: token } }
    expect(JSON.stringify(compareReports(leaking, worked))).not.toContain(token)
  })

  it('differ in the same facts from either side, and each fact stands there once', () => {
    const some = fc.constantFrom(
      worked,
      { ...worked, with: null },
      reportRow(host),
      SavedReport.parse(reportOfVersion01),
    )
    fc.assert(
      fc.property(some, some, (first, second) => {
        const [there, back] = [compareReports(first, second), compareReports(second, first)]
        expect(back.differences).toBe(there.differences)
        for (const { facts } of there.sections) expect(new Set(facts.map(({ name }) => name)).size).toBe(facts.length)
      }),
    )
  })
})

function serverOf(name: string) {
  return {
    subject: 'CN=a.example',
    issuer: 'CN=Server CA',
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2027-01-01T00:00:00.000Z',
    sha256: sha256(name),
    keySha256: sha256(name),
  }
}
