import { createCipheriv, createHmac } from 'node:crypto'
import { nameOf } from '../support/forge'

/** What servers send in a TLS handshake, octet by octet. */

const sized = (length: number, size: number): Buffer => {
  const octets = Buffer.alloc(size)
  octets.writeUIntBE(length, 0, size)
  return octets
}
const vector = (size: number, ...parts: Uint8Array[]) => {
  const content = Buffer.concat(parts)
  return Buffer.concat([sized(content.length, size), content])
}
const message = (type: number, ...parts: Uint8Array[]) => Buffer.concat([Buffer.of(type), vector(3, ...parts)])
const record = (type: number, body: Uint8Array) => Buffer.concat([Buffer.of(type, 3, 3), vector(2, body)])
const extension = (id: number, ...parts: Uint8Array[]) => Buffer.concat([sized(id, 2), vector(2, ...parts)])

const hello = (suite: number, ...extensions: Buffer[]) =>
  message(2, Buffer.of(3, 3), Buffer.alloc(32, 7), vector(1), sized(suite, 2), Buffer.of(0), vector(2, ...extensions))

const issuers = () => vector(2, ...['First', 'Second'].map((name) => vector(2, nameOf(name))))

/** TLS 1.2 until the server's hello is done: everything in clear. */
export const flight12 = (certificate: Uint8Array): Buffer =>
  Buffer.concat([
    record(22, hello(0xc02f)),
    record(22, message(11, vector(3, vector(3, certificate), vector(3, certificate)))),
    record(22, message(13, vector(1, Buffer.of(1, 64)), vector(2, Buffer.of(4, 3, 8, 4)), issuers())),
    record(22, message(14)),
  ])

/** The client's side of it. */
export const answer12 = (certificate: Uint8Array): Buffer => record(22, message(11, vector(3, vector(3, certificate))))

/** The messages that TLS 1.3 encrypts. */
export const messages13 = (certificate: Uint8Array): Buffer =>
  Buffer.concat([
    message(8, vector(2)),
    message(13, vector(1), vector(2, extension(47, issuers()), extension(13, vector(2, Buffer.of(4, 3))))),
    message(11, vector(1), vector(3, vector(3, certificate), vector(2))),
    message(20, Buffer.alloc(32)),
  ])

const secret = Buffer.alloc(32, 1)
export const keyLog13 = ['SERVER', 'CLIENT'].map(
  (side) => `${side}_HANDSHAKE_TRAFFIC_SECRET ${'00'.repeat(32)} ${secret.toString('hex')}`,
)

/** These messages as one record of TLS 1.3 that opens with the key log above, behind a hello. */
export function flight13(messages: Uint8Array): Buffer {
  const plain = Buffer.concat([messages, Buffer.of(22)])
  const header = Buffer.concat([Buffer.of(23, 3, 3), sized(plain.length + 16, 2)])
  const cipher = createCipheriv('aes-128-gcm', expanded('key', 16), expanded('iv', 12))
  cipher.setAAD(header)
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  return Buffer.concat([record(22, hello(4865, extension(43, Buffer.of(3, 4)))), header, sealed])
}

/** RFC 8446 §7.1 with an empty context. */
function expanded(label: string, length: number): Buffer {
  const info = Buffer.concat([sized(length, 2), vector(1, Buffer.from(`tls13 ${label}`)), vector(1)])
  return createHmac('sha256', secret).update(info).update(Buffer.of(1)).digest().subarray(0, length)
}
