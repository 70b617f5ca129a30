import { createCipheriv, createHash, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto'
import forge from 'node-forge'
import { encode, integer, nothing, octetString, oid, sequence } from '#electron/pki/der'
import type { Workshop } from './openssl'

/**
 * PKCS#12 files that combine the algorithms in every way, named like those of Hubert Kario's keyfile-corpus. openssl writes those
 * that it can; the others, of salts, lengths and PRFs that it does not let one choose, are written here.
 */
export interface Combination {
  name: string
  /** Null: it opens. Otherwise how the refusal names what is not supported. */
  refusal: string | null
  /** So many rounds that `npm test` leaves it out. */
  isSlow: boolean
  /** What opens it. */
  password: string
  /** Those that the engine has to know, to write the file and to read it. */
  hashes: string[]
  make(materials: Materials): Promise<Uint8Array>
}

export interface Materials {
  /** With `rsa`, `ec` and `dsa`, each as .key and .pem. */
  workshop: Workshop
  /** PKCS#8 and certificate (DER) of `rsa`. */
  pkcs8: Uint8Array
  certificate: Uint8Array
}

const opensslFile = async ({ openssl, read }: Workshop, key: string, args: string[]) => {
  const legacy = ['-legacy', '-provider', 'default', '-provider', 'legacy']
  await openssl(
    'pkcs12',
    '-export',
    ...legacy,
    '-inkey',
    `${key}.key`,
    '-in',
    `${key}.pem`,
    '-out',
    'made.p12',
    ...args,
  )
  return read('made.p12')
}

const ascii = 'Red Hat Enterprise Linux 7.4'
const unicode = 'Zażółć gęślą jaźń'

type Choices = Partial<Pick<Combination, 'refusal' | 'isSlow' | 'password' | 'hashes'>>

function byOpenssl(
  name: string,
  args: string[],
  { key = 'rsa', ...choices }: Choices & { key?: string } = {},
): Combination {
  const { password = ascii } = choices
  return {
    name: `${key},${name}`,
    refusal: null,
    isSlow: false,
    hashes: [],
    password,
    ...choices,
    make: ({ workshop }) => opensslFile(workshop, key, ['-passout', `pass:${password}`, ...args]),
  }
}

const both = (cipher: string) => ['-keypbe', cipher, '-certpbe', cipher]

/** How a part is encrypted: an AlgorithmIdentifier (DER), and the cipher text. */
type Protection = (plain: Uint8Array, password: string) => { algorithm: Uint8Array; cipherText: Uint8Array }

type Mac = (content: Uint8Array, password: string) => Uint8Array

interface Parts {
  key: Protection | null
  certificate: Protection | null
  mac: Mac | null
  /** NSS writes the key first. */
  isKeyFirst?: boolean
}

function byHand(name: string, parts: Parts, choices: Choices = {}): Combination {
  const { password = ascii } = choices
  return {
    name,
    refusal: null,
    isSlow: false,
    hashes: [],
    password,
    ...choices,
    make: async ({ pkcs8, certificate }) => writeFile(parts, pkcs8, certificate, password),
  }
}

const data = '1.2.840.113549.1.7.1'
const bag = (id: string, content: Uint8Array) => sequence(oid(`1.2.840.113549.1.12.10.1.${id}`), encode(0xa0, content))
const plainContent = (content: Uint8Array) => sequence(oid(data), encode(0xa0, octetString(content)))

function writeFile(
  { key, certificate, mac, isKeyFirst = false }: Parts,
  pkcs8: Uint8Array,
  der: Uint8Array,
  password: string,
) {
  const shrouded = key?.(pkcs8, password)
  const keyBag =
    shrouded === undefined ? bag('1', pkcs8) : bag('2', sequence(shrouded.algorithm, octetString(shrouded.cipherText)))
  const certificates = sequence(bag('3', sequence(oid('1.2.840.113549.1.9.22.1'), encode(0xa0, octetString(der)))))
  const sealed = certificate?.(certificates, password)
  const content =
    sealed === undefined
      ? plainContent(certificates)
      : sequence(
          oid('1.2.840.113549.1.7.6'),
          encode(0xa0, sequence(integer(0), sequence(oid(data), sealed.algorithm, encode(0x80, sealed.cipherText)))),
        )
  const contents = [content, plainContent(sequence(keyBag))]
  const safe = sequence(...(isKeyFirst ? contents.reverse() : contents))
  return sequence(integer(3), plainContent(safe), ...(mac === null ? [] : [mac(safe, password)]))
}

const saltOf = (length: number) => Buffer.from(Array.from({ length }, (_, index) => index + 1))

interface Cipher {
  name: string
  id: string
  keyLength: number
  /** In octets; also of the cipher's block. */
  ivLength: number
  encrypt(key: Buffer, iv: Buffer, plain: Uint8Array): Uint8Array
  /** Instead of the IV. */
  parameters?(iv: Buffer): Uint8Array
}

const byEngine = (cipher: string) => (key: Buffer, iv: Buffer, plain: Uint8Array) => {
  const encipher = createCipheriv(cipher, key, iv)
  return Buffer.concat([encipher.update(plain), encipher.final()])
}

const aes = (bits: number, id: number): Cipher => ({
  name: `aes-${bits}-cbc`,
  id: `2.16.840.1.101.3.4.1.${id}`,
  keyLength: bits / 8,
  ivLength: 16,
  encrypt: byEngine(`aes-${bits}-cbc`),
})
const tripleDes: Cipher = {
  name: 'des-ede3-cbc',
  id: '1.2.840.113549.3.7',
  keyLength: 24,
  ivLength: 8,
  encrypt: byEngine('des-ede3-cbc'),
}
/** 3DES with one key three times. */
const des: Cipher = {
  name: 'des-cbc',
  id: '1.3.14.3.2.7',
  keyLength: 8,
  ivLength: 8,
  encrypt: (key, iv, plain) => tripleDes.encrypt(Buffer.concat([key, key, key]), iv, plain),
}
/** `version`: how RFC 8018 appendix B.2.3 codes the effective bits. */
const rc2 = (bits: number, version: number): Cipher => ({
  name: `rc2-cbc(keyBits(${version}=${bits}bit))`,
  id: '1.2.840.113549.3.2',
  keyLength: bits / 8,
  ivLength: 8,
  encrypt(key, iv, plain) {
    const cipher = forge.rc2.createEncryptionCipher(key.toString('latin1'), bits)
    cipher.start(iv.toString('latin1'))
    cipher.update(forge.util.createBuffer(Buffer.from(plain).toString('latin1')))
    cipher.finish()
    return Buffer.from(cipher.output.getBytes(), 'latin1')
  },
  parameters: (iv) => sequence(integer(version), octetString(iv)),
})
/** One that nobody reads here; nothing is really encrypted. */
const foreign = (name: string, id: string, keyLength = 16, ivLength = 8): Cipher => ({
  name,
  id,
  keyLength,
  ivLength,
  encrypt: (_key, _iv, plain) => Buffer.alloc(Math.ceil((plain.length + 1) / 16) * 16, 7),
})

interface Prf {
  name: string
  /** Null leaves it out, which means HMAC-SHA-1. */
  id: string | null
  hash: string
}

const rsadsi = '1.2.840.113549.2'
const nist = '2.16.840.1.101.3.4.2'
const usualPrf: Prf = { name: 'default', id: null, hash: 'sha1' }
const prfs: Prf[] = [
  usualPrf,
  { name: 'hmacWithMD5', id: `${rsadsi}.6`, hash: 'md5' },
  { name: 'hmacWithSHA1', id: `${rsadsi}.7`, hash: 'sha1' },
  { name: 'hmacWithSHA224', id: `${rsadsi}.8`, hash: 'sha224' },
  { name: 'hmacWithSHA256', id: `${rsadsi}.9`, hash: 'sha256' },
  { name: 'hmacWithSHA384', id: `${rsadsi}.10`, hash: 'sha384' },
  { name: 'hmacWithSHA512', id: `${rsadsi}.11`, hash: 'sha512' },
  { name: 'hmacWithSHA512-224', id: `${rsadsi}.12`, hash: 'sha512-224' },
  { name: 'hmacWithSHA512-256', id: `${rsadsi}.13`, hash: 'sha512-256' },
  { name: 'hmac-sha3-224', id: `${nist}.13`, hash: 'sha3-224' },
  { name: 'hmac-sha3-256', id: `${nist}.14`, hash: 'sha3-256' },
  { name: 'hmac-sha3-384', id: `${nist}.15`, hash: 'sha3-384' },
  { name: 'hmac-sha3-512', id: `${nist}.16`, hash: 'sha3-512' },
]

interface Derivation {
  salt?: number
  rounds?: number
  prf?: Prf
  /** Whether the parameters state the length of the key. */
  isStated?: boolean
}

function pbes2(
  cipher: Cipher,
  { salt = 8, rounds = 2048, prf = usualPrf, isStated = false }: Derivation = {},
): Protection {
  const parameters = sequence(
    octetString(saltOf(salt)),
    integer(rounds),
    ...(isStated ? [integer(cipher.keyLength)] : []),
    ...(prf.id === null ? [] : [sequence(oid(prf.id), nothing)]),
  )
  return pbes2With(cipher, sequence(oid('1.2.840.113549.1.5.12'), parameters), (password) =>
    pbkdf2Sync(password, saltOf(salt), rounds, cipher.keyLength, prf.hash),
  )
}

function scrypt(cipher: Cipher, salt: number, isStated: boolean): Protection {
  const length = isStated ? [integer(cipher.keyLength)] : []
  const parameters = sequence(octetString(saltOf(salt)), integer(16_384), integer(8), integer(1), ...length)
  return pbes2With(cipher, sequence(oid('1.3.6.1.4.1.11591.4.11'), parameters), (password) =>
    scryptSync(password, saltOf(salt), cipher.keyLength, { N: 16_384, r: 8, p: 1 }),
  )
}

function pbes2With(cipher: Cipher, derivation: Uint8Array, derive: (password: string) => Buffer): Protection {
  return (plain, password) => {
    const iv = saltOf(cipher.ivLength)
    const scheme = sequence(oid(cipher.id), cipher.parameters?.(iv) ?? octetString(iv))
    return {
      algorithm: sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation, scheme)),
      cipherText: cipher.encrypt(derive(password), iv, plain),
    }
  }
}

/** PBES1 with 3DES and PKCS#12's own derivation. */
const oldTripleDes =
  (salt: number, rounds: number): Protection =>
  (plain, password) => {
    const derive = (purpose: number, length: number) =>
      pkcs12Key('sha1', { password, salt: saltOf(salt), rounds, purpose, length })
    return {
      algorithm: sequence(oid('1.2.840.113549.1.12.1.3'), sequence(octetString(saltOf(salt)), integer(rounds))),
      cipherText: tripleDes.encrypt(derive(1, 24), derive(2, 8), plain),
    }
  }

/** A scheme that is refused by its identifier; nothing is really encrypted. */
const scheme =
  (id: string): Protection =>
  (plain) => ({
    algorithm: sequence(oid(id), sequence(octetString(saltOf(8)), integer(2048))),
    cipherText: Buffer.alloc(Math.ceil((plain.length + 1) / 16) * 16, 7),
  })

const blockLengths: Record<string, number> = { sha384: 128, sha512: 128 }

interface KeyRequest {
  password: string
  salt: Buffer
  rounds: number
  purpose: number
  length: number
}

/** RFC 7292 appendix B.2, by the letter. */
function pkcs12Key(hash: string, { password, salt, rounds, purpose, length }: KeyRequest): Buffer {
  const v = blockLengths[hash] ?? 64
  const filled = (bytes: Buffer) => Buffer.alloc(v * Math.ceil(bytes.length / v), bytes)
  const words = Buffer.from(`${password}\0`, 'utf16le').swap16()
  let input = Buffer.concat([salt.length === 0 ? salt : filled(salt), filled(words)])
  const key: Buffer[] = []
  for (let made = 0; made < length; ) {
    let digest = createHash(hash).update(Buffer.alloc(v, purpose)).update(input).digest()
    for (let round = 1; round < rounds; round += 1) digest = createHash(hash).update(digest).digest()
    key.push(digest)
    made += digest.length
    const added = BigInt(`0x${Buffer.alloc(v, digest).toString('hex')}`) + 1n
    input = Buffer.concat(
      Array.from({ length: input.length / v }, (_, index) => {
        const block = BigInt(`0x${input.subarray(index * v, index * v + v).toString('hex')}`)
        return Buffer.from(
          BigInt.asUintN(8 * v, block + added)
            .toString(16)
            .padStart(2 * v, '0'),
          'hex',
        )
      }),
    )
  }
  return Buffer.concat(key).subarray(0, length)
}

const hashIds: Record<string, string> = {
  md5: `${rsadsi}.5`,
  sha1: '1.3.14.3.2.26',
  sha224: `${nist}.4`,
  sha256: `${nist}.1`,
  sha384: `${nist}.2`,
  sha512: `${nist}.3`,
}

const usualMac = mac('sha1')

/** `rounds` null leaves them out, which means one. */
function mac(hash: string, salt = 8, rounds: number | null = 2048): Mac {
  return (content, password) => {
    const length = createHash(hash).digest().length
    const key = pkcs12Key(hash, { password, salt: saltOf(salt), rounds: rounds ?? 1, purpose: 3, length })
    const info = sequence(
      sequence(oid(hashIds[hash] ?? ''), nothing),
      octetString(createHmac(hash, key).update(content).digest()),
    )
    return sequence(info, octetString(saltOf(salt)), ...(rounds === null ? [] : [integer(rounds)]))
  }
}

/** RFC 9579. */
const pbmac1 =
  (hash: Prf, prf: Prf): Mac =>
  (content, password) => {
    const key = pbkdf2Sync(password, saltOf(8), 2048, 32, prf.hash)
    const named = (one: Prf) => sequence(oid(one.id ?? ''), nothing)
    const derivation = sequence(octetString(saltOf(8)), integer(2048), integer(32), named(prf))
    const parameters = sequence(sequence(oid('1.2.840.113549.1.5.12'), derivation), named(hash))
    const info = sequence(
      sequence(oid('1.2.840.113549.1.5.14'), parameters),
      octetString(createHmac(hash.hash, key).update(content).digest()),
    )
    return sequence(info, octetString(Buffer.from('NOT USED')), integer(1))
  }

const same = (protection: Protection, macOf: Mac | null = usualMac): Parts => ({
  key: protection,
  certificate: protection,
  mac: macOf,
})

const aes128 = aes(128, 2)
const usualCiphers = [aes128, aes(192, 22), aes(256, 42), tripleDes, des]
const isModern = ({ name }: Prf) => /SHA256|SHA384|SHA512$/u.test(name)

export const combinations: Combination[] = [
  // PBES1, both of PKCS#12 and of PKCS#5.
  ...[
    ...['PBE-SHA1-3DES', 'PBE-SHA1-2DES', 'PBE-SHA1-RC2-128', 'PBE-SHA1-RC2-40', 'PBE-SHA1-RC4-128', 'PBE-SHA1-RC4-40'],
    ...['PBE-MD5-DES', 'PBE-MD5-RC2-64', 'PBE-SHA1-DES', 'PBE-SHA1-RC2-64'],
  ].map((pbe) => byOpenssl(`cert&key(${pbe}),mac(sha1)`, [...both(pbe), '-macalg', 'sha1'])),
  ...['rsa', 'ec', 'dsa'].map((key) =>
    byOpenssl(
      'cert(PBE-SHA1-RC2-40),key(PBE-SHA1-3DES),mac(sha1)',
      ['-certpbe', 'PBE-SHA1-RC2-40', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
      { key, refusal: key === 'dsa' ? 'DSA' : null },
    ),
  ),
  ...[0, 8, 16].map((salt) => byHand(`rsa,cert&key(PBE-SHA1-3DES,salt(${salt}))`, same(oldTripleDes(salt, 2048)))),
  ...[1, 1_000_000].map((rounds) =>
    byHand(`rsa,cert&key(PBE-SHA1-3DES,iter(${rounds}))`, same(oldTripleDes(8, rounds)), { isSlow: rounds > 2048 }),
  ),
  ...[
    ['pbeWithMD2AndDES-CBC', '1.2.840.113549.1.5.1', 'MD2 and DES'],
    ['pbeWithMD2AndRC2-CBC', '1.2.840.113549.1.5.4', 'MD2 and RC2'],
    ['pbeWithMD5AndCast5-CBC', '1.2.840.113533.7.66.12', 'MD5 and CAST-128'],
    ['PBEWITHSHA256AND256BITAES-CBC-BC', '1.3.6.1.4.1.22554.1.2.1.2.1.42', 'SHA-256 and AES-256'],
    ['id-seedCBC-with-SHA1', '1.2.410.200004.1.15', 'SEED with SHA-1'],
  ].map(([name = '', id = '', refusal = '']) => byHand(`rsa,cert&key(${name})`, same(scheme(id)), { refusal })),

  // PBES2: every PRF with every cipher.
  ...usualCiphers.flatMap((cipher) =>
    prfs.map((prf) =>
      byHand(`rsa,cert&key(PBES2(PBKDF2(prf(${prf.name})),${cipher.name}))`, same(pbes2(cipher, { prf })), {
        hashes: [prf.hash],
      }),
    ),
  ),
  ...usualCiphers.flatMap((cipher) => [
    byHand(
      `rsa,cert&key(PBES2(PBKDF2(keyLen(${cipher.keyLength})),${cipher.name}))`,
      same(pbes2(cipher, { isStated: true })),
    ),
    ...[0, 16, 64].map((salt) =>
      byHand(`rsa,cert&key(PBES2(PBKDF2(salt(${salt})),${cipher.name}))`, same(pbes2(cipher, { salt }))),
    ),
    ...[1, 1_000_000].map((rounds) =>
      byHand(`rsa,cert&key(PBES2(PBKDF2(iter(${rounds})),${cipher.name}))`, same(pbes2(cipher, { rounds })), {
        isSlow: rounds > 2048,
      }),
    ),
  ]),
  ...[rc2(40, 160), rc2(64, 120), rc2(128, 58)].flatMap((cipher) =>
    prfs
      .filter((prf) => prf === usualPrf || isModern(prf))
      .map((prf) =>
        byHand(
          `rsa,cert&key(PBES2(PBKDF2(keyLen(${cipher.keyLength}),prf(${prf.name})),${cipher.name}))`,
          same(pbes2(cipher, { prf, isStated: true })),
        ),
      ),
  ),
  ...[aes128, aes(256, 42), tripleDes].flatMap((cipher) =>
    [0, 8, 64].map((salt) =>
      byHand(`rsa,cert&key(PBES2(scrypt(salt(${salt})),${cipher.name}))`, same(scrypt(cipher, salt, salt === 64))),
    ),
  ),
  ...[
    ['hmacWithSM3', '1.2.156.10197.1.401.3.1', 'HMAC-SM3'],
    ['hmacWithRIPEMD160', '1.3.6.1.5.5.8.1.4', 'HMAC-RIPEMD-160'],
    ['id-HMACGostR3411-94', '1.2.643.2.2.10', 'HMAC-GOST R 34.11-94'],
    ['id-tc26-hmac-gost-3411-2012-256', '1.2.643.7.1.1.4.1', 'HMAC-GOST R 34.11-2012 (256 bits)'],
    ['id-tc26-hmac-gost-3411-2012-512', '1.2.643.7.1.1.4.2', 'HMAC-GOST R 34.11-2012 (512 bits)'],
  ].map(([name = '', id = '', refusal = '']) =>
    byHand(
      `rsa,cert&key(PBES2(PBKDF2(prf(${name})),aes-128-cbc))`,
      same(pbes2(aes128, { prf: { name, id, hash: 'sha256' } })),
      { refusal },
    ),
  ),
  ...[
    ...['camellia-128-cbc', 'camellia-192-cbc', 'camellia-256-cbc'].map((cipher) => [
      cipher,
      cipher.replace(/c(.*)-cbc/u, 'C$1'),
    ]),
    ...['aria-128-cbc', 'aria-192-cbc', 'aria-256-cbc'].map((cipher) => [
      cipher,
      cipher.replace('-cbc', '').toUpperCase(),
    ]),
    ...[
      ['seed-cbc', 'SEED'],
      ['sm4-cbc', 'SM4'],
      ['bf-cbc', 'Blowfish'],
      ['cast5-cbc', 'CAST-128'],
      ['rc4', 'RC4'],
    ],
    ...[
      ['aes-128-ecb', 'AES-128-ECB'],
      ['aes-256-cfb', 'AES-256-CFB'],
      ['aes-192-ofb', 'AES-192-OFB'],
      ['des-cfb', 'DES-CFB'],
    ],
  ].map(([cipher = '', refusal = '']) =>
    byOpenssl(`cert&key(PBES2(PBKDF2,${cipher})),mac(sha256)`, both(cipher), { refusal }),
  ),
  ...[
    foreign('idea-cbc', '1.3.6.1.4.1.188.7.1.1.2'),
    foreign('rc5-cbc', '1.2.840.113549.3.9'),
    foreign('gost89', '1.2.643.2.2.21', 32),
    foreign('id-tc26-cipher-gostr3412-2015-kuznyechik-ctracpkm', '1.2.643.7.1.1.5.2.1', 32, 16),
    foreign('aes-256-gcm', '2.16.840.1.101.3.4.1.46', 32, 12),
    foreign('aes-128-ccm', '2.16.840.1.101.3.4.1.7', 16, 12),
    foreign('chacha20-poly1305', '1.2.840.113549.1.9.16.3.18', 32, 12),
    foreign('des-ecb', '1.3.14.3.2.6', 8),
  ].map((cipher, index) => {
    const names = [
      'IDEA',
      'RC5',
      'GOST 28147-89',
      'GOST Kuznyechik',
      'AES-256-GCM',
      'AES-128-CCM',
      'ChaCha20-Poly1305',
      'DES-ECB',
    ]
    return byHand(`rsa,cert&key(PBES2(PBKDF2,${cipher.name}))`, same(pbes2(cipher)), { refusal: names[index] ?? '' })
  }),
  ...[
    'aes-128-cbc',
    'aes-192-cbc',
    'aes-256-cbc',
    'des-ede3-cbc',
    'des-cbc',
    'rc2-cbc',
    'rc2-64-cbc',
    'rc2-40-cbc',
  ].map((cipher) => byOpenssl(`cert&key(PBES2(PBKDF2,${cipher})),mac(sha256)`, both(cipher))),
  ...['ec', 'dsa'].map((key) =>
    byOpenssl('cert&key(PBES2(PBKDF2,aes-256-cbc)),mac(sha256)', both('aes-256-cbc'), {
      key,
      refusal: key === 'dsa' ? 'DSA' : null,
    }),
  ),

  // MACs.
  ...[
    'md5',
    'sha1',
    'sha224',
    'sha256',
    'sha384',
    'sha512',
    'sha512-224',
    'sha512-256',
    'sha3-224',
    'sha3-256',
    'sha3-384',
    'sha3-512',
  ].map((hash) =>
    byOpenssl(`cert&key(aes-128-cbc),mac(${hash})`, [...both('aes-128-cbc'), '-macalg', hash], { hashes: [hash] }),
  ),
  ...[
    ['md4', 'MD4'],
    ['ripemd160', 'RIPEMD-160'],
    ['whirlpool', 'Whirlpool'],
    ['sm3', 'SM3'],
    ['blake2b512', 'BLAKE2b-512'],
    ['blake2s256', 'BLAKE2s-256'],
  ].map(([hash = '', refusal = '']) =>
    byOpenssl(`cert&key(aes-128-cbc),mac(${hash})`, [...both('aes-128-cbc'), '-macalg', hash], { refusal }),
  ),
  ...[0, 20, 32].flatMap((salt) =>
    ['sha1', 'sha512'].map((hash) =>
      byHand(`rsa,cert&key(aes-128-cbc),mac(${hash},salt(${salt}))`, same(pbes2(aes128), mac(hash, salt))),
    ),
  ),
  ...[null, 1, 1_000_000].map((rounds) =>
    byHand(
      `rsa,cert&key(aes-128-cbc),mac(sha256,iter(${rounds ?? 'default'}))`,
      same(pbes2(aes128), mac('sha256', 8, rounds)),
      {
        isSlow: (rounds ?? 1) > 2048,
      },
    ),
  ),
  ...prfs
    .filter(isModern)
    .flatMap((hash) =>
      prfs
        .filter(isModern)
        .map((prf) =>
          byHand(
            `rsa,cert&key(aes-128-cbc),mac(PBMAC1(${prf.name},${hash.name}))`,
            same(pbes2(aes128), pbmac1(hash, prf)),
          ),
        ),
    ),
  byHand('rsa,cert(none),key(none),mac(none)', { key: null, certificate: null, mac: null }),
  byHand('rsa,cert(none),key(none),mac(sha1)', { key: null, certificate: null, mac: usualMac }),
  byHand('rsa,cert(none),key(aes-128-cbc),mac(none)', { key: pbes2(aes128), certificate: null, mac: null }),
  byHand('rsa,cert(aes-128-cbc),key(none),mac(sha1)', { key: null, certificate: pbes2(aes128), mac: usualMac }),
  byHand('rsa,cert&key(aes-128-cbc),mac(none)', same(pbes2(aes128), null)),

  // Passwords.
  ...[
    ['empty', ''],
    ['unicode', unicode],
  ].flatMap(([name = '', password = '']) => [
    byHand(`rsa,cert&key(PBE-SHA1-3DES),mac(sha1),pass(${name})`, same(oldTripleDes(8, 2048)), { password }),
    byHand(`rsa,cert&key(PBES2(PBKDF2,aes-128-cbc)),mac(sha1),pass(${name})`, same(pbes2(aes128)), { password }),
    byHand(`rsa,cert&key(PBES2(scrypt,aes-128-cbc)),mac(sha1),pass(${name})`, same(scrypt(aes128, 8, false)), {
      password,
    }),
  ]),

  // As GnuTLS and NSS choose them.
  byHand('rsa,cert(PBES2(salt(18),iter(5127))),key(PBES2(salt(16),iter(5301))),mac(iter(10240))', {
    key: pbes2(aes128, { salt: 16, rounds: 5301 }),
    certificate: pbes2(aes128, { salt: 18, rounds: 5127 }),
    mac: mac('sha1', 8, 10_240),
  }),
  byHand('rsa,key(PBE-SHA1-3DES,salt(16)),cert(PBE-SHA1-3DES,salt(16)),mac(sha1,salt(16),iter(2000))', {
    ...same(oldTripleDes(16, 2000), mac('sha1', 16, 2000)),
    isKeyFirst: true,
  }),
]
