import { randomBytes } from 'node:crypto'

/**
 * A fresh serial number: 16 octets, 126 of their bits random, never zero and with the top bit clear, so that DER needs no
 * padding and no reader takes it for negative (RFC 5280 §4.1.2.2 allows 20 octets; the CA/Browser Forum's baseline
 * requirements §7.1 ask for 64 random bits).
 */
export function newSerial(): Uint8Array {
  const bytes = Uint8Array.from(randomBytes(16))
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes
}
