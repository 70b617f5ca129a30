import type { CertificateView } from '../model/certificate'
import type { ProbeReport } from '../model/probe'
import type { FitCheck, SiteCandidate, SiteNeed } from '../model/site-check'
import { hasEnded } from './expiry'
import { formatDate } from './formatting'
import { comparableName } from './naming'
import { attemptFacts, issuerNames } from './test/facts'
import type { Place } from './test/input'
import { isDemandShown } from './test/verdict-kind'

export interface FitSubject {
  certificate: CertificateView
  /** The issuers that would be sent along, nearest first. */
  issuers: CertificateView[]
  /** Its own restrictions allow client authentication. */
  isForClients: boolean
  hasKey: boolean
}

/** The four facts that decide whether a certificate fits, against the issuers that a site names. */
export function fitChecks(named: readonly string[], subject: FitSubject, now: Date): FitCheck[] {
  const { isForClients, hasKey } = subject
  return [
    issuerCheck(named, subject),
    validityCheck(subject.certificate, now),
    {
      code: 'client-use',
      outcome: isForClients ? 'pass' : 'fail',
      words: isForClients ? 'Made for signing in' : 'Not made for signing in',
    },
    { code: 'key', outcome: hasKey ? 'pass' : 'fail', words: hasKey ? 'Its key is here' : 'Its key is not here' },
  ]
}

function issuerCheck(named: readonly string[], { certificate, issuers }: FitSubject): FitCheck {
  const code = 'issuer'
  if (named.length === 0) return { code, outcome: 'unknown', words: 'The site names no issuer' }
  const accepted = issuerNames({ certificate, issuers }).some((issuer) => isNamedIn(named, issuer))
  return accepted
    ? { code, outcome: 'pass', words: 'The site accepts its issuer' }
    : { code, outcome: 'fail', words: 'The site does not name its issuer' }
}

function validityCheck({ notBefore, notAfter }: CertificateView, now: Date): FitCheck {
  const code = 'validity'
  if (hasEnded(notAfter, now)) return { code, outcome: 'fail', words: `Expired on ${formatDate(notAfter)}` }
  if (Date.parse(notBefore) > now.getTime())
    return { code, outcome: 'fail', words: `Not valid before ${formatDate(notBefore)}` }
  return { code, outcome: 'pass', words: 'Not expired' }
}

/** Compares names in any spelling. */
export const isNamedIn = (names: readonly string[], issuer: string): boolean =>
  names.some((name) => comparableName(name) === comparableName(issuer))

/** All four facts are known, and each passes. */
export const isFitting = ({ checks }: Pick<SiteCandidate, 'checks'>): boolean =>
  checks.every(({ outcome }) => outcome === 'pass')

/** No fact fails, but the site does not say which issuers it accepts. */
export const isWorthATry = ({ checks }: Pick<SiteCandidate, 'checks'>): boolean =>
  checks.some(({ outcome }) => outcome === 'unknown') && checks.every(({ outcome }) => outcome !== 'fail')

/** The issuers that the site names; none where its own certificate is not trusted, since anybody may have answered then. */
export function issuersAsked({ without: { tls } }: Pick<ProbeReport, 'without'>): string[] {
  if (tls?.asked !== 'yes' || (tls.trust !== 'trusted' && tls.trust !== 'pinned')) return []
  return [...new Map(tls.acceptableIssuers.map((name) => [comparableName(name), name])).values()]
}

/** What the attempt without a certificate, and the certificates on this computer, come to. */
export function siteNeed(
  report: Pick<ProbeReport, 'without'>,
  place: Place,
  certificates: readonly Pick<SiteCandidate, 'checks'>[],
): SiteNeed {
  const facts = attemptFacts(report.without, place, 'without')
  const { asked, isTrusted, treatment } = facts
  if (asked !== 'yes' || !isTrusted || treatment === 'in') return 'other'
  if (certificates.some(isFitting)) return 'have'
  // A login, a redirect, an error of the site or a connection that is closed is not proof that a certificate is what is missing.
  if (treatment === 'demanded' && !isDemandShown(facts)) return 'other'
  if (treatment !== 'demanded' && treatment !== 'access-refused' && treatment !== 'refused') return 'other'
  return issuersAsked(report).length > 0 ? 'need' : 'unnamed'
}
