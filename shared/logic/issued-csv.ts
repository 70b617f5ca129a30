import type { IssuedCertificate } from '../model/authority'

type Row = IssuedCertificate & { issuer: string }

const columns: readonly [string, (row: Row) => string | null][] = [
  ['common_name', ({ commonName }) => commonName],
  ['subject', ({ subject }) => subject],
  ['issuer', ({ issuer }) => issuer],
  ['serial', ({ serial }) => serial],
  ['key_code', ({ keyCode }) => keyCode],
  ['not_before', ({ notBefore }) => notBefore],
  ['not_after', ({ notAfter }) => notAfter],
  ['issued_at', ({ issuedAt }) => issuedAt],
  ['key_made_by', ({ keyMadeByIssuer }) => (keyMadeByIssuer ? 'issuer' : null)],
  ['status', ({ status }) => status],
  ['revoked_at', ({ revokedAt }) => revokedAt],
  ['reason', ({ reason }) => reason],
  ['sha256', ({ sha256 }) => sha256],
]

/** Excel takes a CSV file without it for the system's own encoding. */
const byteOrderMark = '\ufeff'

/** Issued certificates as a table (RFC 4180) with a head line, dates in ISO 8601. */
export function issuedCsv(rows: Row[]): string {
  const lines = [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, text]) => cell(text(row) ?? '')))]
  return `${byteOrderMark}${lines.map((line) => line.join(',')).join('\r\n')}\r\n`
}

/**
 * A requester wrote the names. A text that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP
 * (“CSV Injection”) recommends.
 */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
