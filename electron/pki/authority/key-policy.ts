import { AppError } from '#shared/errors'
import { childAt, childrenOf, readOnly, tags } from '../der'
import { isOrdinary, keyIds, kindOf, nameOfKind } from '../key-names'
import { describeKey } from '../keys'

/** NIST SP 800-57 part 1, table 2: what is still allowed; and what no signer here would wait for. */
const smallestRsa = 2048
const largestRsa = 16_384

/**
 * Why a public key (SPKI, DER) is not certified; null where it may be. Access takes RSA and the NIST curves: Ed25519,
 * RSA-PSS and secp256k1 make certificates that it refuses. Errors: `malformed`.
 */
export function refusalOfKey(spki: Uint8Array): string | null {
  const [algorithm, bits] = childrenOf(readOnly(spki))
  const kind = kindOf(childAt(algorithm === undefined ? [] : [algorithm], 0, tags.sequence))
  if (kind.explicitCurve !== null)
    return 'Access refuses keys that spell out their curve. Name it with openssl ec -param_enc named_curve.'
  if (!isOrdinary(kind)) return `Access refuses ${nameOfKind(kind)} keys. Use an RSA or EC P-256 key.`
  if (kind.id !== keyIds.rsa || bits === undefined) return null
  const size = Number(describeKey(spki).split(' ')[1])
  if (size < smallestRsa) return `An RSA key of ${size} bits is too short. The minimum is ${smallestRsa}.`
  if (size > largestRsa) return `An RSA key of ${size} bits is too long. The maximum is ${largestRsa}.`
  return hasSoundExponent(bits.content.subarray(1)) ? null : 'The key’s public exponent makes it insecure.'
}

/** With an even exponent or 1 anybody can "sign" (RFC 8017 §3.1 asks for an odd number of 3 and more). */
function hasSoundExponent(key: Uint8Array): boolean {
  const exponent = childAt(childrenOf(readOnly(key)), 1, tags.integer).content
  const last = exponent.at(-1) ?? 0
  return last % 2 === 1 && (last > 1 || exponent.slice(0, -1).some((octet) => octet !== 0))
}

export function requireUsableKey(spki: Uint8Array): void {
  const refusal = refusalOfKey(spki)
  if (refusal !== null) throw new AppError('unsupported-algorithm', refusal)
}
