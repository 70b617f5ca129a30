import type { CauseCode, Finding, VerdictKind, Who } from '../../model/probe'
import type { AttemptFacts, Facts } from './facts'

/** What speaks for a cause. */
export interface Support {
  certainty: Finding['certainty']
  /** What was seen, a sentence each. */
  evidence: string[]
}

/** One possible cause. It is named only for verdicts that it can explain, so headline and findings cannot contradict. */
export interface Hypothesis {
  code: CauseCode
  who: Who
  explains: readonly VerdictKind[]
  /** It is what remains when no other cause is found. */
  isFallback?: true
  /** Null where nothing speaks for it, or where a fact speaks against it. */
  support(facts: Facts): Support | null
  title(facts: Facts): string
  remedy(facts: Facts): string
}

export const certain = (...evidence: (string | null)[]): Support => ({ certainty: 'certain', evidence: only(evidence) })
export const likely = (...evidence: (string | null)[]): Support => ({ certainty: 'likely', evidence: only(evidence) })
export const possible = (...evidence: (string | null)[]): Support => ({
  certainty: 'possible',
  evidence: only(evidence),
})

const only = (lines: (string | null)[]) => lines.filter((line) => line !== null)

/** The verdicts in which a certificate was shown, or was to be, and did not get in. */
export const rejections: readonly VerdictKind[] = ['certificate-rejected', 'refused', 'not-offered']

export const nameOf = ({ identity }: Facts): string => (identity === null ? 'your certificate' : `“${identity.name}”`)

/** What the server did about certificates in the attempt that decides. */
export function whatServerDid(facts: Facts): string[] {
  const { deciding } = facts
  return [askedLine(facts, deciding), endLine(deciding)].filter((line) => line !== null)
}

function askedLine(facts: Facts, { asked, sent }: AttemptFacts): string | null {
  if (asked === 'no') return 'The server did not ask for a certificate.'
  if (facts.with === null) return asked === 'yes' ? 'The server asked for a certificate.' : null
  if (sent === 'yes')
    return asked === 'yes'
      ? `The server asked for a certificate and got ${nameOf(facts)}.`
      : `${nameOf(facts)} was sent.`
  return asked === 'yes' && sent === 'no' ? 'The server asked for a certificate, and none was sent.' : null
}

function endLine({ attempt, alert, status, cutAfterQuestion }: AttemptFacts): string | null {
  if (alert !== null) return `It then ended the connection: “${alert.replaceAll('_', ' ')}”.`
  if (status !== null) return `It answered ${status}${statusText(attempt.outcome)}.`
  return cutAfterQuestion ? 'It then closed the connection without giving a reason.' : null
}

const statusText = (outcome: AttemptFacts['attempt']['outcome']): string =>
  outcome.kind === 'answered' && outcome.statusText !== '' ? ` ${outcome.statusText}` : ''

/** The server's part of the handshake was over, and so was ours: whatever ended the connection came later. */
export const isAfterHandshake = ({ attempt: { outcome } }: AttemptFacts): boolean =>
  outcome.kind === 'failed' &&
  (outcome.phase === 'handshake-over' || outcome.phase === 'accepted' || outcome.phase === 'answer')

/** The server closes the connection without a reason, with the certificate as without one: that may not be about certificates. */
export const isCutEitherWay = ({ without, with: presented }: Facts): boolean =>
  without.cutAfterQuestion && presented?.cutAfterQuestion === true

/** Where a redirect of the deciding attempt leads. */
export function whereTo({ deciding: { attempt } }: Facts): string | null {
  const location = attempt.outcome.kind === 'answered' ? attempt.outcome.location : null
  return location === null ? null : `It sends you to ${location}.`
}

/** The line of Access' page that tells what became of the certificate. */
export const mtlsLine = ({ deciding }: Facts): string | null =>
  deciding.attempt.access.mtlsStatus === null ? null : `MTLS Status: ${deciding.attempt.access.mtlsStatus}`

export const mtlsStatus = ({ deciding }: Facts): string => deciding.attempt.access.mtlsStatus?.toUpperCase() ?? ''

/** Cloudflare has renamed the places of its dashboard; its walkthrough and many guides have the older names. */
export const whereMutualTls =
  'In Zero Trust, open Access controls → Service credentials → Mutual TLS (in older guides: Access → Service auth → Mutual TLS)'
