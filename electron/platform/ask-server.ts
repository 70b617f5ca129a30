import { request as httpRequest } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import type { Socket } from 'node:net'
import { connect } from 'node:tls'
import { AppError } from '#shared/errors'
import { throwIfCancelled } from './cancelled'

interface ServerQuestion {
  /** `https:`, or `http:` where the caller allows it. Without a user name; a fragment is not sent. */
  url: URL
  /** Where it is neither POST with a body nor GET without one. */
  method?: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT' | undefined
  /** Beside those that the question itself needs. */
  headers?: Readonly<Record<string, string>> | undefined
  /** Sent with POST; without a body it is a GET. */
  body?: { type: string; bytes: Uint8Array } | undefined
  /** A longer answer is given up. */
  maxBytes: number
  /** For everything together, in milliseconds. */
  timeoutMs: number
  /** The only roots to believe (PEM); otherwise those of Node. */
  ca?: string | undefined
  /** Another address for the connection. The name in the URL is still the one that the server has to prove. */
  connectTo?: { address: string; port: number } | undefined
  /** A connection that is open already, through a proxy; the question's TLS goes over it, and it ends with the question. */
  socket?: Socket | undefined
  /** Ends the connection; the promise then rejects with `cancelled`. */
  signal?: AbortSignal | undefined
}

export interface ServerAnswer {
  status: number
  /** As sent, or ''. */
  contentType: string
  /** `Retry-After` (RFC 9110 §10.2.3) as sent, or ''. */
  retryAfter: string
  bytes: Buffer
}

/** Instead of an answer that is longer than the question allows. */
export class AnswerTooLarge extends Error {
  constructor() {
    super('The response is too large.')
    this.name = 'AnswerTooLarge'
  }
}

export type AskServer = (question: ServerQuestion) => Promise<ServerAnswer>

/**
 * One request on a connection of its own, to a server that has to prove its name. What the environment says about that
 * (`NODE_TLS_REJECT_UNAUTHORIZED`, `--tls-min-v1.0`, `--tls-keylog`) does not count, which is why nothing here goes through
 * `fetch`. Redirects are answers like any other. Rejects with the reason in words.
 */
export const askServer: AskServer = ({
  url,
  method,
  headers,
  body,
  maxBytes,
  timeoutMs,
  ca,
  connectTo,
  socket: tunnel,
  signal,
}) =>
  new Promise((resolve, reject) => {
    throwIfCancelled(signal)
    const options: RequestOptions = {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      agent: false,
      headers: {
        ...headers,
        host: url.host,
        ...(body === undefined ? {} : { 'content-type': body.type, 'content-length': body.bytes.byteLength }),
      },
      ...(connectTo === undefined
        ? {}
        : { hostname: connectTo.address, port: connectTo.port, servername: url.hostname }),
      ...(ca === undefined ? {} : { ca }),
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
    }
    if (tunnel !== undefined) {
      // An agent would make a connection of its own.
      options.agent = undefined
      options.createConnection = () =>
        connect({
          socket: tunnel,
          servername: url.hostname,
          rejectUnauthorized: true,
          minVersion: 'TLSv1.2',
          ...(ca === undefined ? {} : { ca }),
        })
    }
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const request = send(url, options, (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        size += chunk.byteLength
        if (size > maxBytes) request.destroy(new AnswerTooLarge())
        else chunks.push(chunk)
      })
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          retryAfter: response.headers['retry-after'] ?? '',
          bytes: Buffer.concat(chunks),
        }),
      )
      response.on('error', reject)
    })
    const timer = setTimeout(() => request.destroy(new Error('The server did not respond in time.')), timeoutMs)
    const cancel = () => request.destroy(new AppError('cancelled'))
    signal?.addEventListener('abort', cancel, { once: true })
    // `--tls-keylog` in NODE_OPTIONS listens on every connection.
    request.on('socket', (socket) => socket.removeAllListeners('keylog'))
    request.on('error', reject)
    request.on('close', () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
      reject(new Error('The connection was closed.'))
    })
    request.end(body?.bytes)
  })
