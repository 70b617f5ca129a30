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
const start = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))
// Taken apart once: doing it in every round costs more than the round.
const [start0 = 0, start1 = 0, start2 = 0, start3 = 0, start4 = 0, start5 = 0, start6 = 0, start7 = 0] = start

/** SHA-256 (FIPS 180-4 §6.2.2), `rounds` times, of messages of exactly 32 octets, which are always one block. */
export function iterateSha256(digest: Buffer, rounds: number): Buffer {
  const schedule = new Int32Array(64)
  for (let index = 0; index < 8; index += 1) schedule[index] = digest.readInt32BE(index * 4)
  for (let round = 0; round < rounds; round += 1) compress(schedule)
  const result = Buffer.alloc(32)
  for (let index = 0; index < 8; index += 1) result.writeInt32BE(schedule[index] ?? 0, index * 4)
  return result
}

/** The message is the first eight words of `schedule`; so is the hash afterwards. */
function compress(schedule: Int32Array): void {
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
  let a = start0
  let b = start1
  let c = start2
  let d = start3
  let e = start4
  let f = start5
  let g = start6
  let h = start7
  for (let index = 0; index < 64; index += 1) {
    const high = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const first = (h + high + (g ^ (e & (f ^ g))) + (constants[index] ?? 0) + (schedule[index] ?? 0)) | 0
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
  schedule[0] = (a + start0) | 0
  schedule[1] = (b + start1) | 0
  schedule[2] = (c + start2) | 0
  schedule[3] = (d + start3) | 0
  schedule[4] = (e + start4) | 0
  schedule[5] = (f + start5) | 0
  schedule[6] = (g + start6) | 0
  schedule[7] = (h + start7) | 0
}
