import type { Attempt, BodyEnd, ProxyView, UnusedProxy } from '../../model/attempt'
import type { NotTried, ProbeReport, Who } from '../../model/probe'
import { parseAddress } from '../address'
import { failureWords } from '../failure-words'
import { formatIsoDate, formatIsoTime, formatMilliseconds } from '../formatting'
import { redactReport } from '../redact-report'
import { rootWords } from '../root-words'
import { type AttemptFacts, attemptFacts, type Side } from '../test/facts'
import type { Place } from '../test/input'

/** A fact with its name. */
export type Fact = [name: string, value: string]

/** Everything that a report says, in words: for text and pages alike, so that neither leaves anything out. */
export interface ReportDescription {
  tone: ProbeReport['verdict']['tone']
  sentence: string
  explanation: string
  about: Fact[]
  findings: { title: string; remedy: string; evidence: string[] }[]
  attempts: { title: string; answer: string; facts: Fact[] }[]
}

/** Without secrets and pages, but not neutralised. */
export function describeReport(full: ProbeReport): ReportDescription {
  const report = redactReport(full)
  const { verdict, findings, notTried } = report
  return {
    tone: verdict.tone,
    sentence: verdict.sentence,
    explanation: verdict.explanation,
    about: aboutTest(report),
    findings: findings.map(({ title, remedy, who, evidence }) => ({
      title: `${people[who]}: ${title}`,
      remedy,
      evidence,
    })),
    attempts: [
      describeAttempt('Without certificate', report.without, answeredBy(full, 'without')),
      report.with === null
        ? { title: 'With certificate', answer: `Not tried: ${whyNotTried[notTried ?? 'none-chosen']}`, facts: [] }
        : describeAttempt('With certificate', report.with, answeredBy(full, 'with')),
    ],
  }
}

function aboutTest(report: ProbeReport): Fact[] {
  const { format, address, identityName, startedAt, mode, rootsFrom, unusedProxy } = report
  return [
    ['Site', address],
    ['Certificate', identityName ?? 'none'],
    ['Tested', `${formatIsoTime(startedAt)}, ${mode === 'direct' ? 'directly' : 'as the browser'}`],
    ['Trusting', rootsFrom],
    ...(unusedProxy === null ? [] : [['Proxy', unusedProxyWords(unusedProxy)] satisfies Fact]),
    ...(format === 1 ? [['Judged', 'by Latchkey 0.1, and shown as it was'] satisfies Fact] : []),
  ]
}

const people: Record<Who, string> = {
  you: 'For you',
  administrator: 'For the administrator',
  network: 'For whoever runs the network',
}

const whyNotTried: Record<NotTried, string> = {
  'none-chosen': 'no certificate was chosen.',
  'no-connection': 'there was no connection to send it over.',
  'server-untrusted': 'the server could not prove who it is, so no certificate was shown to it.',
}

/** Facts are read from the full report, since its page is part of them. */
function answeredBy({ address, without, with: presented }: ProbeReport, side: Side): string | null {
  const attempt = side === 'without' ? without : presented
  const parsed = parseAddress(address)
  if (attempt === null || !parsed.ok) return null
  const { hostname, port, path } = parsed
  const place: Place = { hostname, port, path, practice: false }
  const { answeredBy: who } = attemptFacts(attempt, place, side)
  // Only its page tells a refusal by Cloudflare from one by the site, and a kept report has no page.
  const isUnclear = who === 'origin-behind-cloudflare' && isRefusalWithoutPage(attempt)
  return isUnclear ? 'Cloudflare, or the site behind it' : answerers[who]
}

const isRefusalWithoutPage = ({ outcome }: Attempt) =>
  outcome.kind === 'answered' && outcome.status >= 400 && outcome.body === ''

const answerers: Record<AttemptFacts['answeredBy'], string | null> = {
  access: 'Cloudflare Access',
  'cloudflare-edge': 'Cloudflare, in front of the site',
  'origin-behind-cloudflare': 'the site, behind Cloudflare',
  proxy: 'the proxy',
  server: 'the server',
  nobody: null,
}

function describeAttempt(title: string, attempt: Attempt, who: string | null) {
  const { outcome, tls, access, timings, proxy } = attempt
  const leaf = tls?.chain[0]
  const answer =
    outcome.kind === 'failed'
      ? `${failureWords[outcome.reason]}${outcome.detail === '' ? '' : ` (${outcome.detail})`}`
      : `${outcome.status} ${outcome.statusText}${outcome.location === null ? '' : `, redirect to ${outcome.location}`}`
  const facts: [string, string | null][] = [
    ['Answered by', who],
    ['HTTP', outcome.kind === 'answered' ? outcome.httpVersion : null],
    ['Page', outcome.kind === 'answered' && outcome.bodyEnd !== null ? pageEnds[outcome.bodyEnd] : null],
    ['First bytes', outcome.kind === 'failed' ? outcome.firstBytes : null],
    ['MTLS Status', access.mtlsStatus],
    ['Application', access.audience],
    ['Team', access.teamDomain],
    ['Ray', access.rayId],
    ['Error code', access.edgeErrorCode],
    ['Proxy', proxy === null ? null : describeProxy(proxy)],
    ['Address', tls?.remoteAddress ?? null],
    ['TLS', tls === null ? null : [tls.version, tls.cipher].filter((part) => part !== null).join(', ')],
    ['TLS alert', tls?.alert ?? null],
    ['Server', tls === null ? null : `${leaf?.subject ?? 'unknown'} (${tls.trust})`],
    ['Certificate issued by', leaf?.issuer ?? null],
    [
      'Certificate valid',
      leaf === undefined ? null : `${formatIsoDate(leaf.notBefore)} to ${formatIsoDate(leaf.notAfter)}`,
    ],
    ['Trusted by', tls === null || tls.rootOrigin === null ? null : rootWords[tls.rootOrigin]],
    ['What is wrong with it', tls?.trustProblem ?? null],
    ['Asked for a certificate', tls?.asked ?? null],
    ['Accepted issuers', tls === null || tls.acceptableIssuers.length === 0 ? null : tls.acceptableIssuers.join(' · ')],
    ['Certificate sent', tls?.sent ?? null],
    ['Cookie', access.token === null ? null : describeToken(access.token)],
    ['Time', formatMilliseconds(timings.total)],
  ]
  return { title, answer: answer.trimEnd(), facts: facts.filter(isKnown) }
}

const isKnown = (fact: [string, string | null]): fact is Fact => fact[1] !== null && fact[1] !== ''

/** A page that was read to its end, or as far as anybody wanted to read, is no news. */
const pageEnds: Record<BodyEnd, string | null> = {
  complete: null,
  limit: null,
  time: null,
  cut: 'cut off before its end',
}

const proxySources: Record<ProxyView['from'], string> = {
  environment: 'from the environment',
  system: 'from the system’s settings',
  'command-line': 'from the command line',
}

/** A sentence about a proxy that was left aside. */
export const unusedProxyWords = ({ address, from }: UnusedProxy): string =>
  `This computer uses a SOCKS proxy (${address}, ${proxySources[from]}), which Latchkey does not use.`

const describeProxy = ({ address, from, status }: ProxyView): string =>
  `${address} (${proxySources[from]})${status === null ? '' : `, answered ${status}`}`

const describeToken = ({ commonName, signature }: NonNullable<Attempt['access']['token']>): string =>
  `CF_Authorization for “${commonName ?? 'no name'}”, signature ${signature}`
