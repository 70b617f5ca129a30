import { createDecipheriv, createHmac } from 'node:crypto'
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'

/** Content types of the record layer (RFC 8446 §5.1). */
export const contentTypes = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const

export interface TlsRecord {
  type: number
  header: Buffer
  body: Buffer
}

/** The complete records at the beginning of a stream; a cut-off last one is left out. */
export function splitRecords(stream: Buffer): TlsRecord[] {
  const records: TlsRecord[] = []
  for (let at = 0; at + 5 <= stream.length; ) {
    const length = stream.readUInt16BE(at + 3)
    if (at + 5 + length > stream.length) break
    records.push({
      type: stream.readUInt8(at),
      header: stream.subarray(at, at + 5),
      body: stream.subarray(at + 5, at + 5 + length),
    })
    at += 5 + length
  }
  return records
}

interface Suite {
  hash: 'sha256' | 'sha384'
  keyLength: number
  cipher: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305'
}

/** The TLS 1.3 suites that browsers and servers use (RFC 8446 appendix B.4). */
const suites: Record<number, Suite> = {
  4865: { hash: 'sha256', keyLength: 16, cipher: 'aes-128-gcm' },
  4866: { hash: 'sha384', keyLength: 32, cipher: 'aes-256-gcm' },
  4867: { hash: 'sha256', keyLength: 32, cipher: 'chacha20-poly1305' },
}

interface Opened {
  type: number
  content: Buffer
}

/** Messages of a handshake, joined, and how many encrypted records they came in. */
export interface OpenedFlight {
  messages: Buffer
  records: number
}

/**
 * Opens handshake records of TLS 1.3 with a traffic secret from the keylog. Ends at the Finished message, or quietly at the
 * first record that does not open: from there on, other keys are in use.
 */
export function openHandshakeRecords(records: TlsRecord[], suiteId: number, secret: Buffer): OpenedFlight {
  const messages: Buffer[] = []
  const keys = keysFor(suiteId, secret)
  if (keys === null) return { messages: Buffer.alloc(0), records: 0 }
  for (const { type, content } of openRecords(records, keys)) {
    if (type !== contentTypes.handshake) break
    // Opening one more in vain costs as much as all before. A long message goes on in a record with any first byte.
    const isLast = content[0] === FINISHED && endsWithMessage(Buffer.concat(messages))
    messages.push(content)
    if (isLast) break
  }
  return { messages: Buffer.concat(messages), records: messages.length }
}

/** RFC 8446 §4 */
const FINISHED = 20

/** Whether the last message (type, 24-bit length, body) is complete. */
function endsWithMessage(stream: Buffer): boolean {
  let at = 0
  while (at + 4 <= stream.length) at += 4 + stream.readUIntBE(at + 1, 3)
  return at === stream.length
}

/**
 * The alerts among the records behind a handshake of TLS 1.3. Those of the handshake itself, `flight` of them as far as is
 * known, do not open with the later secret, and are passed over until the first one does.
 */
export function openAlerts(records: TlsRecord[], suiteId: number, secret: Buffer, flight: number): Buffer[] {
  const encrypted = records.filter(({ type }) => type === contentTypes.applicationData)
  const keys = keysFor(suiteId, secret)
  if (keys === null) return []
  for (let from = flight; from < Math.min(encrypted.length, MAX_FLIGHT); from += 1) {
    const later = encrypted.slice(from)
    const [first] = later
    if (first === undefined || openOne(keys, first, 0) === null) continue
    return later.flatMap((record, sequence) => {
      const opened = mayBeAlert(record, sequence === later.length - 1) ? openOne(keys, record, sequence) : null
      return opened?.type === contentTypes.alert ? [opened.content] : []
    })
  }
  return []
}

/**
 * Whether the first record behind a handshake of TLS 1.3 holds a session ticket. Servers send one once they have verified our part of
 * the handshake (RFC 8446 §4.6.1).
 */
export function startsWithTicket(records: TlsRecord[], suiteId: number, secret: Buffer, flight: number): boolean {
  const first = records.filter(({ type }) => type === contentTypes.applicationData)[flight]
  const keys = keysFor(suiteId, secret)
  if (keys === null || first === undefined) return false
  const opened = openOne(keys, first, 0)
  return opened?.type === contentTypes.handshake && opened.content[0] === NEW_SESSION_TICKET
}

/** RFC 8446 §4 */
const NEW_SESSION_TICKET = 4

/**
 * An alert is two bytes, its type and a tag of 16; whoever pads it (RFC 8446 §5.4) sends nothing after it. Pages and session
 * tickets need not be opened for one.
 */
const mayBeAlert = ({ body }: TlsRecord, isLast: boolean) => isLast || body.length <= 64

/** A server's flight is seldom more than five records. */
const MAX_FLIGHT = 40

interface Keys {
  suite: Suite
  key: Buffer
  iv: Buffer
}

/** Null for a suite that cannot be read here. */
function keysFor(suiteId: number, secret: Buffer): Keys | null {
  const suite = suites[suiteId]
  if (suite === undefined) return null
  const key = expandLabel(suite.hash, secret, 'key', suite.keyLength)
  return { suite, key, iv: expandLabel(suite.hash, secret, 'iv', 12) }
}

function* openRecords(records: TlsRecord[], keys: Keys): Generator<Opened> {
  let sequence = 0
  for (const record of records) {
    if (record.type !== contentTypes.applicationData) continue
    const opened = openOne(keys, record, sequence)
    if (opened === null) return
    sequence += 1
    yield opened
  }
}

/** Null where it does not open with these keys. */
function openOne({ suite, key, iv }: Keys, record: TlsRecord, sequence: number): Opened | null {
  const plain = openRecord(suite, key, nonceFor(iv, sequence), record)
  if (plain === null) return null
  // TLSInnerPlaintext: content, its real type, zero padding (RFC 8446 §5.2).
  let end = plain.length - 1
  while (end >= 0 && plain[end] === 0) end -= 1
  return { type: plain[end] ?? 0, content: plain.subarray(0, Math.max(0, end)) }
}

function openRecord({ cipher }: Suite, key: Buffer, nonce: Buffer, { header, body }: TlsRecord): Buffer | null {
  try {
    // Electron's BoringSSL does not offer ChaCha20-Poly1305 through node:crypto.
    if (cipher === 'chacha20-poly1305') return Buffer.from(chacha20poly1305(key, nonce, header).decrypt(body))
    const decipher = createDecipheriv(cipher, key, nonce)
    decipher.setAAD(header)
    decipher.setAuthTag(body.subarray(body.length - 16))
    return Buffer.concat([decipher.update(body.subarray(0, body.length - 16)), decipher.final()])
  } catch {
    return null
  }
}

/** RFC 8446 §5.3: the sequence number, padded, XORed with the IV. */
function nonceFor(iv: Buffer, sequence: number): Buffer {
  const nonce = Buffer.from(iv)
  nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ sequence) >>> 0, 8)
  return nonce
}

/** HKDF-Expand-Label with an empty context (RFC 8446 §7.1, RFC 5869 §2.3); one block is enough for keys and IVs. */
function expandLabel(hash: string, secret: Buffer, label: string, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`)
  const info = Buffer.concat([Buffer.from([0, length, name.length]), name, Buffer.from([0])])
  return createHmac(hash, secret).update(info).update(Buffer.of(1)).digest().subarray(0, length)
}
