/** Enciphers one block; the plain block cipher, without a mode. */
export type BlockCipher = (block: Uint8Array) => Uint8Array

/**
 * Decrypts CFB (NIST SP 800-38A §6.3) with feedback of whole blocks, which is what OpenSSL calls CFB: what is
 * enciphered next is the last block of the encrypted text.
 */
export const decryptCfb = (encipher: BlockCipher, iv: Uint8Array, data: Uint8Array): Uint8Array =>
  decryptBlocks(encipher, iv, data, (_, encrypted) => encrypted)

/** Decrypts OFB (NIST SP 800-38A §6.4): what is enciphered next is what was enciphered last. */
export const decryptOfb = (encipher: BlockCipher, iv: Uint8Array, data: Uint8Array): Uint8Array =>
  decryptBlocks(encipher, iv, data, (enciphered) => enciphered)

function decryptBlocks(
  encipher: BlockCipher,
  iv: Uint8Array,
  data: Uint8Array,
  next: (enciphered: Uint8Array, encrypted: Uint8Array) => Uint8Array,
): Uint8Array {
  const plain = new Uint8Array(data.length)
  let feedback = iv
  for (let at = 0; at < data.length; at += iv.length) {
    const enciphered = encipher(feedback)
    const encrypted = data.subarray(at, at + iv.length)
    for (const [place, octet] of encrypted.entries()) plain[at + place] = octet ^ (enciphered[place] ?? 0)
    feedback = next(enciphered, encrypted)
  }
  return plain
}

/** RC4, which no engine offers any more: it survives in PKCS#12 files of the 1990s. It has neither IV nor padding. */
export function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index)
  const exchange = (one: number, other: number) => {
    const kept = state[one] ?? 0
    state[one] = state[other] ?? 0
    state[other] = kept
  }
  for (let index = 0, other = 0; index < 256; index += 1) {
    other = (other + (state[index] ?? 0) + (key[index % key.length] ?? 0)) & 0xff
    exchange(index, other)
  }
  let index = 0
  let other = 0
  return data.map((octet) => {
    index = (index + 1) & 0xff
    other = (other + (state[index] ?? 0)) & 0xff
    exchange(index, other)
    return octet ^ (state[((state[index] ?? 0) + (state[other] ?? 0)) & 0xff] ?? 0)
  })
}
