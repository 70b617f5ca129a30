import { createHash } from 'node:crypto'
import { AppError } from '#shared/errors'
import { isWholeSequence } from '../ber'
import { type Cipher, cipherOf, decrypt, type Mode, rc2Cipher, requireEncrypted, twoKeyDes } from './ciphers'
import { octetForms, type Password } from './passwords'

/** The ciphers of encrypted traditional PEM keys (RFC 1421 §4.6.1.3 and openssl-format-options), without their modes. */
const ciphers: Record<string, (mode: Mode) => Cipher> = {
  'AES-128': (mode) => cipherOf('aes-128', mode),
  'AES-192': (mode) => cipherOf('aes-192', mode),
  'AES-256': (mode) => cipherOf('aes-256', mode),
  'DES-EDE3': (mode) => cipherOf('des-ede3', mode),
  'DES-EDE': twoKeyDes,
  DES: (mode) => cipherOf('des', mode),
  RC2: (mode) => rc2Cipher(16, mode),
  'RC2-64': (mode) => rc2Cipher(8, mode),
  'RC2-40': (mode) => rc2Cipher(5, mode),
}

const modes: Record<string, Mode> = { CBC: 'cbc', CFB: 'cfb', OFB: 'ofb' }

/** Where the header abbreviates what people call otherwise. */
const words: Record<string, string> = { BF: 'Blowfish', CAST5: 'CAST-128' }

/**
 * Decrypts a PEM key with a DEK-Info header; returns the key's DER. Errors: `password-needed`, `wrong-password`,
 * `unsupported-algorithm`, `malformed`.
 */
export function decryptDekInfo(dekInfo: string, data: Uint8Array, password: Password): Uint8Array {
  const [name = '', ivHex = ''] = dekInfo.split(',').map((part) => part.trim())
  const cipher = cipherNamed(name.toUpperCase())
  const iv = Buffer.from(ivHex, 'hex')
  if (iv.length !== cipher.ivLength) throw new AppError('malformed', 'The key’s DEK-Info header cannot be read.')
  requireEncrypted(cipher, data)
  if (password === null) throw new AppError('password-needed')
  for (const octets of octetForms(password, 'key')) {
    const key = bytesToKey(octets, iv.subarray(0, 8), cipher.keyLength)
    const plain = decrypt(cipher, key, iv, data)
    if (plain !== null && isWholeSequence(plain)) return plain
  }
  throw new AppError('wrong-password')
}

/** "DES-EDE3-CBC" */
function cipherNamed(name: string): Cipher {
  const at = name.lastIndexOf('-')
  const [family, mode] = [name.slice(0, at), modes[name.slice(at + 1)]]
  const cipher = ciphers[family]
  if (cipher !== undefined && mode !== undefined) return cipher(mode)
  if (at === -1) throw new AppError('malformed', 'The key’s DEK-Info header cannot be read.')
  const word = words[name.split('-')[0] ?? '']
  throw new AppError('unsupported-algorithm', `encryption with ${word === undefined ? name : `${word} (${name})`}`)
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
