import type { Attempt, Header, ProbeReport } from '../model/probe'

const secretHeaders = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'cf-access-jwt-assertion',
  'cf-access-token',
  'cf-access-client-secret',
])

const hidden = (length: number) => `‹hidden, ${length} characters›`
/** Idempotent, since a report passes here when it is made and again when it is kept. */
const hide = (value: string) => (/^‹hidden, \d+ characters›$/u.test(value) ? value : hidden(value.length))

/** Anything shaped like a JWT, wherever it stands: behind `%3D` and `_` too. */
const jwt = /eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/gu
/** Values of query parameters that carry tokens; Access puts the state of a login into `meta` and `kid`. */
const parameters =
  /([?&](?:token|meta|state|code|nonce|kid|jwt|key|secret|password|signature|sig|access_token|id_token)=)([^&#\s"'<>‹][^&#\s"'<>]*)/giu
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/gu

/** Text from a server without anything that could let its reader in. */
export function redactText(text: string): string {
  return text
    .replace(privateKey, '‹private key, hidden›')
    .replace(jwt, (token) => hidden(token.length))
    .replace(parameters, (_match, name: string, value: string) => `${name}${hide(value)}`)
}

/** A header as it may be shown and kept. A cookie keeps its name and flags and loses its value. */
export function redactHeader({ name, value }: Header): Header {
  const lower = name.toLowerCase()
  if (lower === 'set-cookie') return { name: lower, value: redactCookie(value) }
  if (secretHeaders.has(lower)) return { name: lower, value: hide(value) }
  return { name: lower, value: redactText(value) }
}

/** What has no name is all value (RFC 6265bis §5.6). */
function redactCookie(value: string): string {
  const [, name = '', content = '', flags = ''] = /^(?:([^=;]*)=)?([^;]*)(.*)$/su.exec(value) ?? []
  return `${redactText(name)}=${hide(content)}${redactText(flags)}`
}

/** What is kept of a report: no page bodies, and once more no tokens. */
export function redactReport(report: ProbeReport): ProbeReport {
  return {
    ...report,
    address: redactText(report.address),
    findings: report.findings.map((finding) => ({ ...finding, evidence: finding.evidence.map(redactText) })),
    without: redactAttempt(report.without),
    with: report.with === null ? null : redactAttempt(report.with),
  }
}

function redactAttempt(attempt: Attempt): Attempt {
  const { outcome } = attempt
  if (outcome.kind === 'failed') return { ...attempt, outcome: { ...outcome, detail: redactText(outcome.detail) } }
  const location = outcome.location === null ? null : redactText(outcome.location)
  const headers = outcome.headers.map(redactHeader)
  const statusText = redactText(outcome.statusText)
  return { ...attempt, outcome: { ...outcome, statusText, headers, location, body: '' } }
}
