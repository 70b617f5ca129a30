import { isAppError } from '#shared/errors'
import { type Effort, isIssuedBy, isSelfSigned, mayIssue, newEffort } from './issued-by'
import { createPool } from './pool'
import { type Certificate, readCertificate } from './read'
import { candidatePaths } from './search'

export interface OrderedChain {
  /** DER, nearest issuer first, without the leaf. */
  chain: Uint8Array[]
  /** The last one is self-signed, so nothing is missing. */
  complete: boolean
}

/**
 * Puts the issuers of `leaf` (DER) in order, from certificates in any order: the shortest way to a self-signed one, or else
 * the longest there is. Whether it is valid is for `judge`; here only names, signatures and CA:TRUE count.
 */
export async function orderChain(leaf: Uint8Array, pool: Uint8Array[]): Promise<OrderedChain> {
  const start = readLeaf(leaf)
  if (start === null) return { chain: [], complete: false }
  const effort = newEffort()
  let longest: Certificate[] = []
  for (const { path } of candidatePaths(start, createPool({ certificates: pool, anchors: [], crls: [] }), effort)) {
    const sound = soundPart(path, effort)
    const last = sound.at(-1)
    if (last !== undefined && isSelfSigned(last, effort)) return { chain: issuersIn(sound), complete: true }
    if (sound.length > longest.length) longest = sound
  }
  return { chain: issuersIn(longest), complete: false }
}

const issuersIn = (path: Certificate[]) => path.slice(1).map(({ der }) => der)

/** A certificate so odd that its names cannot be read has no issuers that could be found. */
function readLeaf(der: Uint8Array): Certificate | null {
  try {
    return readCertificate(der)
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}

/** As far as each is really the issuer of the one below. */
function soundPart(path: Certificate[], effort: Effort): Certificate[] {
  const broken = path.findIndex((issuer, index) => {
    const below = path[index - 1]
    return below !== undefined && !(mayIssue(issuer, effort) && isIssuedBy(below, issuer, effort))
  })
  return broken === -1 ? path : path.slice(0, broken)
}
