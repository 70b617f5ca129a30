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
import { publicKeyOf } from '../keys'
import { checkKey } from './key-check'
import type { Password, PasswordUse } from './passwords'
import { decryptPbe } from './pbe'

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
  if (children.length === 6) throw new AppError('unsupported-algorithm', 'a key of the kind DSA')
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
  if (!isKnown || !isCurveKnown) throw new AppError('unsupported-algorithm', `a key of the kind ${nameOfKind(kind)}`)
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

export function looksLikeKey(plain: Uint8Array): boolean {
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
