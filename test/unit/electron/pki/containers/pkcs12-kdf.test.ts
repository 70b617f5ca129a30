import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { iterate } from '#electron/pki/containers/iterated-hash'
import { bmpPassword, pkcs12Kdf, purposes } from '#electron/pki/containers/pkcs12-kdf'
import { rounds } from '../../../../support/rounds'

describe('hashing again and again', () => {
  it.each(['sha1', 'sha256', 'sha512'])('with %s gives what the engine gives', (hash) => {
    const length = createHash(hash).digest().length
    const digests = fc.uint8Array({ minLength: length, maxLength: length })
    fc.assert(
      fc.property(digests, fc.nat({ max: 20 }), (bytes, rounds) => {
        let expected: Buffer = Buffer.from(bytes)
        for (let round = 0; round < rounds; round += 1) expected = createHash(hash).update(expected).digest()
        expect(iterate(hash, Buffer.from(bytes), rounds).equals(expected)).toBe(true)
      }),
      { numRuns: rounds(200) },
    )
  })
})

describe('the key derivation of PKCS#12', () => {
  /** The well-known vectors of Bouncy Castle and node-forge's own tests. */
  const vectors: [string, string, number, keyof typeof purposes, number, string][] = [
    ['smeg', '0a58cf64530d823f', 1, 'key', 24, '8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3'],
    ['smeg', '0a58cf64530d823f', 1, 'iv', 8, '79993dfe048d3b76'],
    ['smeg', '642b99ab44fb4b1f', 1, 'key', 24, 'f3a95fec48d7711e985cfe67908c5ab79fa3d7c5caa5d966'],
    ['smeg', '642b99ab44fb4b1f', 1, 'iv', 8, 'c0a38d64a79bea1d'],
    ['smeg', '3d83c0e4546ac140', 1, 'mac', 20, '8d967d88f6caa9d714800ab3d48051d63f73a312'],
    ['queeg', '05dec959acff72f7', 1000, 'key', 24, 'ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4'],
    ['queeg', '05dec959acff72f7', 1000, 'iv', 8, '11dedad7758d4860'],
    ['queeg', '263216fcc2fab31c', 1000, 'mac', 20, '5ec4c7a80df652294c3925b6489a7ab857c83476'],
  ]
  it.each(vectors)('%s, salt %s, %i rounds, %s', (password, salt, iterations, purpose, length, expected) => {
    const derived = pkcs12Kdf({
      hash: 'sha1',
      password: bmpPassword(password),
      salt: Buffer.from(salt, 'hex'),
      iterations,
      purpose: purposes[purpose],
      length,
    })
    expect(derived.toString('hex')).toBe(expected)
  })
})
