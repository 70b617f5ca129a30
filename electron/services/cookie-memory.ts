import type { AttemptSecrets, ProbeResult } from '#electron/probe/probe'
import { AppError } from '#shared/errors'
import type { ReportId } from '#shared/model/ids'

export type Side = 'without' | 'with'

/** Enough to compare a few tests; older values are forgotten. */
const remembered = 20

/** Cookie values live here and nowhere else: in memory, for the latest tests, until the app ends. */
export function createCookieMemory() {
  const reports = new Map<ReportId, Record<Side, AttemptSecrets | null>>()

  function remember(report: ReportId, result: ProbeResult): void {
    reports.set(report, { without: result.without.secrets, with: result.with?.secrets ?? null })
    for (const oldest of [...reports.keys()].slice(0, -remembered)) reports.delete(oldest)
  }

  function value(report: ReportId, side: Side, name: string): string {
    const cookie = reports.get(report)?.[side]?.cookies.find((candidate) => candidate.name === name)
    if (cookie === undefined) throw new AppError('report-value-gone')
    return cookie.value
  }

  return { remember, value, forgetAll: () => reports.clear() }
}
