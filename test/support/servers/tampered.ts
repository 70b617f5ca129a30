import { createCipheriv, createHmac, X509Certificate } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { createSecureContext, TLSSocket } from 'node:tls'
import { listen } from '../ports'
import type { RunningServer, ServerOptions } from './server'

/** Alerts by their numbers (RFC 8446 §6, RFC 5246 §7.2). */
export const alerts = {
  handshakeFailure: 40,
  badCertificate: 42,
  unsupportedCertificate: 43,
  certificateRevoked: 44,
  certificateExpired: 45,
  certificateUnknown: 46,
  illegalParameter: 47,
  unknownCa: 48,
  accessDenied: 49,
  decodeError: 50,
  decryptError: 51,
  protocolVersion: 70,
  insufficientSecurity: 71,
  internalError: 80,
  userCanceled: 90,
  unrecognizedName: 112,
  badCertificateStatusResponse: 113,
  certificateRequired: 116,
  noApplicationProtocol: 120,
} as const

export interface TamperedOptions extends Pick<ServerOptions, 'identity' | 'clientCa'> {
  version: 'TLSv1.2' | 'TLSv1.3'
  /** What comes instead of an answer to the client's half of the handshake; null: the end of the connection alone. */
  alert: number | null
  /** The connection is reset right behind the alert, as by a server that does not read what it was sent. */
  resets?: boolean
  /** Nothing is said before the client's request is there. */
  waitsForRequest?: boolean
  /** Only those who show a certificate get the alert; for the others there is `otherwise`. */
  otherwise?: number | null
}

const [handshake, changeCipherSpec, applicationData, alertRecord] = [22, 20, 23, 21]

/**
 * A server that asks for a certificate and refuses with an alert of our choice, at the moment at which a real one would: in
 * TLS 1.2 in place of its Finished, in TLS 1.3 as the first record under its own keys.
 */
export async function startTampered(options: TamperedOptions): Promise<RunningServer> {
  return listening(options.identity.root, (socket) => refuse(socket, options))
}

/** An alert in answer to the ClientHello, before anything else was agreed. */
export function startAlertAtHello(alert: number): Promise<RunningServer> {
  return listening('', (socket) => {
    socket.once('data', () => socket.end(plainAlert(alert)))
  })
}

/** A server whose certificate no reader of DER can read; TLS 1.2, where it goes out in clear. */
export function startUnreadable({ identity }: Pick<ServerOptions, 'identity'>): Promise<RunningServer> {
  const start = new X509Certificate(identity.chain).raw.subarray(0, 32)
  return listening(identity.root, (socket) => {
    const between = new Between(socket, (chunk) => {
      const at = chunk.indexOf(start)
      if (at >= 0) chunk.fill(0, at, at + start.length)
      return chunk
    })
    serve(between, { cert: identity.chain, key: identity.key, maxVersion: 'TLSv1.2' })
  })
}

async function listening(rootPem: string, connected: (socket: Socket) => void): Promise<RunningServer> {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => open.delete(socket))
    connected(socket)
  })
  const port = await listen(server)
  return {
    port,
    rootPem,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

function refuse(socket: Socket, { identity, clientCa, version, alert, resets = false, ...rest }: TamperedOptions) {
  const { otherwise = alert, waitsForRequest = false } = rest
  const isOld = version === 'TLSv1.2'
  let isOver = false
  const between = new Between(
    socket,
    // What the server itself would say from here on never leaves.
    (chunk) => (isOver ? null : chunk),
    (types) => {
      if (isOld ? types.includes(changeCipherSpec) : types.includes(applicationData)) isOver = true
    },
  )
  let secret: Buffer | null = null
  const tls = serve(between, {
    cert: identity.chain,
    key: identity.key,
    ...(clientCa === undefined ? {} : { ca: clientCa.split(/(?<=-----END CERTIFICATE-----\n)/u) }),
    minVersion: version,
    maxVersion: version,
    ...(isOld ? {} : { ciphers: 'TLS_AES_128_GCM_SHA256' }),
  })
  tls.on('keylog', (line: Buffer) => {
    const [label, , hex] = line.toString('latin1').trim().split(' ')
    if (label === 'SERVER_TRAFFIC_SECRET_0' && hex !== undefined) secret = Buffer.from(hex, 'hex')
  })
  tls.once('secure', () => {
    const certificate: { raw?: unknown } = tls.getPeerCertificate()
    const said = Buffer.isBuffer(certificate.raw) ? alert : otherwise
    const finish = () => (resets ? socket.resetAndDestroy() : socket.end())
    const speak = () => {
      if (said === null) finish()
      else socket.write(isOld || secret === null ? plainAlert(said) : sealedAlert(said, secret), finish)
    }
    if (waitsForRequest) tls.once('data', speak)
    else speak()
  })
}

function serve(between: Duplex, context: Parameters<typeof createSecureContext>[0]): TLSSocket {
  const tls = new TLSSocket(between, {
    isServer: true,
    secureContext: createSecureContext(context),
    requestCert: true,
    rejectUnauthorized: false,
  })
  tls.on('error', () => undefined)
  return tls
}

const plainAlert = (alert: number) => Buffer.of(alertRecord, 3, 3, 0, 2, 2, alert)

/** The first record under the server's own keys (RFC 8446 §5.2), whose nonce is the IV itself. */
function sealedAlert(alert: number, secret: Buffer): Buffer {
  const plain = Buffer.of(2, alert, alertRecord)
  const header = Buffer.of(applicationData, 3, 3, 0, plain.length + 16)
  const cipher = createCipheriv('aes-128-gcm', expand(secret, 'key', 16), expand(secret, 'iv', 12))
  cipher.setAAD(header)
  return Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** HKDF-Expand-Label (RFC 8446 §7.1). */
function expand(secret: Buffer, label: string, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`)
  const info = Buffer.concat([Buffer.of(0, length, name.length), name, Buffer.of(0, 1)])
  return createHmac('sha256', secret).update(info).digest().subarray(0, length)
}

/** Between a TLS server and its socket: sees the kinds of the client's records, and changes what the server sends. */
class Between extends Duplex {
  readonly #socket: Socket
  readonly #change: (chunk: Buffer) => Buffer | null

  constructor(
    socket: Socket,
    change: (chunk: Buffer) => Buffer | null,
    heard: (types: number[]) => void = () => undefined,
  ) {
    super()
    this.#socket = socket
    this.#change = change
    socket.on('data', (chunk: Buffer) => {
      heard(typesIn(chunk))
      this.push(chunk)
    })
    socket.on('end', () => this.push(null))
    socket.on('close', () => this.destroy())
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: string, callback: (error?: Error | null) => void): void {
    const changed = this.#change(chunk)
    if (changed === null || this.#socket.destroyed) callback()
    else this.#socket.write(changed, callback)
  }
}

/** Of the records of one chunk; a client's half of a handshake comes in whole records. */
function typesIn(chunk: Buffer): number[] {
  const types: number[] = []
  for (let at = 0; at + 5 <= chunk.length; at += 5 + chunk.readUInt16BE(at + 3)) types.push(chunk.readUInt8(at))
  return types.filter((type) => type !== handshake)
}
