import type { Host } from '#shared/model/host'
import type { CauseCode, Finding, ProbeReport } from '#shared/model/probe'
import { useNavigation } from '../../../navigation'
import { useIssuerRenewal } from '../replace/use-issuer-renewal'
import type { ConnectionTest } from '../use-connection-test'

interface NextStep {
  words: string
  run(): void
  isPending?: boolean
}

/** `replace`: another certificate is needed; `issuers`: other issuers with the same one. */
type Kind = 'replace' | 'issuers' | 'open' | 'browser' | 'again'

/** The causes that something in Latchkey itself can mend. */
const kinds: Partial<Record<CauseCode, Kind>> = {
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
  'policy-does-not-match': 'replace',
  'issuers-not-sent': 'issuers',
  'expired-issuer-sent': 'issuers',
  'key-not-installed': 'open',
  'edge-user-agent': 'browser',
  'bot-challenge': 'browser',
  'proxy-not-used': 'browser',
}

interface StepInput {
  report: ProbeReport
  cause: Finding | null
  host: Host
  test: ConnectionTest
  onReplace(): void
}

/** The button of the card: the one thing to do next; null where somebody else has to act. */
export function useNextStep(input: StepInput): { step: NextStep | null; error: Error | null } {
  const { report, cause, test } = input
  const { go } = useNavigation()
  const kind = cause === null ? 'again' : kindOf(cause)
  const issuers = useIssuerRenewal(report, kind === 'issuers', test)
  const step = (): NextStep | null => {
    const { identity } = report
    const again = { words: 'Test again', run: test.run }
    if (cause === null) return report.verdict.tone === 'good' ? null : again
    const request = awaitedRequest(input)
    if (kind === 'replace' && request !== null)
      return { words: 'Open the request', run: () => go({ screen: 'certificates', identity: request }) }
    if (kind === 'replace' && identity !== null) return { words: 'Replace and test again', run: input.onReplace }
    if (kind === 'issuers' && identity !== null)
      return {
        words: cause.code === 'issuers-not-sent' ? 'Add the issuers and test again' : 'Replace and test again',
        run: issuers.run,
        isPending: issuers.isPending,
      }
    if (kind === 'open' && identity !== null)
      return { words: 'Open this certificate', run: () => go({ screen: 'certificates', identity }) }
    // The card below asks whether its key is to be accepted.
    if (report.verdict.kind === 'server-untrusted') return null
    if (kind === 'browser' && test.mode === 'direct')
      return { words: 'Switch to “As the browser”', run: () => test.setMode('browser') }
    return cause.who === 'administrator' ? null : again
  }
  return { step: step(), error: issuers.error }
}

/** A replacement that has been requested and not issued yet. */
export function awaitedRequest({ host, test }: Pick<StepInput, 'host' | 'test'>): string | null {
  return test.requests.find(({ id }) => id === host.replacement)?.id ?? null
}

function kindOf({ code }: Finding): Kind {
  const found = Object.entries(kinds).find(([name]) => name === code)
  return found?.[1] ?? 'again'
}
