import { type IncomingMessage, request } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { hostHeader } from '#shared/logic/address'
import type { Header } from '#shared/model/attempt'
import type { Host } from '#shared/model/host'
import type { RawAnswer } from './answer'
import { connectionClosed } from './error-code'
import { LenientSocket } from './lenient-socket'
import { readPage } from './page'

/** Sites behind a login set large cookies; Node's own limit is 16 KiB. */
export const MAX_HEADER_BYTES = 128 * 1024

/** Sent with every request, over every version of HTTP. */
export const requestHeaders = {
  'user-agent': 'Latchkey/0.1',
  accept: 'text/html,application/xhtml+xml;q=0.9,application/json;q=0.8,*/*;q=0.7',
  'accept-encoding': 'identity',
}

export interface Exchange {
  answer: RawAnswer
  /** Milliseconds from sending the request to the first byte of the answer. */
  firstByte: number
}

export interface Question {
  method: 'GET' | 'HEAD'
  headers: Record<string, string>
}

/**
 * One request with Node's own HTTP parser over a socket of ours. Redirects are shown, not followed. The parser is lenient, as
 * browsers are: nothing comes after this answer on its connection, so there is nothing to smuggle (RFC 9112 §11.2).
 */
export function exchange(
  tls: TLSSocket,
  host: Pick<Host, 'hostname' | 'port' | 'path'>,
  { method, headers }: Question = { method: 'GET', headers: {} },
): Promise<Exchange> {
  const started = performance.now()
  // Whoever comes after the end is not told of it, and Node 18 does not close the connection by itself.
  if (tls.readableEnded) return Promise.reject(connectionClosed())
  return new Promise((resolve, reject) => {
    const sent = request({
      createConnection: () => new LenientSocket(tls, MAX_HEADER_BYTES),
      maxHeaderSize: MAX_HEADER_BYTES,
      insecureHTTPParser: true,
      method,
      path: host.path,
      headers: {
        host: hostHeader(host),
        ...requestHeaders,
        connection: 'close',
        ...headers,
      },
    })
    let isAnswered = false
    const onAnswer = (response: IncomingMessage) => {
      isAnswered = true
      const firstByte = performance.now() - started
      // From here on there is an answer, whatever becomes of its page.
      readPage(response).then(({ body, bodyTruncated, bodyEnd }) => {
        const answer: RawAnswer = {
          status: response.statusCode ?? 0,
          statusText: response.statusMessage ?? '',
          httpVersion: response.httpVersion,
          headers: pairs(response.rawHeaders),
          body,
          bodyTruncated,
          bodyEnd,
        }
        resolve({ answer, firstByte })
        tls.destroy()
      })
    }
    sent.on('response', onAnswer)
    // 101 leaves HTTP and has no page. Without a listener, Node drops the connection and reports nothing.
    sent.on('upgrade', (response) => {
      onAnswer(response)
      response.destroy()
    })
    sent.on('close', () => {
      if (!isAnswered) reject(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))
    })
    sent.on('error', (error) => {
      // What ends an answer's page ends no answer.
      if (!isAnswered) reject(error)
    })
    sent.end()
  })
}

/** Names and values as Node hands them over: in turn, in one list. */
export function pairs(raw: string[]): Header[] {
  const headers: Header[] = []
  for (let index = 0; index + 1 < raw.length; index += 2) {
    headers.push({ name: (raw[index] ?? '').toLowerCase(), value: raw[index + 1] ?? '' })
  }
  return headers
}
