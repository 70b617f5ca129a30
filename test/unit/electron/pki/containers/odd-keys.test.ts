import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOfKey } from '#electron/pki/authority/key-policy'
import { openFile } from '#electron/pki/containers/open'
import {
  childrenOf,
  type Element,
  encode,
  integer,
  nothing,
  octetString,
  oid,
  readElement,
  sequence,
  tags,
} from '#electron/pki/der'
import { describeKey } from '#electron/pki/keys'
import { derOf } from '../../../../support/certificates'
import { privateHalf } from '../../../../support/key-bytes'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.remove())

const open = (bytes: Uint8Array, password: string | null = null) => openFile({ name: 'x', bytes, password })
const openMade = async (file: string, password: string | null = null) => open(await workshop.read(file), password)

const refusal = (code: string, detail: unknown) => ({ code, detail })

describe('an RSA key of three primes', () => {
  it.each([
    ['PKCS#8', ['pkcs8', '-topk8', '-nocrypt']],
    ['PKCS#1', ['rsa', '-traditional']],
  ])('%s is named', async (_, command) => {
    await workshop.openssl('genrsa', '-primes', '3', '-out', 'three.key', '2048')
    for (const form of ['PEM', 'DER']) {
      await workshop.openssl(...command, '-in', 'three.key', '-outform', form, '-out', 'three.out')
      await expect(openMade('three.out')).rejects.toMatchObject(
        refusal('unsupported-algorithm', 'a key of type multi-prime RSA'),
      )
    }
  })

  it('encrypted, says so only after the password', async () => {
    await workshop.openssl('genrsa', '-primes', '3', '-aes128', '-passout', 'pass:secret', '-out', 'three.key', '2048')
    await expect(openMade('three.key', 'wrong')).rejects.toMatchObject({ code: 'wrong-password' })
    await expect(openMade('three.key', 'secret')).rejects.toMatchObject({ code: 'unsupported-algorithm' })
  })
})

it('an RSA key beyond OpenSSL’s limit is named before anything is computed', async () => {
  const modulus = Buffer.alloc(4096, 0xff)
  const number = integer(modulus)
  const key = sequence(integer(0), number, integer(65_537), number, number, number, number, number, number)
  await expect(open(key)).rejects.toMatchObject(refusal('unsupported-algorithm', 'an RSA key of 32768 bits'))
  const small = integer(Buffer.alloc(256, 0x7f))
  const uneven = sequence(integer(0), small, integer(65_537), number, small, small, small, small, small)
  await expect(open(uneven)).rejects.toMatchObject({ code: 'malformed' })
})

describe('an EC key that spells its curve out', () => {
  const curves = [
    ['prime256v1', 'EC P-256'],
    ['secp384r1', 'EC P-384'],
    ['secp521r1', 'EC P-521'],
  ] as const
  it.each(curves)('%s is the named curve', async (curve, name) => {
    await workshop.openssl('ecparam', '-name', curve, '-genkey', '-noout', '-out', 'named.key')
    await workshop.openssl('pkcs8', '-topk8', '-nocrypt', '-in', 'named.key', '-out', 'named.p8')
    const wanted = privateHalf(derOf(await workshop.read('named.p8')))
    for (const form of ['uncompressed', 'compressed']) {
      const spelled = ['-param_enc', 'explicit', '-conv_form', form]
      await workshop.openssl('ec', '-in', 'named.key', ...spelled, '-out', 'spelled.key')
      await workshop.openssl('pkcs8', '-topk8', '-nocrypt', '-in', 'spelled.key', '-out', 'spelled.p8')
      for (const file of ['spelled.key', 'spelled.p8']) {
        const { keys } = await openMade(file)
        expect(keys.map(({ spki }) => describeKey(spki))).toEqual([name])
        expect(keys.map(({ pkcs8 }) => privateHalf(pkcs8))).toEqual([wanted])
      }
    }
  })

  it('in a public key is said', async () => {
    await workshop.openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'named.key')
    await workshop.openssl('ec', '-in', 'named.key', '-param_enc', 'explicit', '-pubout', '-out', 'spelled.pub')
    const { publicKeys } = await openMade('spelled.pub')
    expect(publicKeys.map(describeKey)).toEqual(['EC P-256 (explicit parameters)'])
    expect(publicKeys.map(refusalOfKey)).toEqual([expect.stringContaining('openssl ec -param_enc named_curve')])
  })

  it('with another generator stays unnamed (CVE-2020-0601)', async () => {
    await workshop.openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'named.key')
    await workshop.openssl('ec', '-in', 'named.key', '-param_enc', 'explicit', '-outform', 'DER', '-out', 'spelled.der')
    const [version, key, parameters, point] = childrenOf(readElement(await workshop.read('spelled.der')))
    for (const changed of withOneNumberAltered(readElement(parameters?.content ?? nothing))) {
      const forged = sequence(version?.raw ?? nothing, key?.raw ?? nothing, encode(0xa0, changed))
      await expect(open(forged)).rejects.toMatchObject(
        refusal('unsupported-algorithm', 'a key of type EC of an unnamed curve'),
      )
    }
    const whole = sequence(
      version?.raw ?? nothing,
      key?.raw ?? nothing,
      parameters?.raw ?? nothing,
      point?.raw ?? nothing,
    )
    expect((await open(whole)).keys).toHaveLength(1)
  })

  it('of another curve stays unnamed', async () => {
    await workshop.openssl('ecparam', '-name', 'secp256k1', '-genkey', '-noout', '-out', 'k1.key')
    await workshop.openssl('ec', '-in', 'k1.key', '-param_enc', 'explicit', '-out', 'k1.out')
    await expect(openMade('k1.out')).rejects.toMatchObject(
      refusal('unsupported-algorithm', expect.stringContaining('unnamed curve')),
    )
  })
})

/** ECParameters with another p, a, b, generator, order or cofactor. The seed says nothing of the curve itself. */
function withOneNumberAltered(parameters: Element): Uint8Array[] {
  const parts = childrenOf(parameters)
  const [, , equation] = parts
  const coefficients = equation === undefined ? [] : childrenOf(equation)
  const altering = (elements: Element[], place: number) =>
    sequence(...elements.map((element, index) => (index === place ? altered(element) : element.raw)))
  return [
    ...[1, 3, 4, 5].map((place) => altering(parts, place)),
    ...[0, 1].map((place) => {
      const changed = altering(coefficients, place)
      return sequence(...parts.map((part) => (part === equation ? changed : part.raw)))
    }),
  ]
}

/** The same with another last octet. */
function altered({ raw }: Element): Uint8Array {
  const changed = Uint8Array.from(raw)
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  return changed
}

const keyOf = (id: string, octets: Uint8Array) => sequence(integer(0), sequence(oid(id)), octetString(octets))
const publicOf = (id: string, octets: number) =>
  sequence(sequence(oid(id)), encode(tags.bitString, Uint8Array.of(0), Buffer.alloc(octets, 7)))

describe('a key of a kind whose keys have one length', () => {
  const kinds = [
    ['Ed25519', '1.3.101.112', 32],
    ['Ed448', '1.3.101.113', 57],
    ['X25519', '1.3.101.110', 32],
    ['X448', '1.3.101.111', 56],
  ] as const
  it.each(kinds)('%s of another length is damaged', async (name, id, octets) => {
    const damaged = refusal('malformed', `The ${name} key is damaged.`)
    for (const wrong of [0, octets - 1, octets + 1])
      await expect(open(keyOf(id, octetString(Buffer.alloc(wrong, 7))))).rejects.toMatchObject(damaged)
    // Without the OCTET STRING inside.
    await expect(open(keyOf(id, Buffer.alloc(octets, 7)))).rejects.toMatchObject(damaged)
    await expect(open(publicOf(id, octets - 1))).rejects.toMatchObject(damaged)
    expect((await open(publicOf(id, octets))).publicKeys).toHaveLength(1)
  })

  it('Ed25519 with parameters, which it has not, is damaged', async () => {
    const key = sequence(
      integer(0),
      sequence(oid('1.3.101.112'), nothing),
      octetString(octetString(Buffer.alloc(32, 7))),
    )
    await expect(open(key)).rejects.toMatchObject(refusal('malformed', 'The Ed25519 key is damaged.'))
  })
})

describe('keys of kinds that are not read are named', () => {
  it.each([
    ['2.16.840.1.101.3.4.4.2', 'ML-KEM-768'],
    ['2.16.840.1.101.3.4.3.17', 'ML-DSA-44'],
    ['2.16.840.1.101.3.4.3.20', 'SLH-DSA-SHA2-128s'],
    ['2.16.840.1.101.3.4.3.31', 'SLH-DSA-SHAKE-256f'],
    ['1.2.643.7.1.1.1.2', 'GOST R 34.10-2012 (512 bits)'],
    ['1.2.643.2.2.20', 'GOST R 34.10-94'],
    ['1.3.132.1.12', 'ECDH'],
  ])('%s, %s', async (id, name) => {
    await expect(open(keyOf(id, octetString(Buffer.alloc(32, 7))))).rejects.toMatchObject(
      refusal('unsupported-algorithm', `a key of type ${name}`),
    )
  })

  it('DSA: the private key by name, the public one is shown', async () => {
    await workshop.openssl('dsaparam', '-out', 'dsa.par', '1024')
    await workshop.openssl('gendsa', '-out', 'dsa.key', 'dsa.par')
    await workshop.openssl('pkey', '-in', 'dsa.key', '-pubout', '-out', 'dsa.pub')
    await expect(openMade('dsa.key')).rejects.toMatchObject(refusal('unsupported-algorithm', 'a key of type DSA'))
    expect((await openMade('dsa.pub')).publicKeys.map(describeKey)).toEqual(['DSA'])
  })
})
