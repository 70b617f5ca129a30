import type { CauseCode, Finding, ProbeReport } from '#shared/model/probe'
import { useNavigation } from '../../../navigation'
import type { ConnectionTest } from '../use-connection-test'

interface NextStep {
  words: string
  run(): void
}

type Kind = 'certificate' | 'browser' | 'again'

/** The causes that something in Latchkey itself can mend. */
const kinds: Partial<Record<CauseCode, Kind>> = {
  'certificate-expired': 'certificate',
  'certificate-not-yet-valid': 'certificate',
  'certificate-revoked': 'certificate',
  'certificate-self-signed': 'certificate',
  'certificate-without-client-use': 'certificate',
  'certificate-cannot-sign': 'certificate',
  'issuers-not-sent': 'certificate',
  'expired-issuer-sent': 'certificate',
  'key-too-small': 'certificate',
  'key-type-not-accepted': 'certificate',
  'key-not-installed': 'certificate',
  'edge-user-agent': 'browser',
  'bot-challenge': 'browser',
}

/** The button of the card: the one thing to do next; null where somebody else has to act. */
export function useNextStep(report: ProbeReport, cause: Finding | null, test: ConnectionTest): NextStep | null {
  const { go } = useNavigation()
  if (cause === null) return report.verdict.tone === 'good' ? null : { words: 'Test again', run: test.run }
  const kind = kindOf(cause)
  const { identity } = report
  if (kind === 'certificate' && identity !== null)
    return { words: 'Open this certificate', run: () => go({ screen: 'certificates', identity }) }
  if (kind === 'browser' && test.mode === 'direct')
    return { words: 'Switch to “As the browser”', run: () => test.setMode('browser') }
  return cause.who === 'administrator' ? null : { words: 'Test again', run: test.run }
}

function kindOf({ code }: Finding): Kind {
  const found = Object.entries(kinds).find(([name]) => name === code)
  return found?.[1] ?? 'again'
}
