import { type Effort, isIssuedBy, isMadeBy, isSelfSigned } from './issued-by'
import type { Pool } from './pool'
import type { Certificate } from './read'

/** Longer than any real path; a circle of cross-signed certificates ends here. */
const longest = 12

/** From the certificate itself up to where the search ended. */
export interface Candidate {
  path: Certificate[]
  /** `anchor`: at something trusted. `dead-end`: nothing in the pool stands above the last one. */
  end: 'anchor' | 'dead-end' | 'too-long'
}

/**
 * Every path from `leaf` upward, shortest first (RFC 4158 in spirit): breadth first finds a short way through a mesh of
 * cross-signed authorities before it gets lost in the long ones. Names *and* signatures make an issuer: the
 * walkthrough's blank fields give root and intermediate the same name. No certificate, and no name with the same key,
 * stands in a path twice. Ends when `effort` is used up.
 */
export function* candidatePaths(leaf: Certificate, pool: Pool, effort: Effort): Generator<Candidate> {
  const waiting: Certificate[][] = [[leaf]]
  for (let path = waiting.shift(); path !== undefined && effort.steps > 0; path = waiting.shift()) {
    effort.steps -= 1
    const last = path.at(-1)
    if (last === undefined) return
    if (pool.isAnchor(last)) {
      yield { path, end: 'anchor' }
      continue
    }
    const issuers = issuersOf(last, pool, effort).filter((issuer) => !path.some((one) => isSameEntity(one, issuer)))
    if (issuers.length === 0) yield { path, end: 'dead-end' }
    else if (path.length >= longest) yield { path, end: 'too-long' }
    else if (waiting.length < effort.steps) waiting.push(...issuers.map((issuer) => [...path, issuer]))
  }
}

function isSameEntity(a: Certificate, b: Certificate): boolean {
  if (a.sha256 === b.sha256) return true
  return a.subject.key === b.subject.key && Buffer.compare(a.spki, b.spki) === 0
}

/**
 * Those whose name and signature match. Where there are none, the one that comes closest, so that the verdict can say
 * what is wrong with it: first by name (the signature is wrong), then by key (the name is wrong).
 */
function issuersOf(certificate: Certificate, pool: Pool, effort: Effort): Certificate[] {
  if (isSelfSigned(certificate, effort)) return []
  const { authorityKeyId } = certificate.extensions
  const rank = (issuer: Certificate) => (pool.isAnchor(issuer) ? 0 : 1) + (mayHaveKeyId(issuer, authorityKeyId) ? 0 : 2)
  // Of several certificates of one issuer the newest one comes first.
  const named = [...pool.named(certificate.issuer)].sort(
    (a, b) => rank(a) - rank(b) || b.notBefore.getTime() - a.notBefore.getTime(),
  )
  const others = named.filter((issuer) => issuer.sha256 !== certificate.sha256)
  const signers = others.filter((issuer) => isIssuedBy(certificate, issuer, effort))
  if (signers.length > 0) return signers
  const bySignatureAlone = authorityKeyId === null ? [] : pool.withKeyId(authorityKeyId).slice(0, 8)
  const renamed = bySignatureAlone.filter((issuer) => isMadeBy(certificate, issuer, effort))
  return [...renamed, ...others].slice(0, 1)
}

function mayHaveKeyId(issuer: Certificate, wanted: string | null): boolean {
  const { subjectKeyId } = issuer.extensions
  return wanted === null || subjectKeyId === null || wanted === subjectKeyId
}
