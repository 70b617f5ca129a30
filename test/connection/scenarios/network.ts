import { parseAddress } from '#shared/logic/address'
import { nothingListens } from '../../support/ports'
import { startApache } from '../../support/servers/apache'
import { startHaproxy } from '../../support/servers/haproxy'
import { startNginxSite } from '../../support/servers/nginx'
import { startNodeHttp2, startRaw } from '../../support/servers/node'
import { startOpenssl } from '../../support/servers/openssl'
import { type ConnectAnswer, startProxy } from '../../support/servers/proxy'
import type { TlsVersion } from '../../support/servers/server'
import { type SquidOptions, startSquid } from '../../support/servers/squid'
import { startUnreadable } from '../../support/servers/tampered'
import { type ScenarioPki, usualHostname } from '../pki'
import type { Scenario, StartServer } from '../scenario'
import { always, gate, inside, open, site } from '../sites'

/** Ways to a server, names, proxies, versions of TLS and of HTTP, and the server's own certificate. */

const good = { certificate: 'good' } as const
const none = { certificate: null } as const
const sample = { sample: true } as const

const letsIn = site(gate(inside))

export const nowhere: StartServer = async () => ({ port: nothingListens, rootPem: '', stop: async () => undefined })

const as = (name: keyof ScenarioPki['server'], more: { address?: string } = {}) =>
  site(gate(inside), (pki) => ({ identity: pki.server[name], ...more }))

/** As a person types it. */
function typed(address: string): string {
  const parsed = parseAddress(address)
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.hostname
}

const failing = (code: string) => ({
  resolve: () => Promise.reject(Object.assign(new Error(`getaddrinfo ${code}`), { code })),
})

const names: Scenario[] = [
  {
    name: 'name: in its international form',
    server: as('idn'),
    hostname: typed('XN--Bcher-kva.latchkey.localhost'),
    ...good,
  },
  { name: 'name: with a dot at its end', server: letsIn, hostname: typed('access.latchkey.localhost.'), ...good },
  { name: 'name: below a wildcard', server: as('wildcard'), ...good },
  { name: 'name: an IPv4 address', server: as('ipv4'), hostname: '127.0.0.1', ...good },
  { name: 'name: an IPv6 address', server: as('ipv6', { address: '::1' }), hostname: '::1', ...good },
  {
    name: 'name: of a public site, connected elsewhere',
    server: as('publicName'),
    hostname: 'admin.example.com',
    connectTo: (port) => ({ address: '127.0.0.1', port }),
    ...good,
  },
  {
    name: 'name: two addresses, and nothing listens at the first',
    server: letsIn,
    resolver: {
      resolve: async () => [
        { address: '::1', family: 6 },
        { address: '127.0.0.1', family: 4 },
      ],
    },
    ...good,
  },
  { name: 'name: does not exist', server: letsIn, hostname: 'nowhere.example.com', ...good, ...sample },
  {
    name: 'name: does not exist, and a SOCKS proxy is not used',
    server: letsIn,
    hostname: 'nowhere.example.com',
    unusedProxy: { address: 'socks5://proxy.acme.example:1080', from: 'system' },
    ...good,
    ...sample,
  },
  {
    name: 'let in, and a SOCKS proxy is not used',
    server: letsIn,
    unusedProxy: { address: 'socks5://proxy.acme.example:1080', from: 'environment' },
    ...good,
  },
  { name: 'name: has no address', server: letsIn, resolver: { resolve: async () => [] }, ...none },
  { name: 'name: no name server answers', server: letsIn, resolver: failing('EAI_AGAIN'), ...good, ...sample },
  { name: 'nothing listens', server: nowhere, ...good, ...sample },
  { name: 'nothing listens, none chosen', server: nowhere, ...none },
  {
    name: 'no route',
    server: letsIn,
    // Nobody connects to a group of hosts: Linux refuses whatever routes there are.
    connectTo: (port) => ({ address: '224.0.0.1', port }),
    ...good,
    ...sample,
  },
  {
    name: 'name: refused by nginx',
    server: (pki) =>
      startNginxSite({ identity: pki.server.usual, clientAuth: 'none', lines: ['ssl_reject_handshake on;'] }),
    ...good,
    ...sample,
  },
  {
    name: 'name: refused by haproxy',
    server: (pki) => startHaproxy({ identity: pki.server.otherName, clientAuth: 'none', strictSni: true }),
    ...none,
  },
]

/** A site behind a proxy. */
export const behind =
  (
    startIt: () => Promise<{ port: number; stop(): Promise<void> }>,
    credentials?: { user: string; password: string },
    start = letsIn,
  ): StartServer =>
  async (pki) => {
    const [running, proxy] = await Promise.all([start(pki), startIt()])
    return {
      ...running,
      proxy: { port: proxy.port, ...(credentials === undefined ? {} : { credentials }) },
      async stop() {
        await Promise.all([running.stop(), proxy.stop()])
      },
    }
  }

const squid =
  (options: Partial<SquidOptions> = {}) =>
  () =>
    startSquid({ hostnames: [usualHostname], ...options })
export const proxy = (answer: ConnectAnswer) => () => startProxy(answer)
const login = { user: 'ada', password: 'correct horse' }
const refusesConnections = async () => ({ port: nothingListens, stop: async () => undefined })

const proxies: Scenario[] = [
  { name: 'squid: tunnels', server: behind(squid()), ...good, ...sample },
  { name: 'squid: wants a login', server: behind(squid({ login })), ...good, ...sample },
  { name: 'squid: takes the login', server: behind(squid({ login }), login), ...good },
  {
    name: 'squid: does not take the login',
    server: behind(squid({ login }), { ...login, password: 'wrong' }),
    ...none,
  },
  { name: 'squid: refuses', server: behind(squid({ refuses: true })), ...good, ...sample },
  { name: 'squid: nothing listens at the site', server: behind(squid(), undefined, nowhere), ...good, ...sample },
  { name: 'squid: does not find the name', server: behind(squid({ hostnames: [] })), timeoutMs: 8_000, ...none },
  { name: 'proxy: tunnels', server: behind(proxy(null)), ...good },
  { name: 'proxy: nothing listens there', server: behind(refusesConnections), ...good, ...sample },
  {
    name: 'proxy: 407 for another scheme',
    server: behind(proxy('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: NTLM\r\n\r\n'), login),
    ...good,
  },
  { name: 'proxy: 403', server: behind(proxy('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n')), ...good },
  {
    name: 'proxy: 405',
    server: behind(proxy('HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n')),
    ...none,
  },
  { name: 'proxy: 502', server: behind(proxy('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n')), ...good },
  { name: 'proxy: 504', server: behind(proxy('HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n')), ...good },
]

const pageOf = (name: keyof ScenarioPki['server'], more: { ciphers?: string } = {}) =>
  site(always(inside), (pki) => ({ ...open, identity: pki.server[name], ...more }))
const anyStrength = { ciphers: 'DEFAULT:@SECLEVEL=0' }
const unknownRoot = { rootIs: 'unknown' } as const
const tls12: TlsVersion[] = ['TLSv1.2']

const serverCertificates: Scenario[] = [
  { name: 'server certificate: expired', server: pageOf('expired'), ...good, ...sample },
  { name: 'server certificate: expired, none chosen', server: pageOf('expired'), ...none },
  { name: 'server certificate: of an expired issuer', server: pageOf('ofExpiredIssuer'), ...good },
  { name: 'server certificate: not yet valid', server: pageOf('notYetValid'), ...good, ...sample },
  { name: 'server certificate: incomplete', server: pageOf('incomplete'), ...good, ...sample },
  { name: 'server certificate: for clients only', server: pageOf('forClientsOnly'), ...good, ...sample },
  { name: 'server certificate: for another name', server: pageOf('otherName'), ...good, ...sample },
  { name: 'server certificate: for another name, none chosen', server: pageOf('otherName'), ...none },
  { name: 'server certificate: self-signed', server: pageOf('selfSigned'), ...unknownRoot, ...good, ...sample },
  {
    name: 'server certificate: below a root of its own',
    server: pageOf('usual'),
    ...unknownRoot,
    ...good,
    ...sample,
  },
  {
    name: 'server certificate: below a root of its own, sent along',
    server: pageOf('withRoot'),
    ...unknownRoot,
    ...none,
  },
  {
    name: 'server certificate: below a root of its own, pinned',
    server: letsIn,
    ...unknownRoot,
    pins: 'usual',
    ...good,
  },
  {
    name: 'server certificate: expired, pinned',
    server: site(gate(inside), (pki) => ({ identity: pki.server.expired })),
    pins: 'expired',
    ...good,
  },
  {
    name: 'server certificate: key too small',
    server: pageOf('weakKey', anyStrength),
    onOpensslOnly: true,
    ...good,
    ...sample,
  },
  { name: 'server certificate: signed with SHA-1', server: pageOf('sha1', anyStrength), onOpensslOnly: true, ...good },
  {
    name: 'server certificate: unreadable',
    server: (pki) => startUnreadable({ identity: pki.server.usual }),
    ...good,
    ...sample,
  },
  {
    name: 'server certificate: unreadable, and nothing else sent',
    server: (pki) => startUnreadable({ identity: pki.server.incomplete }),
    ...good,
  },
  {
    name: 'server certificate: unreadable, and nothing else sent, none chosen',
    server: (pki) => startUnreadable({ identity: pki.server.incomplete }),
    ...none,
    ...sample,
  },
  {
    name: 'server certificate: of an inspecting proxy',
    server: pageOf('inspected'),
    ...unknownRoot,
    ...good,
    ...sample,
  },
  {
    name: 'server certificate: below a root of its own, and it insists in TLS 1.2',
    server: (pki) =>
      startOpenssl({ identity: pki.server.usual, clientAuth: 'required', clientCa: pki.clientCa, protocols: tls12 }),
    ...unknownRoot,
    ...good,
  },
  {
    name: 'server certificate: below a root of its own, and nginx insists',
    server: (pki) => startNginxSite({ identity: pki.server.usual, clientAuth: 'required', clientCa: pki.clientCa }),
    ...unknownRoot,
    ...good,
  },
]

/** Asks once it has read the request. */
const late =
  (...protocols: TlsVersion[]): StartServer =>
  (pki) =>
    startApache({
      identity: pki.server.usual,
      clientAuth: 'required',
      clientCa: pki.clientCa,
      inLocation: true,
      protocols,
    })
const renegotiates = late('TLSv1.2')
const asksAfterwards = late('TLSv1.3')

const versions: Scenario[] = [
  {
    name: 'TLS 1.1 alone',
    server: (pki) =>
      startOpenssl({
        identity: pki.server.rsa,
        clientAuth: 'none',
        protocols: ['TLSv1.1'],
        args: ['-cipher', 'DEFAULT:@SECLEVEL=0'],
      }),
    ...good,
    ...sample,
  },
  {
    name: 'TLS 1.0 alone, none chosen',
    server: (pki) =>
      startOpenssl({
        identity: pki.server.rsa,
        clientAuth: 'none',
        protocols: ['TLSv1'],
        args: ['-cipher', 'DEFAULT:@SECLEVEL=0'],
      }),
    ...none,
  },
  {
    name: 'no cipher in common',
    server: (pki) =>
      startOpenssl({
        identity: pki.server.rsa,
        clientAuth: 'none',
        protocols: tls12,
        args: ['-cipher', 'NULL-SHA256:@SECLEVEL=0'],
      }),
    ...good,
    ...sample,
  },
  {
    name: 'no protocol in common',
    server: site(gate(inside), { alpn: ['spdy/3'] }),
    onOpensslOnly: true,
    ...good,
    ...sample,
  },
  {
    name: 'HTTP/2 alone',
    server: (pki) =>
      startNodeHttp2(
        { identity: pki.server.usual, clientAuth: 'optional', clientCa: pki.clientCa },
        (_request, response, { sent }) => {
          response.writeHead(sent ? 200 : 403).end(sent ? 'You are in' : 'Forbidden')
        },
      ),
    ...good,
  },
  {
    name: 'HTTP/2 or HTTP/1.1, apache insists',
    server: (pki) =>
      startApache({ identity: pki.server.usual, clientAuth: 'required', clientCa: pki.clientCa, http2: true }),
    ...good,
  },
  { name: 'renegotiation: good', server: renegotiates, ...good },
  { name: 'renegotiation: expired', server: renegotiates, certificate: 'expired' },
  { name: 'renegotiation: foreign', server: renegotiates, certificate: 'foreign' },
  { name: 'renegotiation: none', server: renegotiates, ...none },
  { name: 'post-handshake authentication: good', server: asksAfterwards, ...good, ...sample },
  { name: 'post-handshake authentication: none', server: asksAfterwards, ...none },
  { name: 'asked late, in either version', server: late('TLSv1.2', 'TLSv1.3'), ...good },
  {
    name: 'the port of a server that hangs up at once',
    server: () => startRaw((socket) => socket.end()),
    ...good,
  },
]

export const network: Scenario[] = [...names, ...proxies, ...serverCertificates, ...versions]
