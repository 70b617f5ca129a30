import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeReport } from '#shared/logic/report/describe'
import { reportHtml } from '#shared/logic/report/html'
import type { ProbeReport } from '#shared/model/probe'
import { answered, failed } from '../../../../support/attempts'
import { hostRow, reportRow } from '../../../../support/rows'

/** A report in which this text stands wherever a text may stand. */
function filledWith(text: string): ProbeReport {
  const access = { seen: true, mtlsStatus: text, audience: text, teamDomain: text, rayId: text, edgeErrorCode: text }
  const without = answered(403, { access, tls: { trustProblem: text, acceptableIssuers: [text], version: text } })
  if (without.outcome.kind === 'answered') Object.assign(without.outcome, { statusText: text, location: text })
  const presented = failed('not-tls', null, { detail: text, firstBytes: text })
  presented.proxy = { address: text, from: 'system', status: null }
  return reportRow(hostRow('a.example'), {
    address: `https://a.example/${text}`,
    identityName: text,
    rootsFrom: text,
    without,
    with: presented,
    notTried: null,
    verdict: { kind: 'refused', tone: 'bad', sentence: text, explanation: text },
    findings: [
      { code: 'too-slow', certainty: 'likely', title: text, evidence: [text, text], remedy: text, who: 'network' },
    ],
  })
}

/** All elements of a page, without their attributes. */
const elements = (page: string) => page.match(/<\/?[a-z0-9!]+/giu)?.join(' ')

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '/', '=', ' ', 'a', '\u202e', '\n', '-', '!', ';') }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '</style>',
    '</title><img src=x onerror=a()>',
    '<!--',
    '&lt;b&gt;',
    '{{a}}',
  ),
)

describe('the page', () => {
  it('is the same page whatever its texts are', () => {
    const plain = elements(reportHtml([filledWith('x')]))
    fc.assert(
      fc.property(hostile, (text) => {
        // What is empty is left out.
        expect(elements(reportHtml([filledWith(`x${text}`)]))).toBe(plain)
      }),
    )
  })

  it('forbids everything but its own style, and has nothing else', () => {
    const page = reportHtml([filledWith('x')])
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    )
    expect(page).not.toMatch(/<(?:script|link|img|iframe|a|form|object|base)\b|url\(|@import|\son\w+=|(?:src|href)=/u)
    expect(page).toContain('prefers-color-scheme: dark')
  })

  it('has all that the text has', () => {
    const report = filledWith('one & only')
    // A line may end within numbers and long names.
    const page = reportHtml([report]).replaceAll('<wbr>', '')
    const { about, attempts, findings, sentence, explanation } = describeReport(report)
    const facts = [...about, ...attempts.flatMap((attempt) => attempt.facts)].flat()
    const texts = [...facts, ...attempts.flatMap(({ title, answer }) => [title, answer]), sentence, explanation]
    for (const text of [...texts, ...findings.flatMap(({ title, remedy, evidence }) => [title, remedy, ...evidence])])
      expect(page).toContain(text.replaceAll('&', '&amp;').replaceAll("'", '&#39;'))
  })

  it('lets a line end between two octets of a fingerprint, wherever one may stand', () => {
    const octets = Array.from({ length: 32 }, (_, index) => (index + 160).toString(16).toUpperCase())
    const page = reportHtml([filledWith(octets.join(':'))])
    const body = page.slice(page.indexOf('<body'))
    expect(body).toContain(octets.join(':<wbr>'))
    expect(body).not.toContain(octets.join(':'))
  })

  it('holds several reports in their order', () => {
    const named = (sentence: string) => ({
      ...reportRow(hostRow('a.example')),
      verdict: { kind: 'unreachable' as const, tone: 'bad' as const, sentence, explanation: '' },
    })
    const page = reportHtml([named('First.'), named('Second.')])
    expect(page.match(/<h\d[^>]*>[^<]*/gu)?.filter((heading) => !/certificate$/u.test(heading))).toEqual([
      '<h1>Connection tests',
      '<h2 class="verdict">First.',
      '<h2 class="verdict">Second.',
    ])
    expect(page).toContain('<title>Connection tests</title>')
    // Before them, each site with what was said of it.
    expect(page).toContain('<dt>https://a.example/</dt><dd>First.</dd><dt>https://a.example/</dt><dd>Second.</dd>')
  })

  it('has one headline of the first level, and none is left out', () => {
    for (const reports of [[filledWith('x')], [filledWith('x'), filledWith('y')]])
      expect(reportHtml(reports).match(/<h1\b/gu)).toHaveLength(1)
  })

  it('shows no control character and no override', () => {
    expect(reportHtml([filledWith('a\u001b[31m\u202eb')])).not.toMatch(/[\u001b\u202e]/u)
  })
})
