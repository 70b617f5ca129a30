import { createHash } from 'node:crypto'
import { iterateSha1 } from './iterated-sha1'
import { iterateSha256 } from './iterated-sha256'

/**
 * A hash of a hash of a hash…: `rounds` times over `digest`. Firefox and Chrome write PKCS#12 with 600,000 rounds of SHA-1
 * for each of seven keys; one call into the engine for each round takes 14 s in Electron 25, this 2 s (measured).
 */
export function iterate(hash: string, digest: Buffer, rounds: number): Buffer {
  if (hash === 'sha1') return iterateSha1(digest, rounds)
  if (hash === 'sha256') return iterateSha256(digest, rounds)
  let state = digest
  for (let round = 0; round < rounds; round += 1) state = createHash(hash).update(state).digest()
  return state
}
