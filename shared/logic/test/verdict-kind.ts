import type { AlertName } from '../../model/attempt'
import type { VerdictKind } from '../../model/probe'
import type { AttemptFacts, Facts } from './facts'

/**
 * What a test comes to. The good ones say the most and ask for the most:
 *
 * - `let-in`: the server's certificate is trusted; without a certificate we were refused *because none was shown* (`isGate`);
 *   ours was sent; a page of the site came with it, and an Access cookie that passed every check.
 * - `let-in-without-cookie`: the same, without such a cookie.
 * - `let-in-only-tried`: ours was sent and a page of the site came; what happens without it could not be seen.
 * - `login-next`: refused without, and sent to the team's login with it.
 * - `protected`: nothing was shown, and the server asked for a certificate and refused by a page or an alert that can mean that
 *   (`isDemandShown`), or Access' own page says so.
 * - `open-to-everyone` (a claim, too): a page of the site came though no certificate was sent.
 */
export function verdictKind(facts: Facts): VerdictKind {
  const { without, with: presented, notTried } = facts
  if (without.treatment === 'untrusted' || presented?.treatment === 'untrusted') return 'server-untrusted'
  if (presented === null) {
    if (notTried === 'no-connection') return without.treatment === 'proxy-failed' ? 'proxy-failed' : 'unreachable'
    return notTried === 'server-untrusted' ? 'server-untrusted' : alone(without)
  }
  switch (presented.treatment) {
    case 'in':
      return whenIn(facts, without, presented)
    case 'login':
      if (without.treatment === 'in') return 'open-to-everyone'
      return isGate(without) && mayBeOurs(facts, presented) ? 'login-next' : 'login-either-way'
    case 'rejected':
      return isCutBehindGate(without, presented) ? 'site-error' : 'certificate-rejected'
    case 'demanded':
      // A page wants it, and the handshake did not.
      return presented.answer !== null && presented.asked === 'no' ? 'not-asked' : 'not-offered'
    case 'not-offered':
      return 'not-offered'
    case 'access-refused':
      return whenRefusedByAccess(facts, presented)
    case 'refused':
      return whenRefused(facts, without, presented)
    case 'blocked':
      return 'refused'
    case 'sent-elsewhere':
      // The site's own pages lead on to each other, and it shows them only behind the gate.
      return presented.answer === 'redirect-within-site' && isGate(without) && presented.sent === 'yes'
        ? whenIn(facts, without, presented)
        : 'redirected'
    case 'site-answer':
      return isGate(without) && mayBeOurs(facts, presented) ? 'site-error' : 'other-answer'
    case 'proxy-failed':
      return 'proxy-failed'
    case 'no-answer':
      return 'unreachable'
  }
}

/** Refused because no certificate was shown: the server asked for one, or Access says so itself. */
export function isGate({ treatment, asked }: AttemptFacts): boolean {
  if (treatment === 'demanded' || treatment === 'access-refused') return true
  return treatment === 'refused' && asked === 'yes'
}

/** Whether the answer with the certificate can be one to the certificate. */
const mayBeOurs = ({ isWithoutChoice }: Facts, { sent }: AttemptFacts) => sent !== 'no' && !isWithoutChoice

function whenIn(facts: Facts, without: AttemptFacts, presented: AttemptFacts): VerdictKind {
  if (without.treatment === 'in' || presented.sent === 'no') return 'open-to-everyone'
  if (facts.isWithoutChoice) return 'other-answer'
  if (facts.hasToken && facts.token !== null)
    return facts.token.code === 'token-unverified' ? 'token-unverified' : 'token-wrong'
  if (isGate(without) || without.treatment === 'login' || isFirewallGate(without))
    return facts.hasToken ? 'let-in' : 'let-in-without-cookie'
  return presented.sent === 'yes' || facts.hasToken ? 'let-in-only-tried' : 'other-answer'
}

/**
 * TLS itself refused without a certificate, and took ours before the connection was closed: what closes it then is behind TLS,
 * often a server that is not running.
 */
const isCutBehindGate = (without: AttemptFacts, { cutAfterQuestion, isHandshakeAccepted }: AttemptFacts) =>
  cutAfterQuestion && isHandshakeAccepted && without.treatment === 'demanded' && without.alert !== null

/**
 * A firewall rule of the zone may ask for the certificate, too (`not cf.tls_client_auth.cert_verified`): the server asks, and
 * blocks those who show none.
 */
const isFirewallGate = ({ treatment, asked }: AttemptFacts) => treatment === 'blocked' && asked === 'yes'

/** Refused with the certificate too: how far did it get? */
function whenRefusedByAccess({ isWithoutChoice }: Facts, { attempt, asked, sent }: AttemptFacts): VerdictKind {
  const status = attempt.access.mtlsStatus?.toUpperCase() ?? ''
  if (status.startsWith('SUCCESS')) return 'refused-although-verified'
  if (status.startsWith('FAILED')) return 'certificate-rejected'
  if (asked === 'no') return 'not-asked'
  // Access says that it got none.
  if (isWithoutChoice && status === 'NONE') return 'not-offered'
  return sent === 'no' ? 'not-offered' : 'refused'
}

function whenRefused(
  { isWithoutChoice }: Facts,
  without: AttemptFacts,
  { asked, sent, answer, status }: AttemptFacts,
): VerdictKind {
  if (answer === 'late-question') return 'not-asked'
  if (asked === 'no') return without.treatment === 'in' ? 'other-answer' : 'not-asked'
  if (sent === 'no') return 'not-offered'
  if (isWithoutChoice) return 'refused'
  // The page that named the certificate as the reason is gone: what refuses now is behind it.
  return isGate(without) && (without.treatment !== 'refused' || without.status !== status) ? 'site-error' : 'refused'
}

/**
 * A page or an alert says that a certificate is wanted. A server that asks, and then closes the connection or reports a failure
 * of its own, may do so to everyone.
 */
export const isDemandShown = ({ cutAfterQuestion, alert }: AttemptFacts) =>
  !cutAfterQuestion && (alert === null || !ownFailures.includes(alert))

/** RFC 8446 §6.2: about the messages or the server, not about who is asking. */
const ownFailures: readonly AlertName[] = [
  'close_notify',
  'unexpected_message',
  'bad_record_mac',
  'record_overflow',
  'illegal_parameter',
  'decode_error',
  'protocol_version',
  'internal_error',
  'user_canceled',
  'no_renegotiation',
]

function alone(without: AttemptFacts): VerdictKind {
  switch (without.treatment) {
    case 'demanded':
      return isDemandShown(without) ? 'protected' : 'refused-unproven'
    case 'access-refused':
      return 'protected'
    case 'refused':
      return isGate(without) ? 'protected' : 'refused-unproven'
    case 'blocked':
      return 'refused-unproven'
    case 'in':
      return 'open-to-everyone'
    case 'login':
      return 'login-either-way'
    case 'sent-elsewhere':
      return 'redirected'
    case 'untrusted':
      return 'server-untrusted'
    case 'proxy-failed':
      return 'proxy-failed'
    case 'no-answer':
      return 'unreachable'
    case 'rejected':
    case 'not-offered':
    case 'site-answer':
      return 'other-answer'
  }
}
