import type { Finding, Verdict } from '../../model/probe'
import { access } from './causes/access'
import { alerts } from './causes/alerts'
import { answers, edge } from './causes/answers'
import { clock } from './causes/clock'
import { handshake } from './causes/handshake'
import { network, proxy } from './causes/network'
import { ownCertificate } from './causes/own-certificate'
import { serverCertificate } from './causes/server-certificate'
import { token } from './causes/token'
import { type Facts, factsOf } from './facts'
import { type Hypothesis, isCutEitherWay, type Support } from './hypothesis'
import type { TestInput } from './input'
import { verdictKind } from './verdict-kind'
import { verdictWords } from './verdict-words'

/** In the order in which they are believed: what is seen on this computer before what is guessed about the server. */
export const hypotheses: Hypothesis[] = [
  ...clock,
  ...token,
  ...serverCertificate,
  ...proxy,
  ...edge,
  ...ownCertificate,
  ...access,
  ...alerts,
  ...handshake,
  ...answers,
  ...network,
]

export interface Judgement {
  verdict: Verdict
  /** The cause first, where there is one; then what else may be, marked as possible. */
  findings: Finding[]
}

/**
 * Facts, then causes, then one verdict. Pure: no clock, no network, never an exception. A cause is named only for a verdict
 * that it can explain; all but the first are at most possible, so there is one cause or none.
 */
export function judgeTest(input: TestInput): Judgement {
  const facts = factsOf(input)
  const kind = verdictKind(facts)
  const candidates = hypotheses.filter(({ explains }) => explains.includes(kind))
  const named = explain(
    facts,
    candidates.filter(({ isFallback }) => isFallback !== true),
  )
  const findings =
    named.length > 0
      ? named
      : explain(
          facts,
          candidates.filter(({ isFallback }) => isFallback === true),
        )
  const [first] = findings
  const cause = first === undefined || first.certainty === 'possible' ? null : first
  return { verdict: { kind, ...verdictWords(kind, facts, cause) }, findings }
}

function explain(facts: Facts, candidates: Hypothesis[]): Finding[] {
  const found = candidates.flatMap((hypothesis) => {
    const support = softened(facts, hypothesis.support(facts))
    if (support === null) return []
    const { code, who, title, remedy } = hypothesis
    return [{ code, ...support, title: title(facts), remedy: remedy(facts), who } satisfies Finding]
  })
  const cause = found.find(({ certainty }) => certainty !== 'possible')
  if (cause === undefined) return found
  // A cause of its own that is certain leaves no room for guesses.
  const others = cause.certainty === 'certain' ? found.filter(({ certainty }) => certainty === 'certain') : found
  return [
    cause,
    ...others.filter((other) => other !== cause).map((other) => ({ ...other, certainty: 'possible' as const })),
  ]
}

/** What the server does without a certificate, too, is not for certain about this one. */
const softened = (facts: Facts, support: Support | null): Support | null =>
  support?.certainty === 'certain' && isCutEitherWay(facts) ? { ...support, certainty: 'likely' } : support
