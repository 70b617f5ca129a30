import type { Socket } from 'node:net'
import { checkServerIdentity, connect, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls'
import { X509Certificate } from 'node:crypto'
import type { TlsView } from '#shared/model/probe'
import { encodePem } from '#electron/pki/containers/pem'
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
      resolve()
    })
    tls.once('error', reject)
    tls.once('close', () => reject(Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' })))
  })
  // The caller may look at it late; until then nobody must call it unhandled.
  ready.catch(() => undefined)
  return { tls, ready, view: () => viewOf(input, tls, tap, keyLog, ended !== null), milliseconds: () => (ended === null ? null : ended - started) }
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

function viewOf(input: SecureInput, tls: TLSSocket, tap: Tap, keyLog: KeyLog, isSecure: boolean): TlsView {
  const seen = readHandshake(Buffer.concat(tap.fromServer), Buffer.concat(tap.fromClient), keyLog)
  const chain = seen.serverChain.length > 0 ? seen.serverChain : peerChain(tls)
  const judged: ServerTrust = isSecure
    ? trustFrom(tls.authorized ? null : codeOfAuthorization(tls.authorizationError))
    : judgeChain(chain, input.hostname, input.roots, input.now)
  return {
    version: isSecure ? tls.getProtocol() : null,
    cipher: isSecure ? (tls.getCipher()?.standardName ?? null) : null,
    alpn: typeof tls.alpnProtocol === 'string' && tls.alpnProtocol !== '' ? tls.alpnProtocol : null,
    remoteAddress: input.remoteAddress,
    chain: describeServer(chain),
    ...withPin(judged, chain, input.pinnedKey),
    asked: seen.asked,
    acceptableIssuers: seen.acceptableIssuers,
    sent: input.identity === null ? 'no' : seen.sent,
  }
}

const codeOfAuthorization = (error: unknown) => (typeof error === 'string' ? error : codeOf(error))

function peerChain(tls: TLSSocket): Uint8Array[] {
  const leaf = tls.getPeerCertificate()
  return Buffer.isBuffer(leaf.raw) ? [new X509Certificate(leaf.raw).raw] : []
}
