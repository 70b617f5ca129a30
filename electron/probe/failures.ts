import type { AlertName, FailureReason, Phase, TlsView } from '#shared/model/attempt'
import { reasonOf } from './dial'
import { codeOf } from './error-code'

/** Alerts that are about a certificate whenever one was asked for (RFC 8446 §6.2). */
const aboutCertificates: readonly AlertName[] = [
  'no_certificate',
  'bad_certificate',
  'unsupported_certificate',
  'certificate_revoked',
  'certificate_expired',
  'certificate_unknown',
  'unknown_ca',
  'access_denied',
  'decrypt_error',
  'certificate_required',
]

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
  const code = codeOf(error)
  const because = (reason: FailureReason, detail = code): Failure => ({ reason, detail, phase, firstBytes })
  if (input.cancelled) return because('cancelled', 'cancelled')
  if (input.timedOut)
    return because('timeout', phase === 'handshake' ? 'the handshake did not finish' : 'no answer to the request')
  const { alert } = input.tls
  if (alert !== null && isAboutCertificate(alert, input)) {
    const isRejection = input.presenting && input.tls.sent !== 'no' && alert !== 'certificate_required'
    return because(isRejection ? 'certificate-rejected' : 'certificate-demanded', alert)
  }
  if (alert !== null) return because('tls-failed', code)
  if (firstBytes !== null && phase === 'handshake') return because('not-tls')
  if (code === 'HPE_HEADER_OVERFLOW') return { ...because('headers-too-large'), phase: 'answer' }
  if (code.startsWith('HPE_')) return { ...because('not-http'), phase: 'answer' }
  if (/^ERR_SSL|^EPROTO|SSL routines/iu.test(`${code} ${error instanceof Error ? error.message : ''}`))
    return because('tls-failed')
  const reason = reasonOf(code)
  return because(reason === 'unreachable' ? 'connection-reset' : reason)
}

/** `handshake_failure` before the server asked is about ciphers, and behind its question about the certificate. */
function isAboutCertificate(alert: AlertName, { tls }: FailureInput): boolean {
  if (aboutCertificates.includes(alert)) return true
  return alert === 'handshake_failure' && tls.asked === 'yes'
}
