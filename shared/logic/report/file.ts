import type { ProbeReport, ReportFileFormat } from '../../model/probe'
import { redactReport } from '../redact-report'
import { reportHar } from './har'
import { reportHtml } from './html'

/** What a file with these reports holds. `version` is Latchkey's own. Nothing secret is in any of them. */
export function reportFile(format: ReportFileFormat, reports: ProbeReport[], version: string): string {
  switch (format) {
    case 'html':
      return reportHtml(reports)
    case 'json':
      return reportJson(reports)
    case 'har':
      return reportHar(reports, version)
  }
}

/** As `latchkey diagnose` reads it. */
function reportJson(reports: ProbeReport[]): string {
  const redacted = reports.map(redactReport)
  const [only] = redacted
  return `${JSON.stringify(redacted.length === 1 ? only : { reports: redacted }, null, 2)}\n`
}
