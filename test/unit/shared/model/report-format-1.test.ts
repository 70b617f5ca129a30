import { expect, it } from 'vitest'
import { nothingSeen } from '#shared/model/attempt'
import { ProbeReport } from '#shared/model/probe'
import { fromFormat1, ReportFormat1 } from '#shared/model/report-format-1'
import { reportOfVersion01, timings, tls } from '../../../support/report-format-1'

it('shows a report of version 0.1 as it was judged then', () => {
  const shown = fromFormat1(ReportFormat1.parse(reportOfVersion01))
  expect(ProbeReport.parse(shown)).toEqual(shown)
  expect(shown).toMatchObject({
    format: 1,
    verdict: reportOfVersion01.verdict,
    findings: reportOfVersion01.findings,
    notTried: 'server-untrusted',
  })
})

it('leaves open what that version did not record', () => {
  const answered = {
    outcome: {
      kind: 'answered',
      status: 200,
      statusText: 'OK',
      headers: [],
      cookies: [],
      location: null,
      body: '',
      bodyTruncated: false,
    },
    timings,
    tls,
    access: { ...nothingSeen, application: undefined },
  }
  const { without } = fromFormat1(
    ReportFormat1.parse({ ...reportOfVersion01, without: JSON.parse(JSON.stringify(answered)) }),
  )
  expect(without).toMatchObject({
    outcome: { httpVersion: null, bodyEnd: null },
    tls: { trustReason: null, alert: null, signatureSchemes: [] },
    access: { application: null },
    proxy: null,
    answeredAt: null,
  })
})

it('takes nothing for such a report that it is not', () => {
  expect(ReportFormat1.safeParse({ ...reportOfVersion01, format: 2 }).success).toBe(false)
  expect(
    ReportFormat1.safeParse({
      ...reportOfVersion01,
      findings: [{ ...reportOfVersion01.findings[0], code: 'clock-wrong' }],
    }).success,
  ).toBe(false)
})
