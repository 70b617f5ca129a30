import { describe, expect, it } from 'vitest'
import { Attempt } from '#shared/model/attempt'
import type { IdentitySummary } from '#shared/model/identity'
import { IdentityId } from '#shared/model/ids'
import type { CauseCode, ProbeReport } from '#shared/model/probe'
import { dueTests } from '../../../renderer/src/screens/connections/replace/due-tests'
import { fittingCertificates } from '../../../renderer/src/screens/connections/replace/fitting-certificates'
import { issue, waitingIdentity } from '../../support/fake-bridge/examples'
import { failedAttempt, hostRow, reportRow } from '../../support/rows'

const of = (name: string, changes: Partial<IdentitySummary> = {}): IdentitySummary => ({
  ...issue(waitingIdentity(name), 'issued', 'dddnll').summary,
  issuer: 'CN=Acme Client CA',
  ...changes,
})
const refused = of('refused')

/** A refusal of that certificate by a server that names these issuers. */
function refusal(issuers: string[] = [], changes: Partial<ProbeReport> = {}): ProbeReport {
  const tls = {
    version: 'TLSv1.3',
    cipher: null,
    alpn: null,
    remoteAddress: null,
    chain: [],
    trust: 'trusted',
    trustProblem: null,
    trustReason: null,
    asked: 'yes',
    renegotiated: false,
    acceptableIssuers: issuers,
    signatureSchemes: [],
    sent: 'yes',
    alert: null,
  }
  const attempt = Attempt.parse({ ...failedAttempt, tls })
  const ownIssuers = ['CN=Acme Client CA', 'CN=Acme Root']
  return { ...reportRow(hostRow('a.example')), identity: refused.id, ownIssuers, with: attempt, ...changes }
}

const fitting = (report: ProbeReport, others: IdentitySummary[], code: CauseCode = 'certificate-expired') =>
  fittingCertificates(report, { code }, [refused, ...others]).map(({ certificate, isIssuerNamed }) => [
    certificate.name,
    isIssuerNamed,
  ])

describe('what may take the place of a refused certificate', () => {
  it('is valid now and at hand, and of the same kind', () => {
    const others = [
      of('fits'),
      of('practice', { practice: true }),
      of('expired', { status: 'expired' }),
      of('early', { status: 'not-yet-valid' }),
      of('asked', { status: 'waiting', issuer: null, sha256: null }),
      of('elsewhere', { keyInVault: false }),
    ]
    expect(fitting(refusal(), others)).toEqual([['fits', false]])
  })

  it('is installed, where the test was made as the browser', () => {
    const installed = of('installed')
    const others = [of('kept'), { ...installed, journey: { ...installed.journey, installed: 'done' as const } }]
    expect(fitting(refusal([], { mode: 'browser' }), others)).toEqual([['installed', false]])
  })

  it('is first of an issuer that the server names, then what lasts longest', () => {
    const others = [
      of('other', { issuer: 'CN=Other', notAfter: '2029-01-01T00:00:00.000Z' }),
      of('short', { issuer: 'CN=named', notAfter: '2027-01-01T00:00:00.000Z' }),
      of('long', { issuer: 'CN=Named', notAfter: '2028-01-01T00:00:00.000Z' }),
    ]
    expect(fitting(refusal(['CN=Named']), others)).toEqual([
      ['long', true],
      ['short', true],
      ['other', false],
    ])
  })

  it('may be of the same issuer, if the server names one above it', () => {
    expect(fitting(refusal(['CN=Acme Root']), [of('sibling')])).toEqual([['sibling', true]])
  })

  it('is not of an issuer or with a key that is known to be refused', () => {
    expect(fitting(refusal(['CN=Other']), [of('sibling')])).toEqual([])
    expect(fitting(refusal(), [of('sibling')], 'issuer-not-accepted')).toEqual([])
    expect(fitting(refusal(), [of('same'), of('other', { algorithm: 'EC P-256' })], 'key-type-not-accepted')).toEqual([
      ['other', false],
    ])
  })
})

it('has another name, where no rule matches that name', () => {
  expect(fitting(refusal(), [of('refused'), of('other')], 'policy-does-not-match')).toEqual([['other', false]])
})

describe('a site that waits for a replacement', () => {
  it('is to be tested once that has been issued', () => {
    const requested = of('requested', { status: 'waiting', sha256: null })
    const site = hostRow('a.example', { replacement: requested.id })
    const others = [hostRow('b.example'), hostRow('c.example', { replacement: IdentityId.parse(crypto.randomUUID()) })]
    expect(dueTests([site, ...others], [requested])).toEqual([])
    const issued = { ...requested, sha256: refused.sha256 }
    expect(dueTests([site, ...others], [issued])).toEqual([{ host: site, certificate: issued }])
  })
})
