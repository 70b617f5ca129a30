import { createSecureContext, type SecureContext } from 'node:tls'
import { encodePem } from '#electron/pki/containers/pem'
import type { ProbeIdentity } from './probe'
import { systemRoots } from './roots'

let kept: { extraRoots: string; context: SecureContext } | null = null

/**
 * For attempts without a certificate: the system's roots and `extraRoots` (PEM), nothing secret, so one serves them all.
 * TLS sessions are resumed only by handing one to `connect`, which nobody here does.
 */
export function bareContext(extraRoots: string[]): SecureContext {
  const key = extraRoots.join('\n')
  if (kept?.extraRoots !== key) {
    const ca = [...systemRoots().certificates, ...extraRoots]
    kept = { extraRoots: key, context: createSecureContext({ ca, minVersion: 'TLSv1.2' }) }
  }
  return kept.context
}

/**
 * For the attempt with the certificate; made for one test and never kept, since it holds the key. Reading the roots once
 * more would take longer than the handshake: the server is recognised by its key, or judged by `judgeChain`.
 */
export function presentingContext({ certificates, pkcs8 }: ProbeIdentity & { pkcs8: Uint8Array }): SecureContext {
  return createSecureContext({
    // An empty list means none; without one the engine would set out its own.
    ca: [],
    cert: certificates.map((der) => encodePem('CERTIFICATE', der)).join(''),
    key: encodePem('PRIVATE KEY', pkcs8),
    minVersion: 'TLSv1.2',
  })
}
