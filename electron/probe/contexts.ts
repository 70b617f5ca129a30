import { createSecureContext, DEFAULT_CIPHERS, type SecureContext, type SecureContextOptions } from 'node:tls'
import { encodePem } from '#electron/pki/containers/pem'
import { certificatePem } from '#electron/pki/x509/pem'
import { AppError } from '#shared/errors'
import { codeOrMessage } from './error-code'
import type { ProbeIdentity } from './probe'
import type { Roots } from './roots'

let kept: { roots: Roots; extraRoots: string; context: SecureContext } | null = null

/**
 * For attempts without a certificate: `roots` and `extraRoots` (PEM), nothing secret, so one serves them all.
 * TLS sessions are resumed only by handing one to `connect`, which Latchkey never does.
 */
export function bareContext(roots: Roots, extraRoots: string[]): SecureContext {
  const key = extraRoots.join('\n')
  if (kept?.roots !== roots || kept.extraRoots !== key) {
    const ca = [...roots.certificates, ...extraRoots]
    kept = { roots, extraRoots: key, context: createSecureContext({ ca, minVersion: 'TLSv1.2' }) }
  }
  return kept.context
}

type KeyedIdentity = ProbeIdentity & { pkcs8: Uint8Array }

const presenting = new WeakMap<KeyedIdentity, SecureContext>()

/**
 * For the attempt with the certificate. It holds the key, so it is kept only with the identity that was handed in, and goes
 * with it: for one test of a certificate of the vault, for all sites that are tested with one from files. Reading the roots
 * once more would take longer than the handshake: the server is recognised by its key, or judged by `judgeChain`. Throws
 * `unsupported-algorithm` when this engine cannot use such a key.
 */
export function presentingContext(identity: KeyedIdentity): SecureContext {
  const known = presenting.get(identity)
  if (known !== undefined) return known
  const made = makePresentingContext(identity)
  presenting.set(identity, made)
  return made
}

function makePresentingContext({ certificates, pkcs8 }: KeyedIdentity): SecureContext {
  const options: SecureContextOptions = {
    // An empty list means none; without one the engine would set out its own.
    ca: [],
    cert: certificates.map(certificatePem).join(''),
    key: encodePem('PRIVATE KEY', pkcs8),
    minVersion: 'TLSv1.2',
  }
  try {
    return createSecureContext(options)
  } catch (error) {
    // OpenSSL will not show a certificate signed with SHA-1 or with a small key, though Access takes it.
    if (isTooWeak(error)) return createSecureContext({ ...options, ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0` })
    throw new AppError('unsupported-algorithm', codeOrMessage(error), { cause: error })
  }
}

const isTooWeak = (error: unknown) => /_(CA_MD_TOO_WEAK|(EE|CA)_KEY_TOO_SMALL)$/u.test(codeOrMessage(error))
