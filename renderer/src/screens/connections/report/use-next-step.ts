import type { Host } from '#shared/model/host'
import type { Finding, ProbeReport } from '#shared/model/probe'
import { useAction } from '../../../api'
import { useNavigation } from '../../../navigation'
import { fittingCertificates } from '../replace/fitting-certificates'
import { useIssuerRenewal } from '../replace/use-issuer-renewal'
import type { ConnectionTest } from '../use-connection-test'
import { type StepKind, stepKind } from './step-kind'

interface NextStep {
  words: string
  run(): void
  isPending?: boolean
}

interface StepInput {
  report: ProbeReport
  cause: Finding | null
  host: Host
  test: ConnectionTest
  onReplace(): void
}

/** The button of the card, and what went wrong with it. */
export function useNextStep({ report, cause, host, test, onReplace }: StepInput) {
  const { go } = useNavigation()
  const open = useAction('connections.openInBrowser')
  const { identity } = report
  const request = awaitedRequest({ host, test })
  const kind = stepKind({
    report,
    cause,
    isPractice: host.practice,
    isInstalled: test.certificates.some(({ id, journey }) => id === identity && journey.installed === 'done'),
    isReplacementRequested: request !== null,
    hasAnother: cause !== null && fittingCertificates(report, cause, test.certificates).length > 0,
    mode: test.mode,
  })
  const issuers = useIssuerRenewal(report, kind === 'add-issuers' || kind === 'renew-issuers', test)
  const steps: Record<StepKind, NextStep> = {
    'test-again': { words: 'Test again', run: test.run },
    install: { words: 'Install this certificate', run: () => go({ screen: 'certificates', identity }) },
    'open-site': {
      words: 'Open in browser',
      run: () => open.mutate({ host: host.id }),
      isPending: open.isPending,
    },
    replace: { words: 'Replace and test again', run: onReplace },
    'try-another': { words: 'Try another certificate', run: onReplace },
    'open-request': { words: 'Open the request', run: () => go({ screen: 'certificates', identity: request }) },
    'add-issuers': { words: 'Add the issuers and test again', run: issuers.run, isPending: issuers.isPending },
    'renew-issuers': { words: 'Replace and test again', run: issuers.run, isPending: issuers.isPending },
    'open-certificate': { words: 'Open this certificate', run: () => go({ screen: 'certificates', identity }) },
    'switch-to-browser': { words: 'Switch to “As the browser”', run: () => test.setMode('browser') },
  }
  return { step: kind === null ? null : steps[kind], error: issuers.error ?? open.error }
}

/** A replacement that has been requested and not issued yet. */
export function awaitedRequest({ host, test }: Pick<StepInput, 'host' | 'test'>): string | null {
  return test.requests.find(({ id }) => id === host.replacement)?.id ?? null
}
