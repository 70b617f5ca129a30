import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '#shared/errors'
import { Sha256 } from '#shared/model/ids'
import { type KeyAlgorithm, KeyCode } from '#shared/model/key'
import { childAt, childrenOf, readOid, readOnly, tags } from './der'

const generate = promisify(generateKeyPair)

const curves = { 'p-256': 'prime256v1', 'p-384': 'secp384r1', 'p-521': 'secp521r1' } as const
const sizes = { 'rsa-2048': 2048, 'rsa-3072': 3072, 'rsa-4096': 4096 } as const

export interface KeyPair {
  /** PKCS#8 PrivateKeyInfo, DER (RFC 5958). The caller wipes it. */
  pkcs8: Uint8Array
  /** SubjectPublicKeyInfo, DER (RFC 5280 §4.1.2.7). */
  spki: Uint8Array
}

/**
 * A new key pair from node:crypto (OpenSSL or BoringSSL), public exponent 65537. RSA-4096 takes seconds: run it in a job.
 */
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

/** The key as node:crypto's own object. Errors: `unsupported-algorithm` for keys that this engine does not take. */
export function privateKeyOf(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  } catch {
    throw new AppError('unsupported-algorithm', nameOfAlgorithm(algorithmOf(pkcs8, 1)))
  }
}

/** SubjectPublicKeyInfo (DER) of a private key (PKCS#8, DER). */
export function publicKeyOf(pkcs8: Uint8Array): Uint8Array {
  return createPublicKey(privateKeyOf(pkcs8)).export({ type: 'spki', format: 'der' })
}

/** One spelling for every public key (named curve, uncompressed point), so that equal keys compare equal. */
export function normaliseSpki(spki: Uint8Array): Uint8Array {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }).export({
      type: 'spki',
      format: 'der',
    })
  } catch {
    return spki
  }
}

/** "RSA 2048", "EC P-256", "Ed25519", or the identifier where there is no name for it. Input: SPKI, DER. */
export function describeKey(spki: Uint8Array): string {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {}
    switch (key.asymmetricKeyType) {
      case 'rsa':
        return `RSA ${modulusLength ?? ''}`.trim()
      case 'rsa-pss':
        return `RSA-PSS ${modulusLength ?? ''}`.trim()
      case 'ec':
        return `EC ${curveNames[namedCurve ?? ''] ?? namedCurve ?? 'of an unknown curve'}`
      default:
        return nameOfAlgorithm(algorithmOf(spki, 0))
    }
  } catch {
    return nameOfAlgorithm(algorithmOf(spki, 0))
  }
}

const curveNames: Record<string, string> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }

const algorithmNames: Record<string, string> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.10045.2.1': 'EC of an unsupported curve',
  '1.2.840.10040.4.1': 'DSA',
  '1.2.840.113549.1.3.1': 'Diffie-Hellman',
  '1.3.101.110': 'X25519',
  '1.3.101.111': 'X448',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
}

const nameOfAlgorithm = (identifier: string) => algorithmNames[identifier] ?? identifier

/** The OID in the AlgorithmIdentifier at position `index` of PKCS#8 (1) or SPKI (0). */
function algorithmOf(der: Uint8Array, index: number): string {
  const algorithm = childAt(childrenOf(readOnly(der)), index, tags.sequence)
  return readOid(childAt(childrenOf(algorithm), 0, tags.oid))
}

/** SHA-256 over the DER SubjectPublicKeyInfo, lower-case hex: how a certificate finds its key. */
export function keySha256(spki: Uint8Array): Sha256 {
  return Sha256.parse(createHash('sha256').update(spki).digest('hex'))
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The code two people compare aloud: 80 bits of the SHA-256 over the SPKI in base32 (RFC 4648 §6), four groups of four. */
export function keyCodeOf(spki: Uint8Array): KeyCode {
  const bits = [...createHash('sha256').update(spki).digest().subarray(0, 10)]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
  const letters = bits.match(/.{5}/gu)?.map((five) => alphabet.charAt(Number.parseInt(five, 2))) ?? []
  return KeyCode.parse(letters.join('').match(/.{4}/gu)?.join('-'))
}
