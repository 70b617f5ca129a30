import type { Handlers } from '#shared/ipc/contract'
import { parseAddress } from '#shared/logic/address'
import { certificateName } from '#shared/logic/naming'
import { fitChecks, isFitting, issuersAsked, siteNeed } from '#shared/logic/site-fit'
import type { CertificateView } from '#shared/model/certificate'
import type { ProbeReport } from '#shared/model/probe'
import { SiteCandidate } from '#shared/model/site-check'
import { report, type Story } from '../attempts'
import { certificate, host, inDays } from '../examples'
import { type Pretence, refuse } from '../pretence'

/** Every other name refuses, and names issuers; `grafana` is the one for which a certificate is here. */
const stories: [RegExp, Story][] = [
  [/open/u, 'open'],
  [/gone/u, 'no-name'],
  [/localhost/u, 'untrusted'],
  [/unasked/u, 'not-asked'],
]
const readBy = ['Google Chrome', 'Chromium', 'Latchkey']

export function pretendSiteCheck({ world, cancellable }: Pretence): Pick<Handlers, 'connections.check'> {
  return {
    'connections.check': async ({ address, job }) => {
      const place = parseAddress(address)
      if (!place.ok) throw refuse('address-invalid', place.reason)
      const { hostname, port, path } = place
      await cancellable(job, /slow/u.test(hostname) ? 60_000 : 300)
      const story = stories.find(([pattern]) => pattern.test(hostname))?.[1] ?? 'alone'
      const seen = withIssuers(report(story, host(hostname, { port, path }), null, 'direct'), issuersOf(hostname))
      const certificates = candidates(issuersAsked(seen), /grafana/u.test(hostname))
      const known = world.hosts.find((each) => each.hostname === hostname && each.port === port && each.path === path)
      return {
        need: siteNeed(seen, { hostname, port, path, practice: false }, certificates),
        host: known?.id ?? null,
        report: seen,
        certificates,
        unreadStores: [],
      }
    },
  }
}

const issuersOf = (hostname: string): string[] =>
  /unnamed/u.test(hostname) ? [] : ['CN=Acme Client CA G2, O=Acme', 'CN=Acme Client CA 2023, O=Acme']

function withIssuers(seen: ProbeReport, acceptableIssuers: string[]): ProbeReport {
  const { tls } = seen.without
  if (tls === null) return seen
  return { ...seen, without: { ...seen.without, tls: { ...tls, acceptableIssuers } } }
}

function candidates(named: string[], hasFitting: boolean): SiteCandidate[] {
  const byG2 = { issuer: 'CN=Acme Client CA G2, O=Acme', issuerCommonName: 'Acme Client CA G2', notAfter: inDays(109) }
  const views = [
    certificate('Mira Falk', hasFitting ? byG2 : { issuer: 'CN=VPN CA, O=Acme', issuerCommonName: 'VPN CA' }),
    certificate('Mira Falk (old laptop)', { ...byG2, notAfter: inDays(-30) }),
  ]
  return views.map((view) => candidate(view, named)).sort((a, b) => Number(isFitting(b)) - Number(isFitting(a)))
}

const candidate = (view: CertificateView, named: string[]): SiteCandidate =>
  SiteCandidate.parse({
    sha256: view.sha256,
    identity: null,
    name: certificateName(view),
    issuers: [view.issuer],
    notAfter: view.notAfter,
    checks: fitChecks(named, { certificate: view, issuers: [], isForClients: true, hasKey: true }, new Date()),
    testable: 'browser',
    places: [{ name: 'Chrome and Chromium', readBy }],
  })
