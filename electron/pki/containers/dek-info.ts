import { createHash } from 'node:crypto'
import { AppError } from '#shared/errors'
import { type Cipher, decrypt } from './ciphers'
import { octetForms, type Password } from './passwords'
import { looksLikeKey } from './private-keys'

/** The ciphers of encrypted traditional PEM keys (RFC 1421 §4.6.1.3 and openssl-format-options). */
const ciphers: Record<string, Cipher> = {
  'AES-128-CBC': { name: 'aes-128-cbc', keyLength: 16, ivLength: 16 },
  'AES-192-CBC': { name: 'aes-192-cbc', keyLength: 24, ivLength: 16 },
  'AES-256-CBC': { name: 'aes-256-cbc', keyLength: 32, ivLength: 16 },
  'DES-EDE3-CBC': { name: 'des-ede3-cbc', keyLength: 24, ivLength: 8 },
  'DES-CBC': { name: 'des-cbc', keyLength: 8, ivLength: 8 },
}

/**
 * Decrypts a PEM key with a DEK-Info header; returns the key's DER. Errors: `password-needed`, `wrong-password`,
 * `unsupported-algorithm`, `malformed`.
 */
export function decryptDekInfo(dekInfo: string, data: Uint8Array, password: Password): Uint8Array {
  const [name = '', ivHex = ''] = dekInfo.split(',').map((part) => part.trim())
  const cipher = ciphers[name.toUpperCase()]
  if (cipher === undefined) throw new AppError('unsupported-algorithm', name)
  const iv = Buffer.from(ivHex, 'hex')
  if (iv.length !== cipher.ivLength) throw new AppError('malformed', 'The key’s DEK-Info header cannot be read.')
  if (password === null) throw new AppError('password-needed')
  for (const octets of octetForms(password, 'key')) {
    const key = bytesToKey(octets, iv.subarray(0, 8), cipher.keyLength)
    const plain = decrypt(cipher, key, iv, data)
    if (plain !== null && looksLikeKey(plain)) return plain
  }
  throw new AppError('wrong-password')
}

/** OpenSSL's EVP_BytesToKey with MD5 and one round; the salt is the first half of the IV. */
function bytesToKey(password: Uint8Array, salt: Uint8Array, length: number): Buffer {
  let derived = Buffer.alloc(0)
  let last = Buffer.alloc(0)
  while (derived.length < length) {
    last = createHash('md5').update(last).update(password).update(salt).digest()
    derived = Buffer.concat([derived, last])
  }
  return derived.subarray(0, length)
}
