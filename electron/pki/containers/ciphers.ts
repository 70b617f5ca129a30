import { createCipheriv, createDecipheriv } from 'node:crypto'
import forge from 'node-forge'
import { AppError } from '#shared/errors'
import { type BlockCipher, decryptCfb, decryptOfb, rc4 } from './stream-ciphers'

export type Mode = 'cbc' | 'cfb' | 'ofb'
type Family = 'aes-128' | 'aes-192' | 'aes-256' | 'des-ede3' | 'des' | 'rc2'

export interface Cipher {
  family: Family | 'rc4'
  /** RC4 has none. */
  mode: Mode | null
  /** In octets. 3DES takes 16 as well: then its third key is the first one again. */
  keyLength: number
  /** In octets, which is the block's length too; 0 for RC4. */
  ivLength: number
  /** Only RC2 has one that differs from the key's length (RFC 2268 §2). */
  effectiveBits?: number
}

const sizes: Record<Family, Pick<Cipher, 'keyLength' | 'ivLength'>> = {
  'aes-128': { keyLength: 16, ivLength: 16 },
  'aes-192': { keyLength: 24, ivLength: 16 },
  'aes-256': { keyLength: 32, ivLength: 16 },
  'des-ede3': { keyLength: 24, ivLength: 8 },
  des: { keyLength: 8, ivLength: 8 },
  rc2: { keyLength: 16, ivLength: 8 },
}

/** A block cipher with its usual sizes. */
export const cipherOf = (family: Family, mode: Mode = 'cbc'): Cipher => ({ family, mode, ...sizes[family] })

/** 3DES whose third key is the first one again. */
export const twoKeyDes = (mode: Mode = 'cbc'): Cipher => ({ ...cipherOf('des-ede3', mode), keyLength: 16 })

export const rc4Cipher = (keyLength: number): Cipher => ({ family: 'rc4', mode: null, keyLength, ivLength: 0 })

export const rc2Cipher = (keyLength: number, mode: Mode = 'cbc'): Cipher => ({
  ...cipherOf('rc2', mode),
  keyLength,
  effectiveBits: keyLength * 8,
})

/** Before a password is asked for that could not help. Errors: `malformed` for data that is no encrypted text at all. */
export function requireEncrypted({ mode, ivLength }: Cipher, data: Uint8Array): void {
  if (data.length === 0 || (mode === 'cbc' && data.length % ivLength !== 0))
    throw new AppError('malformed', 'The encrypted part is cut off.')
}

/** Errors: `malformed` for an IV of the wrong length. */
export function requireIv({ ivLength }: Cipher, iv: Uint8Array): void {
  if (iv.length !== ivLength) throw new AppError('malformed', 'The encryption has an IV of the wrong length.')
}

/**
 * Decrypts, and takes PKCS#7 padding away where the mode is CBC. Null when the padding is wrong, which is how a wrong key
 * shows; the other modes have no padding, and any key yields something. Errors: `malformed` for an IV or data of the wrong
 * length; a cipher that the engine lacks is a bug and throws as one, never null.
 */
export function decrypt(cipher: Cipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array | null {
  const { family, mode } = cipher
  requireIv(cipher, iv)
  requireEncrypted(cipher, data)
  if (family === 'rc4' || mode === null) return rc4(key, data)
  // The engines only take the long form of two-key 3DES.
  const isTwoKey = family === 'des-ede3' && key.length === 16
  const whole = isTwoKey ? Buffer.concat([key, key.subarray(0, 8)]) : key
  if (mode === 'cfb') return decryptCfb(blockCipher(family, whole, cipher.effectiveBits), iv, data)
  if (mode === 'ofb') return decryptOfb(blockCipher(family, whole, cipher.effectiveBits), iv, data)
  return family === 'rc2' || family === 'des'
    ? decryptOld(cipher, whole, iv, data)
    : decryptCbc(family, whole, iv, data)
}

function decryptCbc(family: Family, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array | null {
  const decipher = createDecipheriv(`${family}-cbc`, key, iv)
  const start = decipher.update(data)
  try {
    return Buffer.concat([start, decipher.final()])
  } catch {
    return null
  }
}

/**
 * BoringSSL has no RC2 and OpenSSL 3 hides RC2 and single DES, so these two come from forge. It takes nearly any padding
 * for RC2, so the padding is judged here, and forge is never asked to finish.
 */
function decryptOld(cipher: Cipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array | null {
  const plain = cipher.family === 'rc2' ? decryptRc2(cipher, key, iv, data) : decryptDes(key, iv, data)
  return withoutPadding(plain, cipher.ivLength)
}

function decryptDes(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const decipher = forge.cipher.createDecipher('DES-CBC', binary(key))
  start(decipher, iv)
  decipher.update(forge.util.createBuffer(binary(data)))
  return Buffer.from(decipher.output.getBytes(), 'latin1')
}

/**
 * Begins anew at each block, with the block before it as the IV, which is what CBC means: forge keeps all input that it
 * was given, and long texts would take time by their square.
 */
function decryptRc2(
  { effectiveBits, ivLength }: Cipher,
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
): Uint8Array {
  const decipher = forge.rc2.createDecryptionCipher(binary(key), effectiveBits ?? key.length * 8)
  const plain = Buffer.alloc(data.length)
  for (let at = 0; at < data.length; at += ivLength) {
    start(decipher, at === 0 ? iv : data.subarray(at - ivLength, at))
    decipher.update(forge.util.createBuffer(binary(data.subarray(at, at + ivLength))))
    plain.write(decipher.output.getBytes(), at, 'latin1')
  }
  return plain
}

/** The cipher without a mode: not every engine has CFB and OFB of each. */
function blockCipher(family: Family, key: Uint8Array, effectiveBits?: number): BlockCipher {
  const encipher =
    family === 'rc2'
      ? forge.rc2.createEncryptionCipher(binary(key), effectiveBits ?? key.length * 8)
      : forge.cipher.createCipher(plainBlocks(family), binary(key))
  return (block) => {
    // Anew for each block, as in `decryptRc2`.
    start(encipher, null)
    encipher.update(forge.util.createBuffer(binary(block)))
    return Buffer.from(encipher.output.getBytes(), 'latin1')
  }
}

function plainBlocks(family: Family): forge.cipher.Algorithm {
  if (family === 'des') return 'DES-ECB'
  return family === 'des-ede3' ? '3DES-ECB' : 'AES-ECB'
}

/** RFC 5652 §6.3: every padding octet holds the padding's length. */
function withoutPadding(plain: Uint8Array, blockSize: number): Uint8Array | null {
  const count = plain.at(-1) ?? 0
  if (count < 1 || count > blockSize || count > plain.length) return null
  const padding = plain.subarray(plain.length - count)
  return padding.every((octet) => octet === count) ? plain.subarray(0, plain.length - count) : null
}

/** RC2 takes the bare IV, the others an options object; forge's own types know only the latter. Null is for no mode. */
function start(cipher: { start(options: never): void }, iv: Uint8Array | null): void {
  const isRc2 = !('blockSize' in cipher)
  const bytes = iv === null ? null : binary(iv)
  const value: unknown = isRc2 ? bytes : bytes === null ? {} : { iv: bytes }
  cipher.start(value as never)
}

/** Encrypts CBC with PKCS#7 padding. */
export function encrypt(cipher: Cipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const encipher = createCipheriv(`${cipher.family}-${cipher.mode}`, key, iv)
  return Buffer.concat([encipher.update(data), encipher.final()])
}

const binary = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
