import { createHash } from 'node:crypto'
import type { BlockHash } from './block-hash'
import { sha1 } from './iterated-sha1'
import { sha256 } from './iterated-sha256'

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
