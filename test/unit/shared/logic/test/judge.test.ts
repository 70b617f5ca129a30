import { expect, it } from 'vitest'
import type { TestInput } from '#shared/logic/test/input'
import type { AlertName, Attempt, TokenView } from '#shared/model/attempt'
import { type CauseCode, VerdictKind as Kinds, type VerdictKind, type Who } from '#shared/model/probe'
import { answered, failed } from '../../../../support/attempts'
import { certificateView, judged, tested } from '../../../../support/judged'

const sent = { sent: 'yes' } as const
const login = answered(302, {
  access: { loginRedirect: true, seen: true },
  headers: { location: 'https://acme.cloudflareaccess.com/cdn-cgi/access/login/a.example' },
})
const page = answered(200, { tls: sent })
const alert = (name: AlertName, more: object = {}) =>
  failed('certificate-rejected', { ...sent, alert: name, ...more }, { phase: 'handshake-over' })
const mtls = (mtlsStatus: string) => answered(403, { access: { mtlsStatus, seen: true }, tls: sent })
const cloudflare = { server: 'cloudflare', 'cf-ray': '8c1e0f3a2b1c4d5e-LHR' }
const to = (location: string, status = 302) => answered(status, { headers: { location }, tls: sent })
const untrusted = (trustReason: NonNullable<NonNullable<Attempt['tls']>['trustReason']>) => ({
  without: answered(200, { tls: { trust: trustReason === 'wrong-name' ? 'name-mismatch' : 'untrusted', trustReason } }),
  with: null,
  notTried: 'server-untrusted' as const,
  identity: tested(),
})
const noAnswer = (attempt: Attempt) => ({
  without: attempt,
  with: null,
  notTried: 'no-connection' as const,
  identity: tested(),
})

const token: TokenView = {
  algorithm: 'RS256',
  keyId: 'one',
  type: 'app',
  commonName: 'Ada',
  audience: ['aud'],
  issuer: 'https://acme.cloudflareaccess.com',
  issuedAt: null,
  notBefore: null,
  expiresAt: '2026-06-02T00:00:00.000Z',
  signature: 'valid',
  signatureCheck: 'valid',
  signatureNote: null,
}
const withToken = (changes: Partial<TokenView> = {}, status = 200) =>
  answered(status, { cookie: true, tls: sent, access: { seen: true, token: { ...token, ...changes } } })

/** What is said of each alert in answer to a certificate that has no fault of its own (RFC 8446 §6.2). */
const rejectionAlerts: [name: AlertName, code: CauseCode, who: Who][] = [
  ['certificate_revoked', 'certificate-revoked', 'you'],
  ['certificate_expired', 'server-crl-or-clock', 'administrator'],
  ['unsupported_certificate', 'certificate-type-unsupported', 'administrator'],
  ['bad_certificate', 'certificate-called-bad', 'administrator'],
  ['unknown_ca', 'issuer-not-accepted', 'administrator'],
  ['access_denied', 'certificate-access-denied', 'administrator'],
  ['certificate_required', 'certificate-not-received', 'administrator'],
  ['handshake_failure', 'handshake-ended-after-certificate', 'administrator'],
  ['certificate_unknown', 'certificate-called-unacceptable', 'administrator'],
  ['decrypt_error', 'signature-not-verified', 'administrator'],
  ['internal_error', 'server-error-on-certificate', 'administrator'],
]
/** And of one that ends the handshake before anything was shown. */
const helloAlerts: [name: AlertName, code: CauseCode][] = [
  ['protocol_version', 'tls-version-too-old'],
  ['handshake_failure', 'handshake-refused'],
  ['insufficient_security', 'no-common-cipher'],
  ['unrecognized_name', 'name-refused'],
  ['no_application_protocol', 'no-common-protocol'],
]

type Row = [what: string, changes: Partial<TestInput>, verdict: VerdictKind, cause: CauseCode | null, who: Who | null]

/** What was seen, and what has to be said of it. Written by hand, from what a client can know. */
const table: Row[] = [
  // Let in.
  ['let in with a cookie that is proven', { with: withToken() }, 'let-in', null, null],
  [
    'let in where the server alone guards',
    { without: failed('certificate-demanded', {}), with: page },
    'let-in-without-cookie',
    null,
    null,
  ],
  ['let in, and nothing to compare with', { without: failed('timeout'), with: page }, 'let-in-only-tried', null, null],
  ['let in, and an error before', { without: answered(500), with: page }, 'let-in-only-tried', null, null],
  ['a redirect within the site behind the gate', { with: to('/dashboard') }, 'let-in-without-cookie', null, null],
  ['a login spared', { without: login, with: withToken() }, 'let-in', null, null],
  ['the login comes next', { with: { ...login, tls: page.tls } }, 'login-next', 'policy-is-login', 'administrator'],
  ['a login either way', { without: login, with: login }, 'login-either-way', 'policy-is-login', 'administrator'],
  [
    'open to everyone, not through Cloudflare',
    { without: answered(200, { tls: { asked: 'no' } }), with: answered(200, { tls: { asked: 'no' } }) },
    'open-to-everyone',
    'server-does-not-ask',
    'administrator',
  ],
  [
    'open to everyone, no application',
    { without: answered(200, { access: { application: 'none' }, headers: cloudflare }), with: page },
    'open-to-everyone',
    'no-application',
    'administrator',
  ],
  [
    'open to everyone, by a rule',
    { without: answered(200, { access: { application: 'proven', seen: true } }), with: page },
    'open-to-everyone',
    'rule-lets-everybody-in',
    'administrator',
  ],
  // No certificate chosen.
  ['protected by Access', { with: null }, 'protected', 'certificate-demanded', 'you'],
  [
    'protected by a server that asks',
    { without: answered(403, { tls: { asked: 'yes' } }), with: null },
    'protected',
    'certificate-demanded',
    'you',
  ],
  [
    'protected in the handshake',
    { without: failed('certificate-demanded', {}), with: null },
    'protected',
    'certificate-demanded',
    'you',
  ],
  [
    'refused, which proves nothing',
    { without: answered(403, { tls: { asked: 'no' } }), with: null },
    'refused-unproven',
    'refused-by-server',
    'administrator',
  ],
  [
    'a password, which proves nothing',
    {
      without: answered(401, { tls: { asked: 'no' }, headers: { 'www-authenticate': 'Basic realm="x"' } }),
      with: null,
    },
    'refused-unproven',
    'password-asked',
    'you',
  ],
  [
    'a redirect is not entry',
    { without: to('https://www.a.example/'), with: null },
    'redirected',
    'sent-to-other-host',
    'administrator',
  ],
  // The token.
  ...(
    [
      ['token-signature-invalid', { signature: 'invalid', signatureCheck: 'wrong' }, 'administrator'],
      [
        'token-algorithm-refused',
        { signature: 'invalid', signatureCheck: 'algorithm-refused', algorithm: 'none' },
        'administrator',
      ],
      ['token-key-unknown', { signature: 'invalid', signatureCheck: 'key-unknown' }, 'administrator'],
      ['token-expired', { expiresAt: '2026-05-01T00:00:00.000Z' }, 'administrator'],
      ['token-not-yet-valid', { notBefore: '2026-07-01T00:00:00.000Z' }, 'administrator'],
      ['token-from-other-issuer', { issuer: 'https://acme.cloudflareaccess.com.evil.test' }, 'administrator'],
      ['token-from-other-issuer', { issuer: 'https://a.b.cloudflareaccess.com' }, 'administrator'],
      ['token-from-other-issuer', { issuer: 'http://acme.cloudflareaccess.com' }, 'administrator'],
      [
        'token-from-other-issuer',
        { issuer: null, signature: 'unchecked', signatureCheck: 'issuer-missing' },
        'administrator',
      ],
      ['token-for-another-name', { commonName: 'Mallory' }, 'you'],
    ] satisfies [CauseCode, Partial<TokenView>, Who][]
  ).map(
    ([code, changes, who]): Row => [
      `${code} ${JSON.stringify(changes)}`,
      { with: withToken(changes) },
      'token-wrong',
      code,
      who,
    ],
  ),
  [
    'a cookie for another application',
    { without: answered(403, { access: { mtlsStatus: 'NONE', audience: 'ours', seen: true } }), with: withToken() },
    'token-wrong',
    'token-for-other-application',
    'administrator',
  ],
  [
    'a cookie that is no token',
    { with: answered(200, { cookie: true, tls: sent, access: { seen: true } }) },
    'token-wrong',
    'cookie-is-no-token',
    'administrator',
  ],
  [
    'keys that cannot be fetched',
    { with: withToken({ signature: 'unchecked', signatureCheck: 'keys-unreachable' }) },
    'token-unverified',
    'token-unverified',
    'network',
  ],
  ['a team of FedRAMP', { with: withToken({ issuer: 'https://acme.fed.cloudflareaccess.com' }) }, 'let-in', null, null],
  ['a cookie beside 404', { with: withToken({}, 404) }, 'site-error', 'not-found', 'administrator'],
  ['a cookie beside 500', { with: withToken({}, 500) }, 'site-error', 'server-error', 'administrator'],
  // Our own certificate.
  [
    'expired',
    { identity: tested({ notAfter: '2026-05-01T00:00:00.000Z' }), with: alert('certificate_expired') },
    'certificate-rejected',
    'certificate-expired',
    'you',
  ],
  [
    'expired, and the server says unknown CA',
    { identity: tested({ notAfter: '2026-05-01T00:00:00.000Z' }), with: alert('unknown_ca') },
    'certificate-rejected',
    'certificate-expired',
    'you',
  ],
  [
    'not yet valid',
    { identity: tested({ notBefore: '2026-07-01T00:00:00.000Z' }), with: alert('bad_certificate') },
    'certificate-rejected',
    'certificate-not-yet-valid',
    'you',
  ],
  [
    'for servers only',
    { identity: tested({ extendedKeyUsage: ['Server authentication'] }), with: alert('unsupported_certificate') },
    'certificate-rejected',
    'certificate-without-client-use',
    'administrator',
  ],
  [
    'a key that may not sign',
    { identity: tested({ keyUsage: ['keyEncipherment'] }), with: alert('unsupported_certificate') },
    'certificate-rejected',
    'certificate-cannot-sign',
    'administrator',
  ],
  [
    'self-signed',
    { identity: tested({ selfSigned: true, issuer: 'CN=Ada' }, { issuers: [] }), with: alert('unknown_ca') },
    'certificate-rejected',
    'certificate-self-signed',
    'you',
  ],
  ['revoked', { with: alert('certificate_revoked') }, 'certificate-rejected', 'certificate-revoked', 'you'],
  [
    'an expired issuer sent',
    {
      identity: tested({}, { issuers: [certificateView('Acme CA', { notAfter: '2026-05-01T00:00:00.000Z' })] }),
      with: alert('certificate_expired'),
    },
    'certificate-rejected',
    'expired-issuer-sent',
    'you',
  ],
  [
    'an expired issuer sent, a newer one here',
    {
      identity: tested(
        {},
        {
          issuers: [certificateView('Acme CA', { notAfter: '2026-05-01T00:00:00.000Z' })],
          newerIssuer: certificateView('Acme CA'),
        },
      ),
      with: alert('certificate_expired'),
    },
    'certificate-rejected',
    'expired-issuer-sent',
    'you',
  ],
  [
    'no issuer sent',
    { identity: tested({}, { issuers: [] }), with: alert('unknown_ca') },
    'certificate-rejected',
    'issuers-not-sent',
    'you',
  ],
  [
    'a small key',
    { identity: tested({ publicKey: 'RSA 1024' }), with: alert('bad_certificate') },
    'certificate-rejected',
    'key-too-small',
    'administrator',
  ],
  [
    'SHA-1',
    { identity: tested({ signatureAlgorithm: 'RSA with SHA-1' }), with: alert('bad_certificate') },
    'certificate-rejected',
    'certificate-signed-with-sha1',
    'administrator',
  ],
  [
    'a type of key that the server does not take',
    {
      identity: tested({ publicKey: 'Ed25519' }),
      with: failed('certificate-demanded', {
        sent: 'no',
        signatureSchemes: ['rsa_pss_rsae_sha256'],
        alert: 'certificate_required',
      }),
    },
    'not-offered',
    'key-type-not-accepted',
    'administrator',
  ],
  // How servers reject.
  [
    'an issuer that is not listed',
    { with: alert('unknown_ca', { acceptableIssuers: ['CN=Somebody else'] }) },
    'certificate-rejected',
    'issuer-not-accepted',
    'administrator',
  ],
  [
    'unknown CA without a list',
    { with: alert('unknown_ca') },
    'certificate-rejected',
    'issuer-not-accepted',
    'administrator',
  ],
  [
    'unknown CA, though the issuer is listed',
    { with: alert('unknown_ca', { acceptableIssuers: ['O=Acme, CN=Acme CA'] }) },
    'certificate-rejected',
    'issuer-listed-but-rejected',
    'administrator',
  ],
  [
    'nginx’s page, though the issuer is listed',
    {
      with: answered(400, {
        body: 'The SSL certificate error',
        tls: { ...sent, acceptableIssuers: ['CN=Acme CA, O=Acme'] },
      }),
    },
    'certificate-rejected',
    'issuer-listed-but-rejected',
    'administrator',
  ],
  [
    'nginx’s page, and no list',
    { with: answered(400, { body: 'The SSL certificate error', tls: sent }) },
    'certificate-rejected',
    'rejected-without-reason',
    'administrator',
  ],
  [
    'nginx’s page that demands one',
    { with: answered(400, { body: 'No required SSL certificate was sent', tls: { sent: 'no' } }) },
    'not-offered',
    null,
    null,
  ],
  [
    'expired, but nothing of ours',
    { with: alert('certificate_expired') },
    'certificate-rejected',
    'server-crl-or-clock',
    'administrator',
  ],
  ...rejectionAlerts.map(
    ([name, code, who]): Row => [`alert ${name}`, { with: alert(name) }, 'certificate-rejected', code, who],
  ),
  [
    'an issuer that may not issue for clients',
    {
      identity: tested({}, { issuers: [certificateView('Acme CA', { extendedKeyUsage: ['Server authentication'] })] }),
      with: alert('unsupported_certificate'),
    },
    'certificate-rejected',
    'certificate-without-client-use',
    'administrator',
  ],
  [
    'cut right after the certificate',
    {
      without: failed('connection-reset', {}, { phase: 'handshake-over' }),
      with: failed('connection-reset', sent, { phase: 'handshake-over' }),
    },
    'certificate-rejected',
    'closed-after-certificate',
    'administrator',
  ],
  [
    'cut right after the certificate, where none gets an alert',
    {
      without: failed('certificate-demanded', { alert: 'handshake_failure', version: 'TLSv1.2' }),
      with: failed('connection-reset', { ...sent, version: 'TLSv1.2' }, { phase: 'handshake-over' }),
    },
    'certificate-rejected',
    'closed-after-certificate',
    'administrator',
  ],
  [
    'asked after the request',
    { with: answered(403, { body: 'Reason: Cannot perform Post-Handshake Authentication.', tls: { asked: 'no' } }) },
    'not-asked',
    'asked-after-the-request',
    'administrator',
  ],
  [
    'not offered by the browser',
    { mode: 'browser', with: failed('certificate-not-offered', {}) },
    'not-offered',
    'key-not-installed',
    'you',
  ],
  [
    'never asked',
    { without: answered(403, { tls: { asked: 'no' } }), with: answered(403, { tls: { asked: 'no' } }) },
    'not-asked',
    'server-does-not-ask',
    'administrator',
  ],
  // Access.
  [
    'the hostname is not associated',
    { with: answered(403, { access: { mtlsStatus: 'NONE', seen: true }, tls: { asked: 'no' } }) },
    'not-asked',
    'hostname-not-associated',
    'administrator',
  ],
  [
    'Access saw no certificate though it was sent',
    { with: mtls('NONE') },
    'refused',
    'hostname-not-associated',
    'administrator',
  ],
  ['no rule matches', { with: mtls('SUCCESS') }, 'refused-although-verified', 'policy-does-not-match', 'administrator'],
  [
    'Access does not know the issuer',
    { with: mtls('FAILED:unable to get local issuer certificate') },
    'certificate-rejected',
    'access-does-not-know-issuer',
    'administrator',
  ],
  [
    'Access says expired',
    { with: mtls('FAILED:certificate has expired') },
    'certificate-rejected',
    'server-crl-or-clock',
    'administrator',
  ],
  [
    'Access says revoked',
    { with: mtls('FAILED:certificate revoked') },
    'certificate-rejected',
    'certificate-revoked',
    'you',
  ],
  [
    'Access says self-signed, and it is',
    {
      identity: tested({ selfSigned: true, issuer: 'CN=Ada' }, { issuers: [] }),
      with: mtls('FAILED:self signed certificate'),
    },
    'certificate-rejected',
    'certificate-self-signed',
    'you',
  ],
  [
    'Access says self-signed, and it is not',
    { with: mtls('FAILED:self signed certificate') },
    'certificate-rejected',
    'reason-does-not-fit',
    'administrator',
  ],
  [
    'the site itself refuses',
    { with: answered(403, { tls: sent }) },
    'site-error',
    'application-refuses',
    'administrator',
  ],
  // The edge.
  ...(
    [
      ['1009', 'edge-country'],
      ['1010', 'edge-user-agent'],
      ['1015', 'edge-rate'],
      ['1016', 'edge-origin-name'],
      ['1020', 'edge-rule'],
      ['1033', 'edge-tunnel'],
      ['1006', 'edge-other'],
    ] satisfies [string, CauseCode][]
  ).map(([edgeErrorCode, code]): Row => {
    const blocked = answered(403, { access: { edgeErrorCode }, headers: cloudflare })
    return [`error ${edgeErrorCode}`, { without: blocked, with: blocked }, 'refused', code, 'administrator']
  }),
  [
    'an origin that is gone',
    { without: answered(530, { access: { edgeErrorCode: '1033' }, headers: cloudflare }), with: null },
    'other-answer',
    'edge-tunnel',
    'administrator',
  ],
  [
    'a bot check',
    { without: answered(403, { headers: { ...cloudflare, 'cf-mitigated': 'challenge' } }), with: null },
    'refused-unproven',
    'bot-challenge',
    'administrator',
  ],
  [
    'a firewall’s page',
    { without: answered(403, { body: 'Sorry, you have been blocked', headers: cloudflare }), with: null },
    'refused-unproven',
    'firewall-block',
    'administrator',
  ],
  [
    'no way to the origin',
    { without: answered(522, { headers: cloudflare }), with: null },
    'other-answer',
    'edge-to-origin',
    'administrator',
  ],
  // Other answers.
  ['not found', { without: answered(404), with: answered(404) }, 'other-answer', 'not-found', 'administrator'],
  [
    'the wrong server',
    { without: answered(421), with: answered(421) },
    'other-answer',
    'wrong-server-for-name',
    'administrator',
  ],
  ['too many requests', { without: answered(429), with: answered(429) }, 'other-answer', 'too-many-requests', 'you'],
  ['a server error', { without: answered(503), with: answered(503) }, 'other-answer', 'server-error', 'administrator'],
  [
    'another sign-in service',
    {
      without: to('https://login.microsoftonline.com/x?client_id=1'),
      with: to('https://login.microsoftonline.com/x?client_id=1'),
    },
    'login-either-way',
    'other-identity-provider',
    'you',
  ],
  [
    'the site’s own login',
    { without: to('/login?next=/'), with: to('/login?next=/') },
    'login-either-way',
    'site-login',
    'you',
  ],
  [
    'plain http',
    { without: to('http://a.example/'), with: to('http://a.example/') },
    'redirected',
    'sent-to-plain-http',
    'administrator',
  ],
  ['a loop', { without: to('https://a.example/'), with: to('/') }, 'redirected', 'redirect-loop', 'administrator'],
  ['a captive portal', { without: answered(511), with: answered(511) }, 'other-answer', 'captive-portal', 'network'],
  // No answer.
  ...(
    [
      ['name-unknown', 'name-not-found', 'you'],
      ['name-server-silent', 'name-server-unreachable', 'network'],
      ['connection-refused', 'nobody-listens', 'you'],
      ['unreachable', 'network-unreachable', 'network'],
      ['timeout', 'too-slow', 'network'],
      ['connection-reset', 'connection-cut', 'network'],
      ['headers-too-large', 'headers-too-large', 'administrator'],
      ['not-http', 'not-http', 'administrator'],
      ['tls-failed', 'tls-failed', 'administrator'],
    ] as const
  ).map(([reason, code, who]): Row => [reason, noAnswer(failed(reason)), 'unreachable', code, who]),
  ...(['handshake-over', 'accepted', 'answer'] as const).map(
    (phase): Row => [
      `closed, and never asked: ${phase}`,
      noAnswer(failed('connection-reset', { asked: 'no' }, { phase })),
      'unreachable',
      'closed-without-answer',
      'administrator',
    ],
  ),
  ...(['handshake-over', 'accepted', 'answer'] as const).map(
    (phase): Row => [
      `silent after the handshake: ${phase}`,
      noAnswer(failed('timeout', { asked: 'no' }, { phase })),
      'unreachable',
      'answer-too-slow',
      'administrator',
    ],
  ),
  ...(['connect', 'handshake', null] as const).map(
    (phase): Row => [
      `closed before the end of a handshake: ${phase}`,
      noAnswer(failed('connection-reset', null, { phase })),
      'unreachable',
      'connection-cut',
      'network',
    ],
  ),
  [
    'plain http on the port',
    noAnswer(failed('not-tls', null, { firstBytes: 'HTTP/1.1 400 Bad Request' })),
    'unreachable',
    'plain-http-on-port',
    'you',
  ],
  [
    'SSH on the port',
    noAnswer(failed('not-tls', null, { firstBytes: 'SSH-2.0-OpenSSH_9.6' })),
    'unreachable',
    'other-protocol-on-port',
    'you',
  ],
  ...helloAlerts.map(
    ([name, code]): Row => [
      `alert ${name}`,
      noAnswer(failed('tls-failed', { chain: [], alert: name, trust: 'unknown' })),
      'unreachable',
      code,
      'administrator',
    ],
  ),
  ...(
    [
      ['proxy-unreachable', 'proxy-unreachable'],
      ['proxy-wants-login', 'proxy-wants-login'],
      ['proxy-refused', 'proxy-refuses'],
      ['proxy-cannot-connect', 'proxy-cannot-connect'],
    ] as const
  ).map(([reason, code]): Row => [reason, noAnswer(failed(reason)), 'proxy-failed', code, 'network']),
  // The server's own certificate.
  ['its name', untrusted('wrong-name'), 'server-untrusted', 'server-certificate-wrong-name', 'administrator'],
  ['its end', untrusted('expired'), 'server-untrusted', 'server-certificate-expired', 'administrator'],
  [
    'its beginning',
    untrusted('not-yet-valid'),
    'server-untrusted',
    'server-certificate-not-yet-valid',
    'administrator',
  ],
  ['its use', untrusted('wrong-use'), 'server-untrusted', 'server-certificate-wrong-use', 'administrator'],
  ['its chain', untrusted('incomplete'), 'server-untrusted', 'server-certificate-incomplete', 'administrator'],
  ['its own signature', untrusted('self-signed'), 'server-untrusted', 'server-certificate-self-signed', 'you'],
  ['its root', untrusted('private-root'), 'server-untrusted', 'server-certificate-private-root', 'you'],
  ['its strength', untrusted('too-weak'), 'server-untrusted', 'server-certificate-too-weak', 'administrator'],
  ['its form', untrusted('unreadable'), 'server-untrusted', 'server-certificate-unreadable', 'administrator'],
  [
    'another server the second time',
    { with: failed('server-untrusted', { ...sent, trust: 'untrusted', trustReason: 'private-root' }) },
    'server-untrusted',
    'server-certificate-changed',
    'network',
  ],
  // This computer.
  [
    'a clock that is wrong',
    {
      without: answered(403, {
        access: { mtlsStatus: 'NONE', seen: true },
        headers: { date: 'Mon, 01 Jun 2026 03:00:00 GMT' },
      }),
      with: alert('certificate_expired'),
    },
    'certificate-rejected',
    'clock-wrong',
    'you',
  ],
]

it.each(table)('%s', (_what, changes, kind, cause, who) => {
  const { verdict, findings } = judged(changes)
  const [first] = findings
  const isCause = first !== undefined && first.certainty !== 'possible'
  expect({ kind: verdict.kind, cause: isCause ? first.code : null, who: isCause ? first.who : null }).toEqual({
    kind,
    cause,
    who,
  })
  expect(verdict.sentence).toMatch(/\.$/u)
})

it('reaches every verdict there is', () => {
  expect(Kinds.options.filter((kind) => !table.some((row) => row[2] === kind))).toEqual([])
})

it('names no cause for sure where the refusal gives no reason', () => {
  const silent = answered(403, { access: { audience: 'x', seen: true }, tls: sent })
  expect(judged({ with: silent }).findings.map(({ code, certainty }) => [code, certainty])).toEqual([
    ['policy-does-not-match', 'possible'],
    ['access-does-not-know-issuer', 'possible'],
  ])
})

it('does not speak of Cloudflare, Access or Zero Trust where nothing shows them', () => {
  for (const [, changes] of table) {
    const { verdict, findings } = judged(changes)
    const attempts = [changes.without, changes.with].filter((attempt) => attempt !== undefined && attempt !== null)
    const isSeen =
      changes.without === undefined ||
      attempts.some(({ outcome, access }) => access.seen || (outcome.kind === 'answered' && outcome.headers.length > 1))
    if (isSeen) continue
    const said = [verdict.sentence, ...findings.flatMap(({ title, remedy, evidence }) => [title, remedy, ...evidence])]
    expect(said.join(' ')).not.toMatch(
      /Cloudflare Access (?:accepted|refused)|Zero Trust|Cloudflare (?:blocks|cannot)/u,
    )
  }
})

it.each(['private-root', 'incomplete', 'self-signed'] as const)(
  'does not say that this computer distrusts a server with %s where its own roots are not known',
  (reason) => {
    const { verdict, findings } = judged({ ...untrusted(reason), unreadRoots: 'unsupported' })
    const [cause] = findings
    expect(cause?.evidence.join(' ')).toContain('this version of Node.js or Electron cannot read it')
    expect(cause?.remedy).toContain('“As the browser”')
    expect(`${verdict.explanation} ${cause?.title}`).not.toContain('this computer does not trust')
    const known = judged(untrusted(reason))
    expect(known.verdict.explanation).toContain('This computer does not trust its certificate')
    expect(JSON.stringify(known.findings)).not.toContain('certificate store')
  },
)

it('speaks of unknown roots only where one may be missing', () => {
  const said = JSON.stringify(judged({ ...untrusted('expired'), unreadRoots: 'failed' }).findings)
  expect(said).not.toContain('certificate store')
})

it('takes no familiar syllable for an inspector', () => {
  const named = (issuer: string) => {
    const met = untrusted('private-root')
    const [leaf] = met.without.tls?.chain ?? []
    if (leaf !== undefined) leaf.issuer = issuer
    return judged(met).findings[0]?.code
  }
  expect(named('CN=Zscaler Intermediate Root CA')).toBe('tls-inspected')
  expect(named('CN=Reset Preset CA, O=Beseter')).toBe('server-certificate-private-root')
})

it('does not call a signature invalid that nobody could check', () => {
  const { findings } = judged({ without: answered(200, { access: { application: 'claimed' }, headers: cloudflare }) })
  expect(findings[0]).toMatchObject({
    code: 'rule-lets-everybody-in',
    evidence: ['An answer names an Access application, but its signature was not verified.'],
  })
})

it('has words of its own for each alert, and its name among the evidence', () => {
  const said = [
    ...rejectionAlerts.map(([name]) => ({ name, finding: judged({ with: alert(name) }).findings[0] })),
    ...helloAlerts.map(([name]) => {
      const refused = failed('tls-failed', { chain: [], alert: name, trust: 'unknown' })
      return { name, finding: judged(noAnswer(refused)).findings[0] }
    }),
  ]
  expect(new Set(said.map(({ finding }) => finding?.title)).size).toBe(said.length)
  for (const { name, finding } of said) {
    expect(finding?.evidence.join(' ')).toContain(`“${name.replaceAll('_', ' ')}”`)
    expect(finding?.evidence.join(' ')).not.toMatch(/does not say why/u)
  }
})

it('leaves out of what an alert can mean what the server’s list excludes', () => {
  const evidence = (acceptableIssuers: string[]) =>
    judged({ with: alert('bad_certificate', { acceptableIssuers }) }).findings[0]?.evidence.join(' ')
  expect(evidence([])).toMatch(/may not know the issuer/u)
  expect(evidence(['CN=Acme CA, O=Acme'])).not.toMatch(/may not know the issuer/u)
  expect(evidence(['CN=Acme CA, O=Acme'])).toMatch(/list names your issuer CN=Acme CA/u)
})

it('blames the issuer’s use only where the alert leaves room for it', () => {
  const barred = certificateView('Acme CA', { extendedKeyUsage: ['Server authentication'] })
  const cause = (name: AlertName) =>
    judged({ identity: tested({}, { issuers: [barred] }), with: alert(name) }).findings[0]?.code
  expect(cause('bad_certificate')).toBe('certificate-without-client-use')
  expect(cause('certificate_revoked')).toBe('certificate-revoked')
  expect(cause('unknown_ca')).toBe('issuer-not-accepted')
})

const inHouse = { rootOrigin: 'administrator', asked: 'no' } as const
const codeOf = (changes: Partial<TestInput>) => judged(changes).findings[0]?.code

it('infers inspection by an in-house issuer only where something speaks against a site of the company’s own', () => {
  const refused = (tls: object, headers: Record<string, string> = {}) => answered(403, { tls, headers })
  const both = (attempt: Attempt) => ({ without: attempt, with: attempt })
  expect(codeOf(both(refused(inHouse, cloudflare)))).toBe('tls-inspected')
  expect(codeOf(both(refused({ ...inHouse, rootOrigin: 'system' }, cloudflare)))).toBe('tls-inspected')
  expect(codeOf({ without: refused({ rootOrigin: 'public' }), with: refused(inHouse) })).toBe('tls-inspected')

  expect(codeOf(both(refused(inHouse)))).toBe('server-does-not-ask')
  expect(codeOf(both(refused({ ...inHouse, rootOrigin: 'public' }, cloudflare)))).not.toBe('tls-inspected')
  expect(codeOf(both(refused({ ...inHouse, rootOrigin: 'given' }, cloudflare)))).not.toBe('tls-inspected')
  expect(codeOf(both(refused({ ...inHouse, rootOrigin: null }, cloudflare)))).not.toBe('tls-inspected')
})

it('says of an in-house issuer that the server may be the company’s own', () => {
  const attempt = answered(403, { tls: inHouse })
  const [first] = judged({ without: attempt, with: attempt }).findings
  expect(first?.evidence.join(' ')).toContain('a root that this computer’s administrator added')
  expect(first?.evidence.join(' ')).toMatch(/company’s own, or TLS inspection/u)
})

it('says what Access’ page and the handshake show together', () => {
  const attempt = answered(403, { tls: inHouse, access: { mtlsStatus: 'NONE', seen: true } })
  const [first] = judged({ without: attempt, with: attempt }).findings
  expect(first).toMatchObject({ code: 'tls-inspected', certainty: 'likely', who: 'network' })
  expect(first?.evidence.join(' ')).toMatch(/no certificate arrived, and the server in front of it did not ask/u)
})

it('says first that a proxy was not used, where the site could not be reached without it', () => {
  const unusedProxy = { address: 'socks5://proxy:1080', from: 'system' } as const
  const [first, ...others] = judged({ ...noAnswer(failed('name-unknown')), unusedProxy }).findings
  expect(first).toMatchObject({ code: 'proxy-not-used', certainty: 'likely', who: 'network' })
  expect(others.map(({ code, certainty }) => [code, certainty])).toEqual([['name-not-found', 'possible']])
  expect(judged({ ...noAnswer(failed('name-unknown')), unusedProxy: null }).findings[0]?.code).toBe('name-not-found')
  // The site was reached all the same.
  expect(judged({ unusedProxy }).findings).toEqual([])
})

it('names both a refusal and a fault where the server closes the connection after the certificate', () => {
  const cut = failed('connection-reset', { ...sent, version: 'TLSv1.2' }, { phase: 'handshake-over' })
  const without = failed('connection-reset', { version: 'TLSv1.2' }, { phase: 'handshake-over' })
  const gate = failed('certificate-demanded', { alert: 'handshake_failure', version: 'TLSv1.2' })
  const expired = tested({ notAfter: '2025-01-01T00:00:00.000Z' })
  for (const { findings, verdict } of [judged({ without, with: cut }), judged({ without: gate, with: cut })]) {
    expect(findings.map(({ code, certainty }) => [code, certainty])).toEqual([['closed-after-certificate', 'likely']])
    expect(findings[0]?.evidence.join(' ')).toMatch(
      /refused this certificate, or what is behind it may not be running/u,
    )
    expect(findings[0]?.evidence).toContain('The handshake was complete by then.')
    expect(`${verdict.sentence} ${verdict.explanation}`).not.toMatch(/reject|refuse|accept/iu)
  }
  const early = failed('connection-reset', { ...sent, version: null }, { phase: 'handshake' })
  const [first] = judged({ without: gate, with: early }).findings
  expect(first?.evidence).toContain('The handshake was not complete by then.')
  const later = failed('connection-reset', sent, { phase: 'handshake-over' })
  expect(judged({ without: gate, with: later }).findings[0]?.evidence.join(' ')).not.toContain('by then')
  // A fault of our own is not for certain the reason for what happens without a certificate, too.
  const both = (first: Attempt) =>
    judged({ without: first, with: cut, identity: expired }).findings.map(({ code, certainty }) => [code, certainty])
  expect(both(without)).toEqual([
    ['certificate-expired', 'likely'],
    ['closed-after-certificate', 'possible'],
  ])
  expect(both(gate)).toEqual([['certificate-expired', 'certain']])
})

it('does not blame the network for what ends behind a handshake', () => {
  const unusedProxy = { address: 'socks5://proxy:1080', from: 'system' } as const
  for (const reason of ['connection-reset', 'timeout'] as const) {
    const after = noAnswer(failed(reason, { asked: 'no' }, { phase: 'handshake-over' }))
    expect(judged({ ...after, unusedProxy }).findings.map(({ code }) => code)).not.toContain('proxy-not-used')
    const before = noAnswer(failed(reason, null, { phase: 'handshake' }))
    expect(judged({ ...before, unusedProxy }).findings[0]?.code).toBe('proxy-not-used')
  }
})

it('claims nothing of a certificate that is seen to be otherwise, whatever the server says', () => {
  const title = (status: string) => judged({ with: mtls(`FAILED:${status}`) }).findings[0]?.title
  expect(title('self signed certificate')).toBe('Access rejected “Ada” for a reason that does not fit it.')
  expect(title('unsupported certificate purpose')).toBe('Access rejected “Ada” for a reason that does not fit it.')
  expect(title('certificate is not yet valid')).toBe(
    'The server says “not yet valid”, but everything that was sent is valid.',
  )
  expect(title('certificate has expired')).toBe('The server says “expired”, but nothing that was sent has expired.')
  expect(title('certificate revoked')).toMatch(/^The server says that “Ada”, or one of its issuers,/u)
})
