import { createCipheriv, createDecipheriv } from 'node:crypto'
import forge from 'node-forge'
import { AppError } from '#shared/errors'

type CipherName = 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc' | 'des-ede3-cbc' | 'des-cbc' | 'rc2-cbc'

export interface Cipher {
  name: CipherName
  keyLength: number
  ivLength: number
  /** Only RC2 has one that differs from the key's length (RFC 2268 §2). */
  effectiveBits?: number
}

/**
 * Decrypts CBC with PKCS#7 padding. Null when the padding is wrong, which with CBC is how a wrong key shows. Errors:
 * `malformed` for an IV of the wrong length; a cipher that the engine lacks is a bug and throws as one, never null.
 */
export function decrypt(cipher: Cipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array | null {
  if (iv.length !== cipher.ivLength) throw new AppError('malformed', 'The encryption has an IV of the wrong length.')
  if (data.length === 0 || data.length % cipher.ivLength !== 0) {
    throw new AppError('malformed', 'The encrypted part is cut off.')
  }
  if (cipher.name === 'rc2-cbc' || cipher.name === 'des-cbc') return decryptOld(cipher, key, iv, data)
  const decipher = createDecipheriv(cipher.name, key, iv)
  const start = decipher.update(data)
  try {
    return Buffer.concat([start, decipher.final()])
  } catch {
    return null
  }
}

/** BoringSSL has no RC2 and OpenSSL 3 hides RC2 and single DES, so these two come from forge. */
function decryptOld(cipher: Cipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array | null {
  const keyBuffer = forge.util.createBuffer(binary(key))
  const decipher =
    cipher.name === 'rc2-cbc'
      ? forge.rc2.createDecryptionCipher(keyBuffer.getBytes(), cipher.effectiveBits ?? key.length * 8)
      : forge.cipher.createDecipher('DES-CBC', keyBuffer)
  start(decipher, iv)
  decipher.update(forge.util.createBuffer(binary(data)))
  // forge takes nearly any padding for RC2, so the padding is judged here.
  const isWhole = decipher.finish(() => true)
  return isWhole ? withoutPadding(Buffer.from(decipher.output.getBytes(), 'latin1'), cipher.ivLength) : null
}

/** RFC 5652 §6.3: every padding octet holds the padding's length. */
function withoutPadding(plain: Uint8Array, blockSize: number): Uint8Array | null {
  const count = plain.at(-1) ?? 0
  if (count < 1 || count > blockSize || count > plain.length) return null
  const padding = plain.subarray(plain.length - count)
  return padding.every((octet) => octet === count) ? plain.subarray(0, plain.length - count) : null
}

/** RC2 takes the bare IV, the others an options object; forge's own types know only the latter. */
function start(decipher: { start(options: never): void }, iv: Uint8Array): void {
  const isRc2 = !('blockSize' in decipher)
  const value: unknown = isRc2 ? binary(iv) : { iv: binary(iv) }
  decipher.start(value as never)
}

export function encrypt(cipher: Cipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const encipher = createCipheriv(cipher.name, key, iv)
  return Buffer.concat([encipher.update(data), encipher.final()])
}

const binary = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
