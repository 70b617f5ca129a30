import type { Attempt } from '../model/attempt'
import { ProbeReport } from '../model/probe'
import { redactHeader, redactText } from './redact'

/** A report as it may leave the main process: no secret in any of its texts, regardless of their origin. */
export const hideSecrets = (report: ProbeReport): ProbeReport => withTexts(report, redactText)

/** The same report with each of its texts changed. */
export const withTexts = (report: ProbeReport, change: (text: string) => string): ProbeReport =>
  ProbeReport.parse(everyText(report, change))

function everyText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((part) => everyText(part, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, everyText(part, change)]))
}

/** What is kept of a report: no page bodies, and once more no tokens. */
export function redactReport(report: ProbeReport): ProbeReport {
  const { without, with: presented } = report
  return hideSecrets({
    ...report,
    without: redactAttempt(without),
    with: presented === null ? null : redactAttempt(presented),
  })
}

function redactAttempt(attempt: Attempt): Attempt {
  const { outcome } = attempt
  if (outcome.kind === 'failed') return attempt
  return { ...attempt, outcome: { ...outcome, headers: outcome.headers.map(redactHeader), body: '' } }
}
