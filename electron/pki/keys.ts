import {
  createHash,
  createPrivateKey,
  createPublicKey,
  ECDH,
  generateKeyPair,
  getCurves,
  type KeyObject,
} from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '#shared/errors'
import { Sha256 } from '#shared/model/ids'
import { type KeyAlgorithm, KeyCode } from '#shared/model/key'
import { childAt, childrenOf, encode, readOnly, sequence, tags } from './der'
import { engineCurves, isOrdinary, type KeyKind, keyIds, kindOf, nameOfKind, otherCurves } from './key-names'

export { describeKey } from './key-names'

const generate = promisify(generateKeyPair)

const curves = { 'p-256': 'prime256v1', 'p-384': 'secp384r1', 'p-521': 'secp521r1' } as const
const sizes = { 'rsa-2048': 2048, 'rsa-3072': 3072, 'rsa-4096': 4096 } as const

export interface KeyPair {
  /** PKCS#8 PrivateKeyInfo, DER (RFC 5958). The caller wipes it. */
  pkcs8: Uint8Array
  /** SubjectPublicKeyInfo, DER (RFC 5280 §4.1.2.7). */
  spki: Uint8Array
}

/** A new key pair from node:crypto (OpenSSL or BoringSSL), public exponent 65537. RSA-4096 takes seconds: run it in a job. */
export async function generateKey(algorithm: KeyAlgorithm): Promise<KeyPair> {
  const { privateKey, publicKey } = isCurve(algorithm)
    ? await generate('ec', { namedCurve: curves[algorithm] })
    : await generate('rsa', { modulusLength: sizes[algorithm] })
  return {
    pkcs8: privateKey.export({ type: 'pkcs8', format: 'der' }),
    spki: publicKey.export({ type: 'spki', format: 'der' }),
  }
}

function isCurve(algorithm: KeyAlgorithm): algorithm is keyof typeof curves {
  return algorithm in curves
}

/**
 * The key as node:crypto's own object. Input: PKCS#8, DER. Errors: `malformed`, and `unsupported-algorithm` (named) for
 * kinds of keys that this engine does not take.
 */
export function privateKeyOf(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  } catch {
    const kind = kindOf(childAt(childrenOf(readOnly(pkcs8)), 1, tags.sequence))
    if (isOrdinary(kind) || kind.id === keyIds.ed25519)
      throw new AppError('malformed', `The ${nameOfKind(kind)} key is damaged.`)
    throw new AppError('unsupported-algorithm', `a key of type ${nameOfKind(kind)}`)
  }
}

/**
 * SubjectPublicKeyInfo (DER) of a private key (PKCS#8, DER). Keys that only some engines take (RSA-PSS, curves beyond
 * NIST's) are read by their structure. Errors: `malformed`, `unsupported-algorithm`.
 */
export function publicKeyOf(pkcs8: Uint8Array): Uint8Array {
  try {
    return normaliseSpki(createPublicKey(privateKeyOf(pkcs8)).export({ type: 'spki', format: 'der' }))
  } catch (error) {
    const structural = publicFromStructure(pkcs8)
    if (structural === null) throw error
    return structural
  }
}

function publicFromStructure(pkcs8: Uint8Array): Uint8Array | null {
  const parts = childrenOf(readOnly(pkcs8))
  const algorithm = childAt(parts, 1, tags.sequence)
  const kind = kindOf(algorithm)
  if (isOrdinary(kind) || isKnownToEngine(kind)) return null
  if (kind.id !== keyIds.rsaPss && kind.id !== keyIds.ec) return null
  const inner = childrenOf(readOnly(childAt(parts, 2, tags.octetString).content))
  if (kind.id === keyIds.rsaPss) {
    const numbers = [1, 2].map((index) => childAt(inner, index, tags.integer).raw)
    return sequence(algorithm.raw, encode(tags.bitString, Uint8Array.of(0), sequence(...numbers)))
  }
  // RFC 5915 §3: the public key stands in an optional [1].
  const point = inner.find(({ tag }) => tag === 0xa1)
  return point === undefined ? null : sequence(algorithm.raw, point.content)
}

/** What such an engine refuses is damaged. Of RSA-PSS, no engine tells whether it knows it. */
function isKnownToEngine({ id, curve }: KeyKind): boolean {
  const name = curve === null ? undefined : otherCurves[curve]
  return id === keyIds.ec && name !== undefined && getCurves().includes(name)
}

/** One spelling for every public key (named curve, uncompressed point), so that equal keys compare equal. */
export function normaliseSpki(spki: Uint8Array): Uint8Array {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    return uncompressed(key.export({ type: 'spki', format: 'der' }))
  } catch {
    return spki
  }
}

/** Engines keep a point in the form in which they found it (SEC 1 §2.3.3: 2 and 3 are the compressed forms). */
function uncompressed(spki: Uint8Array): Uint8Array {
  const [algorithm, bits] = childrenOf(readOnly(spki))
  const curve = algorithm === undefined ? null : kindOf(algorithm).curve
  const engineCurve = curve === null ? undefined : engineCurves[curve]
  const form = bits?.content[1]
  if (algorithm === undefined || bits === undefined || engineCurve === undefined || form === 4) return spki
  const point = ECDH.convertKey(bits.content.subarray(1), engineCurve, undefined, undefined, 'uncompressed')
  return sequence(algorithm.raw, encode(tags.bitString, Uint8Array.of(0), Buffer.from(point)))
}

/** SHA-256 over the DER SubjectPublicKeyInfo, lower-case hex: how a certificate finds its key. */
export function keySha256(spki: Uint8Array): Sha256 {
  return Sha256.parse(createHash('sha256').update(spki).digest('hex'))
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The code two people compare aloud: 80 bits of the SHA-256 over the SPKI in base32 (RFC 4648 §6), four groups of four. */
export function keyCodeOf(spki: Uint8Array): KeyCode {
  const digest = createHash('sha256').update(spki).digest().subarray(0, 10)
  const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const letters = bits.match(/.{5}/gu)?.map((five) => alphabet.charAt(Number.parseInt(five, 2))) ?? []
  return KeyCode.parse(letters.join('').match(/.{4}/gu)?.join('-'))
}

/** Input: SubjectPublicKeyInfo, DER. Null for kinds that this engine does not take, and for what is none. */
export function readPublicKey(spki: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}
