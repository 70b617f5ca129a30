import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodePem, encodePem } from '#electron/pki/containers/pem'
import {
  describeKey,
  generateKey,
  keyCodeOf,
  keySha256,
  normaliseSpki,
  privateKeyOf,
  publicKeyOf,
} from '#electron/pki/keys'
import type { KeyAlgorithm } from '#shared/model/key'
import { openWorkshop, type Workshop } from '../../../support/openssl'

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.remove())

const der = async (file: string) =>
  decodePem((await workshop.read(file)).toString('latin1'))[0]?.der ?? new Uint8Array()

describe('a new key', () => {
  const kinds: [KeyAlgorithm, string][] = [
    ['rsa-2048', 'RSA 2048'],
    ['p-256', 'EC P-256'],
    ['p-384', 'EC P-384'],
    ['p-521', 'EC P-521'],
  ]
  it.each(kinds)('%s is what openssl says it is, with its public half', async (algorithm, name) => {
    const { pkcs8, spki } = await generateKey(algorithm)
    expect(describeKey(spki)).toBe(name)
    expect(Buffer.from(publicKeyOf(pkcs8)).equals(spki)).toBe(true)
    await workshop.write('new.key', encodePem('PRIVATE KEY', pkcs8))
    await workshop.openssl('pkey', '-in', 'new.key', '-check', '-noout')
    await workshop.openssl('pkey', '-in', 'new.key', '-pubout', '-outform', 'DER', '-out', 'new.pub')
    expect((await workshop.read('new.pub')).equals(spki)).toBe(true)
  })

  it('differs every time', async () => {
    const [first, second] = await Promise.all([generateKey('p-256'), generateKey('p-256')])
    expect(keySha256(first.spki)).not.toBe(keySha256(second.spki))
  })
})

describe('the key code', () => {
  it('is the first 80 bits of the SHA-256 in base32', () => {
    const spki = Buffer.from('not a key, only bytes')
    const bits = BigInt(`0x${createHash('sha256').update(spki).digest('hex').slice(0, 20)}`)
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
    const letters = Array.from({ length: 16 }, (_, index) => alphabet[Number((bits >> BigInt(75 - 5 * index)) & 31n)])
    expect(keyCodeOf(spki).replaceAll('-', '')).toBe(letters.join(''))
    expect(keyCodeOf(spki)).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/u)
  })

  it('stays what it is, since people compare it across versions', () => {
    expect(keyCodeOf(new Uint8Array())).toBe('4OYM-IQUY-7QOB-JGX3')
  })
})

describe('describing keys', () => {
  const kinds: [string, string[]][] = [
    ['Ed25519', ['-algorithm', 'ED25519']],
    ['Ed448', ['-algorithm', 'ED448']],
    ['RSA-PSS 2048', ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048']],
    ['EC secp256k1', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1']],
    ['EC brainpoolP256r1', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1']],
  ]
  it.each(kinds)('%s is named by its structure, whatever the engine takes', async (name, options) => {
    await workshop.openssl('genpkey', ...options, '-out', 'odd.key')
    await workshop.openssl('pkey', '-in', 'odd.key', '-pubout', '-out', 'odd.pub')
    expect(describeKey(await der('odd.pub'))).toBe(name)
  })
})

describe('one spelling for equal keys', () => {
  it('turns a compressed point into an uncompressed one', async () => {
    await workshop.openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'ec.key')
    await workshop.openssl('ec', '-in', 'ec.key', '-pubout', '-out', 'plain.pub')
    await workshop.openssl('ec', '-in', 'ec.key', '-pubout', '-conv_form', 'compressed', '-out', 'short.pub')
    const [plain, short] = [await der('plain.pub'), await der('short.pub')]
    expect(short.length).toBeLessThan(plain.length)
    expect(Buffer.from(normaliseSpki(short)).equals(plain)).toBe(true)
  })

  it('leaves alone what it cannot read', () => {
    const bytes = Uint8Array.of(0x30, 0)
    expect(normaliseSpki(bytes)).toBe(bytes)
  })
})

describe('a private key that cannot be used', () => {
  it('is damaged when its kind is ours', async () => {
    const { pkcs8 } = await generateKey('p-256')
    const damaged = Uint8Array.from(pkcs8)
    damaged.fill(0xff, 27, 40)
    expect(() => privateKeyOf(damaged)).toThrow(expect.objectContaining({ code: 'malformed' }))
  })
})
