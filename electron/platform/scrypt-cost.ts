/** N, r and p of scrypt (RFC 7914 §2). */
export interface ScryptCost {
  cost: number
  blockSize: number
  parallel: number
}

/** 128·N·r octets: what N = 2^20, r = 8 takes, the most that Percival's paper proposes for files. */
const MAX_SCRYPT_MEMORY = 2 ** 30
/**
 * N·r·p: 32 times the OWASP recommendation (N = 2^17, r = 8, p = 1), which is what Latchkey writes and takes about half
 * a second. Bounded together, because each number can be harmless while their product keeps a computer busy for hours.
 */
const MAX_SCRYPT_WORK = 32 * 2 ** 17 * 8

export const isTooCostly = ({ cost, blockSize, parallel }: ScryptCost): boolean =>
  128 * cost * blockSize > MAX_SCRYPT_MEMORY || cost * blockSize * parallel > MAX_SCRYPT_WORK

/** RFC 7914 §2: the cost is a power of two above one and below 2^(16·r). The engines throw at anything else. */
export const isScryptCost = ({ cost, blockSize, parallel }: ScryptCost): boolean =>
  cost >= 2 && Number.isInteger(Math.log2(cost)) && blockSize >= 1 && parallel >= 1 && Math.log2(cost) < 16 * blockSize
