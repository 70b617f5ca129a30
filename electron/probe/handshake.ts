import { readOnly } from '#electron/pki/der'
import { nameLine } from '#electron/pki/x509/name'
import type { AlertName } from '#shared/model/attempt'
import { alertNumbered } from './alerts'
import {
  contentTypes,
  type OpenedFlight,
  openAlerts,
  openHandshakeRecords,
  splitRecords,
  startsWithTicket,
  type TlsRecord,
} from './records'

export interface SeenHandshake {
  /** Whether the server asked for a client certificate. `unknown` where its flight could not be read. */
  asked: 'yes' | 'no' | 'unknown'
  /** Distinguished names the server accepts as issuers; empty means any. */
  acceptableIssuers: string[]
  /** Signature schemes that the server takes from a client (RFC 8446 §4.2.3), by name; unknown ones are left out. */
  signatureSchemes: string[]
  /** A second handshake was started behind the first (TLS 1.2). */
  renegotiated: boolean
  /** Whether a certificate really went out. */
  sent: 'yes' | 'no' | 'unknown'
  /** The server's certificates as they came, DER, leaf first. */
  serverChain: Buffer[]
  /** Encrypted records in which its part came (TLS 1.3): what follows is encrypted with other keys. */
  serverFlight: number
}

/** Lines of the key log (draft-ietf-tls-keylogfile) of this one connection. Never written anywhere. */
export type KeyLog = string[]

const messageTypes = { serverHello: 2, certificate: 11, certificateRequest: 13, finished: 20 } as const
const supportedVersions = 43
const certificateAuthorities = 47
const signatureAlgorithms = 13
/** SHA-256 of "HelloRetryRequest" in place of a random (RFC 8446 §4.1.3). */
const retryRandom = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex')

interface Message {
  type: number
  body: Buffer
}

/**
 * Reads a TLS 1.2 handshake in clear and a TLS 1.3 one with the connection's own handshake secrets. Neither OpenSSL nor
 * BoringSSL tells a Node program whether it was asked for a certificate, by whom accepted, and whether one was sent.
 */
export function readHandshake(fromServer: Buffer, fromClient: Buffer, keyLog: KeyLog): SeenHandshake {
  try {
    return read(splitRecords(fromServer), splitRecords(fromClient), keyLog)
  } catch {
    // A server may send anything; what cannot be read is not known.
    return nothing
  }
}

/**
 * The alert with which the server ended a connection, read from what arrived: an engine that fails to write never reports
 * the alert that was there to be read. Null where none came, or where it cannot be opened. `flight`: `serverFlight` of the handshake.
 */
export function readAlert(fromServer: Buffer, keyLog: KeyLog, flight = 0): AlertName | null {
  try {
    const records = splitRecords(fromServer)
    const clear = records.filter(({ type }) => type === contentTypes.alert).map(({ body }) => alertNumbered(body))
    const found = clear.find((name) => name !== null)
    if (found !== undefined && found !== null) return found
    const later = afterHandshake(records, keyLog)
    if (later === null) return null
    return (
      openAlerts(records, later.suite, later.secret, flight)
        .map(alertNumbered)
        .find((name) => name !== null) ?? null
    )
  } catch {
    return null
  }
}

/** Whether a server of TLS 1.3 has accepted our part of the handshake, as the session ticket behind it shows. Not all send one. */
export function readTicket(fromServer: Buffer, keyLog: KeyLog, flight: number): boolean {
  try {
    const records = splitRecords(fromServer)
    const later = afterHandshake(records, keyLog)
    return later !== null && startsWithTicket(records, later.suite, later.secret, flight)
  } catch {
    return false
  }
}

/** What opens the records behind a handshake of TLS 1.3; null for an older one. */
function afterHandshake(records: TlsRecord[], keyLog: KeyLog): { suite: number; secret: Buffer } | null {
  const hello = splitMessages(clearHandshake(records))
    .filter(({ type }) => type === messageTypes.serverHello)
    .map(({ body }) => readServerHello(body))
    .find(({ isRetry }) => !isRetry)
  const secret = secretOf(keyLog, 'SERVER_TRAFFIC_SECRET_0')
  return hello === undefined || !hello.isTls13 || secret === null ? null : { suite: hello.suite, secret }
}

const nothing: SeenHandshake = {
  asked: 'unknown',
  acceptableIssuers: [],
  signatureSchemes: [],
  renegotiated: false,
  sent: 'unknown',
  serverChain: [],
  serverFlight: 0,
}

function read(server: TlsRecord[], client: TlsRecord[], keyLog: KeyLog): SeenHandshake {
  const clear = splitMessages(clearHandshake(server))
  const hello = clear.filter(({ type }) => type === messageTypes.serverHello).map(({ body }) => readServerHello(body))
  const final = hello.find(({ isRetry }) => !isRetry)
  if (final === undefined) return nothing
  if (!final.isTls13) {
    const seen = describe(clear, splitMessages(clearHandshake(client)), readRequest12, readChain12)
    const renegotiated = startsOver(server)
    // What is asked for in a second handshake is encrypted with keys that no engine gives out.
    return seen.asked === 'no' && renegotiated
      ? { ...seen, renegotiated, asked: 'unknown', sent: 'unknown' }
      : { ...seen, renegotiated }
  }
  const open = (records: TlsRecord[], label: string) => {
    const secret = secretOf(keyLog, label)
    return secret === null ? null : openHandshakeRecords(records, final.suite, secret)
  }
  const theirs = open(server, 'SERVER_HANDSHAKE_TRAFFIC_SECRET')
  const ours = open(client, 'CLIENT_HANDSHAKE_TRAFFIC_SECRET')
  const messagesOf = (flight: OpenedFlight | null) => (flight === null ? null : splitMessages(flight.messages))
  const seen = describe(messagesOf(theirs), messagesOf(ours), readRequest13, readChain13)
  return { ...seen, serverFlight: theirs?.records ?? 0 }
}

function describe(
  server: Message[] | null,
  client: Message[] | null,
  questionOf: (body: Buffer) => Question,
  chainOf: (body: Buffer) => Buffer[],
): SeenHandshake {
  const request = server?.find(({ type }) => type === messageTypes.certificateRequest)
  const complete = server?.some(({ type }) => type === messageTypes.finished || type === 14) ?? false
  const chain = server?.find(({ type }) => type === messageTypes.certificate)
  const ours = client?.find(({ type }) => type === messageTypes.certificate)
  const asked = request !== undefined ? 'yes' : complete ? 'no' : 'unknown'
  return {
    asked,
    ...(request === undefined ? { acceptableIssuers: [], signatureSchemes: [] } : questionOf(request.body)),
    renegotiated: false,
    sent: ours === undefined ? (asked === 'no' ? 'no' : 'unknown') : chainOf(ours.body).length > 0 ? 'yes' : 'no',
    serverChain: chain === undefined ? [] : chainOf(chain.body),
    serverFlight: 0,
  }
}

/** The handshake records in clear: until the change of ciphers in TLS 1.2, until the hello in 1.3. */
function clearHandshake(records: TlsRecord[]): Buffer {
  const parts: Buffer[] = []
  for (const { type, body } of records) {
    if (type === contentTypes.changeCipherSpec && parts.length > 1) break
    if (type === contentTypes.handshake) parts.push(body)
  }
  return Buffer.concat(parts)
}

/** Handshake records behind the server's Finished: renegotiation, the old way of asking late (RFC 5246 §7.4.1.1). */
function startsOver(server: TlsRecord[]): boolean {
  const change = server.findIndex(({ type }) => type === contentTypes.changeCipherSpec)
  return change >= 0 && server.slice(change + 1).filter(({ type }) => type === contentTypes.handshake).length > 1
}

/** RFC 8446 §4: type, 24-bit length, body. */
function splitMessages(stream: Buffer): Message[] {
  const messages: Message[] = []
  for (let at = 0; at + 4 <= stream.length; ) {
    const length = stream.readUIntBE(at + 1, 3)
    if (at + 4 + length > stream.length) break
    messages.push({ type: stream.readUInt8(at), body: stream.subarray(at + 4, at + 4 + length) })
    at += 4 + length
  }
  return messages
}

function readServerHello(body: Buffer): { isTls13: boolean; isRetry: boolean; suite: number } {
  const sessionLength = body.readUInt8(34)
  const suite = body.readUInt16BE(35 + sessionLength)
  const extensions = body.subarray(40 + sessionLength)
  const version = readExtensions(extensions).get(supportedVersions)?.readUInt16BE(0)
  return { isTls13: version === 0x0304, isRetry: body.subarray(2, 34).equals(retryRandom), suite }
}

function readExtensions(bytes: Buffer): Map<number, Buffer> {
  const extensions = new Map<number, Buffer>()
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt16BE(at + 2)
    extensions.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return extensions
}

type Question = Pick<SeenHandshake, 'acceptableIssuers' | 'signatureSchemes'>

/** RFC 5246 §7.4.4: certificate types, signature algorithms, then the issuers. */
function readRequest12(body: Buffer): Question {
  const afterTypes = 1 + body.readUInt8(0)
  const afterAlgorithms = afterTypes + 2 + body.readUInt16BE(afterTypes)
  return {
    acceptableIssuers: readNames(body.subarray(afterAlgorithms)),
    signatureSchemes: readSchemes(body.subarray(afterTypes, afterAlgorithms)),
  }
}

/** RFC 8446 §4.3.2: a context, then extensions; the issuers are one of them (§4.2.4). */
function readRequest13(body: Buffer): Question {
  const extensions = readExtensions(body.subarray(1 + body.readUInt8(0) + 2))
  const names = extensions.get(certificateAuthorities)
  const schemes = extensions.get(signatureAlgorithms)
  return {
    acceptableIssuers: names === undefined ? [] : readNames(names),
    signatureSchemes: schemes === undefined ? [] : readSchemes(schemes),
  }
}

/** A 16-bit length, then 16 bits each. */
function readSchemes(bytes: Buffer): string[] {
  const schemes: string[] = []
  const end = Math.min(bytes.length, 2 + bytes.readUInt16BE(0))
  for (let at = 2; at + 2 <= end; at += 2) {
    const name = schemeNames[bytes.readUInt16BE(at)]
    if (name !== undefined) schemes.push(name)
  }
  return schemes
}

/** RFC 8446 §4.2.3, RFC 8734; in TLS 1.2 the ECDSA ones name no curve (RFC 5246 §7.4.1.4.1). */
const schemeNames: Record<number, string> = {
  513: 'rsa_pkcs1_sha1',
  515: 'ecdsa_sha1',
  1025: 'rsa_pkcs1_sha256',
  1027: 'ecdsa_secp256r1_sha256',
  1281: 'rsa_pkcs1_sha384',
  1283: 'ecdsa_secp384r1_sha384',
  1537: 'rsa_pkcs1_sha512',
  1539: 'ecdsa_secp521r1_sha512',
  2052: 'rsa_pss_rsae_sha256',
  2053: 'rsa_pss_rsae_sha384',
  2054: 'rsa_pss_rsae_sha512',
  2055: 'ed25519',
  2056: 'ed448',
  2057: 'rsa_pss_pss_sha256',
  2058: 'rsa_pss_pss_sha384',
  2059: 'rsa_pss_pss_sha512',
  2074: 'ecdsa_brainpoolP256r1tls13_sha256',
  2075: 'ecdsa_brainpoolP384r1tls13_sha384',
  2076: 'ecdsa_brainpoolP512r1tls13_sha512',
}

/** A 16-bit length, then names each with a 16-bit length. */
function readNames(bytes: Buffer): string[] {
  const names: string[] = []
  const end = Math.min(bytes.length, 2 + bytes.readUInt16BE(0))
  for (let at = 2; at + 2 <= end; ) {
    const length = bytes.readUInt16BE(at)
    names.push(nameLine(readOnly(bytes.subarray(at + 2, at + 2 + length)), []))
    at += 2 + length
  }
  return names
}

/** RFC 5246 §7.4.2: a 24-bit list of certificates with 24-bit lengths. */
function readChain12(body: Buffer): Buffer[] {
  return readCertificates(body, 0, false)
}

/** RFC 8446 §4.4.2: a context first, and extensions behind each certificate. */
function readChain13(body: Buffer): Buffer[] {
  return readCertificates(body, 1 + body.readUInt8(0), true)
}

function readCertificates(body: Buffer, start: number, withExtensions: boolean): Buffer[] {
  const certificates: Buffer[] = []
  const end = start + 3 + body.readUIntBE(start, 3)
  for (let at = start + 3; at + 3 <= end; ) {
    const length = body.readUIntBE(at, 3)
    certificates.push(body.subarray(at + 3, at + 3 + length))
    at += 3 + length
    if (withExtensions) at += 2 + body.readUInt16BE(at)
  }
  return certificates
}

function secretOf(keyLog: KeyLog, label: string): Buffer | null {
  const line = keyLog.find((candidate) => candidate.startsWith(`${label} `))
  const hex = line?.trim().split(' ')[2]
  return hex === undefined ? null : Buffer.from(hex, 'hex')
}
