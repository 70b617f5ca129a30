import { parseAddress } from '#shared/logic/address'
import { nothingListens } from '../../support/ports'
import { type ApacheOptions, startApache } from '../../support/servers/apache'
import { startCaddy } from '../../support/servers/caddy'
import { startGnutls } from '../../support/servers/gnutls'
import { type HaproxyOptions, startHaproxy } from '../../support/servers/haproxy'
import { startLighttpd } from '../../support/servers/lighttpd'
import { type NginxOptions, startNginxSite } from '../../support/servers/nginx'
import { startNodeHttp2 } from '../../support/servers/node'
import type { TlsVersion } from '../../support/servers/server'
import { startStunnel } from '../../support/servers/stunnel'
import { alerts, startTampered } from '../../support/servers/tampered'
import type { ClientName, ScenarioPki } from '../pki'
import type { Scenario, StartServer } from '../scenario'
import { accessPage, always, dated, gate, inside, open, site } from '../sites'
import { behind, nowhere, proxy } from './network'

/** Servers in front of others that do not run, with rules of their own, and closing connections without a word. */

const required = (pki: ScenarioPki) => ({
  identity: pki.server.usual,
  clientAuth: 'required' as const,
  clientCa: pki.clientCa,
})
const optional = (pki: ScenarioPki) => ({ ...required(pki), clientAuth: 'optional' as const })

/** One server, tried with each of these; null is no certificate. */
const each = (
  label: string,
  server: StartServer,
  clients: (ClientName | null)[],
  more: Partial<Scenario> = {},
): Scenario[] =>
  clients.map((certificate) => ({ name: `${label}: ${certificate ?? 'none'}`, server, certificate, ...more }))

const race = { race: true } as const
const good = { certificate: 'good' } as const
const none = { certificate: null } as const

const haproxy =
  (changes: Partial<HaproxyOptions>): StartServer =>
  (pki) =>
    startHaproxy({ ...optional(pki), ...changes })
const apache =
  (changes: Partial<ApacheOptions>): StartServer =>
  (pki) =>
    startApache({ ...required(pki), ...changes })
const nginx =
  (changes: Partial<NginxOptions>): StartServer =>
  (pki) =>
    startNginxSite({ ...optional(pki), depth: 3, ...changes })
const unless = (rule: string) => ({ rules: [`${rule} unless { ssl_c_used }`] })
const tls12: TlsVersion[] = ['TLSv1.2']
const insists = { clientAuth: 'required' } as const
const notGrace = 'http-request deny deny_status 403 unless { ssl_c_s_dn(CN) -m str Grace }'
const closes = 'if ($ssl_client_verify != SUCCESS) { return 444; }'
const noResponder = `http://127.0.0.1:${nothingListens}/`

const inFront: Scenario[] = [
  ...each('haproxy required, nothing behind it', haproxy({ ...insists, behind: 'http' }), [null, 'good']),
  ...each('haproxy passes TCP on, nothing behind it', haproxy({ behind: 'tcp' }), [null, 'good'], race),
  ...each('haproxy passes HTTP/2 on, nothing behind it', haproxy({ behind: 'tcp', http2: true }), [null, 'good'], race),
  ...each(
    'haproxy passes TCP on and insists, nothing behind it',
    haproxy({ ...insists, behind: 'tcp' }),
    [null, 'good'],
    race,
  ),
  ...each(
    'haproxy passes TCP on, TLS 1.2, nothing behind it',
    haproxy({ behind: 'tcp', protocols: tls12 }),
    [null, 'good'],
    race,
  ),
  ...each(
    'haproxy passes TCP on and insists, TLS 1.2, nothing behind it',
    haproxy({ ...insists, behind: 'tcp', protocols: tls12 }),
    [null, 'good'],
    race,
  ),
  ...each(
    'haproxy passes TCP on, never asks, nothing behind it',
    haproxy({ ...open, behind: 'tcp' }),
    [null, 'good'],
    race,
  ),
  ...each(
    'stunnel optional, nothing behind it',
    (pki) => startStunnel({ ...optional(pki), nothingBehind: true }),
    [null, 'good'],
    race,
  ),
  ...each(
    'stunnel required, nothing behind it',
    (pki) => startStunnel({ ...required(pki), nothingBehind: true }),
    [null, 'good'],
    race,
  ),
  ...each(
    'stunnel required, TLS 1.2, nothing behind it',
    (pki) => startStunnel({ ...required(pki), nothingBehind: true, protocols: tls12 }),
    ['good'],
    race,
  ),
  ...each(
    'stunnel, never asks, nothing behind it',
    (pki) => startStunnel({ ...required(pki), ...open, nothingBehind: true }),
    ['good'],
    race,
  ),
]

const rules: Scenario[] = [
  ...each('haproxy falls silent without a certificate', haproxy(unless('http-request silent-drop')), [null, 'good'], {
    timeoutMs: 1_500,
  }),
  ...each('haproxy leads to a login without a certificate', haproxy(unless('http-request redirect location /login')), [
    null,
    'good',
  ]),
  ...each(
    'haproxy answers 401 without a certificate',
    haproxy(unless('http-request return status 401 content-type text/plain string "No"')),
    [null, 'good', 'foreign'],
  ),
  ...each('haproxy wants another name', haproxy({ ...insists, rules: [notGrace] }), ['good', 'otherName']),
  ...each('nginx hangs up without a certificate', nginx({ inLocation: [closes] }), [null, 'good'], race),
  ...each(
    'nginx hangs up without a certificate that it knows',
    nginx({ judgesLater: true, inLocation: [closes] }),
    [null, 'good', 'foreign'],
    race,
  ),
  ...each(
    'nginx hangs up on everyone, and never asks',
    nginx({ ...open, inLocation: ['return 444;'] }),
    ['good'],
    race,
  ),
  ...each('nginx waits for the PROXY protocol', nginx({ listen: 'proxy_protocol' }), [null, 'good']),
  ...each(
    'nginx asks a responder that is not there',
    nginx({ ...insists, lines: ['ssl_ocsp on;', `ssl_ocsp_responder ${noResponder};`] }),
    ['good'],
  ),
  ...each('apache judges later', apache({ clientAuth: 'optional', judgesLater: true }), [
    null,
    'good',
    'foreign',
    'expired',
  ]),
  ...each(
    'apache asks a responder that is not there',
    apache({ lines: ['SSLOCSPEnable on', `SSLOCSPDefaultResponder ${noResponder}`, 'SSLOCSPOverrideResponder on'] }),
    ['good'],
  ),
  ...each(
    'apache wants another name',
    apache({ lines: ['<Location />', `Require expr "%{SSL_CLIENT_S_DN_CN} == 'Grace'"`, '</Location>'] }),
    [null, 'good', 'otherName'],
  ),
  ...each(
    'lighttpd required, denied inside',
    (pki) => startLighttpd({ ...required(pki), lines: ['server.modules += ("mod_access")', 'url.access-deny = ("")'] }),
    ['good'],
  ),
  ...each('lighttpd required, no issuer deep', (pki) => startLighttpd({ ...required(pki), depth: 0 }), ['good']),
  ...each('caddy takes any certificate', (pki) => startCaddy({ ...required(pki), takesAny: true }), [
    null,
    'foreign',
    'expired',
  ]),
  ...each('caddy asks for any certificate', (pki) => startCaddy({ ...optional(pki), takesAny: true }), [
    null,
    'selfSigned',
  ]),
  ...each('gnutls-serv repeats what it is sent', (pki) => startGnutls({ ...required(pki), repeats: true }), [
    null,
    'good',
  ]),
]

const refusing =
  (otherwise: number | null): StartServer =>
  (pki) =>
    startTampered({ identity: pki.server.usual, clientCa: pki.clientCa, version: 'TLSv1.3', alert: null, otherwise })

/** Their server reseals records of this process' own TLS, which holds for OpenSSL's order of messages alone. */
const closing: Scenario[] = [
  { name: 'cut behind either', server: refusing(null), ...good, ...race },
  { name: 'cut behind either, expired', server: refusing(null), certificate: 'expired' as const },
  { name: 'alert internal_error behind no certificate, none chosen', server: refusing(alerts.internalError), ...none },
  { name: 'alert unexpected_message behind no certificate, none chosen', server: refusing(10), ...none },
].map((scenario) => ({ ...scenario, onOpensslOnly: true }))

const connected = 'HTTP/1.1 200 Connection established\r\n'
const proxies: Scenario[] = [
  {
    name: 'proxy: tunnels, and shows a page of its own',
    server: behind(proxy(`${connected}Content-Length: 5\r\n\r\nhello`)),
    ...good,
  },
  {
    name: 'proxy: leads to its login',
    server: behind(proxy('HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\nContent-Length: 0\r\n\r\n')),
    ...good,
  },
  { name: 'proxy: hangs up', server: behind(proxy('')), ...none },
  {
    name: 'proxy: 407 with a line feed alone',
    server: behind(proxy('HTTP/1.1 407 No\nProxy-Authenticate: Basic\n\n')),
    ...none,
  },
  {
    name: 'proxy: 100, and then 407',
    server: behind(proxy('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n')),
    ...none,
  },
  { name: 'proxy: speaks SSH', server: behind(proxy('SSH-2.0-OpenSSH_9.2\r\n')), ...none },
  {
    name: 'proxy: 200 in HTTP/1.0 without a reason, and hangs up',
    server: behind(proxy('HTTP/1.0 200\r\n\r\n')),
    ...none,
  },
  { name: 'proxy: tunnels to nothing in TLS', server: behind(proxy(`${connected}\r\n`)), ...good },
]

const node2 =
  (answer: Parameters<typeof startNodeHttp2>[1], changes: { clientAuth?: 'none' } = {}): StartServer =>
  (pki) =>
    startNodeHttp2({ ...optional(pki), ...changes }, answer)
const http2: Scenario[] = [
  {
    name: 'HTTP/2: 421 for everyone, never asks',
    server: node2((_request, response) => void response.writeHead(421).end(), open),
    ...good,
  },
  {
    name: 'HTTP/2: a page that is reset behind the certificate',
    server: node2((_request, response, { sent }) => {
      response.writeHead(sent ? 200 : 403)
      response.write('You are')
      if (sent) response.stream.close(2)
      else response.end()
    }),
    ...good,
  },
  {
    name: 'HTTP/2: 204 behind the certificate',
    server: node2((_request, response, { sent }) => void response.writeHead(sent ? 204 : 403).end()),
    ...good,
  },
]

/** As a person types it. */
function typed(address: string): string {
  const parsed = parseAddress(address)
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.hostname
}
const as = (name: keyof ScenarioPki['server'], more: { address?: string } = {}) =>
  site(gate(inside), (pki) => ({ identity: pki.server[name], ...more }))
const names: Scenario[] = [
  {
    name: 'name: an IPv6 address, and another in the certificate',
    server: as('ipv4', { address: '::1' }),
    hostname: '::1',
    ...good,
  },
  { name: 'name: an IPv6 address, and nothing listens', server: nowhere, hostname: '::1', ...none },
  {
    name: 'name: an IPv6 address as people type it',
    server: as('ipv6', { address: '::1' }),
    hostname: typed('https://[::1]/'),
    ...good,
  },
  {
    name: 'name: in its international form, and not in the certificate',
    server: as('usual'),
    hostname: typed('b\u00fccher.latchkey.localhost'),
    ...good,
  },
  {
    name: 'name: in capitals, and with a dot at its end',
    server: as('idn'),
    hostname: typed('B\u00dcCHER.latchkey.localhost.'),
    ...good,
  },
  { name: 'name: two levels below a wildcard', server: as('wildcard'), hostname: 'a.b.latchkey.localhost', ...good },
]

const minute = 1 / 1440
const clock: Scenario[] = [
  {
    name: 'clock: not yet valid by Access, valid here, and its date is an hour behind',
    server: site(
      gate(
        dated(accessPage('FAILED:certificate is not yet valid'), -60 * minute),
        dated(accessPage('NONE'), -60 * minute),
      ),
    ),
    ...good,
  },
  {
    name: 'clock: not yet valid by Access, valid here, and its date is four minutes behind',
    server: site(
      gate(
        dated(accessPage('FAILED:certificate is not yet valid'), -4 * minute),
        dated(accessPage('NONE'), -4 * minute),
      ),
    ),
    ...good,
  },
  { name: 'clock: a date a year off, open to everyone', server: site(always(dated(inside, 365)), open), ...good },
]

export const fronts: Scenario[] = [...inFront, ...rules, ...closing, ...proxies, ...http2, ...names, ...clock]
