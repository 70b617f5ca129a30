const starts = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0].map((word) => word | 0)
const [start0 = 0, start1 = 0, start2 = 0, start3 = 0, start4 = 0] = starts

/** SHA-1 (FIPS 180-4 §6.1.2), `rounds` times, of messages of exactly 20 octets, which are always one block. */
export function iterateSha1(digest: Buffer, rounds: number): Buffer {
  const schedule = new Int32Array(80)
  for (let index = 0; index < 5; index += 1) schedule[index] = digest.readInt32BE(index * 4)
  for (let round = 0; round < rounds; round += 1) compress(schedule)
  const result = Buffer.alloc(20)
  for (let index = 0; index < 5; index += 1) result.writeInt32BE(schedule[index] ?? 0, index * 4)
  return result
}

/** The message is the first five words of `schedule`; so is the hash afterwards. */
function compress(schedule: Int32Array): void {
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
  let [a, b, c, d, e] = [start0, start1, start2, start3, start4]
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
  schedule[0] = (a + start0) | 0
  schedule[1] = (b + start1) | 0
  schedule[2] = (c + start2) | 0
  schedule[3] = (d + start3) | 0
  schedule[4] = (e + start4) | 0
}
