import { judgeTest } from '#shared/logic/test/judge'
import { Attempt, nothingSeen } from '#shared/model/attempt'
import type { Host } from '#shared/model/host'
import type { IdentitySummary } from '#shared/model/identity'
import { type ProbeMode, ProbeReport } from '#shared/model/probe'
import { certificate, digest, inDays, uuid } from './examples'

export type Story =
  | 'let-in'
  | 'no-rule'
  | 'login'
  | 'open'
  | 'untrusted'
  | 'no-name'
  | 'not-asked'
  | 'alone'
  | 'expired'

const server = (issuer = 'CN=E7, O=Let’s Encrypt, C=US') => ({
  subject: 'CN=acme.dev',
  issuer,
  notBefore: inDays(-20),
  notAfter: inDays(70),
  sha256: digest(`leaf${issuer}`),
  keySha256: digest(`key${issuer}`),
})
const cloudflare = {
  ...nothingSeen,
  seen: true,
  audience: digest('aud'),
  teamDomain: 'acme.cloudflareaccess.com',
  rayId: '8c1e0f3a2b1c4d5e-LHR',
}
const tls = {
  version: 'TLSv1.3',
  cipher: 'TLS_AES_128_GCM_SHA256',
  alpn: 'http/1.1',
  remoteAddress: '104.18.2.7',
  chain: [server(), server('CN=ISRG Root X1, O=Internet Security Research Group, C=US')],
  trust: 'trusted',
  trustProblem: null,
  trustReason: null,
  rootOrigin: 'public',
  renegotiated: false,
  signatureSchemes: ['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256'],
  alert: null,
  asked: 'yes',
  acceptableIssuers: ['CN=Acme Client CA, O=Acme', 'CN=Acme Root CA, O=Acme'],
  sent: 'no',
}
const headers = (status: number, more: [string, string][] = []) =>
  [
    ['date', 'Mon, 23 Nov 2026 10:12:31 GMT'],
    ['content-type', 'text/html; charset=utf-8'],
    ['server', 'cloudflare'],
    ['cf-ray', status === 200 ? '8c1e10aa2b1c4d5e-LHR' : '8c1e0f3a2b1c4d5e-LHR'],
    ['cache-control', 'private, max-age=0, no-store, no-cache, must-revalidate, post-check=0, pre-check=0'],
    ...more,
  ].map(([name, value]) => ({ name, value }))
const answered = (status: number, statusText: string, more: [string, string][] = [], rest: object = {}) => ({
  kind: 'answered',
  status,
  statusText,
  headers: headers(status, more),
  cookies: [],
  location: null,
  body: `<!doctype html>\n<html>\n  <head><title>${statusText}</title></head>\n  <body>${status}: the page as the server sent it.</body>\n</html>\n`,
  bodyTruncated: false,
  httpVersion: '1.1',
  bodyEnd: 'complete',
  ...rest,
})
const timings = (dns: number, tcp: number, handshake: number, firstByte: number) => ({
  dns,
  tcp,
  tls: handshake,
  firstByte,
  total: dns + tcp + handshake + firstByte,
})

const cookie = {
  name: 'CF_Authorization',
  domain: null,
  path: '/',
  expires: inDays(1),
  maxAge: null,
  secure: true,
  httpOnly: true,
  sameSite: 'None',
  valueLength: 912,
}
const token = {
  algorithm: 'RS256',
  keyId: '31f1d2a0b9',
  type: 'app',
  commonName: 'Ada Lovelace',
  audience: [digest('aud')],
  issuer: 'https://acme.cloudflareaccess.com',
  issuedAt: inDays(0),
  notBefore: null,
  expiresAt: inDays(1),
  signature: 'valid',
  signatureCheck: 'valid',
  signatureNote: null,
}
const setCookie: [string, string] = [
  'set-cookie',
  'CF_Authorization=‹hidden, 912 characters›; Path=/; Secure; HttpOnly; SameSite=None',
]

const refused = {
  outcome: answered(403, 'Forbidden'),
  timings: timings(3, 11, 19, 31),
  tls,
  access: { ...cloudflare, mtlsStatus: 'NONE' },
}
const letIn = {
  outcome: answered(200, 'OK', [setCookie, ['x-frame-options', 'DENY']], {
    cookies: [
      cookie,
      { ...cookie, name: 'session', expires: null, maxAge: 3600, httpOnly: false, sameSite: null, valueLength: 32 },
    ],
  }),
  timings: timings(1, 11, 24, 38),
  tls: { ...tls, sent: 'yes' },
  access: { ...cloudflare, mtlsStatus: 'SUCCESS', token },
}
const login = {
  outcome: answered(302, 'Found', [['location', 'https://acme.cloudflareaccess.com/cdn-cgi/access/login/acme.dev']], {
    location: 'https://acme.cloudflareaccess.com/cdn-cgi/access/login/acme.dev',
  }),
  timings: timings(1, 11, 24, 38),
  tls: { ...tls, sent: 'yes' },
  access: { ...cloudflare, loginRedirect: true },
}
const strange = server('CN=Local test CA')
const untrusted = {
  outcome: {
    kind: 'failed',
    reason: 'server-untrusted',
    detail: 'unable to get local issuer certificate',
    phase: 'handshake-over',
    firstBytes: null,
  },
  timings: { dns: 1, tcp: 1, tls: 9, firstByte: null, total: 11 },
  tls: {
    ...tls,
    trust: 'untrusted',
    trustProblem: 'Its issuer is not known here.',
    trustReason: 'private-root',
    chain: [strange],
  },
  access: nothingSeen,
}
const noName = {
  outcome: {
    kind: 'failed',
    reason: 'name-unknown',
    detail: 'getaddrinfo ENOTFOUND',
    phase: 'lookup',
    firstBytes: null,
  },
  timings: { dns: 12, tcp: null, tls: null, firstByte: null, total: 12 },
  tls: null,
  access: nothingSeen,
}

const demanded = {
  outcome: { kind: 'failed', reason: 'certificate-demanded', detail: '', phase: 'handshake-over', firstBytes: null },
  timings: { dns: 3, tcp: 11, tls: 19, firstByte: null, total: 33 },
  tls: { ...tls, alert: 'certificate_required' },
  access: nothingSeen,
}
const rejected = {
  ...demanded,
  outcome: { ...demanded.outcome, reason: 'certificate-rejected' },
  tls: { ...tls, sent: 'yes', alert: 'certificate_expired' },
}

const pairs: Record<Story, [object, object | null]> = {
  'let-in': [refused, letIn],
  'no-rule': [
    refused,
    {
      ...refused,
      timings: timings(0, 11, 24, 38),
      tls: { ...tls, sent: 'yes' },
      access: { ...cloudflare, mtlsStatus: 'SUCCESS' },
    },
  ],
  login: [refused, login],
  open: [letIn, letIn],
  untrusted: [untrusted, null],
  'no-name': [noName, noName],
  'not-asked': [
    { ...refused, tls: { ...tls, asked: 'no' } },
    { ...refused, tls: { ...tls, asked: 'no' } },
  ],
  alone: [refused, null],
  expired: [demanded, rejected],
}

/** Access writes the presented certificate's name into its token; the practice site is the issuer of its own. */
function namedAfter({ name }: IdentitySummary, attempt: Attempt, { practice, hostname, port }: Host): Attempt {
  const { access } = attempt
  const issuer = practice ? `https://${hostname}:${port}` : null
  return access.token === null
    ? attempt
    : {
        ...attempt,
        access: { ...access, token: { ...access.token, commonName: name, issuer: issuer ?? access.token.issuer } },
      }
}

/** A report whose verdict and findings come from the real rules. */
export function report(story: Story, host: Host, identity: IdentitySummary | null, mode: ProbeMode): ProbeReport {
  const pair = pairs[story]
  const seen = { proxy: null, askedForHttp1: false, answeredAt: null }
  const without = Attempt.parse({ ...seen, ...pair[0] })
  const presented =
    identity === null || pair[1] === null ? null : namedAfter(identity, Attempt.parse({ ...seen, ...pair[1] }), host)
  const notTried = presented !== null ? null : identity === null ? 'none-chosen' : 'server-untrusted'
  const known =
    identity === null
      ? null
      : {
          name: identity.name,
          certificate: certificate(identity.name, {
            notBefore: identity.notBefore ?? inDays(-1),
            notAfter: identity.notAfter ?? inDays(1),
            issuer: 'CN=Acme Client CA, O=Acme',
            issuerCommonName: 'Acme Client CA',
            keyUsage: ['digitalSignature'],
          }),
          issuers: [],
          newerIssuer: null,
        }
  const { verdict, findings } = judgeTest({
    host,
    without,
    with: presented,
    notTried,
    identity: known,
    unusedProxy: null,
    unreadRoots: null,
    mode,
    now: new Date(),
    account: null,
  })
  return ProbeReport.parse({
    format: 2,
    id: uuid(),
    host: host.id,
    identity: identity?.id ?? null,
    identityName: identity?.name ?? null,
    address: `https://${host.hostname}${host.port === 443 ? '' : `:${host.port}`}${host.path}`,
    mode,
    startedAt: new Date().toISOString(),
    without,
    with: presented,
    notTried,
    verdict,
    findings,
    ownIssuers: known === null ? [] : [known.certificate.issuer],
    rootsFrom: mode === 'direct' ? 'Debian’s certificate list (/etc/ssl/certs)' : 'the browser engine',
  })
}
