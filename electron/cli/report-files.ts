import type { Command } from 'commander'
import { AppError } from '#shared/errors'
import { reportFile } from '#shared/logic/report/file'
import type { ProbeReport, ReportFileFormat } from '#shared/model/probe'
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

const kinds: Record<string, ReportFileFormat> = { html: 'html', json: 'json' }

/** Errors: `invalid-input` for a report of another kind. */
export function requireReportKind({ report }: ReportFileOptions): void {
  if (report !== undefined && kindOf(report) === undefined)
    throw new AppError('invalid-input', 'The name of the report must end in .html or .json.')
}

const kindOf = (path: string) => kinds[/\.([^.]+)$/u.exec(path)?.[1]?.toLowerCase() ?? '']

/** To be called before the test, which would otherwise be for nothing. */
export const requireReportFiles = ({ report, har, force }: ReportFileOptions): Promise<void> =>
  requireFree(
    [report, har].filter((path) => path !== undefined),
    force === true,
  )

/** Errors: `invalid-input` if one exists, `file-not-written`. */
export async function writeReportFiles({ report, har, force }: ReportFileOptions, reports: ProbeReport[]) {
  const files: NewFile[] = []
  const add = (path: string, format: ReportFileFormat) =>
    files.push({ path, bytes: reportFile(format, reports, __LATCHKEY_VERSION__), secret: false })
  const kind = report === undefined ? undefined : kindOf(report)
  if (report !== undefined && kind !== undefined) add(report, kind)
  if (har !== undefined) add(har, 'har')
  await writeNew(files, force === true)
}
