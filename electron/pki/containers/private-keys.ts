import { createHash } from 'node:crypto'
import { AppError } from '#shared/errors'
import { toDer } from '../ber'
import {
  childrenOf,
  type Element,
  encode,
  integer,
  nothing,
  octetString,
  oid,
  readInteger,
  readOnly,
  sequence,
  tags,
} from '../der'
import { curveOctets, type KeyKind, keyIds, kindOf, nameOfKind } from '../key-names'
import { privateKeyOf, publicKeyOf } from '../keys'
import { type Cipher, decrypt } from './ciphers'
import { checkKey } from './key-check'
import { octetForms, type Password, type PasswordUse } from './passwords'
import { decryptPbe, encryptPbes2 } from './pbe'

export interface PlainKey {
  /** PKCS#8, DER. */
  pkcs8: Uint8Array
  /** SubjectPublicKeyInfo, DER. */
  spki: Uint8Array
}

const rsaEncryption = oid('1.2.840.113549.1.1.1')
const ecPublicKey = oid('1.2.840.10045.2.1')

/** A plain private key of any traditional shape as PKCS#8. Input: DER. Errors: `malformed`, `unsupported-algorithm`. */
export function plainKey(der: Uint8Array): PlainKey {
  const pkcs8 = toPkcs8(toDer(der))
  const [, algorithm, key] = childrenOf(readOnly(pkcs8))
  if (algorithm !== undefined && key !== undefined) checkKey(kindOf(algorithm), key.content)
  return { pkcs8, spki: publicKeyOf(pkcs8) }
}

function toPkcs8(der: Uint8Array): Uint8Array {
  const children = childrenOf(readOnly(der))
  const [version, second, third] = children
  if (version?.tag !== tags.integer || second === undefined)
    throw new AppError('malformed', 'This is not a private key.')
  if (second.tag === tags.sequence && third?.tag === tags.octetString) return plainPkcs8(second, third)
  if (second.tag === tags.octetString) return fromSec1(der, children)
  if (children.length >= 9) return sequence(integer(0), sequence(rsaEncryption, nothing), octetString(der))
  if (children.length === 6) throw new AppError('unsupported-algorithm', 'a key of type DSA')
  throw new AppError('malformed', 'This is not a private key.')
}

/** Version 0 without attributes and the public half of RFC 5958; BoringSSL takes no other, nor RSA without its NULL. */
function plainPkcs8(algorithm: Element, key: Element): Uint8Array {
  const kind = recognised(algorithm)
  const isRsa = kind.id === keyIds.rsa
  return sequence(integer(0), isRsa ? sequence(rsaEncryption, nothing) : algorithm.raw, key.raw)
}

/**
 * Kinds of keys that sign, whether or not Access takes them. RFC 5480 §2.1.1: curves are named; parameters of one's own
 * are how a key is forged for another curve.
 */
function recognised(algorithm: Element): KeyKind {
  const kind = kindOf(algorithm)
  const isKnown = Object.values(keyIds).some((id) => id === kind.id)
  const isCurveKnown = kind.id !== keyIds.ec || (kind.curve !== null && curveOctets[kind.curve] !== undefined)
  if (!isKnown || !isCurveKnown) throw new AppError('unsupported-algorithm', `a key of type ${nameOfKind(kind)}`)
  return kind
}

/** SEC 1 ECPrivateKey (RFC 5915): the curve stands in the optional [0], which PKCS#8 wants in its algorithm. */
function fromSec1(der: Uint8Array, children: Element[]): Uint8Array {
  const parameters = children.find(({ tag }) => tag === 0xa0)
  if (parameters === undefined) throw new AppError('malformed', 'The key does not name its curve.')
  const algorithm = sequence(ecPublicKey, parameters.content)
  recognised(readOnly(algorithm))
  return sequence(integer(0), algorithm, octetString(der))
}

/** PKCS#8 EncryptedPrivateKeyInfo (RFC 5958 §3), DER. Errors: `wrong-password`, `password-needed`, `unsupported-algorithm`. */
export function decryptKey(der: Uint8Array, passwords: Password[] | null, use: PasswordUse): PlainKey {
  const [algorithm, data] = childrenOf(readOnly(toDer(der)))
  if (algorithm?.tag !== tags.sequence || data?.tag !== tags.octetString) {
    throw new AppError('malformed', 'This is not an encrypted key.')
  }
  // Without a MAC a wrong password shows as bad padding or as nonsense behind it; both mean the same to a person.
  const plain = decryptPbe(algorithm, data.content, { passwords: passwords ?? [], use, isPlausible: looksLikeKey })
  if (plain === null) throw new AppError(passwords === null ? 'password-needed' : 'wrong-password')
  return plainKey(plain)
}

function looksLikeKey(plain: Uint8Array): boolean {
  try {
    const [version] = childrenOf(readOnly(plain))
    return version !== undefined && readInteger(version) <= 1
  } catch {
    return false
  }
}

/** PKCS#1 RSAPublicKey as SubjectPublicKeyInfo. */
export function wrapRsaPublicKey(der: Uint8Array): Uint8Array {
  return sequence(sequence(rsaEncryption, nothing), encode(tags.bitString, Uint8Array.of(0), der))
}

/** EncryptedPrivateKeyInfo (RFC 5958 §3), DER, from plain PKCS#8 (DER) by PBES2. */
export function encryptPkcs8(pkcs8: Uint8Array, password: string): Uint8Array {
  const { algorithm, cipherText } = encryptPbes2(password, pkcs8)
  return sequence(algorithm, octetString(cipherText))
}

/**
 * The form of before PKCS#8, unencrypted DER with its PEM label: RSAPrivateKey (RFC 8017 §A.1.2) or ECPrivateKey (RFC 5915
 * §3). Takes plain PKCS#8 (DER). Errors: `malformed`, and `unsupported-algorithm` for kinds of keys that never had one.
 */
export function traditionalKey(pkcs8: Uint8Array): { label: string; der: Uint8Array } {
  const key = privateKeyOf(pkcs8)
  const kind = key.asymmetricKeyType
  if (kind === 'rsa') return { label: 'RSA PRIVATE KEY', der: key.export({ type: 'pkcs1', format: 'der' }) }
  if (kind === 'ec') return { label: 'EC PRIVATE KEY', der: key.export({ type: 'sec1', format: 'der' }) }
  throw new AppError('unsupported-algorithm', `a key of type ${kind ?? 'unknown'} in the traditional format`)
}

/** The ciphers of encrypted traditional PEM keys (RFC 1421 §4.6.1.3 and openssl-format-options). */
const ciphers: Record<string, Cipher> = {
  'AES-128-CBC': { name: 'aes-128-cbc', keyLength: 16, ivLength: 16 },
  'AES-192-CBC': { name: 'aes-192-cbc', keyLength: 24, ivLength: 16 },
  'AES-256-CBC': { name: 'aes-256-cbc', keyLength: 32, ivLength: 16 },
  'DES-EDE3-CBC': { name: 'des-ede3-cbc', keyLength: 24, ivLength: 8 },
  'DES-CBC': { name: 'des-cbc', keyLength: 8, ivLength: 8 },
}

/**
 * Decrypts a PEM key with a DEK-Info header; returns the key's DER. Errors: `password-needed`, `wrong-password`,
 * `unsupported-algorithm`, `malformed`.
 */
export function decryptDekInfo(dekInfo: string, data: Uint8Array, password: Password): Uint8Array {
  const [name = '', ivHex = ''] = dekInfo.split(',').map((part) => part.trim())
  const cipher = ciphers[name.toUpperCase()]
  if (cipher === undefined) throw new AppError('unsupported-algorithm', name)
  const iv = Buffer.from(ivHex, 'hex')
  if (iv.length !== cipher.ivLength) throw new AppError('malformed', 'The key’s DEK-Info header cannot be read.')
  if (password === null) throw new AppError('password-needed')
  for (const octets of octetForms(password, 'key')) {
    const key = bytesToKey(octets, iv.subarray(0, 8), cipher.keyLength)
    const plain = decrypt(cipher, key, iv, data)
    if (plain !== null && looksLikeKey(plain)) return plain
  }
  throw new AppError('wrong-password')
}

/** OpenSSL's EVP_BytesToKey with MD5 and one round; the salt is the first half of the IV. */
function bytesToKey(password: Uint8Array, salt: Uint8Array, length: number): Buffer {
  let derived = Buffer.alloc(0)
  let last = Buffer.alloc(0)
  while (derived.length < length) {
    last = createHash('md5').update(last).update(password).update(salt).digest()
    derived = Buffer.concat([derived, last])
  }
  return derived.subarray(0, length)
}
