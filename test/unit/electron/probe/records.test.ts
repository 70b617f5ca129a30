import { createCipheriv, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  contentTypes,
  openAlerts,
  openHandshakeRecords,
  startsWithTicket,
  type TlsRecord,
} from '#electron/probe/records'

const suite = 4865
const secret = Buffer.alloc(32, 7)

/** HKDF-Expand-Label (RFC 8446 §7.1), as the other side computes it. */
function derive(label: string, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`)
  const info = Buffer.concat([Buffer.of(0, length, name.length), name, Buffer.of(0, 1)])
  return createHmac('sha256', secret).update(info).digest().subarray(0, length)
}

/** Records of TLS 1.3 as a peer sends them (RFC 8446 §5.2), numbered from zero. */
const sealed = (...parts: { type: number; content: Buffer; padding?: number }[]): TlsRecord[] =>
  parts.map(({ type, content, padding = 0 }, sequence) => {
    const nonce = derive('iv', 12)
    nonce.writeUInt32BE((nonce.readUInt32BE(8) ^ sequence) >>> 0, 8)
    const plain = Buffer.concat([content, Buffer.of(type), Buffer.alloc(padding)])
    const length = plain.length + 16
    const header = Buffer.of(contentTypes.applicationData, 3, 3, length >> 8, length & 255)
    const cipher = createCipheriv('aes-128-gcm', derive('key', 16), nonce)
    cipher.setAAD(header)
    const body = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    return { type: contentTypes.applicationData, header, body }
  })

const message = (type: number, length: number) =>
  Buffer.concat([Buffer.of(type, 0, length >> 8, length & 255), Buffer.alloc(length, 20)])
const handshake = (content: Buffer) => ({ type: contentTypes.handshake, content })
const finished = handshake(message(20, 32))
const alert = (number: number, padding = 0) => ({ type: contentTypes.alert, content: Buffer.of(2, number), padding })
const page = { type: contentTypes.applicationData, content: Buffer.alloc(500, 21) }
/** Encrypted with the keys of the handshake. */
const foreign = (count: number): TlsRecord[] =>
  Array.from({ length: count }, () => ({
    type: contentTypes.applicationData,
    header: Buffer.alloc(5),
    body: Buffer.alloc(80),
  }))

describe('the records of a handshake', () => {
  it('end with the Finished message', () => {
    const opened = openHandshakeRecords(
      sealed(handshake(message(11, 900)), finished, handshake(message(4, 90))),
      suite,
      secret,
    )
    expect(opened).toEqual({ messages: Buffer.concat([message(11, 900), message(20, 32)]), records: 2 })
  })

  it('go on where a long message goes on with the same byte', () => {
    const long = message(13, 5_000)
    const parts = [long.subarray(0, 2_000), long.subarray(2_000)].map(handshake)
    expect(parts[1]?.content[0]).toBe(20)
    const opened = openHandshakeRecords(sealed(...parts, finished), suite, secret)
    expect(opened).toEqual({ messages: Buffer.concat([long, message(20, 32)]), records: 3 })
  })
})

describe('an alert behind a handshake', () => {
  it.each([0, 3])('is found, whether or not the %i records before are known', (before) => {
    for (const flight of [0, before])
      expect(
        openAlerts([...foreign(before), ...sealed(handshake(message(4, 90)), page, alert(48))], suite, secret, flight),
      ).toEqual([Buffer.of(2, 48)])
  })

  it('is found before a last word, and where it is padded', () => {
    expect(openAlerts(sealed(alert(116), alert(0)), suite, secret, 0)).toEqual([Buffer.of(2, 116), Buffer.of(2, 0)])
    expect(openAlerts(sealed(page, alert(42, 400)), suite, secret, 0)).toEqual([Buffer.of(2, 42)])
  })

  it('is none where a page looks like one, or where nothing opens', () => {
    expect(openAlerts(sealed(page, { ...page, content: Buffer.of(2, 48) }), suite, secret, 0)).toEqual([])
    expect(openAlerts(foreign(5), suite, secret, 0)).toEqual([])
    expect(openAlerts(sealed(alert(48)), 1, secret, 0)).toEqual([])
  })
})

describe('a session ticket', () => {
  const ticket = handshake(message(4, 90))
  it.each([
    ['right behind the handshake', [...foreign(3), ...sealed(ticket)], 3, true],
    ['behind a handshake of another length', [...foreign(3), ...sealed(ticket)], 2, false],
    ['not before an alert', [...foreign(1), ...sealed(alert(42))], 1, false],
    ['not before a page', [...foreign(1), ...sealed(page)], 1, false],
    ['not where a handshake goes on', [...foreign(1), ...sealed(handshake(message(13, 90)))], 1, false],
    ['not where nothing came', foreign(2), 2, false],
  ])('%s', (_what, records, flight, expected) => {
    expect(startsWithTicket(records, suite, secret, flight)).toBe(expected)
  })
})
