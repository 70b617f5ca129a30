import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { createSecureContext, type SecureContextOptions, TLSSocket } from 'node:tls'

const [changeCipherSpec, alert] = [20, 21]
const fatal = 2
/** What OpenSSL sends in TLS 1.2 to a client that shows no certificate where one is required. */
const handshakeFailure = 40

/** An alert as it stands on the wire before anything is encrypted (RFC 5246 §6.2.1, §7.2). */
export const alertRecord = (number: number): Buffer => Buffer.of(alert, 3, 3, 0, 2, fatal, number)

/**
 * Asks for a certificate and answers it with an alert of our choice, or with the end of the connection alone. In TLS 1.2 the
 * alert goes out in clear in place of the server's Finished, so no engine has to be persuaded to send it: from the client's
 * ChangeCipherSpec on, nothing that this one says is let out.
 */
export function refuseCertificate(
  socket: Socket,
  context: Omit<SecureContextOptions, 'minVersion' | 'maxVersion'>,
  number: number | null,
): void {
  const filter = new FinishedFilter(socket)
  const tls = new TLSSocket(filter, {
    isServer: true,
    requestCert: true,
    rejectUnauthorized: false,
    secureContext: createSecureContext({ ...context, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' }),
  })
  tls.on('error', () => socket.destroy())
  tls.once('secure', () => {
    const { raw } = tls.getPeerCertificate()
    const said = Buffer.isBuffer(raw) ? number : handshakeFailure
    if (said === null) socket.end()
    else socket.end(alertRecord(said))
  })
}

/** Between an engine and its socket: lets out what the engine says until the client's half of the handshake is over. */
class FinishedFilter extends Duplex {
  readonly #socket: Socket
  readonly #records = new RecordTypes()
  #isOver = false

  constructor(socket: Socket) {
    super()
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#isOver ||= this.#records.read(chunk).includes(changeCipherSpec)
      this.push(chunk)
    })
    socket.once('end', () => this.push(null))
    socket.once('close', () => this.destroy())
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (this.#isOver || this.#socket.destroyed) done()
    else this.#socket.write(chunk, done)
  }
}

/** The types of TLS records in a stream, however it is cut into pieces: a type, a version, a length, the content. */
class RecordTypes {
  #header: number[] = []
  #left = 0

  /** Of those that begin in this piece. */
  read(chunk: Buffer): number[] {
    const types: number[] = []
    for (let at = 0; at < chunk.length; ) {
      if (this.#left > 0) {
        const skipped = Math.min(this.#left, chunk.length - at)
        this.#left -= skipped
        at += skipped
        continue
      }
      this.#header.push(chunk.readUInt8(at))
      at += 1
      const [type, , , high, low] = this.#header
      if (type === undefined || high === undefined || low === undefined) continue
      types.push(type)
      this.#left = high * 256 + low
      this.#header = []
    }
    return types
  }
}
