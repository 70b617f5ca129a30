import { readSavedReports } from '#shared/logic/report/saved'
import type { ProbeReport } from '#shared/model/probe'

/** A report of the longest pages' headers is far below. */
const MAX_BYTES = 16 * 1024 * 1024

/**
 * The report in a file that somebody has sent: of several the one of this address, else the first. Null where it is none. The
 * file is read here and goes no further.
 */
export async function readReportFile(file: Pick<File, 'size' | 'text'>, address: string): Promise<ProbeReport | null> {
  if (file.size > MAX_BYTES) return null
  const reports = readSavedReports(parse(await file.text())) ?? []
  return reports.find((report) => report.address === address) ?? reports[0] ?? null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
