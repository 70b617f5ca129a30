import { formatMilliseconds } from '#shared/logic/formatting'
import { reportText } from '#shared/logic/report/text'
import type { ProbeReport } from '#shared/model/probe'
import { type ExitCode, exitCodes } from './exit-codes'
import type { Outcome } from './output'

/** The whole report of one site; a line for each of several. */
export function testOutcome(reports: ProbeReport[]): Outcome {
  const [first] = reports
  const isOne = first !== undefined && reports.length === 1
  return {
    exitCode: exitCodeFor(reports),
    json: reportsAsJson(reports),
    text: isOne ? reportText(first) : table(reports.map(row)),
  }
}

/** `report` where there is one, for scripts that know no more. */
export const reportsAsJson = (reports: ProbeReport[]) => ({
  ...(reports.length === 1 ? { report: reports[0] } : {}),
  reports,
})

/** An unreachable site counts most, since nothing is known of it. */
export function exitCodeFor(reports: ProbeReport[]): ExitCode {
  const isUnknown = ({ verdict }: ProbeReport) => verdict.kind === 'unreachable' || verdict.kind === 'proxy-failed'
  if (reports.some(isUnknown)) return exitCodes.unavailable
  return reports.every(({ verdict }) => verdict.tone === 'good') ? exitCodes.fine : exitCodes.negative
}

function row({ address, verdict, without, with: presented }: ProbeReport): string[] {
  const { total } = (presented ?? without).timings
  return [address, verdict.kind, verdict.sentence, formatMilliseconds(total)]
}

function table(rows: string[][]): string {
  const widths = rows.reduce<number[]>(
    (widest, cells) => cells.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    [],
  )
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
