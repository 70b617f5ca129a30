import { isAppError } from '#shared/errors'
import { type PathCertificate, readPathCertificate } from './path/certificate'
import { createPool, type Effort, isMadeBy, newEffort } from './path/pool'
import { candidatePaths, isSelfSigned } from './path/search'

export interface OrderedChain {
  /** DER, nearest issuer first, without the leaf. */
  chain: Uint8Array[]
  /** The last one is self-signed, so nothing is missing. */
  complete: boolean
}

/**
 * Puts the issuers of `leaf` (DER) in order, from any heap of certificates: the shortest way to a self-signed one, or else
 * the longest there is. What it is good for is `verifyPath`'s question; here only names, signatures and CA:TRUE count.
 */
export async function orderChain(leaf: Uint8Array, pool: Uint8Array[]): Promise<OrderedChain> {
  const start = readLeaf(leaf)
  if (start === null) return { chain: [], complete: false }
  const effort = newEffort()
  let longest: PathCertificate[] = []
  for (const { path } of candidatePaths(start, createPool({ certificates: pool, anchors: [], crls: [] }), effort)) {
    const sound = soundPart(path, effort)
    const last = sound.at(-1)
    if (last !== undefined && isSelfSigned(last, effort)) return { chain: issuersIn(sound), complete: true }
    if (sound.length > longest.length) longest = sound
  }
  return { chain: issuersIn(longest), complete: false }
}

const issuersIn = (path: PathCertificate[]) => path.slice(1).map(({ der }) => der)

/** A certificate so odd that its names cannot be read has no issuers that could be found. */
function readLeaf(der: Uint8Array): PathCertificate | null {
  try {
    return readPathCertificate(der)
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}

/** As far as each is really the issuer of the one below. */
function soundPart(path: PathCertificate[], effort: Effort): PathCertificate[] {
  const broken = path.findIndex((issuer, index) => {
    const below = path[index - 1]
    return below !== undefined && !(mayIssue(issuer, effort) && isIssuer(issuer, below, effort))
  })
  return broken === -1 ? path : path.slice(0, broken)
}

const isIssuer = (issuer: PathCertificate, below: PathCertificate, effort: Effort): boolean =>
  issuer.subject.key === below.issuer.key && isMadeBy(below, issuer, effort)

/** CA:TRUE, or a self-signed v1 certificate, as old roots are (RFC 5280 §4.2.1.9). */
function mayIssue(issuer: PathCertificate, effort: Effort): boolean {
  const { basicConstraints } = issuer.extensions
  if (basicConstraints !== null) return basicConstraints.isAuthority
  return issuer.version < 3 && isSelfSigned(issuer, effort)
}
