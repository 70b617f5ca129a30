import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type DiagnosisInput, diagnose } from '#shared/logic/diagnosis'
import { FailureReason, type FindingCode } from '#shared/model/probe'
import { answered, failed } from '../../../support/attempts'
import { rounds } from '../../../support/rounds'

const ada = {
  name: 'Ada',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2027-01-01T00:00:00.000Z',
  issuers: ['CN=Acme CA, O=Acme'],
  extendedKeyUsage: ['Client authentication'],
}
const base: DiagnosisInput = {
  without: answered(403),
  with: answered(200, { cookie: true }),
  identity: ada,
  now: new Date('2026-06-01'),
  mode: 'direct',
}
const refusedAfterSending = answered(403, { tls: { sent: 'yes' } })

const table: [FindingCode, Partial<DiagnosisInput>][] = [
  ['certificate-expired', { now: new Date('2027-06-01'), with: refusedAfterSending }],
  ['certificate-not-yet-valid', { now: new Date('2025-06-01'), with: refusedAfterSending }],
  ['certificate-without-client-use', { identity: { ...ada, extendedKeyUsage: ['Server authentication'] } }],
  ['policy-does-not-match', { with: answered(403, { access: { mtlsStatus: 'SUCCESS' } }) }],
  [
    'wrong-authority-or-chain',
    { with: answered(403, { access: { mtlsStatus: 'FAILED:unable to get local issuer certificate' } }) },
  ],
  ['wrong-authority-or-chain', { with: failed('certificate-rejected') }],
  ['hostname-not-associated', { with: answered(403, { tls: { asked: 'no' } }) }],
  ['hostname-not-associated', { with: answered(403, { access: { mtlsStatus: 'NONE' }, tls: { sent: 'yes' } }) }],
  [
    'policy-is-login',
    {
      without: answered(302, { access: { loginRedirect: true } }),
      with: answered(302, { access: { loginRedirect: true } }),
    },
  ],
  ['policy-is-login', { with: answered(302, { access: { loginRedirect: true, mtlsStatus: null } }) }],
  ['certificate-self-signed', { with: answered(403, { access: { mtlsStatus: 'FAILED:self signed certificate' } }) }],
  ['certificate-revoked', { with: answered(403, { access: { mtlsStatus: 'FAILED:certificate revoked' } }) }],
  ['certificate-expired', { with: answered(403, { access: { mtlsStatus: 'FAILED:certificate has expired' } }) }],
  ['rule-lets-everybody-in', { without: answered(200, { access: { application: 'proven' } }), with: answered(200) }],
  ['name-server-unreachable', { without: failed('name-server-silent'), with: null }],
  ['no-application', { without: answered(200), with: answered(200) }],
  ['edge-blocked', { with: answered(403, { access: { edgeErrorCode: '1010' } }) }],
  ['issuer-not-accepted', { with: answered(403, { tls: { acceptableIssuers: ['CN=Somebody else'], sent: 'no' } }) }],
  ['key-not-installed', { mode: 'browser', with: answered(403, { tls: { sent: 'no' } }) }],
  [
    'server-certificate-unknown',
    { without: answered(403, { tls: { trust: 'untrusted', trustProblem: 'x' } }), with: null },
  ],
  ['server-name-wrong', { without: answered(403, { tls: { trust: 'name-mismatch' } }), with: null }],
  ['name-not-found', { without: failed('name-unknown'), with: null }],
  ['nobody-listens', { without: failed('connection-refused'), with: null }],
  ['network-unreachable', { without: failed('unreachable'), with: null }],
  ['too-slow', { without: failed('timeout'), with: null }],
  ['connection-cut', { without: failed('connection-reset'), with: null }],
  ['not-https', { without: failed('tls-failed'), with: null }],
]

it.each(table)('finds %s', (code, changes) => {
  expect(diagnose({ ...base, ...changes }).map((finding) => finding.code)).toContain(code)
})

it('finds nothing to mend where everything works', () => {
  expect(diagnose(base)).toEqual([])
})

it('puts an accepted issuer in either order of its parts', () => {
  const accepted = answered(403, { tls: { acceptableIssuers: ['O=Acme, CN=Acme CA'], sent: 'yes' } })
  expect(diagnose({ ...base, with: accepted }).map(({ code }) => code)).not.toContain('issuer-not-accepted')
})

it('suspects whoever opens connections on the way', () => {
  const inspected = answered(200, { tls: { trust: 'untrusted' } })
  const [leaf] = inspected.tls?.chain ?? []
  if (leaf !== undefined) leaf.issuer = 'CN=Zscaler Intermediate Root CA'
  expect(diagnose({ ...base, without: inspected, with: null }).map(({ code }) => code)).toContain('tls-inspected')
})

it('never throws, ranks by certainty, and always says who must act', () => {
  const attempt = fc.oneof(
    fc.constantFrom(...FailureReason.options).map((reason) => failed(reason)),
    fc
      .record({
        status: fc.integer({ min: 100, max: 599 }),
        mtlsStatus: fc.option(fc.constantFrom('NONE', 'SUCCESS', 'FAILED:x')),
        loginRedirect: fc.boolean(),
      })
      .map(({ status, ...access }) => answered(status, { access })),
  )
  const order = ['certain', 'likely', 'possible']
  fc.assert(
    fc.property(
      attempt,
      fc.option(attempt),
      fc.constantFrom<DiagnosisInput['mode']>('direct', 'browser'),
      (without, withCertificate, mode) => {
        const ranks = diagnose({ ...base, without, with: withCertificate, mode }).map((finding) => {
          expect(finding.title).not.toBe('')
          expect(finding.remedy).not.toBe('')
          return order.indexOf(finding.certainty)
        })
        expect(ranks).toEqual([...ranks].sort())
      },
    ),
    { numRuns: rounds(300) },
  )
})

it('suspects rule and issuer alike where the refusal gives no reason', () => {
  const findings = diagnose({ ...base, with: refusedAfterSending })
  expect(findings.map(({ code, certainty }) => [code, certainty])).toEqual([
    ['policy-does-not-match', 'possible'],
    ['wrong-authority-or-chain', 'possible'],
  ])
})

it('suspects the certificate when only its connection is cut', () => {
  const cut = failed('connection-reset', { sent: 'yes' })
  expect(diagnose({ ...base, with: cut }).map(({ code }) => code)).toContain('wrong-authority-or-chain')
  expect(diagnose({ ...base, without: cut, with: cut }).map(({ code }) => code)).not.toContain(
    'wrong-authority-or-chain',
  )
})

it('is sure that something is no https site only where it spoke something else', () => {
  const saying = (detail: string) => {
    const attempt = failed('tls-failed')
    if (attempt.outcome.kind === 'failed') attempt.outcome.detail = detail
    return diagnose({ ...base, without: attempt, with: null })[0]?.certainty
  }
  expect(saying('ERR_SSL_WRONG_VERSION_NUMBER')).toBe('certain')
  expect(saying('ERR_SSL_TLSV1_UNRECOGNIZED_NAME')).toBe('possible')
})

it('does not take every name with a familiar syllable for an inspector', () => {
  const honest = answered(403)
  const [leaf] = honest.tls?.chain ?? []
  if (leaf !== undefined) leaf.issuer = 'CN=Reset Preset CA, O=Beseter'
  expect(diagnose({ ...base, without: honest })).toEqual([])
})

it('gives a verification that failed one cause, the one that it names', () => {
  const causes = (mtlsStatus: string) =>
    diagnose({ ...base, with: answered(403, { access: { mtlsStatus } }) }).map(({ code, certainty }) => [
      code,
      certainty,
    ])
  expect(causes('FAILED:self signed certificate')).toEqual([['certificate-self-signed', 'certain']])
  expect(causes('FAILED:self signed certificate in certificate chain')).toEqual([
    ['wrong-authority-or-chain', 'certain'],
  ])
  expect(causes('FAILED:certificate revoked')).toEqual([['certificate-revoked', 'certain']])
})

it('says each cause once, as surely as anything allows', () => {
  const expired = answered(403, { access: { mtlsStatus: 'FAILED:certificate has expired' } })
  const findings = diagnose({ ...base, now: new Date('2027-06-01'), with: expired })
  expect(findings.map(({ code }) => code)).toEqual(['certificate-expired'])
})

it('is sure of an open door only when Access was asked about it', () => {
  const open = (application: 'proven' | 'claimed' | 'none' | null) => {
    const without = answered(200, { access: { application } })
    return diagnose({ ...base, without, with: answered(200) }).map(({ code, certainty }) => [code, certainty])
  }
  expect(open(null)).toEqual([['no-application', 'likely']])
  expect(open('none')).toEqual([['no-application', 'certain']])
  expect(open('proven')).toEqual([['rule-lets-everybody-in', 'certain']])
  expect(open('claimed')).toEqual([['rule-lets-everybody-in', 'possible']])
})

it('is sure that the rule asks for a login when only the certificate leads there', () => {
  const login = answered(302, { access: { loginRedirect: true } })
  expect(diagnose({ ...base, with: login })).toMatchObject([{ code: 'policy-is-login', certainty: 'certain' }])
  expect(diagnose({ ...base, without: login, with: login })).toMatchObject([
    { code: 'policy-is-login', certainty: 'likely' },
  ])
})
