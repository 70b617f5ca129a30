import { connect, constants, type IncomingHttpHeaders } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { hostHeader } from '#shared/logic/address'
import type { Header } from '#shared/model/attempt'
import type { Host } from '#shared/model/host'
import { connectionClosed } from './error-code'
import { type Exchange, MAX_HEADER_BYTES, pairs, type Question, requestHeaders } from './exchange'
import { readPage } from './page'

/** One request over HTTP/2 (RFC 9113), with Node's own client over a socket of ours. Redirects are shown, not followed. */
export function exchangeOverHttp2(
  tls: TLSSocket,
  host: Pick<Host, 'hostname' | 'port' | 'path'>,
  { method, headers }: Question = { method: 'GET', headers: {} },
): Promise<Exchange> {
  const started = performance.now()
  if (tls.readableEnded) return Promise.reject(connectionClosed())
  return new Promise((resolve, reject) => {
    const session = connect(`https://${hostHeader(host)}`, {
      createConnection: () => tls,
      settings: { enablePush: false, maxHeaderListSize: MAX_HEADER_BYTES },
      maxSendHeaderBlockLength: MAX_HEADER_BYTES,
    })
    let isAnswered = false
    let isSpoken = false
    session.once('remoteSettings', () => {
      isSpoken = true
    })
    const fail = (error: unknown) => {
      // What ends an answer's page ends no answer.
      if (isAnswered) return
      reject(error)
      session.destroy()
    }
    session.on('error', fail)
    const end = () => (isSpoken ? ended() : connectionClosed())
    session.on('close', () => fail(end()))
    // Node 18 keeps the session open behind a connection that is gone.
    tls.once('end', () => fail(end()))
    tls.once('close', () => fail(end()))
    const stream = session.request({ ':method': method, ':path': host.path, ...requestHeaders, ...headers })
    // A GOAWAY that leaves our request out says that it was not processed; HTTP/1.1 may do better (RFC 9113 §6.8).
    session.on('goaway', (code, lastStream) => {
      if (code !== constants.NGHTTP2_NO_ERROR || (stream.id ?? 1) > lastStream) fail(wantsHttp1())
    })
    const wasRefused = () => stream.rstCode === constants.NGHTTP2_HTTP_1_1_REQUIRED
    stream.on('error', (error) => fail(wasRefused() ? wantsHttp1() : error))
    stream.on('close', () => fail(wasRefused() ? wantsHttp1() : end()))
    stream.on('response', (received, _flags, ...rest: unknown[]) => {
      const firstByte = performance.now() - started
      isAnswered = true
      readPage(stream).then((page) => {
        resolve({
          answer: {
            status: received[':status'] ?? 0,
            statusText: '',
            httpVersion: '2',
            headers: headerPairs(received, rest),
            ...page,
          },
          firstByte,
        })
        session.destroy()
      })
    })
    stream.end()
  })
}

/** Not a code of Node's own. That HTTP/2 was spoken shows that the handshake was accepted. */
export const wantsHttp1Code = 'ERR_HTTP2_HTTP_1_1_WANTED'
const wantsHttp1 = () => Object.assign(new Error('The server wants HTTP/1.1.'), { code: wantsHttp1Code })
/** Ended after HTTP/2 was spoken: whatever it was, the handshake was accepted. */
const ended = () => connectionClosed('ERR_HTTP2_ENDED')

/** In the order in which they came, where Node tells it; pseudo-headers are not headers. */
function headerPairs(received: IncomingHttpHeaders, rest: unknown[]): Header[] {
  const [raw] = rest
  const isRaw = Array.isArray(raw) && raw.every((part) => typeof part === 'string')
  const headers = isRaw ? pairs(raw) : joined(received)
  return headers.filter(({ name }) => !name.startsWith(':'))
}

const joined = (received: IncomingHttpHeaders): Header[] =>
  Object.entries(received).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => ({ name, value: String(one) })),
  )
