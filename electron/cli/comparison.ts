import { neutralise } from '#shared/logic/neutralise'
import { compareReports, type ReportComparison } from '#shared/logic/report/compare'
import type { ProbeReport } from '#shared/model/probe'
import { exitCodes } from './exit-codes'
import type { Outcome } from './output'
import { reportsAsJson } from './test-outcome'

/** What differs between two reports. As with diff, the exit code is 0 where nothing does, else 1. */
export function comparisonOutcome(first: ProbeReport, second: ProbeReport): Outcome {
  const comparison = compareReports(first, second)
  return {
    exitCode: comparison.differences === 0 ? exitCodes.fine : exitCodes.negative,
    json: { ...reportsAsJson([first, second]), comparison },
    text: [...[first, second].map(titleOf), '', ...differences(comparison)].map(neutralise).join('\n'),
  }
}

const titleOf = ({ address, startedAt }: ProbeReport, place: number) => `${signs[place] ?? ''} ${address}, ${startedAt}`

const signs = ['-', '+']

/** A line for each side, as diff marks them. */
function differences({ sections, differences: count }: ReportComparison): string[] {
  if (count === 0) return ['No differences.']
  const changed = sections.flatMap(({ title, facts }) => {
    const shown = facts.filter(({ differs }) => differs)
    if (shown.length === 0) return []
    const lines = shown.flatMap(({ name, first, second }) => [
      `  ${name}`,
      ...[first, second].map((value, place) => `    ${signs[place]} ${value ?? 'nothing'}`),
    ])
    return [title, ...lines, '']
  })
  const total = sections.reduce((sum, { facts }) => sum + facts.length, 0)
  return [...changed, `${count} of ${total} facts differ. Times are not compared.`]
}
