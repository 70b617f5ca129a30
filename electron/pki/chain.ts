import { isAuthority, isIssuedBy } from './certificate'

/** Longer than any real chain; a circle of cross-signed certificates ends here. */
const longest = 10

export interface OrderedChain {
  /** DER, nearest issuer first, without the leaf. */
  chain: Uint8Array[]
  /** The last one is self-signed, so nothing is missing. */
  complete: boolean
}

/**
 * Puts the issuers of `leaf` (DER) in order, from any heap of certificates. An issuer is one whose name *and* signature
 * match: the walkthrough's blank fields give root and intermediate the same name, so names alone would mislead.
 */
export async function orderChain(leaf: Uint8Array, pool: Uint8Array[]): Promise<OrderedChain> {
  const candidates = pool.filter(isAuthority)
  const chain: Uint8Array[] = []
  for (let current = leaf; chain.length < longest; ) {
    if (isIssuedBy(current, current)) return { chain, complete: true }
    const next = findIssuer(current, candidates, chain)
    if (next === undefined) return { chain, complete: false }
    chain.push(next)
    current = next
  }
  return { chain, complete: false }
}

/** A self-signed issuer is preferred among equals: it ends the chain where a cross-certificate would lengthen it. */
function findIssuer(certificate: Uint8Array, candidates: Uint8Array[], used: Uint8Array[]): Uint8Array | undefined {
  const fresh = candidates.filter((candidate) => !used.some((other) => Buffer.compare(other, candidate) === 0))
  const issuers = fresh.filter((candidate) => isIssuedBy(certificate, candidate))
  return issuers.find((candidate) => isIssuedBy(candidate, candidate)) ?? issuers[0]
}
