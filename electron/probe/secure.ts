import type { Socket } from 'node:net'
import { checkServerIdentity, connect, type SecureContext, type TLSSocket } from 'node:tls'
import type { TlsView } from '#shared/model/probe'
import { codeOf } from './dial'
import { type KeyLog, readHandshake } from './handshake'
import { describeServer, holdsKey, judgeChain, type ServerTrust, trustFrom, withPin } from './server-trust'
import { Tap } from './tap'

export interface SecureInput {
  socket: Socket
  hostname: string
  pinnedKey: string | null
  context: SecureContext
  /** Whether the context presents a certificate. */
  presenting: boolean
  /** The server as the attempt before met it; its verdict holds for the same key and for no other. */
  known: TlsView | null
  /** PEM, for the one case in which we judge ourselves. */
  roots: string[]
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
  let agreed: PinnedServer = { version: null, cipher: null, alpn: null, problem: null }
  const tls = connect({
    socket: tap,
    secureContext: input.context,
    // The one place that has to connect to servers whose certificate is not trusted.
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
    ...(isName(input.hostname) ? { servername: input.hostname } : {}),
    checkServerIdentity: (_hostname, certificate) => checkServerIdentity(input.hostname, certificate),
  })
  // `--tls-keylog` in NODE_OPTIONS writes the keys of every connection to a file; here they stay in memory.
  tls.removeAllListeners('keylog')
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
  // The caller may await it late; until then it must not count as unhandled.
  ready.catch(() => undefined)
  return {
    tls,
    ready,
    view: () => viewOf(input, tap, keyLog, ended === null ? null : agreed),
    milliseconds: () => (ended === null ? null : ended - started),
  }
}

const isName = (hostname: string) => !/^[\d.]+$/u.test(hostname) && !hostname.includes(':')

/** Asked for at once: a socket that is gone no longer knows. */
interface PinnedServer {
  version: string | null
  cipher: string | null
  alpn: string | null
  /** The engine's verdict on the server; null when it is trusted. */
  problem: string | null
}

function agreedOn(tls: TLSSocket): PinnedServer {
  return {
    version: tls.getProtocol(),
    cipher: tls.getCipher()?.standardName ?? null,
    alpn: typeof tls.alpnProtocol === 'string' && tls.alpnProtocol !== '' ? tls.alpnProtocol : null,
    problem: tls.authorized ? null : codeOfAuthorization(tls.authorizationError),
  }
}

function viewOf(input: SecureInput, tap: Tap, keyLog: KeyLog, agreed: PinnedServer | null): TlsView {
  const seen = readHandshake(Buffer.concat(tap.fromServer), Buffer.concat(tap.fromClient), keyLog)
  const judged =
    input.known === null ? judge(input, seen.serverChain, agreed) : recognise(input, input.known, seen.serverChain)
  return {
    version: agreed?.version ?? null,
    cipher: agreed?.cipher ?? null,
    alpn: agreed?.alpn ?? null,
    remoteAddress: input.remoteAddress,
    chain: describeServer(seen.serverChain),
    ...withPin(judged, seen.serverChain, input.pinnedKey),
    asked: seen.asked,
    acceptableIssuers: seen.acceptableIssuers,
    sent: input.presenting ? seen.sent : 'no',
  }
}

function judge(input: SecureInput, chain: Uint8Array[], agreed: PinnedServer | null): ServerTrust {
  return agreed === null ? judgeChain(chain, input.hostname, input.roots, input.now) : trustFrom(agreed.problem)
}

/** A different key in the second attempt is legitimate (large sites have several), but it has to be verified again. */
function recognise(input: SecureInput, known: TlsView, chain: Uint8Array[]): ServerTrust {
  const [leaf] = chain
  const same = leaf !== undefined && holdsKey(leaf, known.chain[0]?.keySha256 ?? '')
  if (same) return { trust: known.trust, trustProblem: known.trustProblem }
  return judgeChain(chain, input.hostname, input.roots, input.now)
}

const codeOfAuthorization = (error: unknown) => (typeof error === 'string' ? error : codeOf(error))
