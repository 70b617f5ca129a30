import { createECDH } from 'node:crypto'
import { AppError } from '#shared/errors'
import { childAt, childrenOf, type Element, tags } from '../der'
import { readOnlyOf } from '../der-values'
import { curveOctets, engineCurves, fixedOctets, type KeyKind, keyIds, nameOfKind } from '../key-names'
import { arePssParametersWhole } from '../pss-parameters'

/**
 * Whether the private half of a key belongs to its public half. Engines take both from the file and do not compare them,
 * so that a damaged file would yield a key that signs and never fits. `key` is what PKCS#8 calls privateKey (RFC 5958
 * §2). Kinds of keys that hold nothing to compare pass. Errors: `malformed`.
 */
export function checkKey(kind: KeyKind, key: Uint8Array): void {
  if (kind.id === keyIds.rsa || kind.id === keyIds.rsaPss) {
    const parts = childrenOf(readOnlyOf(key, tags.sequence))
    requireReadableRsa(kind, parts)
    if (!isWholeRsa(parts)) throw damaged(kind)
  } else if (kind.id === keyIds.ec && kind.curve !== null) {
    if (!isWholeEc(kind.curve, childrenOf(readOnlyOf(key, tags.sequence)))) throw damaged(kind)
  }
}

const damaged = (kind: KeyKind) => new AppError('malformed', `The ${nameOfKind(kind)} key is damaged.`)

/** Whether the parameters of a key's AlgorithmIdentifier are whole, where engines differ in reading them. Errors: `malformed`. */
export function checkParameters(kind: KeyKind, algorithm: Element): void {
  if (kind.id === keyIds.rsaPss && !arePssParametersWhole(algorithm)) throw damaged(kind)
}

/** Whether a key of a kind whose keys have one length has it, private or public; others pass. Errors: `malformed`. */
export function checkKeySize(kind: KeyKind, key: Uint8Array): void {
  const octets = fixedOctets[kind.id]
  if (octets !== undefined && key.length !== octets) throw damaged(kind)
}

/** RFC 8410 §7: CurvePrivateKey is an OCTET STRING inside PKCS#8's own. Errors: `malformed`. */
export function checkCurvePrivateKey(kind: KeyKind, key: Uint8Array): void {
  if (fixedOctets[kind.id] === undefined) return
  if (key[0] !== tags.octetString || key[1] !== key.length - 2) throw damaged(kind)
  checkKeySize(kind, key.subarray(2))
}

/** OpenSSL's limit, in octets of the modulus: 16,384 bits. Comparing the halves takes time by the square of the length. */
const MAX_MODULUS = 2048

/** Errors: `unsupported-algorithm` for what is whole and still not read. */
function requireReadableRsa(kind: KeyKind, parts: Element[]): void {
  const { content } = childAt(parts, 1, tags.integer)
  const modulus = content[0] === 0 ? content.subarray(1) : content
  // RFC 8017 appendix A.1.2: version 1, and the other primes behind the usual numbers.
  if (parts.length > 9) throw new AppError('unsupported-algorithm', 'a key of type multi-prime RSA')
  if (modulus.length > MAX_MODULUS)
    throw new AppError('unsupported-algorithm', `an RSA key of ${modulus.length * 8} bits`)
  if (parts.some((part) => part.content.length > modulus.length + 1)) throw damaged(kind)
}

/** RFC 8017 §3.2 and appendix A.1.2: version, n, e, d, p, q, d mod (p-1), d mod (q-1), q⁻¹ mod p. */
function isWholeRsa(parts: Element[]): boolean {
  const number = (index: number) => unsigned(childAt(parts, index, tags.integer).content)
  const [version, n, e, d, p, q] = [number(0), number(1), number(2), number(3), number(4), number(5)]
  if (version !== 0n || n % 2n === 0n || e % 2n === 0n || p < 3n || q < 3n || p * q !== n) return false
  if (!isOne(e * d, p - 1n) || !isOne(e * d, q - 1n)) return false
  return number(6) === d % (p - 1n) && number(7) === d % (q - 1n) && isOne(number(8) * q, p)
}

const isOne = (value: bigint, modulus: bigint) => value % modulus === 1n

function unsigned(content: Uint8Array): bigint {
  return content.length === 0 ? 0n : BigInt(`0x${Buffer.from(content).toString('hex')}`)
}

/** RFC 5915 §3: version, the private number, and perhaps the public point in [1]. */
function isWholeEc(curve: string, parts: Element[]): boolean {
  const privateNumber = childAt(parts, 1, tags.octetString).content
  const said = parts.find(({ tag }) => tag === 0xa1)
  if (said === undefined) return true
  const [bits] = childrenOf(said)
  const point = bits?.tag === tags.bitString ? bits.content.subarray(1) : new Uint8Array()
  const form = point[0] === 4 ? 'uncompressed' : 'compressed'
  const engineCurve = engineCurves[curve]
  if (engineCurve !== undefined) return Buffer.compare(publicPoint(engineCurve, privateNumber, form), point) === 0
  // Not every engine can compute on the others; their sizes are at least those of the curve.
  const octets = curveOctets[curve] ?? 0
  return privateNumber.length <= octets && point.length === 1 + octets * (form === 'compressed' ? 1 : 2)
}

/** Empty where the number is none of the curve's. */
function publicPoint(curve: string, privateNumber: Uint8Array, form: 'compressed' | 'uncompressed'): Uint8Array {
  const pair = createECDH(curve)
  try {
    pair.setPrivateKey(privateNumber)
    return pair.getPublicKey(null, form)
  } catch {
    return new Uint8Array()
  }
}
