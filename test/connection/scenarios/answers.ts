import type { TLSSocket } from 'node:tls'
import { startNode, startRaw, startTls } from '../../support/servers/node'
import { welcome } from '../../support/servers/server'
import type { Scenario, StartServer } from '../scenario'
import { type Answer, always, forbidden, gate, inside, noList, open, type Page, redirect, send, site } from '../sites'

/** What servers answer, how they fail to, and where they send people: nothing of it is Cloudflare's. */

const good = { certificate: 'good' } as const
const none = { certificate: null } as const
const sample = { sample: true } as const
/** For servers that never answer. */
const brief = { timeoutMs: 1_500 }

const silence: Answer = () => undefined

/** TLS without a client's certificate, and then these bytes in answer to the first of the client's. */
const saying =
  (bytes: string | Buffer, then: (socket: TLSSocket) => void = (socket) => socket.end()): StartServer =>
  (pki) =>
    startTls({ identity: pki.server.usual, clientAuth: 'none' }, (socket) => {
      socket.once('data', () => {
        socket.write(bytes)
        then(socket)
      })
    })

const stalling: Scenario[] = [
  {
    name: 'accepts the connection and says nothing',
    server: () => startRaw(() => undefined),
    ...good,
    ...brief,
    ...sample,
  },
  { name: 'says nothing after the handshake', server: site(silence, open), ...none, ...brief, ...sample },
  { name: 'says nothing to a certificate alone', server: site(gate(silence)), ...good, ...brief },
  { name: 'says nothing without a certificate', server: site(gate(inside, silence)), ...good, ...brief },
  {
    name: 'early hints and then nothing',
    server: site(
      gate((_request, response) => {
        response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' })
      }),
    ),
    ...good,
    ...brief,
  },
  {
    name: 'early hints and then the page',
    server: site(
      gate((_request, response) => {
        response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' })
        response.writeProcessing()
        send(response, inside)
      }),
    ),
    ...good,
  },
  {
    name: 'a page that never ends',
    server: site(
      gate((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/plain' }).write(welcome)
      }),
    ),
    ...good,
    ...brief,
  },
  {
    name: 'a page that streams without end',
    server: site(
      gate((_request, response) => {
        response.writeHead(200)
        const more = () => {
          if (!response.destroyed && response.write('x'.repeat(16_384))) setImmediate(more)
          else response.once('drain', more)
        }
        more()
      }),
    ),
    ...good,
  },
  {
    name: 'a page that is reset half-way',
    server: site(
      gate((request, response) => {
        response.writeHead(200, { 'content-length': '100000' }).write(welcome, () => request.socket.destroy())
      }),
    ),
    ...good,
    race: true,
  },
  { name: 'cut without an answer', server: site((request) => request.socket.destroy(), open), ...good, ...sample },
  {
    name: 'reset before the handshake',
    server: () => startRaw((socket) => socket.once('data', () => socket.resetAndDestroy())),
    ...good,
    race: true,
    ...sample,
  },
  {
    name: 'closed before the handshake',
    server: () => startRaw((socket) => socket.once('data', () => socket.end())),
    ...none,
  },
  { name: 'cut in the middle of the status line', server: saying('HTTP/1.1 2'), ...good },
  { name: 'no HTTP inside TLS', server: saying('hello there\r\n\r\n'), ...good, ...sample },
  { name: 'no text inside TLS', server: saying(Buffer.from([0, 1, 2, 3, 250, 251, 252, 0, 0, 0])), ...none },
  {
    name: 'headers of a megabyte',
    server: saying(`HTTP/1.1 200 OK\r\n${`x-filler: ${'x'.repeat(1000)}\r\n`.repeat(1000)}\r\n`),
    ...none,
    ...sample,
  },
  {
    name: 'an answer before the request',
    server: (pki) =>
      startTls({ identity: pki.server.usual, clientAuth: 'optional', clientCa: pki.clientCa }, (socket, { sent }) => {
        const body = sent ? welcome : 'Forbidden'
        const status = sent ? '200 OK' : '403 Forbidden'
        socket.end(`HTTP/1.1 ${status}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`)
      }),
    ...good,
    race: true,
  },
]

const html = (title: string) => `<!doctype html><title>${title}</title><h1>${title}</h1>`
const page = (status: number, title: string, headers: Record<string, string> = {}): Page => ({
  status,
  headers,
  body: html(title),
})
const basic = page(401, 'Unauthorized', { 'www-authenticate': 'Basic realm="site"' })
const digest = page(401, 'Unauthorized', { 'www-authenticate': 'Digest realm="site", nonce="abc", qop="auth"' })
const bearer = page(401, 'Unauthorized', { 'www-authenticate': 'Bearer realm="site"' })

const plain: Scenario[] = [
  { name: 'open to everyone, never asks', server: site(always(inside), open), ...good, ...sample },
  { name: 'open to everyone, none chosen', server: site(always(inside), open), ...none },
  { name: 'open to everyone, though it asks', server: site(always(inside)), ...good },
  { name: 'an empty answer for everyone', server: site(always({ status: 204 }), open), ...good },
  { name: 'let in by a site that asks without a list', server: site(gate(inside), noList), ...good },
  { name: 'let in after a server error', server: site(gate(inside, page(500, 'Error'))), ...good },
  { name: 'let in instead of a page that is not found', server: site(gate(inside, page(404, 'Not Found'))), ...good },
  { name: 'let in instead of a password', server: site(gate(inside, basic)), ...good },
  { name: '403 for everyone, never asks', server: site(always(forbidden), open), ...good, ...sample },
  { name: '403 for everyone, never asks, none chosen', server: site(always(forbidden), open), ...none, ...sample },
  { name: '403 for everyone, though it asks', server: site(always(forbidden)), ...good },
  { name: '403 for everyone, though it asks, none chosen', server: site(always(forbidden)), ...none },
  {
    name: '403 for everyone, in words that mention Cloudflare Access',
    server: site(always({ ...forbidden, body: '<p>Read how Cloudflare Access works with us.</p>' }), open),
    ...good,
  },
  { name: 'a password for everyone, never asks', server: site(always(basic), open), ...good },
  { name: 'a password for everyone, none chosen', server: site(always(basic), open), ...none, ...sample },
  { name: 'a digest for everyone, none chosen', server: site(always(digest), open), ...none },
  { name: 'a password behind the certificate', server: site(gate(basic)), ...good },
  { name: '401 with a bearer scheme, none chosen', server: site(always(bearer), open), ...none, ...sample },
  { name: '401 behind the certificate', server: site(gate(page(401, 'Unauthorized'))), ...good },
  { name: '404 for everyone', server: site(always(page(404, 'Not Found')), open), ...good, ...sample },
  { name: '410 for everyone, none chosen', server: site(always(page(410, 'Gone')), open), ...none },
  { name: '404 behind the certificate', server: site(gate(page(404, 'Not Found'))), ...good },
  { name: '421 for everyone', server: site(always(page(421, 'Misdirected Request')), open), ...good, ...sample },
  { name: '421 behind the certificate', server: site(gate(page(421, 'Misdirected Request'))), ...good },
  { name: '429 for everyone', server: site(always(page(429, 'Too Many Requests')), open), ...good, ...sample },
  { name: '429 behind the certificate', server: site(gate(page(429, 'Too Many Requests'))), ...good },
  { name: '500 for everyone', server: site(always(page(500, 'Internal Server Error')), open), ...none, ...sample },
  { name: '503 for everyone', server: site(always(page(503, 'Service Unavailable')), open), ...good },
  { name: '502 behind the certificate', server: site(gate(page(502, 'Bad Gateway'))), ...good },
  { name: '418 for everyone', server: site(always(page(418, 'I am a teapot')), open), ...none },
  { name: '400 for everyone', server: site(always(page(400, 'Bad Request')), open), ...good },
  { name: '405 behind the certificate', server: site(gate(page(405, 'Method Not Allowed'))), ...good },
  { name: '304 for everyone', server: site(always({ status: 304 }), open), ...none },
  {
    name: '511 for everyone',
    server: site(always(page(511, 'Network Authentication Required')), open),
    ...none,
    ...sample,
  },
]

const microsoft = 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=x&response_type=code'
const okta = 'https://example.okta.com/oauth2/v1/authorize?client_id=x'
const self =
  (scheme: string, path: string): Answer =>
  (request, response) =>
    send(response, redirect(`${scheme}://${request.headers.host}${path}`))

const redirects: Scenario[] = [
  { name: 'to a known login, none chosen', server: site(always(redirect(microsoft)), open), ...none },
  { name: 'to a known login for everyone', server: site(always(redirect(okta))), ...good, ...sample },
  { name: 'to a known login behind the certificate', server: site(gate(redirect(microsoft, 303))), ...good },
  { name: 'to a login of its own', server: site(always(redirect('/login?next=%2F')), open), ...none, ...sample },
  { name: 'to a login of its own behind the certificate', server: site(gate(redirect('/users/sign_in'))), ...good },
  { name: 'to another host, none chosen', server: site(always(redirect('https://www.example.com/')), open), ...none },
  {
    name: 'to another host for everyone',
    server: site(always(redirect('https://www.example.com/', 301))),
    ...good,
    ...sample,
  },
  { name: 'to another host behind the certificate', server: site(gate(redirect('https://www.example.com/'))), ...good },
  { name: 'to plain HTTP', server: site(self('http', '/'), open), ...none, ...sample },
  { name: 'to plain HTTP behind the certificate', server: site(gate(self('http', '/'))), ...good },
  { name: 'to itself', server: site(always(redirect('/')), open), ...none, ...sample },
  { name: 'to itself by its whole address, behind the certificate', server: site(gate(self('https', '/'))), ...good },
  { name: 'within the site for everyone', server: site(always(redirect('/dashboard/')), open), ...none },
  { name: 'within the site behind the certificate', server: site(gate(redirect('/dashboard/', 308))), ...good },
  { name: 'a redirect to nowhere', server: site(always({ status: 302 }), open), ...none },
]

const mysql = Buffer.concat([Buffer.from([0x4a, 0, 0, 0, 0x0a]), Buffer.from('8.0.36\0'), Buffer.alloc(66, 0x41)])
/** A server that speaks first, in clear. */
const greeting =
  (words: string | Buffer): StartServer =>
  () =>
    startRaw((socket) => {
      socket.write(words)
      socket.once('data', () => socket.end())
    })
const answeringHello =
  (words: string | Buffer): StartServer =>
  () =>
    startRaw((socket) => socket.once('data', () => socket.end(words)))

const otherProtocols: Scenario[] = [
  {
    name: 'plain HTTP on the port',
    server: answeringHello('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n'),
    ...good,
    ...sample,
  },
  {
    name: 'plain HTTP on the port, in the words of Apache',
    server: answeringHello(
      '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN"><html><title>400 Bad Request</title></html>',
    ),
    ...none,
  },
  { name: 'SSH on the port', server: greeting('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'), ...good, ...sample },
  { name: 'SMTP on the port', server: greeting('220 mail.example.com ESMTP Postfix\r\n'), ...none },
  { name: 'FTP on the port', server: greeting('220 (vsFTPd 3.0.3)\r\n'), ...good },
  { name: 'IMAP on the port', server: greeting('* OK [CAPABILITY IMAP4rev1 STARTTLS] Dovecot ready.\r\n'), ...none },
  { name: 'POP3 on the port', server: greeting('+OK Dovecot ready.\r\n'), ...none },
  { name: 'MySQL on the port', server: greeting(mysql), ...good },
  { name: 'VNC on the port', server: greeting('RFB 003.008\n'), ...none },
  { name: 'Redis on the port', server: answeringHello("-ERR unknown command '\u0016\u0003\u0001'\r\n"), ...none },
  { name: 'noise on the port', server: answeringHello(Buffer.alloc(64, 0xee)), ...good },
]

const long: Answer = (request, response) =>
  send(response, { status: 200, body: `${'<p>filler</p>'.repeat(20_000)}${request.url}` })

const others: Scenario[] = [
  { name: 'a page of 260 KB', server: site(gate(long)), ...good },
  {
    name: 'a page behind a header of 40 KB',
    server: site(gate({ ...inside, headers: { 'x-long': 'x'.repeat(40_000) } })),
    ...good,
  },
  {
    name: 'a page with a query and a path',
    server: site(gate((request, response) => send(response, request.url === '/a/b?c=d' ? inside : forbidden))),
    path: '/a/b?c=d',
    ...good,
  },
  {
    name: 'a site that closes each connection at once, but answers',
    server: (pki) =>
      startNode(
        { identity: pki.server.usual, clientAuth: 'optional', clientCa: pki.clientCa },
        (request, response, { sent }) => {
          response.shouldKeepAlive = false
          send(response, sent ? inside : forbidden)
          response.once('finish', () => request.socket.end())
        },
      ),
    ...good,
    race: true,
  },
]

export const answers: Scenario[] = [...stalling, ...plain, ...redirects, ...otherProtocols, ...others]
