import { AppError } from '#shared/errors'
import { isWholeSequence, toDer } from '../ber'
import { childrenOf, type Element, encode, integer, nothing, octetString, oid, readOnly, sequence, tags } from '../der'
import { curveOctets, type KeyKind, keyIds, kindOf, nameOfKind } from '../key-names'
import { privateKeyOf, publicKeyOf } from '../keys'
import type { Budget } from './budget'
import { checkCurvePrivateKey, checkKey, checkParameters } from './key-check'
import type { Password, PasswordUse } from './passwords'
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
  if (algorithm !== undefined && key !== undefined) {
    const kind = kindOf(algorithm)
    checkParameters(kind, algorithm)
    checkKey(kind, key.content)
  }
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
  const kind = kindOf(algorithm)
  checkCurvePrivateKey(kind, key.content)
  if (kind.explicitCurve !== null) return withNamedCurve(kind.explicitCurve, childrenOf(readOnly(key.content)))
  requireRecognised(kind)
  const isRsa = kind.id === keyIds.rsa
  return sequence(integer(0), isRsa ? sequence(rsaEncryption, nothing) : algorithm.raw, key.raw)
}

/**
 * Kinds of keys that sign, whether or not Access takes them. RFC 5480 §2.1.1: curves are named; parameters of one's own
 * are how a key is forged for another curve.
 */
function requireRecognised(kind: KeyKind): void {
  const isKnown = Object.values(keyIds).some((id) => id === kind.id)
  const isCurveKnown = kind.id !== keyIds.ec || (kind.curve !== null && curveOctets[kind.curve] !== undefined)
  if (!isKnown || !isCurveKnown) throw new AppError('unsupported-algorithm', `a key of type ${nameOfKind(kind)}`)
}

/** SEC 1 ECPrivateKey (RFC 5915): the curve stands in the optional [0], which PKCS#8 wants in its algorithm. */
function fromSec1(der: Uint8Array, children: Element[]): Uint8Array {
  const parameters = children.find(({ tag }) => tag === explicitParameters)
  if (parameters === undefined) throw new AppError('malformed', 'The key does not name its curve.')
  const algorithm = sequence(ecPublicKey, parameters.content)
  const kind = kindOf(readOnly(algorithm))
  if (kind.explicitCurve !== null) return withNamedCurve(kind.explicitCurve, children)
  requireRecognised(kind)
  return sequence(integer(0), algorithm, octetString(der))
}

const explicitParameters = 0xa0

/** PKCS#8 of a key that spelled a curve out: it names the curve, once, where PKCS#8 wants it. `parts`: ECPrivateKey. */
function withNamedCurve(curve: string, parts: Element[]): Uint8Array {
  const key = sequence(...parts.filter(({ tag }) => tag !== explicitParameters).map(({ raw }) => raw))
  return sequence(integer(0), sequence(ecPublicKey, oid(curve)), octetString(key))
}

export interface DecryptKeyOptions {
  /** Tried in turn; null where no password was given. */
  passwords: Password[] | null
  use: PasswordUse
  budget: Budget
}

/** PKCS#8 EncryptedPrivateKeyInfo (RFC 5958 §3), DER. Errors: `wrong-password`, `password-needed`, `unsupported-algorithm`. */
export function decryptKey(der: Uint8Array, { passwords, use, budget }: DecryptKeyOptions): PlainKey {
  const [algorithm, data] = childrenOf(readOnly(toDer(der)))
  if (algorithm?.tag !== tags.sequence || data?.tag !== tags.octetString) {
    throw new AppError('malformed', 'This is not an encrypted key.')
  }
  // Without a MAC a wrong password shows as bad padding or as nonsense behind it; both mean the same to a person.
  const given = passwords ?? []
  const plain = decryptPbe(algorithm, data.content, { passwords: given, use, isPlausible: isWholeSequence, budget })
  if (plain === null) throw new AppError(passwords === null ? 'password-needed' : 'wrong-password')
  return plainKey(plain)
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
