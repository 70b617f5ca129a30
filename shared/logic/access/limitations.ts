import type { Explanation } from '../../model/access-explanation'

/*
 * What Access does not do, in the places where somebody would rely on it. Source: Cloudflare's pages on mutual TLS and on
 * forwarding a certificate (cloudflare-one/access-controls/service-credentials/mutual-tls-authentication).
 */

/** Of a hostname whose certificates are sent on to the application. */
export const forwardingWords = 'certificate forwarded to the origin, with the first request of each connection only'

/** Of a visitor who is let in, or may be, by a certificate that Access accepts. Null for everybody else. */
export function revocationWords({ verdict, reasons }: Explanation): string | null {
  const isAccepted = reasons.some((reason) => reason.kind === 'association' && reason.outcome === 'accepted')
  return verdict === 'refused' || !isAccepted
    ? null
    : 'Access reads no revocation list: a revoked certificate is let in as well, until its name is blocked or its CA removed.'
}
