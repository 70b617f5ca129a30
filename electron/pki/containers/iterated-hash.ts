import { createHash } from 'node:crypto'

/** A hash whose own digest is always one block, so that it can go round without leaving JavaScript. */
interface BlockHash {
  /** How many 32-bit words the digest has. */
  words: number
  scheduleLength: number
  /** The message is the first words of the schedule; so is the hash afterwards. */
  compress(schedule: Int32Array): void
}

/** FIPS 180-4 §5.3.1. */
const sha1Starts = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)

/** SHA-1 (FIPS 180-4 §6.1.2) of a digest's own length. */
const sha1: BlockHash = {
  words: 5,
  scheduleLength: 80,
  compress: (schedule) => compressSha1(schedule, sha1Starts),
}

/**
 * The message is the first five words of `schedule`; so is the hash afterwards. The tables are handed in: read from
 * outside the function they would be looked up again at every step once the bundler has made them `var`.
 */
function compressSha1(schedule: Int32Array, start: Int32Array): void {
  schedule.fill(0, 5, 16)
  schedule[5] = 0x80000000 | 0
  schedule[15] = 160
  for (let index = 16; index < 80; index += 1) {
    const word =
      (schedule[index - 3] ?? 0) ^
      (schedule[index - 8] ?? 0) ^
      (schedule[index - 14] ?? 0) ^
      (schedule[index - 16] ?? 0)
    schedule[index] = (word << 1) | (word >>> 31)
  }
  let a = start[0] ?? 0
  let b = start[1] ?? 0
  let c = start[2] ?? 0
  let d = start[3] ?? 0
  let e = start[4] ?? 0
  for (let index = 0; index < 80; index += 1) {
    let mixed: number
    if (index < 20) mixed = ((d ^ (b & (c ^ d))) + 0x5a827999) | 0
    else if (index < 40) mixed = ((b ^ c ^ d) + 0x6ed9eba1) | 0
    else if (index < 60) mixed = (((b & c) | (d & (b | c))) + 0x8f1bbcdc) | 0
    else mixed = ((b ^ c ^ d) + 0xca62c1d6) | 0
    const next = (((a << 5) | (a >>> 27)) + mixed + e + (schedule[index] ?? 0)) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = next
  }
  schedule[0] = (a + (start[0] ?? 0)) | 0
  schedule[1] = (b + (start[1] ?? 0)) | 0
  schedule[2] = (c + (start[2] ?? 0)) | 0
  schedule[3] = (d + (start[3] ?? 0)) | 0
  schedule[4] = (e + (start[4] ?? 0)) | 0
}

/** The first 64 primes. */
const primes = Array.from({ length: 312 }, (_, number) => number)
  .filter((number) => number > 1 && !hasDivisor(number))
  .slice(0, 64)

function hasDivisor(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return true
  return false
}

/** The first 32 bits of a number's fraction, which is how FIPS 180-4 §4.2.2 and §5.3.3 make their constants. */
const fraction = (number: number) => ((number - Math.floor(number)) * 0x100000000) | 0
const constants = Int32Array.from(primes, (prime) => fraction(prime ** (1 / 3)))
const sha256Starts = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))

/** SHA-256 (FIPS 180-4 §6.2.2) of a digest's own length. */
const sha256: BlockHash = {
  words: 8,
  scheduleLength: 64,
  compress: (schedule) => compressSha256(schedule, sha256Starts, constants),
}

/**
 * The message is the first eight words of `schedule`; so is the hash afterwards. The tables are handed in: read from
 * outside the function they would be looked up again at every step once the bundler has made them `var`.
 */
function compressSha256(schedule: Int32Array, start: Int32Array, added: Int32Array): void {
  schedule.fill(0, 8, 16)
  schedule[8] = 0x80000000 | 0
  schedule[15] = 256
  for (let index = 16; index < 64; index += 1) {
    const far = schedule[index - 15] ?? 0
    const near = schedule[index - 2] ?? 0
    const low = ((far >>> 7) | (far << 25)) ^ ((far >>> 18) | (far << 14)) ^ (far >>> 3)
    const high = ((near >>> 17) | (near << 15)) ^ ((near >>> 19) | (near << 13)) ^ (near >>> 10)
    schedule[index] = ((schedule[index - 16] ?? 0) + low + (schedule[index - 7] ?? 0) + high) | 0
  }
  let a = start[0] ?? 0
  let b = start[1] ?? 0
  let c = start[2] ?? 0
  let d = start[3] ?? 0
  let e = start[4] ?? 0
  let f = start[5] ?? 0
  let g = start[6] ?? 0
  let h = start[7] ?? 0
  for (let index = 0; index < 64; index += 1) {
    const high = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const first = (h + high + (g ^ (e & (f ^ g))) + (added[index] ?? 0) + (schedule[index] ?? 0)) | 0
    const low = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const second = (low + ((a & b) | (c & (a | b)))) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  schedule[0] = (a + (start[0] ?? 0)) | 0
  schedule[1] = (b + (start[1] ?? 0)) | 0
  schedule[2] = (c + (start[2] ?? 0)) | 0
  schedule[3] = (d + (start[3] ?? 0)) | 0
  schedule[4] = (e + (start[4] ?? 0)) | 0
  schedule[5] = (f + (start[5] ?? 0)) | 0
  schedule[6] = (g + (start[6] ?? 0)) | 0
  schedule[7] = (h + (start[7] ?? 0)) | 0
}

/** What PKCS#12 is really written with; the others are rare enough for the engine. */
const blockHashes = new Map<string, BlockHash>(Object.entries({ sha1, sha256 }))

/**
 * A hash of a hash of a hash…: `rounds` times over `digest`. Firefox and Chrome write PKCS#12 with 600,000 rounds of SHA-1
 * for each of seven keys; one call into the engine for each round takes many times as long (`npm run bench`).
 */
export function iterate(hash: string, digest: Buffer, rounds: number): Buffer {
  const own = blockHashes.get(hash)
  if (own !== undefined) return iterateBlock(own, digest, rounds)
  let state = digest
  for (let round = 0; round < rounds; round += 1) state = createHash(hash).update(state).digest()
  return state
}

function iterateBlock({ words, scheduleLength, compress }: BlockHash, digest: Buffer, rounds: number): Buffer {
  const schedule = new Int32Array(scheduleLength)
  for (let index = 0; index < words; index += 1) schedule[index] = digest.readInt32BE(index * 4)
  for (let round = 0; round < rounds; round += 1) compress(schedule)
  const result = Buffer.alloc(words * 4)
  for (let index = 0; index < words; index += 1) result.writeInt32BE(schedule[index] ?? 0, index * 4)
  return result
}
