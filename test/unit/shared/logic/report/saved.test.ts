import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSavedReports } from '#shared/logic/report/saved'
import { reportOfVersion01 } from '../../../../support/report-format-1'
import { hostRow, reportRow } from '../../../../support/rows'

const report = reportRow(hostRow('a.example'))

describe('a saved report', () => {
  it.each<[string, unknown, number]>([
    ['alone', report, 1],
    ['of version 0.1', reportOfVersion01, 1],
    ['as it is printed', { version: 2, verb: 'test', ok: false, report, reports: [report] }, 1],
    ['as 0.1 printed it', { version: 1, verb: 'test', ok: true, report: reportOfVersion01 }, 1],
    ['as it is explained', { version: 2, verb: 'diagnose', ok: false, reports: [report, report] }, 2],
    ['as several are written', { reports: [report, reportOfVersion01, report] }, 3],
  ])('is read %s', (_how, value, count) => {
    expect(readSavedReports(value)).toHaveLength(count)
  })

  it('of version 0.1 keeps its judgement', () => {
    expect(readSavedReports(reportOfVersion01)).toMatchObject([
      { format: 1, verdict: reportOfVersion01.verdict, findings: reportOfVersion01.findings },
    ])
  })
})

describe('anything else is none', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', [report]],
    ['no reports', { version: 2, verb: 'test', ok: true, reports: [] }],
    ['an error', { version: 2, verb: 'test', ok: false, error: { code: 'not-found' } }],
    ['of another command', { version: 2, verb: 'list', ok: true, report }],
    ['one of several', { reports: [report, { ...report, verdict: null }] }],
    ['an unknown field', { ...report, more: 1 }],
    ['an unknown verdict', { ...report, verdict: { ...report.verdict, kind: 'fine' } }],
    ['another format', { ...report, format: 3 }],
    ['a fault in every one of a million parts', { ...report, findings: Array.from({ length: 1_000_000 }, () => ({})) }],
    ['an endless text', { ...report, address: 'x'.repeat(1_000_000) }],
    ['an abyss', JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
    ['an abyss within', { ...report, with: JSON.parse(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`) }],
  ])('%s', (_what, value) => {
    expect(readSavedReports(value)).toBeNull()
  })

  it('whatever it may be', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => readSavedReports(value) === null))
  })
})
