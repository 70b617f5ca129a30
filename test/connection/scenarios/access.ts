import { usualHostname } from '../pki'
import type { Scenario, StartServer } from '../scenario'
import {
  type Answer,
  accessJson,
  accessLogin,
  accessPage,
  always,
  cloudflare,
  dated,
  edgeError,
  edgePage,
  forbidden,
  gate,
  inside,
  noList,
  open,
  type Page,
  send,
  site,
} from '../sites'
import { hour, issuer, metadata, secondsFromNow, token, unreachableIssuer } from '../tokens'

/** What Cloudflare's edge and Access answer, in the shapes of the reference. */

const good = { certificate: 'good' } as const
const none = { certificate: null } as const
const sample = { sample: true } as const

const behind = { ...inside, headers: cloudflare }
const app = (status: number, title: string): Page => ({ status, headers: cloudflare, body: `<h1>${title}</h1>` })

/** Lets in with the cookie, as Access does. */
const withCookie =
  (value: () => Promise<string>, page: Page = behind): Answer =>
  async (_request, response) => {
    const cookie = `CF_Authorization=${await value()}; Path=/; Secure; HttpOnly; SameSite=None`
    send(response, { ...page, headers: { ...page.headers, 'set-cookie': cookie } })
  }

const letsInWith = (value: () => Promise<string>, page?: Page): StartServer =>
  site(gate(withCookie(value, page), accessPage('NONE')))

const says = (mtlsStatus: string) => site(gate(accessPage(mtlsStatus), accessPage('NONE')), noList)

const pages: Scenario[] = [
  { name: 'Access: never asks, MTLS Status NONE', server: site(always(accessPage('NONE')), open), ...good, ...sample },
  { name: 'Access: never asks, JSON', server: site(always(accessJson()), open), ...good },
  { name: 'Access: never asks, 401 instead of 403', server: site(always(accessPage('NONE', 401)), open), ...good },
  { name: 'Access: asks, MTLS Status NONE, none chosen', server: site(always(accessPage('NONE'))), ...none },
  {
    name: 'Access: never asks, MTLS Status NONE, none chosen',
    server: site(always(accessPage('NONE')), open),
    ...none,
  },
  { name: 'Access: MTLS Status SUCCESS and refused', server: says('SUCCESS'), ...good, ...sample },
  {
    name: 'Access: MTLS Status SUCCESS and refused with 401',
    server: site(gate(accessPage('SUCCESS', 401), accessPage('NONE', 401))),
    ...good,
  },
  {
    name: 'Access: MTLS Status NONE though a certificate was sent',
    server: site(always(accessPage('NONE')), noList),
    ...good,
  },
  {
    name: 'Access: FAILED, unable to get local issuer certificate',
    server: says('FAILED:unable to get local issuer certificate'),
    ...good,
    ...sample,
  },
  {
    name: 'Access: FAILED, unable to verify the first certificate',
    server: says('FAILED:unable to verify the first certificate'),
    ...good,
  },
  {
    name: 'Access: FAILED, unable to verify the first certificate, sent without its issuers',
    server: says('FAILED:unable to verify the first certificate'),
    certificate: 'goodWithoutIssuers',
  },
  {
    name: 'Access: FAILED, self signed certificate',
    server: says('FAILED:self signed certificate'),
    certificate: 'selfSigned',
  },
  {
    name: 'Access: FAILED, self signed certificate in certificate chain',
    server: says('FAILED:self signed certificate in certificate chain'),
    certificate: 'foreign',
  },
  { name: 'Access: FAILED, expired', server: says('FAILED:certificate has expired'), certificate: 'expired' },
  { name: 'Access: FAILED, expired, of a valid certificate', server: says('FAILED:certificate has expired'), ...good },
  {
    name: 'Access: FAILED, expired, with an expired issuer',
    server: says('FAILED:certificate has expired'),
    certificate: 'ofExpiredIssuer',
  },
  {
    name: 'Access: FAILED, not yet valid',
    server: says('FAILED:certificate is not yet valid'),
    certificate: 'notYetValid',
  },
  {
    name: 'Access: FAILED, unsupported purpose',
    server: says('FAILED:unsupported certificate purpose'),
    certificate: 'forServersOnly',
  },
  // What Access says, and what is known here, do not fit.
  {
    name: 'Access: FAILED, not yet valid, of a valid certificate',
    server: says('FAILED:certificate is not yet valid'),
    ...good,
  },
  {
    name: 'Access: FAILED, self signed certificate, of one that is not',
    server: says('FAILED:self signed certificate'),
    ...good,
    ...sample,
  },
  {
    name: 'Access: FAILED, unsupported purpose, of one for clients',
    server: says('FAILED:unsupported certificate purpose'),
    ...good,
  },
  {
    name: 'Access: FAILED, unsupported purpose, below an issuer for servers',
    server: says('FAILED:unsupported certificate purpose'),
    certificate: 'belowServersCa',
  },
  { name: 'Access: FAILED, revoked', server: says('FAILED:certificate revoked'), ...good },
  { name: 'Access: refused in JSON, no list', server: site(always(accessJson()), noList), ...good },
  { name: 'Access: refused in JSON, issuer listed', server: site(always(accessJson())), ...good },
  { name: 'Access: refused in JSON, issuer not listed', server: site(always(accessJson())), certificate: 'foreign' },
  { name: 'Access: refused in JSON, expired', server: site(always(accessJson()), noList), certificate: 'expired' },
  { name: 'Access: refused in JSON, none chosen', server: site(always(accessJson())), ...none },
  { name: 'Access: login next', server: site(gate(accessLogin(), accessPage('NONE'))), ...good, ...sample },
  {
    name: 'Access: login next at a FedRAMP team',
    server: site(gate(accessLogin('agency.fed.cloudflareaccess.com'), accessPage('NONE'))),
    ...good,
  },
  { name: 'Access: login either way', server: site(always(accessLogin())), ...good },
  { name: 'Access: login, none chosen', server: site(always(accessLogin()), open), ...none },
  { name: 'Access: login spared by the certificate', server: site(gate(withCookie(token), accessLogin())), ...good },
  { name: 'Access: let in without a cookie', server: site(gate(behind, accessPage('NONE'))), ...good },
  { name: 'Access: no application', server: site(always(behind), open), ...good, ...sample },
  {
    name: 'Access: a rule lets everybody in',
    server: site(async (request, response) => {
      const asked = request.headers['cf-access-metadata-request'] === 'true'
      const headers = asked ? { ...cloudflare, 'cf-access-metadata': await metadata(usualHostname) } : cloudflare
      send(response, { ...inside, headers })
    }, open),
    ...good,
    ...sample,
  },
  {
    name: 'Access: let in, the application answers 403',
    server: letsInWith(token, app(403, 'Forbidden')),
    ...good,
    ...sample,
  },
  { name: 'Access: let in, the application answers 401', server: letsInWith(token, app(401, 'Unauthorized')), ...good },
  { name: 'Access: let in, the application answers 404', server: letsInWith(token, app(404, 'Not Found')), ...good },
  { name: 'Access: let in, the application answers 500', server: letsInWith(token, app(500, 'Error')), ...good },
]

const signed = (order: Parameters<typeof token>[0]) => letsInWith(() => token(order))
const claiming = (claims: () => Record<string, unknown>) => letsInWith(() => token({ claims: claims() }))

/** Another letter in the middle of the signature: the last one may carry no bits of it. */
async function altered(): Promise<string> {
  const text = await token()
  const at = text.lastIndexOf('.') + 40
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
}

/** Claims that were changed after the signature was made. */
async function rewritten(): Promise<string> {
  const [header = '', payload = '', signature = ''] = (await token()).split('.')
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  const changed = Buffer.from(JSON.stringify({ ...Object(claims), sub: 'admin' })).toString('base64url')
  return [header, changed, signature].join('.')
}

const tokens: Scenario[] = [
  { name: 'token: valid', server: letsInWith(token), ...good, ...sample },
  {
    name: 'token: valid, audience as a string',
    server: claiming(() => ({ aud: 'b9c1f0d2e3a4958677665544332211ffeeddccbbaa99887766554433221100aa' })),
    ...good,
  },
  { name: 'token: valid, without a common name', server: claiming(() => ({ common_name: undefined })), ...good },
  { name: 'token: valid, signed with the key before the last rotation', server: signed({ key: 'retired' }), ...good },
  { name: 'token: signature altered', server: letsInWith(altered), ...good, ...sample },
  { name: 'token: claims rewritten', server: letsInWith(rewritten), ...good },
  { name: 'token: signed by a stranger', server: signed({ key: 'strange' }), ...good },
  { name: 'token: algorithm none', server: signed({ algorithm: 'none' }), ...good, ...sample },
  { name: 'token: algorithm HS256 with the public key', server: signed({ algorithm: 'HS256' }), ...good },
  { name: 'token: algorithm PS256', server: signed({ algorithm: 'PS256' }), ...good },
  { name: 'token: unknown key', server: signed({ kid: 'unheard-of' }), ...good, ...sample },
  { name: 'token: expired', server: claiming(() => ({ exp: secondsFromNow(-hour) })), ...good, ...sample },
  {
    name: 'token: not yet valid',
    server: claiming(() => ({
      nbf: secondsFromNow(24 * hour),
      iat: secondsFromNow(24 * hour),
      exp: secondsFromNow(48 * hour),
    })),
    ...good,
    ...sample,
  },
  { name: 'token: for another application', server: claiming(() => ({ aud: ['c'.repeat(64)] })), ...good, ...sample },
  {
    name: 'token: from another issuer',
    server: claiming(() => ({ iss: 'https://access.example.com' })),
    ...good,
    ...sample,
  },
  {
    name: 'token: from an issuer that looks like a team',
    server: claiming(() => ({ iss: `${issuer}.example.com` })),
    ...good,
  },
  { name: 'token: without an issuer', server: claiming(() => ({ iss: undefined })), ...good },
  { name: 'token: for another name', server: letsInWith(token), certificate: 'otherName', ...sample },
  { name: 'token: keys out of reach', server: claiming(() => ({ iss: unreachableIssuer })), ...good, ...sample },
  { name: 'token: no token at all', server: letsInWith(async () => 'not-a-token'), ...good, ...sample },
  { name: 'token: three parts of nothing', server: letsInWith(async () => 'a.b.c'), ...good },
  { name: 'token: empty', server: letsInWith(async () => ''), ...good },
]

const edgeAlways = (page: Page) => site(always(page), noList)
const originErrors: [number, string][] = [
  [520, 'Web server is returning an unknown error'],
  [521, 'Web server is down'],
  [522, 'Connection timed out'],
  [523, 'Origin is unreachable'],
  [524, 'A timeout occurred'],
  [525, 'SSL handshake failed'],
  [526, 'Invalid SSL certificate'],
  [530, 'Origin error'],
]

const edge: Scenario[] = [
  { name: 'edge: 1009, country', server: edgeAlways(edgeError(1009)), ...good, ...sample },
  { name: 'edge: 1010, user agent', server: edgeAlways(edgeError(1010)), ...good, ...sample },
  { name: 'edge: 1010 as a page, none chosen', server: edgeAlways(edgePage(403, 'Error 1010')), ...none },
  { name: 'edge: 1015, rate', server: edgeAlways(edgeError(1015, 429)), ...good, ...sample },
  { name: 'edge: 1016, name of the origin', server: edgeAlways(edgeError(1016, 530)), ...good, ...sample },
  { name: 'edge: 1020, rule', server: edgeAlways(edgeError(1020)), ...good, ...sample },
  { name: 'edge: 1033, tunnel', server: edgeAlways(edgeError(1033, 530)), ...good, ...sample },
  { name: 'edge: 1033 behind the certificate', server: site(gate(edgeError(1033, 530), accessPage('NONE'))), ...good },
  { name: 'edge: 1006', server: edgeAlways(edgeError(1006)), ...good, ...sample },
  { name: 'edge: 1000, none chosen', server: edgeAlways(edgeError(1000)), ...none },
  { name: 'edge: 1010 let through with a certificate', server: site(gate(behind, edgeError(1010))), ...good },
  {
    name: 'edge: challenge',
    server: edgeAlways(edgePage(403, 'Just a moment...', { 'cf-mitigated': 'challenge' })),
    ...good,
    ...sample,
  },
  {
    name: 'edge: challenge, none chosen',
    server: site(always(edgePage(403, 'Just a moment...', { 'cf-mitigated': 'challenge' })), open),
    ...none,
  },
  {
    name: 'edge: blocked by the firewall',
    server: edgeAlways(edgePage(403, 'Sorry, you have been blocked')),
    ...good,
    ...sample,
  },
  {
    name: 'edge: blocked by the firewall without a certificate alone',
    server: site(gate(behind, edgePage(403, 'Sorry, you have been blocked'))),
    ...good,
  },
  ...originErrors.map(([status, title]) => ({
    name: `edge: ${status}`,
    server: edgeAlways(edgePage(status, title)),
    ...good,
    ...(status === 522 ? sample : {}),
  })),
  {
    name: 'edge: 526 behind the certificate',
    server: site(gate(edgePage(526, 'Invalid SSL certificate'), accessPage('NONE'))),
    ...good,
  },
  {
    name: 'edge: a 520 that is not Cloudflare’s',
    server: site(always({ status: 520, body: '<h1>Error</h1>' }), open),
    ...good,
  },
  {
    name: 'edge: "Error 1010" on a page that is not Cloudflare’s',
    server: site(always({ ...forbidden, body: '<h1>Error 1010</h1>' }), open),
    ...none,
  },
]

const clock: Scenario[] = [
  {
    name: 'clock: a date two days off, all else is fine',
    server: site(gate(dated(inside, 2), dated(forbidden, 2))),
    ...good,
  },
  {
    name: 'clock: a server not yet valid here, but by its own date',
    server: site(always(dated(inside, 25)), (pki) => ({ ...open, identity: pki.server.notYetValid })),
    ...good,
    ...sample,
  },
  {
    name: 'clock: a server expired here, but valid by its own date',
    server: site(always(dated(inside, -10)), (pki) => ({ ...open, identity: pki.server.expired })),
    ...none,
  },
  {
    name: 'clock: a token not yet valid here, but by the date of the answer',
    server: letsInWith(
      () =>
        token({
          claims: { nbf: secondsFromNow(47 * hour), iat: secondsFromNow(47 * hour), exp: secondsFromNow(96 * hour) },
        }),
      dated(behind, 2),
    ),
    ...good,
  },
  {
    name: 'clock: a token expired here, but valid by the date of the answer',
    server: letsInWith(() => token({ claims: { exp: secondsFromNow(-24 * hour) } }), dated(behind, -2)),
    ...good,
  },
  {
    name: 'clock: expired by Access, valid here, and its date is far ahead',
    server: site(
      gate(dated(accessPage('FAILED:certificate has expired'), 400), dated(accessPage('NONE'), 400)),
      noList,
    ),
    ...good,
  },
]

export const access: Scenario[] = [...pages, ...tokens, ...edge, ...clock]
