import type { FailureReason, TlsView } from '#shared/model/probe'
import { codeOf, reasonOf } from './dial'

/** TLS alerts about a certificate (RFC 8446 §6.2), as OpenSSL and BoringSSL spell them in their errors. */
const rejected =
  /(BAD|UNSUPPORTED|REVOKED|EXPIRED|UNKNOWN)[ _]CERTIFICATE|UNKNOWN[ _]CA|CERTIFICATE[ _](EXPIRED|REVOKED|UNKNOWN)|ACCESS[ _]DENIED|DECRYPT[ _]ERROR/iu
const demanded = /CERTIFICATE[ _]REQUIRED/iu
const refused = /HANDSHAKE[ _]FAILURE/iu

export interface FailureInput {
  error: unknown
  tls: TlsView | null
  /** Whether a certificate was to be presented. */
  presenting: boolean
  timedOut: boolean
  cancelled: boolean
  /** The handshake was over. */
  secured: boolean
}

/** Why no answer came, told apart by what was seen. The detail is the engine's own name for it. */
export function failureOf(input: FailureInput): { reason: FailureReason; detail: string } {
  const { error, tls, presenting } = input
  const code = codeOf(error)
  const text = `${code} ${error instanceof Error ? error.message : ''}`
  const detail = code
  if (input.cancelled) return { reason: 'cancelled', detail: 'cancelled' }
  if (input.timedOut)
    return { reason: 'timeout', detail: input.secured ? 'no answer to the request' : 'the handshake did not finish' }
  if (demanded.test(text)) return { reason: presenting ? 'certificate-rejected' : 'certificate-demanded', detail }
  if (rejected.test(text)) return { reason: presenting ? 'certificate-rejected' : 'certificate-demanded', detail }
  if (refused.test(text) && tls?.asked === 'yes')
    return { reason: presenting ? 'certificate-rejected' : 'certificate-demanded', detail }
  if (code.startsWith('HPE_')) return { reason: 'not-http', detail }
  if (/^ERR_SSL|^EPROTO|SSL routines/iu.test(text)) return { reason: 'tls-failed', detail }
  const reason = reasonOf(code)
  return { reason: reason === 'unreachable' ? 'connection-reset' : reason, detail }
}
