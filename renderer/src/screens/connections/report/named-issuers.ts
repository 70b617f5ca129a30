import { comparableName } from '#shared/logic/naming'
import type { ProbeReport } from '#shared/model/probe'

/** The distinguished names of the issuers that the server names in its question; none where it names none. */
export function namedIssuers(report: ProbeReport): string[] {
  const attempts = [report.with?.tls, report.without.tls]
  return attempts.find((tls) => (tls?.acceptableIssuers.length ?? 0) > 0)?.acceptableIssuers ?? []
}

/** Whether a name is among these, in any spelling. */
export function amongNames(names: string[]): (name: string) => boolean {
  const known = new Set(names.map(comparableName))
  return (name) => known.has(comparableName(name))
}
