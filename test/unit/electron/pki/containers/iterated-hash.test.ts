import { createHash, randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { iterate } from '#electron/pki/containers/iterated-hash'

it.each(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'])(
  '%s over and over is what the engine makes of it',
  (hash) => {
    for (const rounds of [0, 1, 2, 50]) {
      const digest = createHash(hash).update(randomBytes(8)).digest()
      let expected = digest
      for (let round = 0; round < rounds; round += 1) expected = createHash(hash).update(expected).digest()
      expect(iterate(hash, digest, rounds).equals(expected)).toBe(true)
    }
  },
)
