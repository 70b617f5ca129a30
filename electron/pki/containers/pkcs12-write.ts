import { createHash, createHmac, randomBytes } from 'node:crypto'
import { encode, integer, nothing, octetString, oid, sequence, tags } from '../der'
import { cipherOf, encrypt } from './ciphers'
import { encryptPbes2 } from './pbe'
import { bmpPassword, pkcs12Kdf, purposes } from './pkcs12-kdf'

export interface WritePkcs12Input {
  /**
   * `store`: 3DES with SHA-1, MAC with SHA-1, which every Keychain and every Windows reads. `modern`: AES-256-CBC, PBKDF2
   * with HMAC-SHA-256, MAC with SHA-256, for OpenSSL 3, Node and Firefox.
   */
  profile: 'store' | 'modern'
  pkcs8: Uint8Array
  /** DER. */
  certificate: Uint8Array
  /** DER, nearest issuer first. */
  chain: Uint8Array[]
  /** DER; for an issuer that moves with its last CRL. */
  crls?: Uint8Array[]
  password: string
  label: string
}

/** Of 3DES and of the MAC. */
const iterations = 2048
const macHash = { store: 'sha1', modern: 'sha256' } as const

/** A PKCS#12 file (RFC 7292): shrouded key, certificates, friendlyName and localKeyID on both, MAC over all. DER. */
export function writePkcs12(input: WritePkcs12Input): Uint8Array {
  const localKeyId = createHash('sha1').update(input.certificate).digest()
  const keys = sequence(
    bag('1.2.840.113549.1.12.10.1.2', protect(input, input.pkcs8), attributes(input.label, localKeyId)),
  )
  const certificates = sequence(
    certificateBag(input.certificate, attributes(input.label, localKeyId)),
    ...input.chain.map((issuer) => certificateBag(issuer)),
    ...(input.crls ?? []).map(crlBag),
  )
  const safe = sequence(plainContent(keys), encryptedContent(input, certificates))
  return sequence(integer(3), plainContent(safe), macData(input, safe))
}

/** EncryptedPrivateKeyInfo. */
function protect(input: WritePkcs12Input, plain: Uint8Array): Uint8Array {
  const { algorithm, cipherText } = encryptWith(input, plain)
  return sequence(algorithm, octetString(cipherText))
}

const plainContent = (content: Uint8Array) => sequence(oid('1.2.840.113549.1.7.1'), encode(0xa0, octetString(content)))

function encryptedContent(input: WritePkcs12Input, plain: Uint8Array): Uint8Array {
  const { algorithm, cipherText } = encryptWith(input, plain)
  const info = sequence(oid('1.2.840.113549.1.7.1'), algorithm, encode(0x80, cipherText))
  return sequence(oid('1.2.840.113549.1.7.6'), encode(0xa0, sequence(integer(0), info)))
}

function encryptWith(input: WritePkcs12Input, plain: Uint8Array): { algorithm: Uint8Array; cipherText: Uint8Array } {
  return input.profile === 'store' ? tripleDes(input.password, plain) : encryptPbes2(input.password, plain)
}

function tripleDes(password: string, plain: Uint8Array) {
  const salt = randomBytes(8)
  const common = { hash: 'sha1', password: bmpPassword(password), salt, iterations }
  const key = pkcs12Kdf({ ...common, purpose: purposes.key, length: 24 })
  const iv = pkcs12Kdf({ ...common, purpose: purposes.iv, length: 8 })
  return {
    algorithm: sequence(oid('1.2.840.113549.1.12.1.3'), sequence(octetString(salt), integer(iterations))),
    cipherText: encrypt(cipherOf('des-ede3'), key, iv, plain),
  }
}

const bag = (type: string, value: Uint8Array, bagAttributes?: Uint8Array) =>
  sequence(oid(type), encode(0xa0, value), ...(bagAttributes === undefined ? [] : [bagAttributes]))

const certificateBag = (der: Uint8Array, bagAttributes?: Uint8Array) =>
  bag(
    '1.2.840.113549.1.12.10.1.3',
    sequence(oid('1.2.840.113549.1.9.22.1'), encode(0xa0, octetString(der))),
    bagAttributes,
  )

/** RFC 7292 §4.2.4. */
const crlBag = (der: Uint8Array) =>
  bag('1.2.840.113549.1.12.10.1.4', sequence(oid('1.2.840.113549.1.9.23.1'), encode(0xa0, octetString(der))))

/** macOS pairs key and certificate by localKeyID, Windows shows the friendlyName. */
function attributes(label: string, localKeyId: Uint8Array): Uint8Array {
  const name = Buffer.from(label, 'utf16le').swap16()
  return encode(
    tags.set,
    sequence(oid('1.2.840.113549.1.9.20'), encode(tags.set, encode(tags.bmpString, name))),
    sequence(oid('1.2.840.113549.1.9.21'), encode(tags.set, octetString(localKeyId))),
  )
}

function macData({ profile, password }: WritePkcs12Input, content: Uint8Array): Uint8Array {
  const hash = macHash[profile]
  const length = hash === 'sha1' ? 20 : 32
  const salt = randomBytes(length)
  const key = pkcs12Kdf({
    hash,
    password: bmpPassword(password),
    salt,
    iterations,
    purpose: purposes.mac,
    length,
  })
  const digest = createHmac(hash, key).update(content).digest()
  const algorithm = sequence(oid(hash === 'sha1' ? '1.3.14.3.2.26' : '2.16.840.1.101.3.4.2.1'), nothing)
  return sequence(sequence(algorithm, octetString(digest)), octetString(salt), integer(iterations))
}
