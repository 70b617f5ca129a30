import { daysLeft } from '#shared/logic/expiry'
import { countOf, formatDate, joinNames } from '#shared/logic/formatting'
import { isolated, quoted } from '#shared/logic/isolate'
import { shortName } from '#shared/logic/naming'
import { isFitting, isNamedIn, issuersAsked, isWorthATry } from '#shared/logic/site-fit'
import type { SiteCandidate, SiteCheck } from '#shared/model/site-check'

interface Words {
  headline: string
  explanation: string
}

/** The answer to the question of the first screen. Where no certificate is proven to be missing, the test's own judgement. */
export function siteWords({ need, report, certificates }: SiteCheck): Words {
  switch (need) {
    case 'have':
      return {
        headline: 'You already have a certificate for this site',
        explanation: `The site asks every visitor for a certificate. ${
          certificates.filter(isFitting).length === 1 ? 'The one below fits.' : 'Those below fit.'
        }`,
      }
    case 'need':
      return {
        headline: `You need a certificate from ${oneOf(issuersAsked(report))}`,
        explanation: 'The site asks every visitor for a certificate. Latchkey found none on this computer that fits.',
      }
    case 'unnamed':
      return {
        headline: 'This site asks for a certificate',
        explanation: 'It does not say which issuers it accepts, so only a test can tell whether a certificate fits.',
      }
    case 'other':
      return { headline: report.verdict.sentence, explanation: report.verdict.explanation }
  }
}

function oneOf(issuers: string[]): string {
  const names = [...new Set(issuers.map((issuer) => isolated(shortName(issuer))))]
  return names.length > 2 ? `one of ${countOf(names.length, 'issuer')}` : names.join(' or ')
}

/** "Issued by Acme Client CA G2 · Expires 14 Mar 2027, in 109 days" */
export function candidateLine({ issuers: [issuer = ''], notAfter }: SiteCandidate, now: Date): string {
  const days = daysLeft(notAfter, now)
  const left = days > 0 ? `in ${countOf(days, 'day')}` : 'today'
  return `Issued by ${isolated(shortName(issuer))} · Expires ${formatDate(notAfter)}, ${left}`
}

/** Where it is stored, which browsers see it there, and where its key stays. */
export function placeWords({ testable, places }: SiteCandidate): string {
  const kept = testable === 'direct' ? ['Latchkey keeps its key.'] : []
  const stored = places.map(({ name, readBy }) => {
    const readers = readBy.filter((reader) => reader !== 'Latchkey')
    const seen = readers.length === 0 ? '' : ` ${joinNames(readers)} ${readers.length === 1 ? 'sees' : 'see'} it.`
    return `In ${name}.${seen}`
  })
  const stays = testable !== 'direct' && places.length > 0 ? ['The key stays there.'] : []
  return [...kept, ...stored, ...stays].join(' ')
}

/** Two issuers may have one Common Name and differ in the rest. */
export const nameAmong = (issuers: readonly string[], issuer: string): string =>
  issuers.filter((other) => shortName(other) === shortName(issuer)).length === 1 ? shortName(issuer) : issuer

/** What this computer has from an issuer that the site names. */
export function issuerNote(issuer: string, certificates: readonly SiteCandidate[]): { words: string; fits: boolean } {
  const ours = certificates.filter(({ issuers }) => isNamedIn(issuers, issuer))
  const fitting = ours.find(isFitting)
  if (fitting !== undefined) {
    // An issuer further up has not issued it itself.
    const isOwn = isNamedIn(fitting.issuers.slice(0, 1), issuer)
    return { words: isOwn ? `Issued ${quoted(fitting.name)}` : `In the chain of ${quoted(fitting.name)}`, fits: true }
  }
  const [other] = ours
  return {
    words: other === undefined ? 'You have none from this issuer' : `${quoted(other.name)} does not fit`,
    fits: false,
  }
}

/** Certificates to offer, and those that do not fit. */
export function sortCandidates({ need, certificates }: Pick<SiteCheck, 'need' | 'certificates'>): {
  offered: SiteCandidate[]
  others: SiteCandidate[]
} {
  const isOffered = need === 'have' ? isFitting : need === 'unnamed' ? isWorthATry : () => false
  return {
    offered: certificates.filter(isOffered),
    others: certificates.filter((candidate) => !isOffered(candidate)),
  }
}

/** "2 other certificates on this computer do not fit" */
export function othersWords(others: number, offered: number): string {
  const noun = offered > 0 ? 'other certificate' : 'certificate'
  return `${countOf(others, noun)} on this computer ${others === 1 ? 'does' : 'do'} not fit`
}
