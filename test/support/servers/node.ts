import type { IncomingMessage, ServerResponse } from 'node:http'
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import { createServer as createHttpsServer } from 'node:https'
import { createServer as createNetServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls'
import { listen } from '../ports'
import { bothVersions, type RunningServer, type ServerOptions } from './server'

export interface NodeOptions extends ServerOptions {
  /** Asks without saying whose certificates it takes. */
  withoutList?: boolean
  alpn?: string[]
  address?: string
  /** OpenSSL's list of ciphers, with its security level. */
  ciphers?: string
}

/** What a server of Node's knows of the one who asks. */
export interface Client {
  sent: boolean
  /** Issued by one of `clientCa`, and valid. */
  verified: boolean
}

type Answer<Request, Response> = (request: Request, response: Response, client: Client) => void

/** Any answer that HTTP/1.1 can carry. With `required`, Node cuts the connection without a word. */
export function startNode(
  options: NodeOptions,
  answer: Answer<IncomingMessage, ServerResponse>,
): Promise<RunningServer> {
  const server = createHttpsServer(tlsOptions(options), (request, response) =>
    answer(request, response, clientOf(request.socket as TLSSocket)),
  )
  return running(server, options)
}

/** HTTP/2 alone: no other protocol is agreed to. */
export function startNodeHttp2(
  options: NodeOptions,
  answer: Answer<Http2ServerRequest, Http2ServerResponse>,
): Promise<RunningServer> {
  const server = createSecureServer(tlsOptions(options), (request, response) =>
    answer(request, response, clientOf(request.stream.session?.socket as TLSSocket)),
  )
  return running(server, options)
}

/** TLS with anything inside. */
export function startTls(
  options: NodeOptions,
  connected: (socket: TLSSocket, client: Client) => void,
): Promise<RunningServer> {
  const server = createTlsServer(tlsOptions(options), (socket) => connected(socket, clientOf(socket)))
  return running(server, options)
}

/** No TLS at all: whatever is sent is sent in clear. */
export function startRaw(connected: (socket: Socket) => void): Promise<RunningServer> {
  return running(createNetServer(connected), { identity: { root: '' } })
}

async function running(
  server: Server,
  { identity, address }: Pick<NodeOptions, 'address'> & { identity: Pick<ServerOptions['identity'], 'root'> },
): Promise<RunningServer> {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => open.delete(socket))
  })
  // A handshake that fails is what some scenarios are about.
  server.on('tlsClientError', (_error, socket: Socket) => socket.destroy())
  server.on('secureConnection', (socket: Socket) => socket.on('error', () => undefined))
  const port = await listen(server, address)
  return {
    port,
    rootPem: identity.root,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

function tlsOptions(options: NodeOptions): TlsOptions {
  const { identity, clientAuth, clientCa, crl, protocols = bothVersions, withoutList = false, alpn, ciphers } = options
  return {
    cert: identity.chain,
    key: identity.key,
    minVersion: protocols[0] ?? 'TLSv1.2',
    maxVersion: protocols.at(-1) ?? 'TLSv1.3',
    requestCert: clientAuth !== 'none',
    rejectUnauthorized: clientAuth === 'required',
    ...(clientAuth === 'none' || withoutList || clientCa === undefined ? {} : { ca: blocksOf(clientCa) }),
    ...(crl === undefined ? {} : { crl: blocksOf(crl) }),
    ...(alpn === undefined ? {} : { ALPNProtocols: alpn }),
    ...(ciphers === undefined ? {} : { ciphers }),
  }
}

/** Node reads the first block of each text. */
const blocksOf = (pem: string): string[] => pem.match(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/gu) ?? []

function clientOf(socket: TLSSocket): Client {
  const certificate: { raw?: unknown } = socket.getPeerCertificate()
  return { sent: Buffer.isBuffer(certificate.raw), verified: socket.authorized }
}
