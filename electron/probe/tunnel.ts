import { isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { ConnectTo } from '#shared/model/host'
import { codeOrMessage } from './error-code'
import type { ProxyServer } from './probe'

export type TunnelAnswer =
  | { kind: 'open'; socket: Socket }
  | { kind: 'answered'; status: number }
  | { kind: 'failed'; code: string }

/** Headers of an answer to CONNECT are a few hundred bytes. */
const MAX_ANSWER_BYTES = 16 * 1024

/** "http://proxy.acme.example:3128": never with name or password. */
export const addressOf = ({ protocol, hostname, port }: ProxyServer): string =>
  `${protocol}://${bracketed(hostname)}:${port}`

const bracketed = (name: string) => (name.includes(':') ? `[${name}]` : name)

/**
 * Asks a proxy for a tunnel (CONNECT, RFC 9110 §9.3.6) to exactly this target. What follows the answer's headers belongs to
 * the tunnel. Basic credentials are sent at once, where there are any; no other scheme is answered. Never rejects.
 */
export async function askForTunnel(socket: Socket, target: ConnectTo, proxy: ProxyServer): Promise<TunnelAnswer> {
  try {
    const way = proxy.protocol === 'https' ? await encrypted(socket, proxy.hostname) : socket
    return await ask(way, target, proxy)
  } catch (error) {
    return { kind: 'failed', code: codeOrMessage(error) }
  }
}

/** A proxy that speaks TLS has to prove who it is, since it may be given a password. */
function encrypted(socket: Socket, hostname: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const tls = connectTls({
      socket,
      host: hostname,
      ...(isIP(hostname) === 0 ? { servername: hostname } : {}),
      rejectUnauthorized: true,
      ALPNProtocols: ['http/1.1'],
    })
    tls.once('secureConnect', () => resolve(tls))
    tls.once('error', reject)
  })
}

function ask(socket: Socket, target: ConnectTo, { credentials }: ProxyServer): Promise<TunnelAnswer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0)
    const end = (finish: () => void) => {
      socket.removeListener('data', onData)
      socket.removeListener('error', onError)
      socket.removeListener('close', onClose)
      finish()
    }
    const onError = (error: unknown) => end(() => reject(error))
    const onClose = () => onError(Object.assign(new Error('The proxy closed the connection.'), { code: 'ECONNRESET' }))
    const onData = (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      const answer = readAnswer(received)
      if (answer === null) {
        if (received.length > MAX_ANSWER_BYTES) onError(new Error('The proxy’s answer is too long.'))
        return
      }
      const { status, rest } = answer
      end(() => {
        if (status < 200 || status > 299) return resolve(status === 0 ? notHttp : { kind: 'answered', status })
        socket.pause()
        if (rest.length > 0) socket.unshift(rest)
        resolve({ kind: 'open', socket })
      })
    }
    socket.on('data', onData)
    socket.once('error', onError)
    socket.once('close', onClose)
    const authority = `${bracketed(target.address)}:${target.port}`
    const basic =
      credentials === null
        ? ''
        : `Proxy-Authorization: Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}\r\n`
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${basic}\r\n`)
  })
}

/**
 * The status of an answer and what follows its headers; null while it is incomplete. Interim answers are passed over (RFC 9110
 * §15.2), and a line feed alone ends a line (RFC 9112 §2.2), as browsers read it. Status 0: not HTTP.
 */
function readAnswer(received: Buffer): { status: number; rest: Buffer } | null {
  let rest = received
  for (;;) {
    const [headers, status] = /^HTTP\/1\.[01] (\d{3})\b.*?\r?\n\r?\n/su.exec(rest.toString('latin1')) ?? []
    if (headers === undefined) return /\n\r?\n/u.test(rest.toString('latin1')) ? { status: 0, rest } : null
    rest = rest.subarray(headers.length)
    if (!/^1(?!01)/u.test(status ?? '')) return { status: Number(status), rest }
  }
}

const notHttp: TunnelAnswer = { kind: 'failed', code: 'The proxy’s answer is not HTTP.' }
