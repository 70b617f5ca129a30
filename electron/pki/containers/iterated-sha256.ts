import type { BlockHash } from './block-hash'

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
const starts = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))

/** SHA-256 (FIPS 180-4 §6.2.2) of a digest's own length. */
export const sha256: BlockHash = {
  words: 8,
  scheduleLength: 64,
  compress: (schedule) => compress(schedule, starts, constants),
}

/**
 * The message is the first eight words of `schedule`; so is the hash afterwards. The tables are handed in: read from
 * outside the function they would be looked up again at every step once the bundler has made them `var`.
 */
function compress(schedule: Int32Array, start: Int32Array, added: Int32Array): void {
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
