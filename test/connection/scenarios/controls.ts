import { startApache } from '../../support/servers/apache'
import { startHaproxy } from '../../support/servers/haproxy'
import { startNginxSite } from '../../support/servers/nginx'
import { startNodeHttp2 } from '../../support/servers/node'
import { startOpenssl } from '../../support/servers/openssl'
import { startProxy } from '../../support/servers/proxy'
import type { ClientName, ScenarioPki } from '../pki'
import type { Scenario, StartServer } from '../scenario'
import {
  accessLogin,
  accessPage,
  always,
  cloudflare,
  edgeError,
  forbidden,
  gate,
  inside,
  noList,
  open,
  type Page,
  send,
  site,
} from '../sites'
import { token } from '../tokens'

/** What must not be blamed: a certificate that is wrong where it had no part, a server where something stands before it. */

const expired = { certificate: 'expired' } as const
const good = { certificate: 'good' } as const

const letsAnybodyIn = site(gate(inside), noList)
const anybody: ClientName[] = ['expired', 'notYetValid', 'selfSigned', 'foreign', 'forServersOnly', 'rsa1024', 'sha1']
const page = (status: number, title: string): Page => ({ status, body: `<h1>${title}</h1>` })

const blameless: Scenario[] = [
  ...anybody.map((certificate) => ({
    name: `let in by a site that does not look closely: ${certificate}`,
    server: letsAnybodyIn,
    certificate,
  })),
  { name: 'open to everyone, with an expired certificate', server: site(always(inside), open), ...expired },
  {
    name: '403 for everyone, never asks, with an expired certificate',
    server: site(always(forbidden), open),
    ...expired,
  },
  {
    name: '403 for everyone, though it asks, with an expired certificate',
    server: site(always(forbidden), noList),
    ...expired,
  },
  {
    name: '500 for everyone, with an expired certificate',
    server: site(always(page(500, 'Error')), noList),
    ...expired,
  },
  { name: '404 behind an expired certificate', server: site(gate(page(404, 'Not Found')), noList), ...expired },
  {
    name: 'login next with an expired certificate',
    server: site(gate(accessLogin(), accessPage('NONE')), noList),
    ...expired,
  },
  { name: 'edge: 1010, with an expired certificate', server: site(always(edgeError(1010)), noList), ...expired },
  {
    name: 'token: valid, with an expired certificate',
    server: site(
      gate(async (_request, response) => {
        const cookie = `CF_Authorization=${await token()}; Path=/; Secure; HttpOnly`
        send(response, { ...inside, headers: { ...cloudflare, 'set-cookie': cookie } })
      }, accessPage('NONE')),
      noList,
    ),
    ...expired,
  },
  {
    name: 'name: does not exist, with an expired certificate',
    server: letsAnybodyIn,
    hostname: 'nowhere.example.com',
    ...expired,
  },
  {
    name: 'says nothing after the handshake, with an expired certificate',
    server: site(() => undefined, noList),
    timeoutMs: 1_500,
    ...expired,
  },
  {
    name: 'server certificate: expired, and so is ours',
    server: site(always(inside), (pki) => ({ ...open, identity: pki.server.expired })),
    ...expired,
  },
  {
    name: 'proxy: wants a login, with an expired certificate',
    server: async (pki) => {
      const running = await letsAnybodyIn(pki)
      const proxy = await startProxy(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\n\r\n',
      )
      return {
        ...running,
        proxy: { port: proxy.port },
        async stop() {
          await Promise.all([running.stop(), proxy.stop()])
        },
      }
    },
    ...expired,
  },
  {
    name: 's_server: foreign and expired',
    server: (pki) => startOpenssl({ identity: pki.server.usual, clientAuth: 'required', clientCa: pki.clientCa }),
    certificate: 'foreignExpired',
  },
]

type Required = { identity: ScenarioPki['server']['usual']; clientAuth: 'required'; clientCa: string }
const required = (pki: ScenarioPki): Required => ({
  identity: pki.server.usual,
  clientAuth: 'required',
  clientCa: pki.clientCa,
})

/** One server, tried with each of these; null is no certificate. */
const each = (
  label: string,
  server: StartServer,
  clients: (ClientName | null)[],
  more: Partial<Scenario> = {},
): Scenario[] =>
  clients.map((certificate) => ({ name: `${label}: ${certificate ?? 'none'}`, server, certificate, ...more }))

const node2 =
  (answer: Parameters<typeof startNodeHttp2>[1]): StartServer =>
  (pki) =>
    startNodeHttp2({ ...required(pki), clientAuth: 'optional' }, answer)

const http2: Scenario[] = [
  ...each('nginx on, HTTP/2', (pki) => startNginxSite({ ...required(pki), depth: 3, http2: true }), [
    null,
    'good',
    'foreign',
    'expired',
  ]),
  ...each(
    'haproxy required, HTTP/2',
    (pki) => startHaproxy({ ...required(pki), http2: true }),
    [null, 'good', 'foreign', 'expired'],
    {
      race: true,
    },
  ),
  ...each('apache required, HTTP/2', (pki) => startApache({ ...required(pki), http2: true }), [null, 'foreign']),
  {
    name: 'HTTP/2: 403 for everyone',
    server: node2((_request, response) => void response.writeHead(403).end('Forbidden')),
    ...good,
  },
  {
    name: 'HTTP/2: 503 behind the certificate',
    server: node2((_request, response, { sent }) => void response.writeHead(sent ? 503 : 403).end()),
    ...good,
  },
  {
    name: 'HTTP/2: early hints and then the page',
    server: node2((_request, response, { sent }) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' })
      response.writeHead(sent ? 200 : 403).end()
    }),
    ...good,
  },
  {
    name: 'HTTP/2: says nothing',
    server: node2(() => undefined),
    timeoutMs: 1_500,
    ...good,
  },
  {
    name: 'HTTP/2: the stream is reset',
    server: node2((request) => request.stream.close(2)),
    ...good,
  },
  {
    name: 'HTTP/2: sent away without an answer',
    server: node2((request) => {
      request.stream.session?.goaway(0)
      request.stream.session?.destroy()
    }),
    ...good,
  },
]

const crowd = (pki: ScenarioPki) => ({ ...required(pki), clientCa: pki.clientCaInCrowd })
const openssl =
  (...args: string[]): StartServer =>
  (pki) =>
    startOpenssl({ ...required(pki), args })

/** Handshakes that are harder to read. */
const wire: Scenario[] = [
  ...each('nginx on, three hundred issuers', (pki) => startNginxSite({ ...crowd(pki), depth: 3 }), [
    null,
    'good',
    'foreign',
    'namesake',
  ]),
  ...each(
    'haproxy required, three hundred issuers, TLS 1.2',
    (pki) => startHaproxy({ ...crowd(pki), protocols: ['TLSv1.2'] }),
    ['good', 'foreign'],
  ),
  ...each(
    'nginx on, an elaborate issuer',
    (pki) => startNginxSite({ ...required(pki), clientCa: pki.clientCaElaborate, depth: 3 }),
    ['ofElaborateIssuer'],
  ),
  ...each(
    'nginx on, outdated revocation list of an elaborate issuer',
    (pki) =>
      startNginxSite({ ...required(pki), clientCa: pki.clientCaElaborate, depth: 3, crl: pki.crls.expiredOfElaborate }),
    ['ofElaborateIssuer'],
  ),
  ...each('s_server, another group than was offered', openssl('-groups', 'P-384'), ['good', 'foreign']),
  ...each('s_server, ChaCha20', openssl('-ciphersuites', 'TLS_CHACHA20_POLY1305_SHA256'), ['good', 'foreign']),
  ...each('s_server, AES-256', openssl('-ciphersuites', 'TLS_AES_256_GCM_SHA384'), ['good', 'foreign', 'goodP521']),
  ...each('s_server, an RSA certificate', (pki) => startOpenssl({ ...required(pki), identity: pki.server.rsa }), [
    'good',
    'foreign',
  ]),
]

export const controls: Scenario[] = [...blameless, ...http2, ...wire]
