import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import type { LabPolicy } from '#shared/model/lab'
import type { Gate, GateState } from './gate'
import { answerIssue, issuePath } from './issue'
import { loginPage, originPage, pageHeaders, refusalJson, refusalPage } from './pages'
import { type LabPki, labHostname } from './pki'
import { decide } from './policy'
import type { Reply, Scenario } from './scenarios/scenario'
import type { TokenSigner } from './token'
import { type ClientVerdict, verifyClient } from './verify'

export interface EdgeInput {
  pki: LabPki
  tokens: TokenSigner
  clock: Clock
  random: Random
  policy(): LabPolicy
  /** Decides in place of the policy. */
  gate: Gate
  /** The current CRL of the client issuer, DER. */
  crl(): Uint8Array
  issue(requestDer: Uint8Array): Promise<Uint8Array>
  /** What is broken. */
  scenario: Scenario
}

/** The site's port, and the one where requests are signed whatever is broken at the site. */
export interface Places {
  port: number
  issuePort: number
}

/** One request, answered as Access and the application behind it would. */
export async function handle(
  input: EdgeInput,
  { port, issuePort }: Places,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { scenario, tokens } = input
  const origin = `https://${labHostname}:${port}`
  const isFirst = isFirstOn(request.socket)
  const isIssuing = request.socket.localPort === issuePort
  response.setHeader('server', 'latchkey-practice')
  response.setHeader('cf-ray', `${Buffer.from(input.random.bytes(8)).toString('hex')}-LAB`)
  if (scenario.clockShiftMs !== undefined)
    response.setHeader('date', new Date(input.clock.now().getTime() + scenario.clockShiftMs).toUTCString())
  // Any other name would mean that a website resolves its own name to this address (DNS rebinding).
  if (request.headers.host !== `${labHostname}:${isIssuing ? issuePort : port}`) {
    response.writeHead(421).end()
    return
  }
  const path = pathOf(request.url ?? '/')
  if (path === issuePath) return answerIssue(request, response, input.issue)
  if (isIssuing) {
    response.writeHead(404).end()
    return
  }
  if (path === '/cdn-cgi/access/certs')
    return json(response, 200, { ...tokens.jwks, public_cert: null, public_certs: [] })
  if (path === '/cdn-cgi/access/login') return html(response, 200, loginPage())
  const gate = scenario.policy === undefined ? await input.gate() : null
  const verified = verify(input, gate, request)
  if (scenario.everyone !== undefined) return send(scenario.everyone(verified.der !== null), response)
  const decision = gate === null ? decide(scenario.policy ?? input.policy(), verified) : gate.decide(path, verified)
  const isBypassed = decision === 'open'
  if (request.headers['cf-access-metadata-request'] === 'true' && !isBypassed) return metadata(input, port, response)
  switch (scenario.isOpen === true ? 'let-in' : decision) {
    case 'let-in':
    case 'open':
      if (scenario.inside !== undefined) return send(scenario.inside, response)
      return letIn(
        input,
        { origin, isFirst: isFirst && gate?.forwards !== false, verified, isBypassed },
        request,
        response,
      )
    case 'login':
      response
        .writeHead(302, {
          location: `${origin}/cdn-cgi/access/login/${labHostname}?kid=${tokens.audience}&redirect_url=%2F`,
        })
        .end()
      return
    case 'refuse':
      return refuse(input, verified, request, response)
  }
}

function send(reply: Reply, response: ServerResponse): void {
  if (reply === 'nothing') return
  if (reply === 'cut') return void response.socket?.destroy()
  if ('bytes' in reply) return void response.socket?.end(reply.bytes)
  const { status, headers = {}, body = '' } = reply
  response.writeHead(status, { ...pageHeaders, ...headers }).end(body)
}

function verify(input: EdgeInput, gate: GateState | null, request: IncomingMessage): ClientVerdict {
  const { pki, crl, clock, scenario } = input
  const certificate = (request.socket as TLSSocket).getPeerCertificate()
  const leaf = Buffer.isBuffer(certificate.raw) ? certificate.raw : null
  const own = [pki.clientIntermediate.certificate, pki.clientRoot.certificate]
  const verified = verifyClient({
    leaf,
    chain: gate?.cas ?? own,
    crl: gate === null ? crl() : null,
    now: clock.now(),
  })
  return scenario.failure === undefined || verified.status !== 'SUCCESS'
    ? verified
    : { ...verified, status: `FAILED:${scenario.failure}` }
}

function refuse(input: EdgeInput, verified: ClientVerdict, request: IncomingMessage, response: ServerResponse): void {
  const facts = { status: 403, audience: input.tokens.audience, rayId: String(response.getHeader('cf-ray')), verified }
  response.setHeader('cf-access-aud', input.tokens.audience)
  if (wantsHtml(request)) html(response, 403, refusalPage(facts))
  else
    response.writeHead(403, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(refusalJson(facts))
}

interface Visit {
  origin: string
  /** Whether the certificate is sent on: only with the first request of a connection. */
  isFirst: boolean
  verified: ClientVerdict
  isBypassed: boolean
}

async function letIn(
  input: EdgeInput,
  { origin, isFirst, verified, isBypassed }: Visit,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Under Bypass anyone gets here, so a name counts only if it was verified.
  const commonName = verified.status === 'SUCCESS' ? verified.commonName : null
  if (!isBypassed) {
    const token = await input.tokens.sign(commonName, origin, input.clock.now(), input.scenario.tokenFault)
    const session = Buffer.from(input.random.bytes(16)).toString('hex')
    response.setHeader('set-cookie', [
      `CF_Authorization=${token}; Path=/; Secure; HttpOnly; SameSite=None; Max-Age=86400`,
      `CF_AppSession=${session}; Path=/; Secure; HttpOnly; SameSite=None; Max-Age=86400`,
    ])
  }
  const forwarded = {
    ...(!isBypassed ? { 'Cf-Access-Jwt-Assertion': 'present' } : {}),
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

async function metadata(input: EdgeInput, port: number, response: ServerResponse): Promise<void> {
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
