import { constants, createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { encodePem } from '#electron/pki/containers/pem'
import { certificatePem } from '#electron/pki/x509/pem'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import type { LabPolicy } from '#shared/model/lab'
import { answerIssue, issuePath } from './issue'
import { loginPage, originPage, pageHeaders, refusalJson, refusalPage } from './pages'
import { type LabPki, labHostname } from './pki'
import { decide } from './policy'
import type { TokenSigner } from './token'
import { type ClientVerdict, verifyClient } from './verify'

export interface LabServerInput {
  pki: LabPki
  tokens: TokenSigner
  clock: Clock
  random: Random
  policy(): LabPolicy
  /** The current CRL of the client issuer, DER. */
  crl(): Uint8Array
  issue(requestDer: Uint8Array): Promise<Uint8Array>
}

/** Serves the Access edge, the application behind it and the team's public keys, on loopback and under one exact name. */
export async function startLabServer(input: LabServerInput): Promise<{ port: number; stop(): Promise<void> }> {
  const { pki } = input
  const server = createServer(
    {
      key: encodePem('PRIVATE KEY', pki.server.pkcs8),
      cert: certificatePem(pki.server.certificate) + certificatePem(pki.serverRoot.certificate),
      ca: [certificatePem(pki.clientIntermediate.certificate), certificatePem(pki.clientRoot.certificate)],
      requestCert: true,
      // As at the edge, a client without a valid certificate still gets a response.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      // A resumed session would be accepted without its certificate (CVE-2025-23419), so every connection needs a full handshake.
      secureOptions: constants.SSL_OP_NO_TICKET,
      ALPNProtocols: ['http/1.1'],
    },
    (request, response) => {
      handle(input, portOf(server), request, response).catch(() => response.destroy())
    },
  )
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return { port: portOf(server), stop: () => stop(server) }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The practice site has no port.')
  return address.port
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

async function handle(
  input: LabServerInput,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const origin = `https://${labHostname}:${port}`
  const isFirst = isFirstOn(request.socket)
  response.setHeader('server', 'latchkey-practice')
  response.setHeader('cf-ray', `${Buffer.from(input.random.bytes(8)).toString('hex')}-LAB`)
  // Any other name would mean that a website resolves its own name to this address (DNS rebinding).
  if (request.headers.host !== `${labHostname}:${port}`) {
    response.writeHead(421).end()
    return
  }
  const path = pathOf(request.url ?? '/')
  if (path === '/cdn-cgi/access/certs')
    return json(response, 200, { ...input.tokens.jwks, public_cert: null, public_certs: [] })
  if (path === issuePath) return answerIssue(request, response, input.issue)
  if (path === '/cdn-cgi/access/login') return html(response, 200, loginPage())
  const verified = verify(input, request)
  const isBypassed = input.policy().action === 'bypass'
  if (request.headers['cf-access-metadata-request'] === 'true' && !isBypassed) return metadata(input, port, response)
  switch (decide(input.policy(), verified)) {
    case 'let-in':
      return letIn(input, { origin, isFirst, verified }, request, response)
    case 'login':
      response
        .writeHead(302, {
          location: `${origin}/cdn-cgi/access/login/${labHostname}?kid=${input.tokens.audience}&redirect_url=%2F`,
        })
        .end()
      return
    case 'refuse':
      return refuse(input, verified, request, response)
  }
}

function verify(input: LabServerInput, request: IncomingMessage): ClientVerdict {
  const { pki, crl, clock } = input
  const certificate = (request.socket as TLSSocket).getPeerCertificate()
  const leaf = Buffer.isBuffer(certificate.raw) ? certificate.raw : null
  const chain = [pki.clientIntermediate.certificate, pki.clientRoot.certificate]
  return verifyClient({ leaf, chain, crl: crl(), now: clock.now() })
}

function refuse(
  input: LabServerInput,
  verified: ClientVerdict,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const facts = { status: 403, audience: input.tokens.audience, rayId: String(response.getHeader('cf-ray')), verified }
  response.setHeader('cf-access-aud', input.tokens.audience)
  if (wantsHtml(request)) html(response, 403, refusalPage(facts))
  else
    response.writeHead(403, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(refusalJson(facts))
}

interface Visit {
  origin: string
  /** Whether this is the first request of its connection. */
  isFirst: boolean
  verified: ClientVerdict
}

async function letIn(
  input: LabServerInput,
  { origin, isFirst, verified }: Visit,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Under Bypass anyone gets here, so a name counts only if it was verified.
  const commonName = verified.status === 'SUCCESS' ? verified.commonName : null
  const isEnforced = input.policy().action !== 'bypass'
  if (isEnforced) {
    const token = await input.tokens.sign(commonName, origin, input.clock.now())
    const session = Buffer.from(input.random.bytes(16)).toString('hex')
    response.setHeader('set-cookie', [
      `CF_Authorization=${token}; Path=/; Secure; HttpOnly; SameSite=None; Max-Age=86400`,
      `CF_AppSession=${session}; Path=/; Secure; HttpOnly; SameSite=None; Max-Age=86400`,
    ])
  }
  const forwarded = {
    ...(isEnforced ? { 'Cf-Access-Jwt-Assertion': 'present' } : {}),
    ...(isFirst ? certificateHeaders(verified) : {}),
  }
  if (wantsHtml(request)) html(response, 200, originPage(commonName, forwarded))
  else json(response, 200, { commonName, headers: forwarded })
}

const seenSockets = new WeakSet<object>()

function isFirstOn(socket: object): boolean {
  const isFirst = !seenSockets.has(socket)
  seenSockets.add(socket)
  return isFirst
}

/** Like Cloudflare, sends the certificate only with the first request of a connection. */
function certificateHeaders({ status, der }: ClientVerdict): Record<string, string> {
  if (status !== 'SUCCESS' || der === null) return {}
  return {
    'Cf-Client-Cert-Der-Base64': Buffer.from(der).toString('base64'),
    'Cf-Client-Cert-Sha256': createHash('sha256').update(der).digest('hex'),
  }
}

async function metadata(input: LabServerInput, port: number, response: ServerResponse): Promise<void> {
  const match = { hostname: labHostname, authDomain: `${labHostname}:${port}`, now: input.clock.now() }
  response.setHeader('cf-access-metadata', await input.tokens.signMatch(match))
  response.writeHead(200).end()
}

/** The path of a request target (RFC 9112 §3.2). Never throws, since a client may send anything. */
const pathOf = (target: string) => /^(?:https?:\/\/[^/?#]*)?([^?#]*)/iu.exec(target)?.[1] ?? ''

const wantsHtml = (request: IncomingMessage) => request.headers.accept?.includes('text/html') ?? false

function html(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, pageHeaders).end(body)
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(body))
}
