import { isAuthority, isIssuedBy, subjectAndIssuer } from './certificate'

/** Longer than any real chain; a circle of cross-signed certificates ends here. */
const longest = 10

export interface OrderedChain {
  /** DER, nearest issuer first, without the leaf. */
  chain: Uint8Array[]
  /** The last one is self-signed, so nothing is missing. */
  complete: boolean
}

interface Candidate {
  der: Uint8Array
  subject: Buffer
}

/**
 * Puts the issuers of `leaf` (DER) in order, from any heap of certificates. An issuer is one whose name *and* signature
 * match: the walkthrough's blank fields give root and intermediate the same name, so names alone would mislead.
 */
export async function orderChain(leaf: Uint8Array, pool: Uint8Array[]): Promise<OrderedChain> {
  const candidates = pool.map((der) => ({ der, subject: subjectAndIssuer(der).subject }))
  const chain: Uint8Array[] = []
  for (let current = leaf; ; ) {
    if (isIssuedBy(current, current)) return { chain, complete: true }
    const next = chain.length < longest ? findIssuer(current, candidates, chain) : null
    if (next === null) return { chain, complete: false }
    chain.push(next)
    current = next
  }
}

/** A self-signed issuer is preferred among equals: it ends the chain where a cross-certificate would lengthen it. */
function findIssuer(certificate: Uint8Array, candidates: Candidate[], used: Uint8Array[]): Uint8Array | null {
  const { issuer } = subjectAndIssuer(certificate)
  // Names first: comparing bytes is cheap, and a heap may be large.
  const issuers = candidates
    .filter(({ subject }) => subject.equals(issuer))
    .map(({ der }) => der)
    .filter((der) => !used.some((other) => Buffer.compare(other, der) === 0))
    .filter((der) => isAuthority(der) && isIssuedBy(certificate, der))
  return issuers.find((der) => isIssuedBy(der, der)) ?? issuers[0] ?? null
}
