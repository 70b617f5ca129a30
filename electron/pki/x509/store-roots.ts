import { X509Certificate } from 'node:crypto'
import tls from 'node:tls'
import { z } from 'zod'
import { selfSignedAmong } from './issued-by'
import { certificatesIn } from './pem'
import { certificateSha256 } from './read'

/** Roots (DER, none twice) of the operating system's certificate store, or why there are none. */
export type StoreRoots = { kind: 'read'; certificates: Uint8Array[] } | { kind: 'unsupported' } | { kind: 'failed' }

const Texts = z.array(z.string())

/**
 * The roots that the Keychain or the Windows certificate store trusts for servers, by `tls.getCACertificates('system')`
 * (Node 22.15 and 24; nodejs.org/api/tls.html). Older engines have no such function: `unsupported`. Never throws.
 *
 * It runs in a job process: on a Mac each certificate is a question to `trustd`, and with a network filter the answers take
 * ten seconds and more (nodejs/node#63313). The engine also keeps the first answer for as long as its process lives.
 *
 * Only self-signed certificates count, as in OpenSSL without partial chains: an intermediate or a server's certificate that
 * a person trusts is no anchor for others. What cannot be read is left out.
 */
export function readStoreRoots(getCaCertificates: unknown = Reflect.get(tls, 'getCACertificates')): StoreRoots {
  if (typeof getCaCertificates !== 'function') return { kind: 'unsupported' }
  const texts = Texts.safeParse(askEngine(() => getCaCertificates('system')))
  if (!texts.success) return { kind: 'failed' }
  const found = texts.data.flatMap(certificatesIn)
  if (texts.data.length > 0 && found.length === 0) return { kind: 'failed' }
  const roots = selfSignedAmong(found).filter(isReadableForEngine)
  return { kind: 'read', certificates: [...new Map(roots.map((der) => [certificateSha256(der), der])).values()] }
}

/** Whatever it throws, there is no answer. */
function askEngine(ask: () => unknown): unknown {
  try {
    return ask()
  } catch {
    return null
  }
}

/** The engine refuses a whole list for one certificate that it cannot read. */
function isReadableForEngine(der: Uint8Array): boolean {
  try {
    return new X509Certificate(der).raw.length > 0
  } catch {
    return false
  }
}
