import type { Attempt, Verdict, VerdictKind } from '../model/probe'

export interface VerdictContext {
  identityName: string | null
  practice: boolean
}

/** What one attempt came to, as Access means it. */
type Result =
  | 'in'
  | 'refused'
  | 'login'
  | 'demanded'
  | 'rejected'
  | 'not-offered'
  | 'untrusted'
  | 'unreachable'
  | 'other'

export function resultOf(attempt: Attempt): Result {
  const { outcome, access } = attempt
  if (outcome.kind === 'failed') {
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
      default:
        return 'unreachable'
    }
  }
  if (access.loginRedirect) return 'login'
  if (outcome.status === 401 || outcome.status === 403) return 'refused'
  if (outcome.status < 400 || hasToken(attempt)) return 'in'
  return 'other'
}

export function hasToken({ outcome }: Attempt): boolean {
  return outcome.kind === 'answered' && outcome.cookies.some((cookie) => cookie.name === 'CF_Authorization')
}

/** The sentence read first. `withCertificate` is null when none was chosen, or when the server was not trusted with it. */
export function judge(without: Attempt, withCertificate: Attempt | null, context: VerdictContext): Verdict {
  const kind = verdictKind(without, withCertificate, context)
  const name = context.identityName === null ? 'your certificate' : `“${context.identityName}”`
  return { kind, ...words[kind](name) }
}

function verdictKind(without: Attempt, withCertificate: Attempt | null, { identityName }: VerdictContext): VerdictKind {
  const before = resultOf(without)
  if (withCertificate === null)
    return identityName === null ? alone(before) : before === 'unreachable' ? before : 'server-untrusted'
  const after = resultOf(withCertificate)
  if (after === 'in')
    return before === 'in' ? 'open-to-everyone' : hasToken(withCertificate) ? 'let-in' : 'let-in-without-cookie'
  if (after === 'login')
    return before === 'login' ? 'login-either-way' : before === 'in' ? 'open-to-everyone' : 'login-next'
  if (after === 'rejected') return 'certificate-rejected'
  if (after === 'not-offered' || after === 'demanded') return 'not-offered'
  if (after === 'untrusted') return 'server-untrusted'
  if (after === 'unreachable') return 'unreachable'
  return after === 'refused' ? refusal(withCertificate) : 'other-answer'
}

function alone(before: Result): VerdictKind {
  switch (before) {
    case 'refused':
    case 'demanded':
      return 'protected'
    case 'in':
      return 'open-to-everyone'
    case 'login':
      return 'login-either-way'
    case 'untrusted':
      return 'server-untrusted'
    case 'unreachable':
      return 'unreachable'
    case 'rejected':
    case 'not-offered':
    case 'other':
      return 'other-answer'
  }
}

/** Refused with the certificate too: how far did it get? */
function refusal({ access, tls }: Attempt): VerdictKind {
  const status = access.mtlsStatus?.toUpperCase() ?? ''
  if (status.startsWith('SUCCESS')) return 'refused-although-verified'
  if (status.startsWith('FAILED')) return 'certificate-rejected'
  if (tls?.asked === 'no') return 'not-asked'
  if (tls?.sent === 'no') return 'not-offered'
  return 'refused'
}

type Words = (name: string) => Omit<Verdict, 'kind'>
const say = (tone: Verdict['tone'], sentence: string, explanation: string) => ({ tone, sentence, explanation })

const words: Record<VerdictKind, Words> = {
  'let-in': (name) =>
    say(
      'good',
      'Refused without your certificate, let in with it.',
      `Access asked for a certificate, accepted ${name} and set its cookie. Everything works.`,
    ),
  'let-in-without-cookie': (name) =>
    say(
      'good',
      'Refused without your certificate, let in with it.',
      `The site accepted ${name}. It did not set the CF_Authorization cookie, so something other than Cloudflare Access may be guarding it.`,
    ),
  'login-next': (name) =>
    say(
      'good',
      'Your certificate was accepted; the login comes next.',
      `Without it the site refuses. With ${name} it goes on to the login page, as its rule asks for both.`,
    ),
  'login-either-way': () =>
    say(
      'neutral',
      'The site asks for a login.',
      'It does so with and without a certificate, so what the certificate does shows only after the login.',
    ),
  'open-to-everyone': () =>
    say(
      'attention',
      'This site lets everyone in, even without a certificate.',
      'The attempt without a certificate got in too. Nothing is protecting this address at the moment.',
    ),
  refused: (name) =>
    say('bad', 'Refused, even with your certificate.', `The site answered the same with ${name} as without it.`),
  'refused-although-verified': (name) =>
    say(
      'bad',
      `Your certificate is fine. No rule lets ${name} into this application.`,
      'Cloudflare verified the certificate (MTLS Status: SUCCESS) and still refused: no rule matches it.',
    ),
  'not-asked': () =>
    say(
      'bad',
      'The site never asked for a certificate.',
      'Your certificate could not be shown, because the server did not ask for one during the handshake.',
    ),
  'not-offered': (name) =>
    say('bad', 'Your certificate was not sent.', `The site asked for one, but ${name} did not go out.`),
  'certificate-rejected': (name) =>
    say('bad', 'The site rejected your certificate.', `${name} was sent, and the server did not accept it.`),
  protected: () =>
    say(
      'good',
      'Refused without a certificate, as it should be.',
      'The protection works. Choose your certificate to see whether it lets you in.',
    ),
  'server-untrusted': () =>
    say(
      'attention',
      'This server could not prove who it is.',
      'Its own certificate is not one that this computer trusts, so your certificate was not shown to it.',
    ),
  unreachable: () =>
    say(
      'bad',
      'The site could not be reached.',
      'There was no answer, so nothing can be said about the certificate yet.',
    ),
  'other-answer': () =>
    say(
      'neutral',
      'The site answered, but neither let you in nor refused.',
      'Its answer is shown below; it does not look like Cloudflare Access.',
    ),
}
