import type { Answered, Attempt } from '../../model/attempt'
import { certificatePage } from './certificate-page'
import type { Place } from './input'
import { hasParameter, isSameAddress, resolveLocation, type Target } from './location'

/** What an HTTP answer is, whoever sent it. Only `success` is a page of the site itself. */
export type AnswerKind =
  | 'success'
  | 'redirect-within-site'
  | 'redirect-to-refusal'
  | 'access-login'
  | 'identity-provider'
  | 'site-login'
  | 'other-host'
  | 'plain-http'
  | 'redirect-loop'
  | 'captive-portal'
  | 'access-refusal'
  | 'bot-challenge'
  | 'firewall-block'
  | 'edge-error'
  | 'edge-to-origin'
  | 'certificate-demanded'
  | 'certificate-rejected'
  | 'certificate-called-revoked'
  | 'certificate-called-outdated'
  | 'late-question'
  | 'password-asked'
  | 'not-signed-in'
  | 'forbidden'
  | 'not-found'
  | 'wrong-server'
  | 'too-many-requests'
  | 'server-error'
  | 'other'

/** Apache's words where a client does not offer post-handshake authentication (RFC 8446 §4.6.2). */
const apacheAsksLate = /Cannot perform Post-Handshake Authentication/iu
const firewallPage = /Sorry, you have been blocked/iu

export function answerKind(attempt: Attempt, place: Place): AnswerKind | null {
  const { outcome } = attempt
  if (outcome.kind !== 'answered') return null
  return byCloudflare(attempt, outcome) ?? byAddress(attempt, outcome, place) ?? byStatus(outcome)
}

const headerOf = ({ headers }: Answered, name: string): string | null =>
  headers.find((header) => header.name.toLowerCase() === name)?.value ?? null

/** Cloudflare's servers name themselves, and give each request a number. */
export const isThroughCloudflare = (outcome: Answered): boolean =>
  headerOf(outcome, 'server')?.toLowerCase() === 'cloudflare' || headerOf(outcome, 'cf-ray') !== null

function byCloudflare({ access }: Attempt, outcome: Answered): AnswerKind | null {
  const { status, body } = outcome
  const isRefusal = status === 401 || status === 403
  if (isRefusal && (access.mtlsStatus !== null || access.audience !== null)) return 'access-refusal'
  if (!isThroughCloudflare(outcome)) return null
  if (status >= 400 && headerOf(outcome, 'cf-mitigated')?.toLowerCase() === 'challenge') return 'bot-challenge'
  if (access.edgeErrorCode !== null && status >= 400) return 'edge-error'
  if (isRefusal && firewallPage.test(body)) return 'firewall-block'
  return (status >= 520 && status <= 526) || status === 530 ? 'edge-to-origin' : null
}

function byAddress({ access }: Attempt, outcome: Answered, place: Place): AnswerKind | null {
  const { status, location } = outcome
  if (status === 511) return 'captive-portal'
  if (status < 300 || status > 399 || status === 304) return null
  const target = location === null ? null : resolveLocation(location, place)
  if (target === null) return 'other'
  if (access.loginRedirect && (isTeam(target.hostname) || place.practice)) return 'access-login'
  if (target.hostname !== place.hostname) return isIdentityProvider(target) ? 'identity-provider' : 'other-host'
  if (target.scheme === 'http') return 'plain-http'
  // Another port or scheme is another server, whoever answers there.
  if (target.scheme !== 'https' || target.port !== place.port) return 'other-host'
  if (isSameAddress(target, place)) return 'redirect-loop'
  if (loginPath.test(target.path)) return 'site-login'
  return refusalPath.test(target.path) ? 'redirect-to-refusal' : 'redirect-within-site'
}

/** Exactly one label under Access' own domain, or under its FedRAMP one. */
export const isTeam = (hostname: string): boolean =>
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.fed)?\.cloudflareaccess\.com$/u.test(hostname)

const providers =
  /(?:^|\.)(?:login\.microsoftonline\.com|login\.microsoftonline\.us|login\.live\.com|accounts\.google\.com|okta\.com|oktapreview\.com|okta-emea\.com|auth0\.com|onelogin\.com|pingone\.(?:com|eu)|pingidentity\.com|duosecurity\.com|jumpcloud\.com|amazoncognito\.com|cloudflareaccess\.com)$/u

/** A known sign-in service, or an address that carries a sign-in request (OpenID Connect, SAML). */
function isIdentityProvider(target: Target): boolean {
  if (providers.test(target.hostname) || hasParameter(target, 'SAMLRequest')) return true
  return (
    hasParameter(target, 'client_id') && (hasParameter(target, 'response_type') || hasParameter(target, 'redirect_uri'))
  )
}

/** BIG-IP's login is at /my.policy. */
const loginPath =
  /(?:^|\/)(?:(?:wp-)?log[-_]?[io]n|sign[-_]?[io]n|sso|oauth2?|saml2?|adfs|session\/new|auth(?:enticate|orize)?|my\.policy)(?:[/._-]|$)/iu

/** Pages by which sites say no, or goodbye: frameworks send people there instead of answering 403. BIG-IP’s is /vdesk/hangup.php3. */
const refusalPath =
  /(?:^|\/)(?:(?:access|permission)[-_]?denied|denied|forbidden|unauthori[sz]ed|not[-_]?(?:allowed|authori[sz]ed)|no[-_]?(?:access|permission|cert(?:ificate)?)|40[13]|hangup|(?:log|sign)[-_]?(?:out|off))(?:[/._-]|$)/iu

/** One of the schemes offered, in a header of its own or after a comma (RFC 9110 §11.6.1). */
const asksForPassword = ({ headers }: Answered): boolean =>
  headers.some(
    ({ name, value }) => name.toLowerCase() === 'www-authenticate' && /(?:^|,)\s*(?:basic|digest)\b/iu.test(value),
  )

function byStatus(outcome: Answered): AnswerKind {
  const { status, body } = outcome
  if (status >= 200 && status < 300) return 'success'
  const certificateAnswer = certificatePage(outcome)
  if (certificateAnswer !== null) return certificateAnswer
  if (status === 403 && apacheAsksLate.test(body)) return 'late-question'
  if (status === 401) return asksForPassword(outcome) ? 'password-asked' : 'not-signed-in'
  if (status === 403) return 'forbidden'
  if (status === 404 || status === 410) return 'not-found'
  if (status === 421) return 'wrong-server'
  if (status === 429) return 'too-many-requests'
  return status >= 500 ? 'server-error' : 'other'
}
