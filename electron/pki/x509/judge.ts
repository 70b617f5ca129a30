import type { PathReason } from '#shared/model/path'
import { type AlgorithmPolicy, accessAlgorithms } from './algorithms'
import { type Effort, newEffort } from './issued-by'
import type { Pool } from './pool'
import type { Certificate } from './read'
import { type Findings, reasonAbout } from './reasons'
import { checkRevocation } from './revocation'
import { nameNotes, type Purpose, pathRules, usageNotes } from './rules'
import { type Candidate, candidatePaths } from './search'

export interface Question {
  certificate: Certificate
  purpose: Purpose
  /** What is known and what is trusted. */
  pool: Pool
  /** The moment to judge for; from the injected clock or from the user. */
  at: Date
  /** `given` (the default): the CRLs in the pool are used, and a missing one is a note. `required`: it is a reason. */
  revocation?: 'given' | 'required'
  /** What Access accepts, by default. */
  algorithms?: AlgorithmPolicy
}

/** The path that was judged and what was found about it: without reasons, the certificate may be used. */
export type Judgement = Candidate & Findings

/**
 * The one judge of certificates: builds every path from the certificate to a trust anchor of the pool and validates each
 * (RFC 5280 §6), independently of the operating system. The answer is the first valid path, or else the one with the fewest
 * reasons against it, with every reason. A trust anchor's own limits (dates, path length, names, uses) apply as those of any
 * issuer, but for its policies. Where a path demands a certificate policy, any policy is accepted; qualifiers are not looked at. Whether a server's
 * certificate names the host is not part of a path, see `probe/server-trust.ts`. Never throws for what a certificate says.
 */
export function judge({ certificate, purpose, ...rest }: Question): Judgement {
  return assess(certificate, purpose, contextOf(rest), 0)
}

const contextOf = ({ pool, at, revocation, algorithms }: Omit<Question, 'certificate' | 'purpose'>): Context => ({
  pool,
  at,
  mode: revocation ?? 'given',
  algorithms: algorithms ?? accessAlgorithms,
  effort: newEffort(),
})

/** Every path that `judge` would choose from, each with what was found about it: the newest issuers first, dead ends last. */
export function judgeAll({ certificate, purpose, ...rest }: Question): Judgement[] {
  const context = contextOf(rest)
  const all = [...candidatePaths(certificate, context.pool, context.effort)]
  const whole = all.filter(({ end }) => end === 'anchor').slice(0, MAX_PATHS)
  const open = all.filter(({ end }) => end !== 'anchor').slice(-MAX_PATHS)
  return [...whole, ...open].map((candidate) => ({ ...candidate, ...validate(candidate, purpose, context, 0) }))
}

interface Context {
  pool: Pool
  at: Date
  mode: 'given' | 'required'
  algorithms: AlgorithmPolicy
  effort: Effort
}

/** Paths that are validated in full before the search is given up, and dead ends that are looked at after it. */
const MAX_PATHS = 64
const MAX_DEAD_ENDS = 8
/** A CRL's signer may need a CRL of its own; no real one needs a third. */
const MAX_SIGNER_DEPTH = 2

function assess(leaf: Certificate, purpose: Purpose, context: Context, depth: number): Judgement {
  const judged: Judgement[] = []
  const deadEnds: Candidate[] = []
  for (const candidate of candidatePaths(leaf, context.pool, context.effort)) {
    if (candidate.end !== 'anchor') {
      deadEnds.push(candidate)
      continue
    }
    const judgement = { ...candidate, ...validate(candidate, purpose, context, depth) }
    if (judgement.reasons.length === 0) return judgement
    judged.push(judgement)
    if (judged.length === MAX_PATHS) break
  }
  const { signatures, steps } = context.effort
  const isComplete = judged.length < MAX_PATHS && signatures > 0 && steps > 0
  // The longest come last; only where nothing leads to something trusted do they say what is missing.
  const others = judged.length > 0 ? [] : deadEnds.slice(-MAX_DEAD_ENDS)
  const all = [...judged, ...others.map((end) => ({ ...end, ...validate(end, purpose, context, depth) }))]
  const best = leastObjectionable(all) ?? { path: [leaf], end: 'dead-end' as const, reasons: [], notes: [] }
  return isComplete ? best : { ...best, reasons: [...best.reasons, gaveUp(leaf)] }
}

/** The fewest reasons; among equals the longest path, and the first one found. */
function leastObjectionable(all: Judgement[]): Judgement | null {
  const [best] = [...all].sort((a, b) => a.reasons.length - b.reasons.length || b.path.length - a.path.length)
  return best ?? null
}

const gaveUp = (leaf: Certificate): PathReason =>
  reasonAbout('no-issuer', leaf, 'The search was stopped: there are too many possible paths.', 'RFC 4158 §2.4')

/** One path against every rule. */
function validate(candidate: Candidate, purpose: Purpose, context: Context, depth: number): Findings {
  const reasons = pathRules.flatMap((rule) => rule({ ...candidate, ...context, purpose }))
  const revocation = checkRevocation({
    ...candidate,
    ...context,
    objectionTo: (signer) => objectionTo(signer, candidate, context, depth + 1),
  })
  return {
    reasons: [...reasons, ...revocation.reasons],
    notes: [...usageNotes({ ...candidate, purpose }), ...nameNotes({ ...candidate, ...context }), ...revocation.notes],
  }
}

/** RFC 5280 §6.3.3 (f): a CRL's signer that is not in the path needs a valid path of its own, to the same anchor. */
function objectionTo(signer: Certificate, { path }: Candidate, context: Context, depth: number): string | null {
  if (depth > MAX_SIGNER_DEPTH) return 'The CRL’s signer could not be checked.'
  const judgement = assess(signer, 'crl-signer', context, depth)
  const [reason] = judgement.reasons
  if (reason !== undefined) return `The CRL’s signer is not valid: ${reason.rule}, ${reason.evidence}`
  const isSameAnchor = judgement.path.at(-1)?.sha256 === path.at(-1)?.sha256
  return isSameAnchor ? null : 'The CRL’s signer belongs to another root.'
}
