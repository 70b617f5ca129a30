import { AppError } from '#shared/errors'
import type { PathReason, PathVerdict } from '#shared/model/path'
import { type AlgorithmPolicy, accessAlgorithms } from './algorithms'
import { type PathCertificate, readPathCertificate, viewOf } from './certificate'
import { type Effort, newEffort, type Pool } from './pool'
import { type Findings, nameInWords, reasonAbout } from './reasons'
import { checkRevocation } from './revocation'
import { pathRules } from './rules'
import { type Candidate, candidatePaths } from './search'
import { type Purpose, usageNotes } from './usage'

export interface VerifyOptions {
  /** The moment to judge for; from the injected clock or from the user. */
  at: Date
  /** `given` (the default): the CRLs in the pool are used, and a missing one is a note. `required`: it is a reason. */
  revocation?: 'given' | 'required'
  /** What Access accepts, by default. */
  algorithms?: AlgorithmPolicy
}

/**
 * Whether `der` may be used for client authentication: builds every path from it to a trust anchor of the pool and
 * validates each (RFC 5280 §6), independently of the operating system. The answer is the first valid path, or else the
 * one with the least against it, with every reason. A trust anchor's own limits (dates, path length, names, uses) apply
 * as those of any issuer. Where a
 * path demands a certificate policy, any will do; qualifiers are not looked at.
 * Errors: `malformed` when `der` itself cannot be read. Nothing in the pool makes it fail.
 */
export function verifyPath(der: Uint8Array, pool: Pool, options: VerifyOptions): PathVerdict {
  const leaf = readPathCertificate(der)
  if (viewOf(leaf) === null) throw new AppError('malformed', 'The certificate cannot be shown.')
  const context: Context = {
    pool,
    at: options.at,
    mode: options.revocation ?? 'given',
    algorithms: options.algorithms ?? accessAlgorithms,
    effort: newEffort(),
  }
  const { path, reasons: found, notes } = assess(leaf, 'client-authentication', context, 0)
  const reasons = [...found, ...unreadable(pool.unreadable.crls)]
  return {
    valid: reasons.length === 0,
    at: options.at.toISOString(),
    path: path.flatMap((certificate) => viewOf(certificate) ?? []),
    reasons,
    notes: [...notes, ...poolNotes(pool, path)],
  }
}

interface Context {
  pool: Pool
  at: Date
  mode: 'given' | 'required'
  algorithms: AlgorithmPolicy
  effort: Effort
}

type Assessment = Candidate & Findings

/** Paths that are validated in full before the search is given up, and dead ends that are looked at after it. */
const mostPaths = 64
const mostDeadEnds = 8
/** A list's signer may need a list of its own; nobody needs a third. */
const deepest = 2

function assess(leaf: PathCertificate, purpose: Purpose, context: Context, depth: number): Assessment {
  const judged: Assessment[] = []
  const deadEnds: Candidate[] = []
  for (const candidate of candidatePaths(leaf, context.pool, context.effort)) {
    if (candidate.end !== 'anchor') {
      deadEnds.push(candidate)
      continue
    }
    const assessment = { ...candidate, ...judge(candidate, purpose, context, depth) }
    if (assessment.reasons.length === 0) return assessment
    judged.push(assessment)
    if (judged.length === mostPaths) break
  }
  const { signatures, steps } = context.effort
  const isComplete = judged.length < mostPaths && signatures > 0 && steps > 0
  // The longest come last; only where nothing leads to something trusted do they say what is missing.
  const others = judged.length > 0 ? [] : deadEnds.slice(-mostDeadEnds)
  const all = [...judged, ...others.map((end) => ({ ...end, ...judge(end, purpose, context, depth) }))]
  const best = leastObjectionable(all) ?? { path: [leaf], end: 'dead-end' as const, reasons: [], notes: [] }
  return isComplete ? best : { ...best, reasons: [...best.reasons, gaveUp(leaf)] }
}

/** The fewest reasons; among equals the longest path, and the first one found. */
function leastObjectionable(all: Assessment[]): Assessment | null {
  const [best] = [...all].sort((a, b) => a.reasons.length - b.reasons.length || b.path.length - a.path.length)
  return best ?? null
}

const gaveUp = (leaf: PathCertificate): PathReason =>
  reasonAbout('no-issuer', leaf, 'The search was ended: there are too many possible paths.', 'RFC 4158 §2.4')

function judge(candidate: Candidate, purpose: Purpose, context: Context, depth: number): Findings {
  const reasons = pathRules.flatMap((rule) => rule({ ...candidate, ...context, purpose }))
  const revocation = checkRevocation({
    ...candidate,
    ...context,
    objectionTo: (signer) => objectionTo(signer, candidate, context, depth + 1),
  })
  return {
    reasons: [...reasons, ...revocation.reasons],
    notes: [...usageNotes({ ...candidate, purpose }), ...revocation.notes],
  }
}

/** RFC 5280 §6.3.3 (f): a signer of its own needs a valid path of its own, to the same anchor. */
function objectionTo(signer: PathCertificate, { path }: Candidate, context: Context, depth: number): string | null {
  if (depth > deepest) return 'The CRL’s signer could not be checked.'
  const verdict = assess(signer, 'crl-signing', context, depth)
  const [reason] = verdict.reasons
  if (reason !== undefined) return `The CRL’s signer is not valid: ${reason.rule}, ${reason.evidence}`
  const isSameAnchor = verdict.path.at(-1)?.sha256 === path.at(-1)?.sha256
  return isSameAnchor ? null : 'The CRL’s signer belongs to another root.'
}

/** What was given and could not be used. A CRL that cannot be read is a reason: whoever gave it wanted it to count. */
function poolNotes(pool: Pool, path: PathCertificate[]): PathReason[] {
  const issuers = new Set(path.map(({ issuer }) => issuer.key))
  const strangers = pool.crls.filter(({ issuer }) => !issuers.has(issuer.key))
  return [
    ...strangers.map(({ issuer }) => {
      const evidence = `The CRL of “${nameInWords(issuer)}” says nothing about this path.`
      return reasonAbout('crl-issuer', null, evidence, 'RFC 5280 §6.3.3 (b)')
    }),
    ...unreadable(pool.unreadable.certificates),
  ]
}

const unreadable = (details: string[]): PathReason[] =>
  details.map((detail) => reasonAbout('malformed', null, detail, 'RFC 5280 §4.1, §5.1'))
