import type { Socket } from 'node:net'
import { checkServerIdentity, connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls'
import { encodePem } from '#electron/pki/containers/pem'
import type { TlsView } from '#shared/model/probe'
import { codeOf } from './dial'
import { type KeyLog, readHandshake } from './handshake'
import type { ProbeIdentity } from './probe'
import { describeServer, judgeChain, type ServerTrust, trustFrom, withPin } from './server-trust'
import { Tap } from './tap'

export interface SecureInput {
  socket: Socket
  hostname: string
  pinnedKey: string | null
  /** PEM. */
  roots: string[]
  identity: ProbeIdentity | null
  remoteAddress: string
  now: Date
}

export interface SecureSession {
  tls: TLSSocket
  /** Waits for the end of the handshake. Rejects with the engine's error. */
  ready: Promise<void>
  /** What has been seen so far; ask again after the answer, since TLS 1.3 sends our certificate last. */
  view(): TlsView
  milliseconds(): number | null
}

/**
 * TLS over a connected socket: fresh context, no session reuse, HTTP/1.1 by ALPN. The server is never turned away here;
 * `view().trust` says what it is worth, and the caller decides what to show it.
 */
export function secure(input: SecureInput): SecureSession {
  const started = performance.now()
  const tap = new Tap(input.socket)
  const keyLog: KeyLog = []
  let ended: number | null = null
  let agreed: Agreed = { version: null, cipher: null, alpn: null, problem: null }
  const tls = connect({
    socket: tap,
    secureContext: contextFor(input),
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
    ...(isName(input.hostname) ? { servername: input.hostname } : {}),
    checkServerIdentity: (_hostname, certificate) => checkServerIdentity(input.hostname, certificate),
  })
  tls.on('keylog', (line: Buffer) => keyLog.push(line.toString('latin1').trim()))
  const ready = new Promise<void>((resolve, reject) => {
    tls.once('secureConnect', () => {
      ended = performance.now()
      agreed = agreedOn(tls)
      resolve()
    })
    tls.once('error', reject)
    tls.once('close', () => reject(Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' })))
  })
  // The caller may look at it late; until then nobody must call it unhandled.
  ready.catch(() => undefined)
  return {
    tls,
    ready,
    view: () => viewOf(input, tap, keyLog, ended === null ? null : agreed),
    milliseconds: () => (ended === null ? null : ended - started),
  }
}

const isName = (hostname: string) => !/^[\d.]+$/u.test(hostname) && !hostname.includes(':')

function contextFor({ roots, identity }: SecureInput): SecureContext {
  const ours =
    identity?.pkcs8 === null || identity === null
      ? {}
      : {
          cert: identity.certificates.map((der) => encodePem('CERTIFICATE', der)).join(''),
          key: encodePem('PRIVATE KEY', identity.pkcs8),
        }
  return createSecureContext({ ca: roots, ...ours, minVersion: 'TLSv1.2' })
}

/** Asked for at once: a socket that is gone no longer knows. */
interface Agreed {
  version: string | null
  cipher: string | null
  alpn: string | null
  /** The engine's verdict on the server; null when it is trusted. */
  problem: string | null
}

function agreedOn(tls: TLSSocket): Agreed {
  return {
    version: tls.getProtocol(),
    cipher: tls.getCipher()?.standardName ?? null,
    alpn: typeof tls.alpnProtocol === 'string' && tls.alpnProtocol !== '' ? tls.alpnProtocol : null,
    problem: tls.authorized ? null : codeOfAuthorization(tls.authorizationError),
  }
}

function viewOf(input: SecureInput, tap: Tap, keyLog: KeyLog, agreed: Agreed | null): TlsView {
  const seen = readHandshake(Buffer.concat(tap.fromServer), Buffer.concat(tap.fromClient), keyLog)
  const judged: ServerTrust =
    agreed === null ? judgeChain(seen.serverChain, input.hostname, input.roots, input.now) : trustFrom(agreed.problem)
  return {
    version: agreed?.version ?? null,
    cipher: agreed?.cipher ?? null,
    alpn: agreed?.alpn ?? null,
    remoteAddress: input.remoteAddress,
    chain: describeServer(seen.serverChain),
    ...withPin(judged, seen.serverChain, input.pinnedKey),
    asked: seen.asked,
    acceptableIssuers: seen.acceptableIssuers,
    sent: input.identity === null ? 'no' : seen.sent,
  }
}

const codeOfAuthorization = (error: unknown) => (typeof error === 'string' ? error : codeOf(error))
