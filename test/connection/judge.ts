import { exitCodeFor } from '#electron/cli/test-outcome'
import type { ProbeReport } from '#shared/model/probe'

/** As in `expected.ts`. */
export interface Judged {
  verdict: string
  cause: string | null
  who: string | null
  exit: number
}

/** What Latchkey says of a test, and the exit code that its command line ends with. */
export function judgedIn(report: ProbeReport): Judged {
  const [first] = report.findings
  const cause = first === undefined || first.certainty === 'possible' ? null : first
  return {
    verdict: report.verdict.kind,
    cause: cause?.code ?? null,
    who: cause?.who ?? null,
    exit: exitCodeFor([report]),
  }
}
