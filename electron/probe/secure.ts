import type { Socket } from 'node:net'
import { checkServerIdentity, connect, type SecureContext, type TLSSocket } from 'node:tls'
import { neutralise } from '#shared/logic/neutralise'
import type { AlertName, TlsView } from '#shared/model/attempt'
import { alertIn } from './alerts'
import { whenTimeIsUp } from './deadline'
import { codeOrMessage, connectionClosed } from './error-code'
import { type KeyLog, readAlert, readHandshake, readTicket, type SeenHandshake } from './handshake'
import { contentTypes } from './records'
import { rootOriginOf } from './root-origin'
import type { RootList } from './roots'
import { describeServer, hasWeakSignature, haveSameKey, judgeChain, type ServerTrust, withPin } from './server-trust'
import { Tap } from './tap'

/** What a server is worth, and the certificate that showed it: enough to decide what it may be shown. */
export interface MetServer extends ServerTrust {
  /** DER; null where none came. */
  leaf: Buffer | null
}

export interface SecureInput {
  socket: Socket
  hostname: string
  pinnedKey: string | null
  context: SecureContext
  /** Whether the context presents a certificate. */
  presenting: boolean
  /** The server as the attempt before met it; its verdict holds for the same key and for no other. */
  known: MetServer | null
  /** PEM, for what the engine does not judge. */
  roots: string[]
  /** The same by origin. */
  rootLists(): RootList[]
  /** In the order of preference, for ALPN (RFC 7301). */
  protocols: ('h2' | 'http/1.1')[]
  remoteAddress: string
  now: Date
}

export interface SecureSession {
  tls: TLSSocket
  /** Waits for the end of the handshake. Rejects with the engine's error. */
  ready: Promise<void>
  met(): MetServer
  /**
   * Waits, after the handshake, for what the server makes of our certificate. In TLS 1.3 it decides after we believe to be
   * done, and a request that is written meanwhile destroys the alert that is on its way (RFC 8446 §4.4.2, §6). Servers that
   * accept it send a session ticket. Rejects with the engine's error.
   */
  accepted(limitMs: number): Promise<void>
  /** Whether a session ticket shows that the server accepted our part of the handshake (TLS 1.3). */
  hasTicket(): boolean
  /** What has been seen; `error` is the engine's, where there was one. */
  view(error?: unknown): TlsView
  /** The first bytes from the server, where they are no TLS, as text; null where they are, or where none came. */
  firstBytes(): string | null
  milliseconds(): number | null
}

/**
 * TLS over a connected socket: fresh context, no session reuse. The server is never turned away here; `met().trust` says
 * what it is worth, and the caller decides what to show it.
 */
export function secure(input: SecureInput): SecureSession {
  const started = performance.now()
  const tap = new Tap(input.socket)
  const keyLog: KeyLog = []
  let ended: number | null = null
  let agreed: Agreed = { version: null, cipher: null, alpn: null, problem: null }
  let met: MetServer | null = null
  const tls = connect({
    socket: tap,
    secureContext: input.context,
    // The one place that has to connect to servers whose certificate is not trusted.
    rejectUnauthorized: false,
    ALPNProtocols: input.protocols,
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
    tls.once('close', () => {
      if (ended === null) reject(connectionClosed())
    })
  })
  // The caller may await it late; until then it must not count as unhandled.
  ready.catch(() => undefined)
  let final: SeenHandshake | null = null
  /** In TLS 1.3 nothing of a handshake changes once our own part has been read; in TLS 1.2 a second one may follow. */
  const seen = (): SeenHandshake => {
    if (final !== null) return final
    // Our own part only says whether the certificate went out, and is not read where there is none.
    const ours = input.presenting ? Buffer.concat(tap.fromClient) : Buffer.alloc(0)
    const handshake = readHandshake(Buffer.concat(tap.fromServer), ours, keyLog)
    if (agreed.version === 'TLSv1.3' && (!input.presenting || handshake.sent !== 'unknown')) final = handshake
    return handshake
  }
  const judged = (handshake: SeenHandshake): MetServer => {
    met ??= judgeServer(input, handshake.serverChain, ended === null ? null : agreed)
    return met
  }
  return {
    tls,
    ready,
    met: () => judged(seen()),
    accepted: (limitMs) =>
      agreed.version === 'TLSv1.3' && seen().asked === 'yes' ? reaction(tls, limitMs) : Promise.resolve(),
    hasTicket: () => readTicket(Buffer.concat(tap.fromServer), keyLog, seen().serverFlight),
    view: (error) => {
      const handshake = seen()
      const { trust, trustProblem, trustReason } = judged(handshake)
      const { version, cipher, alpn } = agreed
      return {
        version,
        cipher,
        alpn,
        remoteAddress: input.remoteAddress,
        chain: describeServer(handshake.serverChain),
        trust,
        trustProblem,
        trustReason,
        rootOrigin: trust === 'trusted' ? rootOriginOf(handshake.serverChain, input.rootLists(), input.now) : null,
        asked: handshake.asked,
        renegotiated: handshake.renegotiated,
        acceptableIssuers: handshake.acceptableIssuers,
        signatureSchemes: handshake.signatureSchemes,
        sent: input.presenting ? handshake.sent : 'no',
        alert: alertOf(error, tap, keyLog, handshake.serverFlight),
      }
    },
    firstBytes: () => firstBytes(tap),
    milliseconds: () => (ended === null ? null : ended - started),
  }
}

const isName = (hostname: string) => !/^[\d.]+$/u.test(hostname) && !hostname.includes(':')

function reaction(tls: TLSSocket, limitMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (error?: unknown) => {
      endWait()
      tls.removeListener('session', onSession)
      tls.removeListener('error', end)
      tls.removeListener('end', onEnd)
      tls.removeListener('close', onEnd)
      if (error === undefined) resolve()
      else reject(error)
    }
    const onSession = () => end()
    const onEnd = () => end(connectionClosed())
    const endWait = whenTimeIsUp(limitMs, end)
    tls.once('session', onSession)
    tls.once('error', end)
    tls.once('end', onEnd)
    tls.once('close', onEnd)
  })
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

/**
 * What the engine trusts is trusted. What it does not, or could not judge, our own judge looks at: it finds paths that the
 * engine misses, and says what is wrong. A different key in the second attempt is legitimate (large sites have several),
 * but it has to be judged again.
 */
function judgeServer(input: SecureInput, chain: Buffer[], agreed: Agreed | null): MetServer {
  const [leaf = null] = chain
  const { known, hostname, roots, now } = input
  const isKnown = known !== null && known.leaf !== null && leaf !== null && isSameKey(leaf, known.leaf)
  const isTrusted = known === null && agreed !== null && agreed.problem === null && !hasWeakSignature(chain)
  const trust: ServerTrust = isKnown
    ? { trust: known.trust, trustProblem: known.trustProblem, trustReason: known.trustReason }
    : isTrusted
      ? { trust: 'trusted', trustProblem: null, trustReason: null }
      : judgeChain(chain, hostname, roots, now)
  return { ...withPin(trust, chain, input.pinnedKey), leaf }
}

/** The same certificate, as usual; or another one for the same key. */
const isSameKey = (leaf: Buffer, known: Buffer) => leaf.equals(known) || haveSameKey(leaf, known)

const codeOfAuthorization = (error: unknown) => (typeof error === 'string' ? error : codeOrMessage(error))

function alertOf(error: unknown, tap: Tap, keyLog: KeyLog, flight: number): AlertName | null {
  const named = error === undefined ? null : alertIn(codeOrMessage(error))
  return named ?? readAlert(Buffer.concat(tap.fromServer), keyLog, flight)
}

/** As long as a banner needs to be recognised. */
const MAX_FIRST_BYTES = 80

function firstBytes(tap: Tap): string | null {
  const start = Buffer.concat(tap.fromServer).subarray(0, MAX_FIRST_BYTES)
  const [type] = start
  const isTls = type !== undefined && type >= contentTypes.changeCipherSpec && type <= contentTypes.applicationData
  if (start.length === 0 || isTls) return null
  const text = start.toString('latin1')
  const [line = ''] = text.split(/\r?\n/u)
  // A binary greeting may hold a line break anywhere.
  const shown = /^[\u0020-\u007e]{4}/u.test(line) ? line : text
  return neutralise(shown.replace(/[^\u0020-\u007e]/gu, '·'))
}
