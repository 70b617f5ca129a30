import { request } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { hostHeader } from '#shared/logic/address'
import type { Host } from '#shared/model/host'
import type { Header } from '#shared/model/probe'
import type { RawAnswer } from './answer'

/** What is read of a page; more would only cost time. */
const MAX_BODY_BYTES = 64 * 1024
/** Sites behind a login set large cookies; Node's own limit is 16 KiB. */
const MAX_HEADER_BYTES = 128 * 1024

export interface Exchange {
  answer: RawAnswer
  /** Milliseconds from sending the request to the first byte of the answer. */
  firstByte: number
}

interface Question {
  method: 'GET' | 'HEAD'
  headers: Record<string, string>
}

/** One request with Node's own HTTP parser over a socket of ours. Redirects are shown, not followed. */
export function exchange(
  tls: TLSSocket,
  host: Pick<Host, 'hostname' | 'port' | 'path'>,
  { method, headers }: Question = { method: 'GET', headers: {} },
): Promise<Exchange> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request({
      createConnection: () => tls,
      maxHeaderSize: MAX_HEADER_BYTES,
      method,
      path: host.path,
      headers: {
        host: hostHeader(host),
        'user-agent': 'Latchkey/0.1',
        accept: 'text/html,application/xhtml+xml;q=0.9,application/json;q=0.8,*/*;q=0.7',
        'accept-encoding': 'identity',
        connection: 'close',
        ...headers,
      },
    })
    sent.on('response', (response) => {
      const firstByte = performance.now() - started
      const chunks: Buffer[] = []
      let size = 0
      let isOver = false
      const finish = () => {
        if (isOver) return
        isOver = true
        const answer: RawAnswer = {
          status: response.statusCode ?? 0,
          statusText: response.statusMessage ?? '',
          headers: pairs(response.rawHeaders),
          body: Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString('utf8'),
          bodyTruncated: size > MAX_BODY_BYTES,
        }
        resolve({ answer, firstByte })
        tls.destroy()
      }
      response.on('data', (chunk: Buffer) => {
        size += chunk.length
        chunks.push(chunk)
        if (size > MAX_BODY_BYTES) finish()
      })
      response.on('end', finish)
      // Cut off in the middle of a page: what came is still an answer.
      response.on('error', finish)
      response.on('close', finish)
    })
    sent.on('error', reject)
    sent.end()
  })
}

function pairs(raw: string[]): Header[] {
  const headers: Header[] = []
  for (let index = 0; index + 1 < raw.length; index += 2) {
    headers.push({ name: (raw[index] ?? '').toLowerCase(), value: raw[index + 1] ?? '' })
  }
  return headers
}
