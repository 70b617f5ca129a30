import { z } from 'zod'
import { ProbeReport } from '../../model/probe'
import { fromFormat1, ReportFormat1 } from '../../model/report-format-1'
import { neutralise } from '../neutralise'
import { redactReport, withTexts } from '../redact-report'

/** A report of any version; those of the first were kept without a format number. */
export const SavedReport = z.union([ProbeReport, ReportFormat1.transform(fromFormat1)])

/** What `latchkey test --json` prints, and what it writes for several sites. */
const Printed = z.strictObject({
  version: z.number().optional(),
  verb: z.enum(['test', 'diagnose']).optional(),
  ok: z.boolean().optional(),
  report: z.unknown().optional(),
  reports: z.array(z.unknown()).optional(),
})

/** More than the largest answer and the longest list of issuers come to. */
const MAX_VALUES = 50_000
const MAX_CHARACTERS = 200_000

/**
 * The reports in a file that somebody has sent: a report, or what `latchkey test --json` printed. Null where it is anything
 * else, a report of unlikely size included, since what is wrong with it would be listed value by value. What is returned
 * holds neither secrets nor characters that act on a terminal or change the order of a line.
 */
export function readSavedReports(value: unknown): ProbeReport[] | null {
  const printed = Printed.safeParse(value)
  const { report, reports } = printed.success ? printed.data : { report: value, reports: undefined }
  const found: ProbeReport[] = []
  for (const one of reports ?? [report]) {
    const saved = isOfLikelySize(one) ? SavedReport.safeParse(one) : null
    if (saved === null || !saved.success) return null
    found.push(withTexts(redactReport(saved.data), neutralise))
  }
  return found.length === 0 ? null : found
}

/** Without recursion, since it may be as deep as it is long. */
function isOfLikelySize(value: unknown): boolean {
  const waiting = [value]
  let count = 0
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    count += 1
    if (count > MAX_VALUES || (typeof next === 'string' && next.length > MAX_CHARACTERS)) return false
    if (typeof next !== 'object' || next === null) continue
    const parts: unknown[] = Object.values(next)
    if (parts.length > MAX_VALUES) return false
    waiting.push(...parts)
  }
  return true
}
