import { createSecureContext, type SecureContext } from 'node:tls'
import { encodePem } from '#electron/pki/containers/pem'
import type { ProbeIdentity } from './probe'

let kept: { roots: string; context: SecureContext } | null = null

/**
 * What an attempt without a certificate needs. It holds nothing but the roots (PEM), so one serves all such attempts; TLS
 * sessions are resumed only by handing one to `connect`, which nobody here does.
 */
export function bareContext(roots: string[]): SecureContext {
  const key = roots.join('\n')
  if (kept?.roots !== key) kept = { roots: key, context: createSecureContext({ ca: roots, minVersion: 'TLSv1.2' }) }
  return kept.context
}

/** With the certificate and its key, made for one test and never kept. */
export function presentingContext(roots: string[], { certificates, pkcs8 }: ProbeIdentity): SecureContext {
  if (pkcs8 === null) return bareContext(roots)
  return createSecureContext({
    ca: roots,
    cert: certificates.map((der) => encodePem('CERTIFICATE', der)).join(''),
    key: encodePem('PRIVATE KEY', pkcs8),
    minVersion: 'TLSv1.2',
  })
}
