import { expect, it } from 'vitest'
import { nothingSeen } from '#shared/model/attempt'
import { ProbeReport } from '#shared/model/probe'
import { fromFormat1, ReportFormat1 } from '#shared/model/report-format-1'

const certificate = {
  subject: 'CN=a.example',
  issuer: 'CN=Server CA',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2027-01-01T00:00:00.000Z',
  sha256: 'a'.repeat(64),
  keySha256: 'b'.repeat(64),
}
const tls = {
  version: 'TLSv1.3',
  cipher: 'TLS_AES_128_GCM_SHA256',
  alpn: null,
  remoteAddress: '192.0.2.1',
  chain: [certificate],
  trust: 'untrusted',
  trustProblem: 'Its issuer is not known here.',
  asked: 'yes',
  acceptableIssuers: ['CN=Acme CA'],
  sent: 'no',
}
const access = {
  seen: true,
  mtlsStatus: 'NONE',
  audience: null,
  teamDomain: null,
  rayId: null,
  loginRedirect: false,
  edgeErrorCode: '1010',
  token: null,
}
const timings = { dns: null, tcp: 1, tls: 2, firstByte: null, total: 3 }

/** As version 0.1 wrote it, with codes and words that are no longer used. */
const stored = {
  id: '5b1a60fc-7de4-4026-a3a8-b09ab5d6cfc1',
  host: '7189ac1d-09d2-494e-ab88-fa91e88ffb9e',
  identity: '1e0b4418-568f-483f-9ea5-e94440a9d12b',
  identityName: 'Ada Lovelace',
  address: 'https://a.example/',
  mode: 'direct',
  startedAt: '2026-11-26T04:44:20.908Z',
  without: {
    outcome: { kind: 'failed', reason: 'server-untrusted', detail: 'UNABLE_TO_GET_ISSUER_CERT' },
    timings,
    tls,
    access,
  },
  with: null,
  verdict: { kind: 'server-untrusted', tone: 'attention', sentence: 'As it was said.', explanation: 'Then.' },
  findings: [
    { code: 'server-certificate-unknown', certainty: 'certain', title: 'T', evidence: ['E'], remedy: 'R', who: 'you' },
    { code: 'edge-blocked', certainty: 'possible', title: 'T', evidence: [], remedy: 'R', who: 'administrator' },
  ],
  rootsFrom: 'tests',
}

it('shows a report of version 0.1 as it was judged then', () => {
  const shown = fromFormat1(ReportFormat1.parse(stored))
  expect(ProbeReport.parse(shown)).toEqual(shown)
  expect(shown).toMatchObject({
    format: 1,
    verdict: stored.verdict,
    findings: stored.findings,
    notTried: 'server-untrusted',
  })
})

it('leaves open what that version did not record', () => {
  const answered = {
    outcome: {
      kind: 'answered',
      status: 200,
      statusText: 'OK',
      headers: [],
      cookies: [],
      location: null,
      body: '',
      bodyTruncated: false,
    },
    timings,
    tls,
    access: { ...nothingSeen, application: undefined },
  }
  const { without } = fromFormat1(ReportFormat1.parse({ ...stored, without: JSON.parse(JSON.stringify(answered)) }))
  expect(without).toMatchObject({
    outcome: { httpVersion: null, bodyEnd: null },
    tls: { trustReason: null, alert: null, signatureSchemes: [] },
    access: { application: null },
    proxy: null,
    answeredAt: null,
  })
})

it('takes nothing for such a report that it is not', () => {
  expect(ReportFormat1.safeParse({ ...stored, format: 2 }).success).toBe(false)
  expect(
    ReportFormat1.safeParse({ ...stored, findings: [{ ...stored.findings[0], code: 'clock-wrong' }] }).success,
  ).toBe(false)
})
