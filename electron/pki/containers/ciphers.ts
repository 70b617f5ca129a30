import { createCipheriv, createDecipheriv } from 'node:crypto'
import forge from 'node-forge'

export type CipherName = 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc' | 'des-ede3-cbc' | 'des-cbc' | 'rc2-cbc'

export interface Cipher {
  name: CipherName
  keyLength: number
  ivLength: number
  /** Only RC2 has one that differs from the key's length (RFC 2268 §2). */
  effectiveBits?: number
}

/** Decrypts CBC with PKCS#7 padding. Null when the padding is wrong, which with CBC is how a wrong key shows. */
export function decrypt(cipher: Cipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array | null {
  try {
    switch (cipher.name) {
      case 'rc2-cbc':
      case 'des-cbc':
        return decryptOld(cipher, key, iv, data)
      default: {
        const decipher = createDecipheriv(cipher.name, key, iv)
        return Buffer.concat([decipher.update(data), decipher.final()])
      }
    }
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
  return decipher.finish() ? Buffer.from(decipher.output.getBytes(), 'latin1') : null
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
