import type { BlockHash } from './block-hash'

/** FIPS 180-4 §5.3.1. */
const starts = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)

/** SHA-1 (FIPS 180-4 §6.1.2) of a digest's own length. */
export const sha1: BlockHash = { words: 5, scheduleLength: 80, compress: (schedule) => compress(schedule, starts) }

/**
 * The message is the first five words of `schedule`; so is the hash afterwards. The tables are handed in: read from
 * outside the function they would be looked up again at every step once the bundler has made them `var`.
 */
function compress(schedule: Int32Array, start: Int32Array): void {
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
