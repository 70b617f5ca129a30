import { startNginxSite } from '../../support/servers/nginx'
import { startTls } from '../../support/servers/node'
import { startOpenssl } from '../../support/servers/openssl'
import { welcome } from '../../support/servers/server'
import type { Scenario, StartServer } from '../scenario'
import {
  type Answer,
  accessLogin,
  accessPage,
  always,
  audience,
  cloudflare,
  forbidden,
  gate,
  inside,
  open,
  type Page,
  redirect,
  send,
  site,
} from '../sites'
import { issuer, secondsFromNow, token } from '../tokens'

/** Answers that look like another one: pages that speak of certificates, redirects that are no entry, sloppy HTTP. */

const good = { certificate: 'good' } as const
const none = { certificate: null } as const
const sample = { sample: true } as const

const to = (location: string) => site(gate(redirect(location)))
const toItself = (change: (name: string, port: string) => string): Answer => {
  return (request, response) => {
    const [name = '', port = ''] = (request.headers.host ?? '').split(':')
    send(response, redirect(change(name, port)))
  }
}

const redirects: Scenario[] = [
  {
    name: 'to another port behind the certificate',
    server: to('https://access.latchkey.localhost:9/'),
    ...good,
    ...sample,
  },
  { name: 'to the usual port behind the certificate', server: to('https://access.latchkey.localhost/'), ...good },
  { name: 'to another protocol behind the certificate', server: to('ftp://access.latchkey.localhost/'), ...good },
  { name: 'to a refusal behind the certificate', server: to('/access-denied'), ...good, ...sample },
  {
    name: 'to the refusal of ASP.NET behind the certificate',
    server: to('/Account/AccessDenied?ReturnUrl=%2F'),
    ...good,
  },
  { name: 'to a refusal for everyone, though it asks', server: site(always(redirect('/no-access'))), ...good },
  { name: 'to a refusal, none chosen, though it asks', server: site(always(redirect('/errors/403.html'))), ...none },
  { name: 'to a refusal, none chosen, never asks', server: site(always(redirect('/forbidden')), open), ...none },
  { name: 'let in instead of a refusal by redirect', server: site(gate(inside, redirect('/denied'))), ...good },
  { name: 'to the login of ASP.NET behind the certificate', server: to('/Account/LogOn?ReturnUrl=%2F'), ...good },
  { name: 'to the login of WordPress behind the certificate', server: to('/wp-login.php?redirect_to=%2F'), ...good },
  {
    name: 'to a login by WS-Federation, none chosen',
    server: site(always(redirect('/adfs/ls/?wa=wsignin1.0')), open),
    ...none,
  },
  { name: 'to a login by CAS behind the certificate', server: to('/cas/login?service=%2F'), ...good },
  {
    name: 'to a login by Keycloak behind the certificate',
    server: to('/realms/main/protocol/openid-connect/auth?client_id=a'),
    ...good,
  },
  { name: 'to another host without its protocol, behind the certificate', server: to('//other.example.com/'), ...good },
  { name: 'to itself by a dot, behind the certificate', server: to('./'), ...good },
  { name: 'to itself by dots in a path, behind the certificate', server: to('/a/../'), ...good },
  { name: 'to itself by a fragment, behind the certificate', server: to('/#top'), ...good },
  {
    name: 'to itself in capitals, behind the certificate',
    server: site(gate(toItself((name, port) => `HTTPS://${name.toUpperCase()}:${port}/`))),
    ...good,
  },
  {
    name: 'to itself with a dot at the end of its name',
    server: site(gate(toItself((name, port) => `https://${name}.:${port}/`))),
    ...good,
  },
  { name: 'to plain HTTP on another host, behind the certificate', server: to('http://other.example.com/'), ...good },
  { name: 'to a page within, with dots in its path', server: to('/a/../home'), ...good },
]

const said = (status: number, body: string): Page => ({ status, headers: { 'content-type': 'text/plain' }, body })
const json = (status: number, body: object): Page => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const words: Scenario[] = [
  {
    name: 'words of nginx’ variable, none chosen, never asks',
    server: site(always(said(403, 'mTLS status: NONE')), open),
    ...none,
    ...sample,
  },
  { name: 'words of nginx’ variable, never asks', server: site(always(said(403, 'mTLS status: NONE')), open), ...good },
  {
    name: 'words of nginx’ variable, refused although verified',
    server: site(gate(said(403, 'mTLS status: SUCCESS'), said(403, 'mTLS status: NONE'))),
    ...good,
  },
  {
    name: 'words of nginx’ variable, expired',
    server: site(gate(said(403, 'mTLS status: FAILED:certificate has expired'), said(403, 'mTLS status: NONE'))),
    certificate: 'expired',
  },
  {
    name: 'words of nginx’ variable, let in',
    server: site(gate(said(200, 'mTLS status: SUCCESS'), said(403, 'mTLS status: NONE'))),
    ...good,
  },
  {
    name: 'an audience in another program’s JSON, none chosen',
    server: site(always(json(401, { error: 'invalid_token', aud: audience })), open),
    ...none,
  },
  {
    name: 'an error code in another program’s words',
    server: site(always(said(403, 'error code: 1020')), open),
    ...none,
  },
  {
    name: 'the firewall’s words from another server',
    server: site(always(said(403, 'Sorry, you have been blocked')), open),
    ...none,
  },
]

const statuses: Scenario[] = [
  { name: '204 behind the certificate', server: site(gate({ status: 204 })), ...good },
  { name: '206 behind the certificate', server: site(gate({ status: 206, body: welcome })), ...good },
  { name: '300 without an address, behind the certificate', server: site(gate({ status: 300 })), ...good },
  { name: '304 behind the certificate', server: site(gate({ status: 304 })), ...good },
  { name: '407 behind the certificate', server: site(gate({ status: 407 })), ...good },
  { name: '451 for everyone, none chosen', server: site(always({ status: 451 }), open), ...none },
  { name: '426 for everyone', server: site(always({ status: 426 }), open), ...good },
  {
    name: '401 with Kerberos, none chosen',
    server: site(always({ status: 401, headers: { 'www-authenticate': 'Negotiate' } }), open),
    ...none,
  },
  {
    name: '401 with Kerberos or a password, none chosen',
    server: site(always({ status: 401, headers: { 'www-authenticate': ['Negotiate', 'Basic realm="x"'] } }), open),
    ...none,
  },
  {
    name: '401 with two schemes in a line, none chosen',
    server: site(always({ status: 401, headers: { 'www-authenticate': 'Bearer, Basic realm="x"' } }), open),
    ...none,
  },
  {
    name: 'an event stream behind the certificate',
    server: site(
      gate((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
      }),
    ),
    ...good,
    timeoutMs: 1_500,
  },
  {
    name: 'a page that is not what its encoding says',
    server: site(gate({ ...inside, headers: { 'content-encoding': 'gzip' } })),
    ...good,
  },
]

const saying =
  (bytes: string): StartServer =>
  (pki) =>
    startTls({ identity: pki.server.usual, clientAuth: 'none' }, (socket) => {
      socket.once('data', () => socket.end(bytes))
    })
const line = 'HTTP/1.1 200 OK\r\n'
const sloppy: Scenario[] = [
  { name: 'HTTP/0.9', server: saying('<html>hi</html>'), ...none },
  { name: 'HTTP/1.0', server: saying('HTTP/1.0 200 OK\r\n\r\nhi'), ...none },
  { name: 'a status without a reason', server: saying('HTTP/1.1 200\r\ncontent-length: 0\r\n\r\n'), ...none },
  { name: 'lines that end in a line feed alone', server: saying('HTTP/1.1 200 OK\ncontent-length: 2\n\nhi'), ...none },
  { name: 'a chunk of no size', server: saying(`${line}transfer-encoding: chunked\r\n\r\nZZ\r\nhi`), ...none },
  {
    name: 'a length and chunks',
    server: saying(`${line}content-length: 9\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`),
    ...none,
  },
  { name: 'two lengths', server: saying(`${line}content-length: 1\r\ncontent-length: 2\r\n\r\nhi`), ...none },
  { name: 'a header without a colon', server: saying(`${line}nonsense\r\n\r\nhi`), ...none },
  { name: 'a header without a name', server: saying(`${line}: nonsense\r\ncontent-length: 2\r\n\r\nhi`), ...none },
  { name: 'a space before the colon', server: saying(`${line}content-length : 2\r\n\r\nhi`), ...none },
  { name: 'a space in the name of a header', server: saying(`${line}non sense: 1\r\n\r\nhi`), ...none },
  { name: 'a folded header', server: saying(`${line}x: a\r\n b\r\n\tc: d\r\ncontent-length: 2\r\n\r\nhi`), ...none },
  { name: 'a folded line behind the status', server: saying(`${line} x: a\r\ncontent-length: 2\r\n\r\nhi`), ...none },
  {
    name: 'a header without a colon, line feeds alone',
    server: saying('HTTP/1.1 200 OK\nnonsense\ncontent-length: 2\n\nhi'),
    ...none,
  },
  {
    name: 'a header without a colon, in a hint and in the answer',
    server: saying(`HTTP/1.1 103 Early Hints\r\nnonsense\r\n\r\n${line}nonsense\r\n\r\nhi`),
    ...none,
  },
  { name: 'no length', server: saying(`${line}\r\nhi`), ...none },
  { name: 'a status line in lower case', server: saying('http/1.1 200 ok\r\ncontent-length: 2\r\n\r\nhi'), ...none },
  { name: 'empty lines before the status', server: saying(`\r\n\r\n${line}content-length: 2\r\n\r\nhi`), ...none },
  { name: 'three letters before the status', server: saying(`abc${line}content-length: 2\r\n\r\nhi`), ...none },
  { name: 'five letters before the status', server: saying(`abcde${line}content-length: 2\r\n\r\nhi`), ...none },
  { name: 'a version of the future', server: saying('HTTP/1.2 200 OK\r\ncontent-length: 2\r\n\r\nhi'), ...none },
  { name: 'a length that is no number', server: saying(`${line}content-length: two\r\n\r\nhi`), ...none },
  {
    name: 'two addresses of a redirect',
    server: saying('HTTP/1.1 302 Found\r\nlocation: /a\r\nlocation: /b\r\n\r\n'),
    ...none,
  },
  {
    name: 'a login by redirect, with a header without a colon',
    server: saying('HTTP/1.1 302 Found\r\nnonsense\r\nlocation: /login\r\n\r\n'),
    ...none,
  },
  { name: 'a header with a control character', server: saying(`${line}x: a\u0001b\r\n\r\nhi`), ...none },
  { name: 'a page before its promised end', server: saying(`${line}content-length: 1000\r\n\r\nhi`), ...none },
  {
    name: 'another protocol from now on',
    server: saying('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ...none,
    ...sample,
  },
  {
    name: 'fifty hints and then the page',
    server: saying(`${'HTTP/1.1 100 Continue\r\n\r\n'.repeat(50)}${line}content-length: 2\r\n\r\nhi`),
    ...none,
  },
  { name: 'SSH inside TLS', server: saying('SSH-2.0-OpenSSH_9.2\r\n'), ...none },
]

const withCookies =
  (page: Page, ...values: (() => Promise<string>)[]): Answer =>
  async (_request, response) => {
    const cookies = await Promise.all(values.map(async (value) => `CF_Authorization=${await value()}`))
    send(response, { ...page, headers: { ...cloudflare, ...page.headers, 'set-cookie': cookies } })
  }
const claiming = (claims: () => Record<string, unknown>) =>
  site(
    gate(
      withCookies(inside, () => token({ claims: claims() })),
      accessPage('NONE'),
    ),
  )

const tokens: Scenario[] = [
  { name: 'token: valid, for two applications', server: claiming(() => ({ aud: ['other', audience] })), ...good },
  { name: 'token: without an audience', server: claiming(() => ({ aud: undefined })), ...good },
  { name: 'token: an issuer with a slash at its end', server: claiming(() => ({ iss: `${issuer}/` })), ...good },
  {
    name: 'token: an issuer without encryption',
    server: claiming(() => ({ iss: issuer.replace('https', 'http') })),
    ...good,
  },
  { name: 'token: expired half a minute ago', server: claiming(() => ({ exp: secondsFromNow(-30) })), ...good },
  {
    name: 'token: valid, with a page that leads on',
    server: site(gate(withCookies(redirect('/home'), token), accessPage('NONE'))),
    ...good,
  },
  {
    name: 'token: valid, with a redirect to a refusal',
    server: site(gate(withCookies(redirect('/forbidden'), token), accessPage('NONE'))),
    ...good,
  },
  {
    name: 'token: valid, where the login is for its application',
    server: site(gate(withCookies(inside, token), accessLogin())),
    ...good,
  },
  {
    name: 'token: for another application than the login',
    server: site(
      gate(
        withCookies(inside, () => token({ claims: { aud: [audience.replace('b', 'c')] } })),
        accessLogin(),
      ),
    ),
    ...good,
  },
  {
    name: 'token: without an audience, where the login names an application',
    server: site(
      gate(
        withCookies(inside, () => token({ claims: { aud: undefined } })),
        accessLogin(),
      ),
    ),
    ...good,
  },
  { name: 'token: without an end', server: claiming(() => ({ exp: undefined })), ...good, ...sample },
]

const nginx =
  (schemes: string, protocols: ('TLSv1.2' | 'TLSv1.3')[]): StartServer =>
  (pki) =>
    startNginxSite({
      identity: pki.server.usual,
      clientAuth: 'required',
      clientCa: pki.clientCa,
      depth: 3,
      protocols,
      lines: [`ssl_conf_command ClientSignatureAlgorithms ${schemes};`],
    })
const p256Alone = nginx('ECDSA+SHA256', ['TLSv1.3'])
const p256In12 = nginx('ECDSA+SHA256', ['TLSv1.2'])
const pssAlone = nginx('RSA-PSS+SHA256:rsa_pss_pss_sha256', ['TLSv1.3'])
const nginx12: StartServer = (pki) =>
  startNginxSite({
    identity: pki.server.usual,
    clientAuth: 'required',
    clientCa: pki.clientCa,
    depth: 3,
    protocols: ['TLSv1.2'],
  })
const s13: StartServer = (pki) =>
  startOpenssl({ identity: pki.server.rsa, clientAuth: 'required', clientCa: pki.clientCa, protocols: ['TLSv1.3'] })
const s12: StartServer = (pki) =>
  startOpenssl({ identity: pki.server.rsa, clientAuth: 'required', clientCa: pki.clientCa, protocols: ['TLSv1.2'] })

const keys: Scenario[] = [
  { name: 'nginx on, P-256 alone, TLS 1.3: good', server: p256Alone, ...good },
  { name: 'nginx on, P-256 alone, TLS 1.3: goodP384', server: p256Alone, certificate: 'goodP384', ...sample },
  { name: 'nginx on, P-256 alone, TLS 1.3: goodP521', server: p256Alone, certificate: 'goodP521' },
  { name: 'nginx on, SHA-256 alone, TLS 1.2: goodP384', server: p256In12, certificate: 'goodP384' },
  { name: 'nginx on, PSS alone: goodRsa', server: pssAlone, certificate: 'goodRsa' },
  { name: 'nginx on, PSS alone: good', server: pssAlone, ...good },
  { name: 's_server, TLS 1.2: ed25519', server: s12, certificate: 'ed25519' },
  { name: 's_server, TLS 1.2: goodP521', server: s12, certificate: 'goodP521', onOpensslOnly: true },
  // BoringSSL offers no P-521, and OpenSSL then takes none in TLS 1.2 (tls12_check_peer_sigalg: SSL_R_WRONG_CURVE).
  {
    name: 's_server, TLS 1.2, from BoringSSL: goodP521',
    server: s12,
    certificate: 'goodP521',
    onBoringOnly: true,
    ...sample,
  },
  { name: 'nginx on, TLS 1.2, from BoringSSL: goodP521', server: nginx12, certificate: 'goodP521', onBoringOnly: true },
  { name: 's_server, TLS 1.2: goodK256', server: s12, certificate: 'goodK256', onOpensslOnly: true },
  { name: 's_server, TLS 1.3: goodK256', server: s13, certificate: 'goodK256', onOpensslOnly: true },
]

/** Another answer to the second of two connections. */
const secondly =
  (first: Page, second: Page): StartServer =>
  (pki) => {
    let count = 0
    return site((_request, response) => {
      count += 1
      send(response, count === 1 ? first : second)
    }, open)(pki)
  }
const changing: Scenario[] = [
  { name: 'refused, and then open, and never asks', server: secondly(forbidden, inside), ...good },
]

export const corners: Scenario[] = [...redirects, ...words, ...statuses, ...sloppy, ...tokens, ...keys, ...changing]
