import { beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '#electron/pki/containers/open'
import { writePkcs12 } from '#electron/pki/containers/pkcs12-write'
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
import { makeSmallPki, type SmallPki } from '../../../../support/certificates'
import { derivedBy, encrypted, pbes2, pbkdf2Key, saltAndRounds, scryptKey } from '../../../../support/encrypted-keys'

const password = 'correct horse'
let pki: SmallPki
let file: Element[]
beforeAll(async () => {
  pki = await makeSmallPki(new Date())
  const { pkcs8, certificate } = pki.client
  file = childrenOf(
    readElement(writePkcs12({ profile: 'modern', pkcs8, certificate, chain: [], password, label: 'x' })),
  )
})

/** Whatever is typed: the file is at fault, and a person who is told otherwise would try passwords for ever. */
async function isToBlame(bytes: Uint8Array, code: string, words: RegExp): Promise<void> {
  for (const given of [password, 'wrong', '', null])
    await expect(openFile({ name: 'x', bytes, password: given })).rejects.toMatchObject({
      code,
      detail: expect.stringMatching(words),
    })
}

const negative = encode(tags.integer, Uint8Array.of(0xff))
const pkcs12Scheme = '1.2.840.113549.1.12.1.3'
const pbes1 = '1.2.840.113549.1.5.10'

describe('a derivation that cannot be computed is malformed', () => {
  it.each<[string, () => Uint8Array, RegExp]>([
    ['PBKDF2 of no rounds', () => pbkdf2Key(integer(0)), /no rounds/u],
    ['PBKDF2 of less than no rounds', () => pbkdf2Key(negative), /number/u],
    ['PBKDF2 of a number without octets', () => pbkdf2Key(encode(tags.integer)), /number/u],
    ['PBES1 of no rounds', () => encrypted(sequence(oid(pbes1), saltAndRounds(0)), Buffer.alloc(64)), /no rounds/u],
    [
      'PKCS#12’s own of no rounds',
      () => encrypted(sequence(oid(pkcs12Scheme), saltAndRounds(0)), Buffer.alloc(64)),
      /no rounds/u,
    ],
    ...[
      [0, 8, 1],
      [1, 8, 1],
      [3, 8, 1],
      [1024, 0, 1],
      [1024, 8, 0],
      // RFC 7914 §2: N < 2^(16·r).
      [65_536, 1, 1],
    ].map(([cost = 0, blockSize = 0, parallel = 0]): [string, () => Uint8Array, RegExp] => [
      `scrypt ${cost}, ${blockSize}, ${parallel}`,
      () => scryptKey(cost, blockSize, parallel),
      /scrypt/u,
    ]),
  ])('%s', async (_, make, words) => {
    await isToBlame(make(), 'malformed', words)
  })
})

describe('data that no password can decrypt is malformed', () => {
  const whole = childrenOf(readElement(pbkdf2Key(integer(100))))
  it.each([0, 15, 33])('PBES2 of %i octets', async (length) => {
    const [algorithm] = whole
    await isToBlame(encrypted(algorithm?.raw ?? nothing, Buffer.alloc(length)), 'malformed', /cut off/u)
  })

  it('PBES2 with an IV of another length', async () => {
    const derivation = sequence(oid('1.2.840.113549.1.5.12'), saltAndRounds(100))
    const scheme = sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(Buffer.alloc(8)))
    const algorithm = sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation, scheme))
    await isToBlame(encrypted(algorithm, Buffer.alloc(64)), 'malformed', /IV/u)
  })

  it.each([pkcs12Scheme, pbes1])('%s of 13 octets', async (id) => {
    await isToBlame(encrypted(sequence(oid(id), saltAndRounds(100)), Buffer.alloc(13)), 'malformed', /cut off/u)
  })

  it.each([
    ['AES-128-CBC,000102030405060708090a0b0c0d0e0f', 15, /cut off/u],
    ['DES-EDE3-CFB,0001020304050607', 0, /is empty/u],
    ['DES-EDE3-CBC,00010203', 16, /DEK-Info/u],
    ['DES-EDE3-CBC', 16, /DEK-Info/u],
    ['nonsense', 16, /DEK-Info/u],
  ])('a key with DEK-Info %s and %i octets', async (header, length, words) => {
    const lines = ['-----BEGIN RSA PRIVATE KEY-----', 'Proc-Type: 4,ENCRYPTED', `DEK-Info: ${header}`, '']
    const body = [Buffer.alloc(length).toString('base64'), '-----END RSA PRIVATE KEY-----', '']
    await isToBlame(Buffer.from([...lines, ...body].join('\n')), 'malformed', words)
  })
})

describe('a derivation that nobody reads is named', () => {
  it.each([
    ['1.2.643.7.1.1.4.1', /GOST/u],
    ['1.2.156.10197.1.401.2', /SM3/u],
    ['1.3.6.1.5.5.8.1.4', /RIPEMD-160/u],
  ])('PBKDF2 with %s', async (prf, words) => {
    await isToBlame(pbkdf2Key(integer(1000), prf), 'unsupported-algorithm', words)
  })

  it('another derivation', async () => {
    const derivation = sequence(oid('1.2.840.113549.1.9.16.3.28'), sequence())
    await isToBlame(derivedBy(derivation), 'unsupported-algorithm', /HKDF/u)
  })
})

/** The same PKCS#12 with another MAC. */
const withMac = (mac: Uint8Array): Uint8Array => {
  const [version, content] = file
  return sequence(version?.raw ?? nothing, content?.raw ?? nothing, mac)
}

const macOf = (hash: string, length: number, rounds: number) =>
  sequence(
    sequence(sequence(oid(hash), nothing), octetString(Buffer.alloc(length))),
    octetString(Buffer.alloc(8)),
    integer(rounds),
  )

const pbmac1 = (length: number, prf = '1.2.840.113549.2.9', hmac = '1.2.840.113549.2.9') => {
  const derivation = sequence(octetString(Buffer.alloc(8)), integer(1000), integer(32), sequence(oid(prf)))
  const parameters = sequence(sequence(oid('1.2.840.113549.1.5.12'), derivation), sequence(oid(hmac)))
  const info = sequence(sequence(oid('1.2.840.113549.1.5.14'), parameters), octetString(Buffer.alloc(length)))
  return sequence(info, octetString(Buffer.alloc(8)), integer(1))
}

describe('a MAC that no password can fit', () => {
  const sha256 = '2.16.840.1.101.3.4.2.1'
  it.each<[string, Uint8Array, string, RegExp]>([
    ['of no rounds', macOf(sha256, 32, 0), 'malformed', /no rounds/u],
    ['of another length', macOf(sha256, 20, 1), 'malformed', /20 octets/u],
    ['of no length', macOf(sha256, 0, 1), 'malformed', /0 octets/u],
    ['with PBMAC1 and of another length', pbmac1(20), 'malformed', /20 octets/u],
    ['with RIPEMD-160', macOf('1.3.36.3.2.1', 20, 1), 'unsupported-algorithm', /RIPEMD-160/u],
    ['with GOST', macOf('1.2.643.7.1.1.2.2', 32, 1), 'unsupported-algorithm', /GOST/u],
    ['with SM3', macOf('1.2.156.10197.1.401', 32, 1), 'unsupported-algorithm', /SM3/u],
    ['with PBMAC1 and KMAC', pbmac1(32, undefined, '2.16.840.1.101.3.4.2.19'), 'unsupported-algorithm', /KMAC128/u],
  ])('%s', async (_, mac, code, words) => {
    await isToBlame(withMac(mac), code, words)
  })

  it('of the right form fails with the password', async () => {
    for (const mac of [macOf(sha256, 32, 1), pbmac1(32)])
      await expect(openFile({ name: 'x', bytes: withMac(mac), password: 'wrong' })).rejects.toMatchObject({
        code: 'wrong-password',
      })
  })
})

it('contents that are encrypted for a certificate need no password', async () => {
  const enveloped = sequence(oid('1.2.840.113549.1.7.3'), encode(0xa0, sequence(integer(0))))
  const safe = sequence(oid('1.2.840.113549.1.7.1'), encode(0xa0, octetString(sequence(enveloped))))
  await isToBlame(sequence(integer(3), safe), 'unsupported-algorithm', /for a certificate/u)
})

describe('what stands inside the encryption is not taken for a wrong password', () => {
  const inside = (plain: Uint8Array) =>
    pbes2(plain, password, { cipher: 'aes-256-cbc', said: '2.16.840.1.101.3.4.1.42', statedLength: null })
  const open = (plain: Uint8Array) => openFile({ name: 'x', bytes: inside(plain), password })

  it('a damaged key', async () => {
    const damaged = Uint8Array.from(pki.client.pkcs8)
    damaged[damaged.length - 5] = (damaged.at(-5) ?? 0) ^ 1
    await expect(open(damaged)).rejects.toMatchObject({ code: 'malformed' })
    // The length of the first part points past the end.
    const cut = Uint8Array.from(pki.client.pkcs8)
    cut[8] = 0x7f
    await expect(open(cut)).rejects.toMatchObject({ code: 'malformed' })
  })

  it('something that is no key', async () => {
    await expect(open(pki.client.certificate)).rejects.toMatchObject({ code: 'malformed' })
    await expect(open(sequence(integer(7), integer(8)))).rejects.toMatchObject({ code: 'malformed' })
  })

  it('a key of a kind that is not read', async () => {
    const mlDsa = sequence(integer(0), sequence(oid('2.16.840.1.101.3.4.3.18')), octetString(Buffer.alloc(32)))
    await expect(open(mlDsa)).rejects.toMatchObject({
      code: 'unsupported-algorithm',
      detail: 'a key of type ML-DSA-65',
    })
  })
})
