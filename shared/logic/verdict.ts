import type { Attempt, Verdict, VerdictKind } from '../model/probe'
import { aloneWords, exceptions, verdictWords } from './verdict-words'

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

/** nginx answers both with status 400; its own pages tell them apart. */
const nginxDemands = /No required SSL certificate was sent/u
const nginxRejects = /The SSL certificate error/u

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
  if (outcome.status === 400 && nginxDemands.test(outcome.body)) return 'demanded'
  if (outcome.status === 400 && nginxRejects.test(outcome.body)) return 'rejected'
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
  return { kind, ...(particular(kind, without, withCertificate, name) ?? verdictWords[kind](name)) }
}

function verdictKind(without: Attempt, withCertificate: Attempt | null, { identityName }: VerdictContext): VerdictKind {
  const before = resultOf(without)
  if (withCertificate === null)
    return identityName === null ? alone(before) : before === 'unreachable' ? before : 'server-untrusted'
  const after = resultOf(withCertificate)
  if (after === 'in')
    return before === 'in' ? 'open-to-everyone' : hasToken(withCertificate) ? 'let-in' : 'let-in-without-cookie'
  if (after === 'login' && before === 'in') return 'open-to-everyone'
  if (after === 'login') return isRefusal(before) ? 'login-next' : 'login-either-way'
  if (after === 'rejected') return 'certificate-rejected'
  if (after === 'not-offered' || after === 'demanded') return 'not-offered'
  if (after === 'untrusted') return 'server-untrusted'
  if (after === 'unreachable') return 'unreachable'
  return after === 'refused' ? refusal(withCertificate) : 'other-answer'
}

const isRefusal = (result: Result) => result === 'refused' || result === 'demanded'

/** Words for the pairs of which the usual sentence of their kind would not be true. */
function particular(
  kind: VerdictKind,
  without: Attempt,
  withCertificate: Attempt | null,
  name: string,
): Omit<Verdict, 'kind'> | null {
  const before = resultOf(without)
  if (withCertificate === null) return aloneWords[kind] ?? null
  const isIn = kind === 'let-in' || kind === 'let-in-without-cookie'
  if (isIn && before === 'login') return exceptions.loginSpared(name)
  if (isIn && !isRefusal(before)) return exceptions.inWithoutComparison(name)
  if (kind === 'login-either-way' && before !== 'login') return exceptions.loginWithoutComparison
  if (kind === 'server-untrusted' && withCertificate.tls?.sent === 'yes') return exceptions.serverChanged(name)
  if (kind === 'open-to-everyone' && resultOf(withCertificate) === 'login') return exceptions.openButForYou(name)
  if (kind === 'refused' && before === 'in') return exceptions.refusedOnlyWith(name)
  if (kind === 'refused' && !isRefusal(before)) return exceptions.refusedWithoutComparison(name)
  if (kind === 'unreachable' && without.outcome.kind === 'answered') return exceptions.failedOnlyWith(name)
  if (kind === 'other-answer' && isRefusal(before)) return exceptions.behindTheDoor(statusOf(withCertificate))
  if (kind === 'other-answer' && withCertificate.access.seen) return exceptions.unclear
  return null
}

const statusOf = ({ outcome }: Attempt) => (outcome.kind === 'answered' ? outcome.status : 0)

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
