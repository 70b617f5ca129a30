import { createHash } from 'node:crypto'
import { digestLength } from './digests'
import { iterate } from './iterated-hash'

/** What the derived bytes are for (RFC 7292 appendix B.3). */
export const purposes = { key: 1, iv: 2, mac: 3 } as const

/** Block sizes in octets of the hashes that occur. */
const blockSizes: Record<string, number> = {
  md5: 64,
  sha1: 64,
  sha224: 64,
  sha256: 64,
  sha384: 128,
  sha512: 128,
  'sha512-224': 128,
  'sha512-256': 128,
  'sha3-224': 144,
  'sha3-256': 136,
  'sha3-384': 104,
  'sha3-512': 72,
}

export interface Pkcs12KdfInput {
  hash: string
  /** As it enters the derivation: BMPString with a final zero, or nothing at all for "no password". */
  password: Uint8Array
  salt: Uint8Array
  iterations: number
  purpose: (typeof purposes)[keyof typeof purposes]
  length: number
}

/** The key derivation of PKCS#12 (RFC 7292 appendix B.2). Synchronous and slow by design: run it in a job. */
export function pkcs12Kdf({ hash, password, salt, iterations, purpose, length }: Pkcs12KdfInput): Buffer {
  const block = blockSizes[hash] ?? 64
  const diversifier = Buffer.alloc(block, purpose)
  let state: Buffer = Buffer.concat([stretch(salt, block), stretch(password, block)])
  const output: Buffer[] = []
  for (let produced = 0; produced < length; ) {
    const digest = iterate(hash, createHash(hash).update(diversifier).update(state).digest(), iterations - 1)
    output.push(digest)
    produced += digest.length
    if (produced < length) state = addToEachBlock(state, stretch(digest, block), block)
  }
  return Buffer.concat(output).subarray(0, length)
}

/** How many rounds `pkcs12Kdf` takes: every block of the hash's length takes all of them again. */
export const pkcs12Rounds = (hash: string, iterations: number, length: number): number =>
  iterations * Math.ceil(length / digestLength(hash))

/** Repeated up to a multiple of the block; nothing stays nothing. */
function stretch(bytes: Uint8Array, block: number): Buffer {
  if (bytes.length === 0) return Buffer.alloc(0)
  const length = block * Math.ceil(bytes.length / block)
  return Buffer.alloc(length, Buffer.from(bytes))
}

/** Each block plus B plus one, modulo 2^(8·block). */
function addToEachBlock(state: Buffer, addend: Buffer, block: number): Buffer {
  const result = Buffer.from(state)
  for (let start = 0; start < result.length; start += block) {
    let carry = 1
    for (let index = block - 1; index >= 0; index -= 1) {
      const sum = (result[start + index] ?? 0) + (addend[index] ?? 0) + carry
      result[start + index] = sum & 0xff
      carry = sum >> 8
    }
  }
  return result
}

/** UTF-16BE with a final zero (RFC 7292 appendix B.1). */
export function bmpPassword(password: string): Buffer {
  const text = Buffer.from(`${password}\0`, 'utf16le')
  return text.swap16()
}
