import type { Attempt } from '../model/attempt'
import type { ProbeReport } from '../model/probe'
import { failureWords } from './failure-words'
import { formatMilliseconds } from './formatting'
import { neutralise } from './neutralise'
import { redactReport } from './redact'

/** The report as plain text, to send to an administrator: everything needed, nothing secret. */
export function reportText(full: ProbeReport): string {
  const report = redactReport(full)
  const lines = [
    report.verdict.sentence,
    report.verdict.explanation,
    '',
    `Site         ${report.address}`,
    `Certificate  ${report.identityName ?? 'none'}`,
    `Tested       ${report.startedAt}, ${report.mode === 'direct' ? 'directly' : 'as the browser'}`,
    `Trusting     ${report.rootsFrom}`,
    ...report.findings.flatMap(({ title, remedy, who, evidence }) => [
      '',
      `${people[who]}: ${title}`,
      `  ${remedy}`,
      `  Seen: ${evidence.join('; ')}`,
    ]),
    '',
    ...describe('Without certificate', report.without),
    ...(report.with === null ? [] : ['', ...describe('With certificate', report.with)]),
  ]
  return lines.map(neutralise).join('\n')
}

const people = {
  you: 'For you',
  administrator: 'For the administrator',
  network: 'For whoever runs the network',
} as const

function describe(title: string, { outcome, tls, access, timings }: Attempt): string[] {
  const answer =
    outcome.kind === 'failed'
      ? `  ${failureWords[outcome.reason]} (${outcome.detail})`
      : `  ${outcome.status} ${outcome.statusText}${outcome.location === null ? '' : `, redirect to ${outcome.location}`}`
  const facts: [string, string | null][] = [
    ['MTLS Status', access.mtlsStatus],
    ['Application', access.audience],
    ['Team', access.teamDomain],
    ['Ray', access.rayId],
    ['Error code', access.edgeErrorCode],
    ['TLS', tls === null ? null : [tls.version, tls.cipher].filter((part) => part !== null).join(', ')],
    ['Server', tls === null ? null : `${tls.chain[0]?.subject ?? 'unknown'} (${tls.trust})`],
    ['Its certificate is from', tls?.chain[0]?.issuer ?? null],
    ['What is wrong with it', tls?.trustProblem ?? null],
    ['Asked for a certificate', tls?.asked ?? null],
    ['Accepted issuers', tls === null || tls.acceptableIssuers.length === 0 ? null : tls.acceptableIssuers.join(' · ')],
    ['Certificate sent', tls?.sent ?? null],
    [
      'Cookie',
      access.token === null
        ? null
        : `CF_Authorization for “${access.token.commonName ?? 'no name'}”, signature ${access.token.signature}`,
    ],
    ['Time', formatMilliseconds(timings.total)],
  ]
  return [
    title,
    answer,
    ...facts.filter(([, value]) => value !== null && value !== '').map(([name, value]) => `  ${name}: ${value}`),
  ]
}
