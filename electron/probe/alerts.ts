import { AlertName } from '#shared/model/attempt'

/** As OpenSSL and BoringSSL name an alert that the other side sent: TLSV1_ALERT_UNKNOWN_CA, SSL/TLS_ALERT_BAD_CERTIFICATE. */
const received = /(?:TLSV1|TLSV13|SSLV3|SSL\/TLS)_(?:ALERT_)?([A-Z_0-9]+)$/u

/** The alert behind an engine's error; null where the error is the engine's own. */
export function alertIn(code: string): AlertName | null {
  const name = received.exec(code.toUpperCase().replaceAll(' ', '_'))?.[1]?.toLowerCase()
  return AlertName.safeParse(synonyms[name ?? ''] ?? name).data ?? null
}

/** Where the engines' names are not the RFC's. */
const synonyms: Record<string, string> = {
  certificate_unobtainable: 'certificate_unknown',
  unknown_certificate: 'certificate_unknown',
  export_restriction: 'insufficient_security',
  decryption_failed: 'bad_record_mac',
  user_cancelled: 'user_canceled',
}

/** RFC 8446 §6: the numbers of the alerts. */
const numbers: Record<number, AlertName> = {
  10: 'unexpected_message',
  20: 'bad_record_mac',
  22: 'record_overflow',
  40: 'handshake_failure',
  41: 'no_certificate',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  90: 'user_canceled',
  100: 'no_renegotiation',
  109: 'missing_extension',
  110: 'unsupported_extension',
  112: 'unrecognized_name',
  113: 'bad_certificate_status_response',
  115: 'unknown_psk_identity',
  116: 'certificate_required',
  120: 'no_application_protocol',
}

/** The alert in a record's content: its level, then its number. Null for `close_notify`, warnings and unknown numbers. */
export function alertNumbered(content: Uint8Array): AlertName | null {
  const [level, number] = content
  // In TLS 1.3 the level means nothing: every alert but two is fatal (RFC 8446 §6).
  return content.length === 2 && (level === 1 || level === 2) && number !== undefined ? (numbers[number] ?? null) : null
}
