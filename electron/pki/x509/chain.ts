import type { PathReason, PathRule } from '#shared/model/path'
import { ifReadable } from '../der'
import { anyAlgorithms } from './algorithms'
import { isIssuedBy, isSelfSigned, mayIssue, selfSignedAmong } from './issued-by'
import { type Judgement, judgeAll } from './judge'
import { createPool } from './pool'
import { type Certificate, readCertificate } from './read'

export interface OrderedChain {
  /** DER, nearest issuer first, without the leaf. */
  chain: Uint8Array[]
  /** The last one is self-signed, so nothing is missing. */
  complete: boolean
  /** Issuers in it that are outside their dates: there are no others. */
  outdated: PathReason[]
}

/**
 * Puts the issuers of `leaf` (DER) in order, from certificates in any order, for use at this moment: a way whose issuers are
 * all within their dates, else one that breaks no other rule; among these a whole way to a self-signed certificate, and the
 * newest issuers of those that have several certificates for one key. Whether the leaf is valid with it is for `judge`.
 */
export function orderChain(leaf: Uint8Array, pool: Uint8Array[], at: Date): OrderedChain {
  // A certificate so odd that its names cannot be read has no issuers that could be found.
  const start = ifReadable(() => readCertificate(leaf))
  if (start === null) return { chain: [], complete: false, outdated: [] }
  const ways = judgeAll({
    certificate: start,
    purpose: 'client',
    pool: createPool({ certificates: pool, anchors: selfSignedAmong(pool), crls: [] }),
    at,
    algorithms: anyAlgorithms,
  }).map(wayOf)
  const [best] = ways.sort((a, b) => a.rank.reduce((order, rank, place) => order || rank - (b.rank[place] ?? 0), 0))
  if (best === undefined) return { chain: [], complete: isSelfSigned(start), outdated: [] }
  return { chain: best.issuers.map(({ der }) => der), complete: best.isComplete, outdated: best.outdated }
}

interface Way {
  issuers: Certificate[]
  isComplete: boolean
  outdated: PathReason[]
  /** The smaller the better, the first number first. */
  rank: number[]
}

function wayOf({ path, reasons }: Judgement): Way {
  const sound = soundPart(path)
  const issuers = sound.slice(1)
  const about = (wanted: ReadonlySet<PathRule>, isWanted: boolean) =>
    reasons.filter(
      ({ rule, certificate }) => issuers.some(({ sha256 }) => sha256 === certificate) && wanted.has(rule) === isWanted,
    )
  const last = sound.at(-1)
  const isComplete = last !== undefined && isSelfSigned(last)
  const outdated = about(dates, true)
  // What is missing above a way is no fault of those in it.
  const broken = about(new Set([...dates, 'no-issuer', 'untrusted-root']), false)
  const isFound = isComplete || issuers.length > 0
  const length = isComplete ? issuers.length : -issuers.length
  return {
    issuers,
    isComplete,
    outdated,
    rank: [isFound ? 0 : 1, outdated.length, broken.length, isComplete ? 0 : 1, length],
  }
}

const dates: ReadonlySet<PathRule> = new Set<PathRule>(['expired', 'not-yet-valid'])

/** The part of a path, from its leaf, in which each is really the issuer of the one below. */
export function soundPart(path: Certificate[]): Certificate[] {
  const broken = path.findIndex((issuer, index) => {
    const below = path[index - 1]
    return below !== undefined && !(mayIssue(issuer) && isIssuedBy(below, issuer))
  })
  return broken === -1 ? path : path.slice(0, broken)
}
