import type { AlertName, Attempt, UnusedProxy } from '../../model/attempt'
import type { NotTried, ProbeMode } from '../../model/probe'
import { comparableName } from '../naming'
import { keptAccessCookie } from './access-cookie'
import { type AnswerKind, answerKind, isThroughCloudflare } from './answer-kind'
import type { AccountFacts, Place, TestedIdentity, TestInput, UnreadRoots } from './input'
import { type TokenProblem, tokenProblem } from './token'

/** Who answered, and how that is known. */
type AnsweredBy = 'access' | 'cloudflare-edge' | 'origin-behind-cloudflare' | 'proxy' | 'server' | 'nobody'

/** How one attempt was treated. */
type Treatment =
  /** A page of the site. */
  | 'in'
  /** A login: of an Access team, of a sign-in service, of the site itself. */
  | 'login'
  | 'sent-elsewhere'
  /** Refused for want of a certificate, in the handshake or by a page that says so. */
  | 'demanded'
  /** The certificate was sent, and refused. */
  | 'rejected'
  /** Asked for a certificate, and ours was not among those offered. */
  | 'not-offered'
  | 'access-refused'
  /** 401, 403 or a page of refusal elsewhere on the site, without a word about certificates. */
  | 'refused'
  /** Stopped before the site: firewall, bot check, rate, country. */
  | 'blocked'
  /** The site's own answer that is neither entry nor refusal: 404, 500 and the like. */
  | 'site-answer'
  | 'untrusted'
  | 'proxy-failed'
  | 'no-answer'

export interface AttemptFacts {
  attempt: Attempt
  treatment: Treatment
  answer: AnswerKind | null
  status: number | null
  answeredBy: AnsweredBy
  asked: 'yes' | 'no' | 'unknown'
  sent: 'yes' | 'no' | 'unknown'
  alert: AlertName | null
  /** The server had asked for a certificate and ended the connection without an answer, once its handshake was over. */
  cutAfterQuestion: boolean
  /** The server's TLS took our part of the handshake: a page came, or a session ticket. What refuses after that is not TLS. */
  isHandshakeAccepted: boolean
  isTrusted: boolean
}

export interface Facts {
  host: Place
  mode: ProbeMode
  now: Date
  without: AttemptFacts
  with: AttemptFacts | null
  notTried: NotTried | null
  identity: TestedIdentity | null
  unusedProxy: UnusedProxy | null
  unreadRoots: UnreadRoots | null
  /**
   * The browser's engine came to no choice of a certificate: the server did not ask, or nothing on this computer fits. Which of
   * the two cannot be seen, and no answer may be put down to our certificate.
   */
  isWithoutChoice: boolean
  /** What the Cloudflare account says, where one was read. */
  account: AccountFacts | null
  /** The attempt that decides: with the certificate where there was one. */
  deciding: AttemptFacts
  /** Access spoke for this address: its page, login, cookie or signed metadata. */
  isAccess: boolean
  isCloudflare: boolean
  /** This computer's clock minus the server's, in milliseconds; null where the server told no time. */
  clockDifference: number | null
  /** What is wrong with the Access cookie that came with the certificate; null without such a cookie, or where nothing is. */
  token: TokenProblem | null
  /** Whether an Access cookie came with the certificate. */
  hasToken: boolean
  /** The names that the server's list and our issuers have in common. */
  listedIssuers: string[]
}

export function factsOf(input: TestInput): Facts {
  const { host, mode, now, identity, notTried } = input
  const without = attemptFacts(input.without, host, 'without')
  const presented = input.with === null ? null : attemptFacts(input.with, host, 'with')
  const both = [...(input.with === null ? [] : [input.with]), input.without]
  const list = [...new Set(both.flatMap(({ tls }) => tls?.acceptableIssuers ?? []))]
  const hasToken = input.with !== null && hasAccessCookie(input.with)
  return {
    host,
    mode,
    now,
    without,
    with: presented,
    notTried,
    identity,
    unusedProxy: input.unusedProxy,
    unreadRoots: input.unreadRoots,
    isWithoutChoice: mode === 'browser' && presented?.sent === 'unknown',
    account: input.account,
    deciding: presented ?? without,
    isAccess: both.some(({ access }) => access.seen),
    isCloudflare: both.some(
      ({ access, outcome }) => access.seen || (outcome.kind === 'answered' && isThroughCloudflare(outcome)),
    ),
    clockDifference: clockDifference(both),
    token: input.with !== null && hasToken ? tokenProblem(input.with, input.without, host, identity) : null,
    hasToken,
    listedIssuers: identity === null ? [] : listed(issuerNames(identity), list),
  }
}

export const hasAccessCookie = ({ outcome, answeredAt }: Attempt): boolean =>
  outcome.kind === 'answered' && keptAccessCookie(outcome.cookies, answeredAt) !== null

/** Names of everyone who issued something in our chain, nearest first. */
export const issuerNames = ({ certificate, issuers }: Pick<TestedIdentity, 'certificate' | 'issuers'>): string[] => [
  ...new Set([certificate.issuer, ...issuers.map(({ issuer }) => issuer)]),
]

const listed = (ours: string[], list: string[]): string[] => {
  const accepted = new Set(list.map(comparableName))
  return ours.filter((name) => accepted.has(comparableName(name)))
}

/** Without or with the certificate. */
export type Side = 'without' | 'with'

export function attemptFacts(attempt: Attempt, host: Place, side: Side): AttemptFacts {
  const presenting = side === 'with'
  const { outcome, tls } = attempt
  const answer = answerKind(attempt, host)
  const cutAfterQuestion =
    outcome.kind === 'failed' &&
    outcome.reason === 'connection-reset' &&
    tls?.asked === 'yes' &&
    (outcome.phase === 'handshake-over' ||
      outcome.phase === 'accepted' ||
      (tls.sent === 'yes' && outcome.phase !== 'answer'))
  return {
    attempt,
    answer,
    treatment: treatmentOf(attempt, answer, presenting, cutAfterQuestion),
    status: outcome.kind === 'answered' ? outcome.status : null,
    answeredBy: answeredBy(attempt, answer),
    asked: tls?.asked ?? 'unknown',
    sent: tls?.sent ?? (presenting ? 'unknown' : 'no'),
    alert: tls?.alert ?? null,
    cutAfterQuestion,
    isHandshakeAccepted: outcome.kind === 'answered' || outcome.phase === 'accepted',
    isTrusted: tls?.trust === 'trusted' || tls?.trust === 'pinned',
  }
}

function treatmentOf(attempt: Attempt, answer: AnswerKind | null, presenting: boolean, isCut: boolean): Treatment {
  const { outcome, tls } = attempt
  if (tls?.trust === 'untrusted' || tls?.trust === 'name-mismatch') return 'untrusted'
  if (outcome.kind === 'answered') {
    // Only a refusal is one: Cloudflare's pages about rates and origins come with other statuses.
    const isRefusal = outcome.status === 401 || outcome.status === 403
    // It did get one, and says that it wants one.
    if (answer === 'certificate-demanded' && presenting && tls?.sent === 'yes') return 'rejected'
    if (answer === null || (treatments[answer] === 'blocked' && !isRefusal)) return 'site-answer'
    return treatments[answer]
  }
  if (isCut) return presenting && tls?.sent !== 'no' ? 'rejected' : 'demanded'
  switch (outcome.reason) {
    case 'certificate-demanded':
      return 'demanded'
    case 'certificate-rejected':
      return 'rejected'
    case 'certificate-not-offered':
      return 'not-offered'
    case 'server-untrusted':
    case 'server-name-mismatch':
      return 'untrusted'
    case 'proxy-unreachable':
    case 'proxy-wants-login':
    case 'proxy-refused':
    case 'proxy-cannot-connect':
      return 'proxy-failed'
    case 'name-unknown':
    case 'name-server-silent':
    case 'connection-refused':
    case 'unreachable':
    case 'timeout':
    case 'connection-reset':
    case 'tls-failed':
    case 'not-tls':
    case 'not-http':
    case 'headers-too-large':
    case 'cancelled':
      return 'no-answer'
  }
}

const treatments: Record<AnswerKind, Treatment> = {
  success: 'in',
  'redirect-within-site': 'sent-elsewhere',
  'redirect-to-refusal': 'refused',
  'access-login': 'login',
  'identity-provider': 'login',
  'site-login': 'login',
  'other-host': 'sent-elsewhere',
  'plain-http': 'sent-elsewhere',
  'redirect-loop': 'sent-elsewhere',
  'captive-portal': 'site-answer',
  'access-refusal': 'access-refused',
  'bot-challenge': 'blocked',
  'firewall-block': 'blocked',
  'edge-error': 'blocked',
  'edge-to-origin': 'site-answer',
  'certificate-demanded': 'demanded',
  'certificate-rejected': 'rejected',
  'certificate-called-revoked': 'rejected',
  'certificate-called-outdated': 'rejected',
  'late-question': 'refused',
  'password-asked': 'refused',
  'not-signed-in': 'refused',
  forbidden: 'refused',
  'not-found': 'site-answer',
  'wrong-server': 'site-answer',
  'too-many-requests': 'site-answer',
  'server-error': 'site-answer',
  other: 'site-answer',
}

function answeredBy({ outcome, access }: Attempt, answer: AnswerKind | null): AnsweredBy {
  if (outcome.kind === 'failed') return outcome.reason.startsWith('proxy-') ? 'proxy' : 'nobody'
  if (answer === 'access-refusal' || answer === 'access-login') return 'access'
  if (answer === 'bot-challenge' || answer === 'firewall-block' || answer === 'edge-error') return 'cloudflare-edge'
  if (answer === 'edge-to-origin') return 'cloudflare-edge'
  return access.seen || isThroughCloudflare(outcome) ? 'origin-behind-cloudflare' : 'server'
}

/** The first answer with a date decides; both come from one server. */
function clockDifference(attempts: Attempt[]): number | null {
  for (const { outcome, answeredAt } of attempts) {
    if (outcome.kind !== 'answered' || answeredAt === null) continue
    const date = outcome.headers.find(({ name }) => name.toLowerCase() === 'date')?.value
    const told = Date.parse(date ?? '')
    if (!Number.isNaN(told)) return Date.parse(answeredAt) - told
  }
  return null
}
