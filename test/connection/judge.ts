import type { ProbeResult } from '#electron/probe/probe'
import { diagnose } from '#shared/logic/diagnosis'
import { judge } from '#shared/logic/verdict'
import type { ScenarioClient } from './pki'

/** As in `expected.ts`, but in whatever words the judgement has. */
export interface Judged {
  verdict: string
  cause: string | null
  who: string | null
  exit: number
}

/** What Latchkey says of a result, and the exit code that its command line ends with. */
export function judgeScenario(result: ProbeResult, client: ScenarioClient | null): Judged {
  const attempts = { without: result.without.attempt, with: result.with?.attempt ?? null }
  const verdict = judge(attempts.without, attempts.with, { identityName: client?.name ?? null, practice: false })
  const findings = diagnose({ ...attempts, identity: describe(client), now: new Date(), mode: 'direct' })
  const [cause] = findings.filter(({ certainty }) => certainty !== 'possible')
  return {
    verdict: verdict.kind,
    cause: cause?.code ?? null,
    who: cause?.who ?? null,
    exit: verdict.kind === 'unreachable' ? 3 : verdict.tone === 'good' ? 0 : 1,
  }
}

function describe(client: ScenarioClient | null) {
  const [leaf] = client?.views ?? []
  if (client === null || leaf === undefined) return null
  const { notBefore, notAfter, extendedKeyUsage } = leaf
  return { name: client.name, notBefore, notAfter, extendedKeyUsage, issuers: client.views.map(({ issuer }) => issuer) }
}
