import { createHash, X509Certificate } from 'node:crypto'
import type { Certificate, Session } from 'electron'
import type { VisitServer } from '#electron/probe/browser'

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
    const pinned = leaf !== undefined && keySha256(leaf) === pinnedKey
    seen = { chain, verdict: verdictOf(request.verificationResult), pinned }
    callback(pinned ? 0 : -3)
  })
  return () => seen
}

function verdictOf(result: string): string {
  return result.replace(/^net::/u, '')
}

/** Electron gives PEM and a link to the issuer; the link of a self-signed one points to itself. */
function chainOf(certificate: Certificate): Uint8Array[] {
  const chain: Uint8Array[] = []
  const known = new Set<string>()
  let current: Certificate | undefined = certificate
  while (current?.data && !known.has(current.fingerprint) && chain.length < 10) {
    known.add(current.fingerprint)
    chain.push(new X509Certificate(current.data).raw)
    current = current.issuerCert
  }
  return chain
}

function keySha256(der: Uint8Array): string {
  const spki = new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest('hex')
}

/** The SHA-256 of a certificate that Chromium offers to choose. */
export function sha256Of(certificate: Certificate): string {
  return createHash('sha256').update(new X509Certificate(certificate.data).raw).digest('hex')
}
