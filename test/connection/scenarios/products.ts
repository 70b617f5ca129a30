import { startNodeHttp2 } from '../../support/servers/node'
import { alerts, startTampered } from '../../support/servers/tampered'
import type { Scenario, StartServer } from '../scenario'
import {
  accessPage,
  always,
  cloudflare,
  forbidden,
  gate,
  inside,
  noList,
  open,
  type Page,
  redirect,
  site,
} from '../sites'
import { token } from '../tokens'

/** What products say that are not here, imitated on the wire: IIS, Envoy, BIG-IP, Cloudflare's own pages. */

const good = { certificate: 'good' } as const
const foreign = { certificate: 'foreign' } as const
const none = { certificate: null } as const
const race = { race: true } as const

/** As IIS writes it for the same computer (“Detailed Error”), and in the older form of a page of its own. */
const iis = (substatus: number, words: string): Page => ({
  status: 403,
  headers: { server: 'Microsoft-IIS/10.0', 'x-powered-by': 'ASP.NET' },
  body: `<!DOCTYPE html><html><head><title>IIS 10.0 Detailed Error - 403.${substatus} - Forbidden</title></head><body>
<h3>HTTP Error 403.${substatus} - Forbidden</h3><h4>${words}</h4></body></html>`,
})
const wanted = iis(
  7,
  'The page you are attempting to access requires your browser to have a Secure Sockets Layer (SSL) client certificate that the Web server recognizes.',
)
const revoked = iis(13, 'Your client certificate was revoked, or the revocation status could not be determined.')
const untrusted = iis(16, 'Your client certificate is either not trusted or is invalid.')
const outdated = iis(17, 'Your client certificate has expired or is not yet valid.')
const olderIis: Page = {
  status: 403,
  body: '<h1>HTTP Error 403</h1><p>403.7 Forbidden: Client certificate required</p>',
}

const ofIis: Scenario[] = [
  { name: 'IIS: 403.7, never asks, none chosen', server: site(always(wanted), open), ...none },
  { name: 'IIS: 403.7, never asks', server: site(always(wanted), open), ...good },
  { name: 'IIS: 403.7 in its older words, none chosen', server: site(always(olderIis)), ...none },
  { name: 'IIS: let in instead of 403.7', server: site(gate(inside, wanted)), ...good },
  { name: 'IIS: 403.7 though a certificate was sent', server: site(always(wanted)), ...good },
  { name: 'IIS: 403.13', server: site(gate(revoked, wanted)), ...good },
  { name: 'IIS: 403.16, issuer listed', server: site(gate(untrusted, wanted)), ...good },
  { name: 'IIS: 403.16, issuer not listed', server: site(gate(untrusted, wanted)), ...foreign },
  { name: 'IIS: 403.16, no list', server: site(gate(untrusted, wanted), noList), ...good },
  { name: 'IIS: 403.17, expired', server: site(gate(outdated, wanted)), certificate: 'expired' },
  { name: 'IIS: 403.17 of a valid certificate', server: site(gate(outdated, wanted)), ...good },
  {
    name: 'IIS: 403.7 in words alone, never asks, none chosen',
    server: site(always({ ...forbidden, body: 'See 403.7.' }), open),
    ...none,
  },
]

const rbac: Page = {
  status: 403,
  headers: { server: 'envoy', 'content-type': 'text/plain' },
  body: 'RBAC: access denied',
}
const status = (code: number): Page => ({ status: code, body: '' })

const ofProxies: Scenario[] = [
  { name: 'Envoy: RBAC, none chosen', server: site(always(rbac)), ...none },
  { name: 'Envoy: RBAC with the certificate, too', server: site(always(rbac)), ...good },
  { name: 'BIG-IP: to its own login behind the certificate', server: site(gate(redirect('/my.policy'))), ...good },
  {
    name: 'BIG-IP: to its own refusal behind the certificate',
    server: site(gate(redirect('/vdesk/hangup.php3'))),
    ...good,
  },
  { name: '496 for everyone, none chosen', server: site(always(status(496)), open), ...none },
  { name: '495 behind the certificate', server: site(gate(status(495), status(496))), ...good },
  { name: '495 behind the certificate, issuer not listed', server: site(gate(status(495), status(496))), ...foreign },
]

/** As the edge writes it: the number stands in an element of its own. */
const restricted: Page = {
  status: 403,
  headers: cloudflare,
  body: `<!DOCTYPE html><html lang="en-US"><head><title>Access denied | access.latchkey.localhost used Cloudflare to restrict access</title></head>
<body><h1><span data-translate="error">Error</span>
<span>1020</span></h1><h2>Access denied</h2><p>Cloudflare Ray ID: <strong>8c1e0f3a2b1c4d5e</strong></p></body></html>`,
}
const problem: Page = {
  status: 429,
  headers: { ...cloudflare, 'content-type': 'application/problem+json' },
  body: JSON.stringify({
    title: 'Error 1015: You are being rate limited',
    status: 429,
    error_code: 1015,
    ray_id: '8c1e0f3a2b1c4d5e',
    cloudflare_error: true,
  }),
}

const setting = (...cookies: (() => Promise<string>)[]): StartServer =>
  site(
    gate(async (_request, response) => {
      const values = await Promise.all(cookies.map((cookie) => cookie()))
      response.writeHead(200, { ...cloudflare, 'set-cookie': values }).end('Welcome')
    }, accessPage('NONE')),
  )
const attributes = 'Path=/; Secure; HttpOnly; SameSite=None'
const deleted = async () => `CF_Authorization=; Max-Age=0; ${attributes}`
const valid = async () => `CF_Authorization=${await token()}; ${attributes}`
const forged = async () => `CF_Authorization=${await token({ key: 'strange' })}; ${attributes}`

const ofCloudflare: Scenario[] = [
  { name: 'Cloudflare: 1020 as people see it', server: site(always(restricted), open), ...good },
  { name: 'Cloudflare: 1015 as a problem in JSON', server: site(always(problem), open), ...good },
  { name: 'token: a deleted cookie, and then a valid one', server: setting(deleted, valid), ...good },
  { name: 'token: a valid cookie, and then a deleted one', server: setting(valid, deleted), ...good },
  { name: 'token: a valid cookie, and then a forged one', server: setting(valid, forged), ...good },
  { name: 'token: a forged cookie, and then a valid one', server: setting(forged, valid), ...good },
]

const http2 =
  (answer: Parameters<typeof startNodeHttp2>[1]): StartServer =>
  (pki) =>
    startNodeHttp2({ identity: pki.server.usual, clientCa: pki.clientCa, clientAuth: 'optional' }, answer)
/** RFC 9113 §7 */
const codes = { refusedStream: 7, enhanceYourCalm: 11, inadequateSecurity: 12 } as const
const goaway = (code: number): StartServer =>
  http2((request) => {
    request.stream.session?.goaway(code, 0)
  })

const ofHttp2: Scenario[] = [
  { name: 'HTTP/2 alone: ENHANCE_YOUR_CALM', server: goaway(codes.enhanceYourCalm), ...good },
  { name: 'HTTP/2 alone: INADEQUATE_SECURITY', server: goaway(codes.inadequateSecurity), ...good },
  {
    name: 'HTTP/2 alone: REFUSED_STREAM',
    server: http2((request) => request.stream.close(codes.refusedStream)),
    ...good,
  },
]

/** The server looks at the certificate only when the request is there: no wait before it would have been long enough. */
const late =
  (alert: number, changes: { resets?: boolean } = {}): StartServer =>
  (pki) =>
    startTampered({
      identity: pki.server.usual,
      clientCa: pki.clientCa,
      version: 'TLSv1.3',
      alert,
      otherwise: alerts.certificateRequired,
      waitsForRequest: true,
      ...changes,
    })

const lateAlerts: Scenario[] = [
  { name: 'alert bad_certificate behind the request', server: late(alerts.badCertificate), ...good, ...race },
  {
    name: 'alert bad_certificate behind the request, then a reset',
    server: late(alerts.badCertificate, { resets: true }),
    ...good,
    ...race,
  },
  {
    name: 'alert certificate_required behind the request, then a reset, none chosen',
    server: late(alerts.badCertificate, { resets: true }),
    ...none,
    ...race,
  },
].map((scenario) => ({ ...scenario, onOpensslOnly: true }))

export const products: Scenario[] = [...ofIis, ...ofProxies, ...ofCloudflare, ...ofHttp2, ...lateAlerts]
