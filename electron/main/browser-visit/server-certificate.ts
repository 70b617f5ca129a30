import type { Certificate, Session } from 'electron'
import { certificatesIn } from '#electron/pki/x509/pem'
import { certificateSha256 } from '#electron/pki/x509/read'
import type { VisitServer } from '#electron/probe/browser'
import { holdsKey } from '#electron/probe/server-trust'

/**
 * Chromium judges the server; we only add one exception: the very key the user agreed to, for this host. Everything
 * else keeps Chromium's verdict (callback -3).
 */
export function judgeServer(session: Session, hostname: string, pinnedKey: string | null): () => VisitServer | null {
  let seen: VisitServer | null = null
  session.setCertificateVerifyProc((request, callback) => {
    // The engine also makes requests of its own; they are not part of this visit.
    if (request.hostname !== hostname) return callback(-3)
    const chain = chainOf(request.certificate)
    const [leaf] = chain
    const pinned = leaf !== undefined && pinnedKey !== null && holdsKey(leaf, pinnedKey)
    const { verificationResult, isIssuedByKnownRoot } = request
    seen = { chain, verdict: verdictOf(verificationResult), pinned, isPublicRoot: isIssuedByKnownRoot }
    callback(pinned ? 0 : -3)
  })
  return () => seen
}

function verdictOf(result: string): string {
  return result.replace(/^net::/u, '')
}

/** Leaf first. Electron gives each with a link to its issuer; the link of a self-signed one points to itself. */
function chainOf(certificate: Certificate): Uint8Array[] {
  const chain: Uint8Array[] = []
  const known = new Set<string>()
  let current: Certificate | undefined = certificate
  while (current?.data && !known.has(current.fingerprint) && chain.length < 10) {
    known.add(current.fingerprint)
    chain.push(...certificatesIn(current.data))
    current = current.issuerCert
  }
  return chain
}

/** The SHA-256 of a certificate that Chromium offers to choose; null where it gives none. */
export function sha256Of(certificate: Certificate): string | null {
  const [der] = certificatesIn(certificate.data)
  return der === undefined ? null : certificateSha256(der)
}
