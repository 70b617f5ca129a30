const certificate = {
  subject: 'CN=a.example',
  issuer: 'CN=Server CA',
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter: '2027-01-01T00:00:00.000Z',
  sha256: 'a'.repeat(64),
  keySha256: 'b'.repeat(64),
}
export const tls = {
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
export const timings = { dns: null, tcp: 1, tls: 2, firstByte: null, total: 3 }

/** A report as version 0.1 wrote it, with codes and words that are no longer used. */
export const reportOfVersion01 = {
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
