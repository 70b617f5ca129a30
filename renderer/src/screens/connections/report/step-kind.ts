import type { CauseCode, Finding, ProbeMode, ProbeReport, VerdictKind } from '#shared/model/probe'

/** What the button of the card does. */
export type StepKind =
  | 'test-again'
  | 'install'
  | 'open-site'
  | 'replace'
  | 'try-another'
  | 'open-request'
  | 'add-issuers'
  | 'renew-issuers'
  | 'open-certificate'
  | 'switch-to-browser'

/** The causes that something in Latchkey itself can mend. */
const mending: Partial<Record<CauseCode, StepKind>> = {
  'certificate-expired': 'replace',
  'certificate-not-yet-valid': 'replace',
  'certificate-revoked': 'replace',
  'certificate-self-signed': 'replace',
  'certificate-without-client-use': 'replace',
  'certificate-cannot-sign': 'replace',
  'certificate-signed-with-sha1': 'replace',
  'key-too-small': 'replace',
  'key-type-not-accepted': 'replace',
  'issuer-not-accepted': 'replace',
  'access-does-not-know-issuer': 'replace',
  'policy-does-not-match': 'try-another',
  'issuers-not-sent': 'add-issuers',
  'expired-issuer-sent': 'renew-issuers',
  'key-not-installed': 'open-certificate',
  'edge-user-agent': 'switch-to-browser',
  'bot-challenge': 'switch-to-browser',
}

const letIn: readonly VerdictKind[] = ['let-in', 'let-in-without-cookie', 'let-in-only-tried', 'login-next']

interface Situation {
  report: Pick<ProbeReport, 'verdict' | 'identity' | 'mode'>
  cause: Pick<Finding, 'code' | 'who'> | null
  isPractice: boolean
  /** The certificate is where the browsers of this computer look for it. */
  isInstalled: boolean
  /** A replacement has been requested, and not been issued yet. */
  isReplacementRequested: boolean
  /** Another certificate of this computer may be let in. */
  hasAnother: boolean
  /** How the next test will be made. */
  mode: ProbeMode
}

/** The one thing to do next; null where there is nothing, or somebody else has to act. */
export function stepKind(situation: Situation): StepKind | null {
  const { report, cause, isReplacementRequested, hasAnother, mode } = situation
  const { verdict, identity } = report
  if (cause === null) return verdict.tone === 'good' ? afterSuccess(situation) : 'test-again'
  // Another card asks whether the key of the server is to be accepted.
  if (verdict.kind === 'server-untrusted') return null
  const otherwise = cause.who === 'administrator' ? null : 'test-again'
  const found = mendingOf(cause)
  if (found === undefined) return otherwise
  if (found === 'switch-to-browser') return mode === 'direct' ? found : otherwise
  if (identity === null) return otherwise
  // A new one of the same name would be refused as well.
  if (found === 'try-another') return hasAnother ? found : otherwise
  return found === 'replace' && isReplacementRequested ? 'open-request' : found
}

/** A test in direct mode proves nothing of what the browser has. */
function afterSuccess({ report, isPractice, isInstalled }: Situation): StepKind | null {
  if (!letIn.includes(report.verdict.kind) || report.identity === null || isPractice) return null
  return report.mode === 'browser' || isInstalled ? 'open-site' : 'install'
}

/** Codes of earlier versions have none. */
const mendingOf = ({ code }: Pick<Finding, 'code'>): StepKind | undefined =>
  Object.entries(mending).find(([name]) => name === code)?.[1]
