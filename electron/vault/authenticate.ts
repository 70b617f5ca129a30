import { createHmac, hkdfSync } from 'node:crypto'

/** What is authenticated; part of the key's derivation, so that no tag of one purpose serves another. */
export type AuthenticationPurpose = 'journal'

/** HMAC-SHA-256 (RFC 2104) over `bytes`: 32 octets. */
export type Authenticate = (bytes: Uint8Array) => Buffer

/**
 * Whoever holds it can make and check tags of one purpose, and nothing else: its key is derived from the master key
 * (HKDF-SHA-256, RFC 5869, with the key's id as salt) and reveals nothing of it. It still works after the vault has been locked
 * meanwhile, so that an operation can be journalled to its end.
 */
export function authenticatorFor(
  masterKey: Uint8Array,
  keyId: Uint8Array,
  purpose: AuthenticationPurpose,
): Authenticate {
  const key = Buffer.from(hkdfSync('sha256', masterKey, keyId, `latchkey:authenticate:${purpose}`, 32))
  return (bytes) => createHmac('sha256', key).update(bytes).digest()
}
