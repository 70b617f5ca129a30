import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/** A handshake is a few kilobytes; a server with a very long list of issuers may need more. */
const limit = 256 * 1024

/** Passes everything through between TLS and its socket and keeps the beginning of both directions. */
export class Tap extends Duplex {
  readonly fromServer: Buffer[] = []
  readonly fromClient: Buffer[] = []
  readonly #socket: Socket
  #kept = 0

  constructor(socket: Socket) {
    super()
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.#keep(this.fromServer, chunk)
      if (!this.push(chunk)) socket.pause()
    })
    socket.on('end', () => this.push(null))
    socket.on('error', (error) => this.destroy(error))
    socket.on('close', () => this.destroy())
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: string, callback: (error?: Error | null) => void): void {
    this.#keep(this.fromClient, chunk)
    this.#socket.write(chunk, callback)
  }

  /** TLS hands over a flight in several pieces: together they are one call to the system, and often one packet. */
  override _writev(chunks: { chunk: Buffer }[], callback: (error?: Error | null) => void): void {
    const together = Buffer.concat(chunks.map(({ chunk }) => chunk))
    this.#keep(this.fromClient, together)
    this.#socket.write(together, callback)
  }

  override _final(callback: () => void): void {
    this.#socket.end(callback)
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#socket.destroy()
    callback(error)
  }

  #keep(into: Buffer[], chunk: Buffer): void {
    if (this.#kept > limit) return
    this.#kept += chunk.length
    into.push(chunk)
  }
}
