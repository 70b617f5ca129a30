import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { integer, nothing, octetString, oid, sequence } from '../der'
import { encrypt } from './ciphers'

/** OWASP's figure for PBKDF2 with HMAC-SHA-256. */
const iterations = 600_000

/**
 * PBES2 (RFC 8018 §6.2): AES-256-CBC under PBKDF2 with HMAC-SHA-256, fresh salt and IV. Takes the password as UTF-8; gives
 * the AlgorithmIdentifier (DER) and the encrypted bytes.
 */
export function encryptPbes2(password: string, plain: Uint8Array): { algorithm: Uint8Array; cipherText: Uint8Array } {
  const salt = randomBytes(16)
  const iv = randomBytes(16)
  const key = pbkdf2Sync(Buffer.from(password), salt, iterations, 32, 'sha256')
  const prf = sequence(oid('1.2.840.113549.2.9'), nothing)
  const derivation = sequence(oid('1.2.840.113549.1.5.12'), sequence(octetString(salt), integer(iterations), prf))
  const scheme = sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(iv))
  const cipherText = encrypt({ name: 'aes-256-cbc', keyLength: 32, ivLength: 16 }, key, iv, plain)
  key.fill(0)
  return { algorithm: sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation, scheme)), cipherText }
}
