import type { FailureReason, Phase, TlsView } from '#shared/model/attempt'
import { reasonOf } from './dial'
import { codeOrMessage } from './error-code'

export interface FailureInput {
  error: unknown
  tls: TlsView
  /** Whether a certificate was to be presented. */
  presenting: boolean
  phase: Phase
  firstBytes: string | null
  timedOut: boolean
  cancelled: boolean
}

export interface Failure {
  reason: FailureReason
  detail: string
  phase: Phase
  firstBytes: string | null
}

/** Why no answer came, told apart by what was seen. The detail is the engine's own name for it. */
export function failureOf(input: FailureInput): Failure {
  const { error, phase, firstBytes } = input
  const code = codeOrMessage(error)
  const because = (reason: FailureReason, detail = code): Failure => ({ reason, detail, phase, firstBytes })
  if (input.cancelled) return because('cancelled', 'cancelled')
  if (input.timedOut)
    return because('timeout', phase === 'handshake' ? 'the handshake did not finish' : 'no answer to the request')
  const { alert } = input.tls
  if (alert !== null && isAboutCertificate(input)) {
    const isRejection = input.presenting && input.tls.sent !== 'no'
    return because(isRejection ? 'certificate-rejected' : 'certificate-demanded', alert)
  }
  // BoringSSL ends the handshake itself where the server takes no signature that the key can make.
  if (code === 'ERR_SSL_NO_COMMON_SIGNATURE_ALGORITHMS' && input.presenting) return because('certificate-not-offered')
  if (alert !== null) return because('tls-failed', code)
  if (firstBytes !== null && phase === 'handshake') return because('not-tls')
  if (code === 'HPE_HEADER_OVERFLOW') return { ...because('headers-too-large'), phase: 'answer' }
  if (code.startsWith('ERR_HTTP2_')) return { ...because('connection-reset'), phase: 'answer' }
  if (code.startsWith('HPE_')) return { ...because('not-http'), phase: 'answer' }
  if (/^ERR_SSL|^EPROTO|SSL routines/iu.test(`${code} ${error instanceof Error ? error.message : ''}`))
    return because('tls-failed')
  const reason = reasonOf(code)
  return because(reason === 'unreachable' ? 'connection-reset' : reason)
}

/**
 * Whatever its name: once the server has asked for a certificate and had its answer, a fatal alert is its word on that. One
 * that wants a certificate asks by that alone, and a second handshake after the request was begun for one.
 */
function isAboutCertificate({ tls }: FailureInput): boolean {
  if (tls.alert === 'certificate_required' || tls.alert === 'no_certificate' || tls.renegotiated) return true
  return tls.asked === 'yes' && tls.sent !== 'unknown'
}
