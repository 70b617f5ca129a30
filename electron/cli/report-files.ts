import type { Command } from 'commander'
import { AppError } from '#shared/errors'
import { redactReport } from '#shared/logic/redact'
import { reportHar } from '#shared/logic/report/har'
import { reportHtml } from '#shared/logic/report/html'
import type { ProbeReport } from '#shared/model/probe'
import { type NewFile, requireFree, writeNew } from './output-files'

export interface ReportFileOptions {
  report?: string
  har?: string
  force?: true
}

export const withReportFiles = (command: Command): Command =>
  command
    .option(
      '--report <file>',
      'write the report to a file: .html, a page to pass on, or .json, for “latchkey diagnose”',
    )
    .option('--har <file>', 'write the requests and answers to a file as an HTTP archive (HAR 1.2)')
    .option('--force', 'overwrite files that exist')

const makers: Record<string, (reports: ProbeReport[]) => string> = { html: reportHtml, json: reportJson }

/** Errors: `invalid-input` for a report of another kind. */
export function requireReportKind({ report }: ReportFileOptions): void {
  if (report !== undefined && makerFor(report) === undefined)
    throw new AppError('invalid-input', 'The name of the report must end in .html or .json.')
}

const makerFor = (path: string) => makers[/\.([^.]+)$/u.exec(path)?.[1]?.toLowerCase() ?? '']

/** To be called before the test, which would otherwise be for nothing. */
export const requireReportFiles = ({ report, har, force }: ReportFileOptions): Promise<void> =>
  requireFree(
    [report, har].filter((path) => path !== undefined),
    force === true,
  )

/** Errors: `invalid-input` if one exists, `file-not-written`. */
export async function writeReportFiles({ report, har, force }: ReportFileOptions, reports: ProbeReport[]) {
  const files: NewFile[] = []
  const make = report === undefined ? undefined : makerFor(report)
  if (report !== undefined && make !== undefined) files.push({ path: report, bytes: make(reports), secret: false })
  if (har !== undefined) files.push({ path: har, bytes: reportHar(reports, __LATCHKEY_VERSION__), secret: false })
  await writeNew(files, force === true)
}

function reportJson(reports: ProbeReport[]): string {
  const redacted = reports.map(redactReport)
  const [only] = redacted
  return `${JSON.stringify(redacted.length === 1 ? only : { reports: redacted }, null, 2)}\n`
}
