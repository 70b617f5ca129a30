import { childAt, childrenOf, type Element, readOid, readOnly, tags } from './der'
import { curveOfParameters } from './explicit-curve'

/** NIST's Computer Security Objects Register: FIPS 203, 204 and 205. */
export const postQuantumNames: Record<string, string> = {
  '2.16.840.1.101.3.4.4.1': 'ML-KEM-512',
  '2.16.840.1.101.3.4.4.2': 'ML-KEM-768',
  '2.16.840.1.101.3.4.4.3': 'ML-KEM-1024',
  '2.16.840.1.101.3.4.3.17': 'ML-DSA-44',
  '2.16.840.1.101.3.4.3.18': 'ML-DSA-65',
  '2.16.840.1.101.3.4.3.19': 'ML-DSA-87',
  '2.16.840.1.101.3.4.3.20': 'SLH-DSA-SHA2-128s',
  '2.16.840.1.101.3.4.3.21': 'SLH-DSA-SHA2-128f',
  '2.16.840.1.101.3.4.3.22': 'SLH-DSA-SHA2-192s',
  '2.16.840.1.101.3.4.3.23': 'SLH-DSA-SHA2-192f',
  '2.16.840.1.101.3.4.3.24': 'SLH-DSA-SHA2-256s',
  '2.16.840.1.101.3.4.3.25': 'SLH-DSA-SHA2-256f',
  '2.16.840.1.101.3.4.3.26': 'SLH-DSA-SHAKE-128s',
  '2.16.840.1.101.3.4.3.27': 'SLH-DSA-SHAKE-128f',
  '2.16.840.1.101.3.4.3.28': 'SLH-DSA-SHAKE-192s',
  '2.16.840.1.101.3.4.3.29': 'SLH-DSA-SHAKE-192f',
  '2.16.840.1.101.3.4.3.30': 'SLH-DSA-SHAKE-256s',
  '2.16.840.1.101.3.4.3.31': 'SLH-DSA-SHAKE-256f',
  '2.16.840.1.101.3.4.3.32': 'HashML-DSA-44',
  '2.16.840.1.101.3.4.3.33': 'HashML-DSA-65',
  '2.16.840.1.101.3.4.3.34': 'HashML-DSA-87',
}

const algorithmNames: Record<string, string> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.7': 'RSA-OAEP',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '2.5.8.1.1': 'RSA (X.509)',
  '1.2.840.10045.2.1': 'EC',
  '1.3.132.1.12': 'ECDH',
  '1.3.132.1.13': 'ECMQV',
  '1.2.840.10040.4.1': 'DSA',
  '1.3.14.3.2.12': 'DSA (OIW)',
  '1.3.14.7.2.1.1': 'ElGamal',
  '1.2.840.10046.2.1': 'Diffie-Hellman',
  '1.2.840.113549.1.3.1': 'Diffie-Hellman',
  '1.2.643.2.2.20': 'GOST R 34.10-94',
  '1.2.643.2.2.19': 'GOST R 34.10-2001',
  '1.2.643.7.1.1.1.1': 'GOST R 34.10-2012',
  '1.2.643.7.1.1.1.2': 'GOST R 34.10-2012 (512 bits)',
  '1.2.804.2.1.1.1.1.3.1.1': 'DSTU 4145',
  '1.2.156.10197.1.301': 'SM2',
  '1.3.101.110': 'X25519',
  '1.3.101.111': 'X448',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
  '1.2.840.113549.1.9.16.3.17': 'HSS/LMS',
  '1.3.6.1.5.5.7.6.34': 'XMSS',
  '1.3.6.1.5.5.7.6.35': 'XMSS-MT',
  ...postQuantumNames,
}

/** By OID: the name people use. The first three are those Access accepts. */
const curveNames: Record<string, string> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
  '1.2.840.10045.3.1.1': 'P-192',
  '1.3.132.0.33': 'P-224',
  '1.3.132.0.10': 'secp256k1',
  '1.3.36.3.3.2.8.1.1.7': 'brainpoolP256r1',
  '1.3.36.3.3.2.8.1.1.11': 'brainpoolP384r1',
  '1.3.36.3.3.2.8.1.1.13': 'brainpoolP512r1',
  '1.2.156.10197.1.301': 'SM2',
  '1.3.132.0.8': 'secp160r1',
  '1.3.132.0.9': 'secp160k1',
  '1.3.132.0.30': 'secp160r2',
  '1.3.132.0.31': 'secp192k1',
  '1.3.132.0.32': 'secp224k1',
  '1.2.840.10045.3.1.4': 'prime239v1',
  '1.3.36.3.3.2.8.1.1.1': 'brainpoolP160r1',
  '1.3.36.3.3.2.8.1.1.3': 'brainpoolP192r1',
  '1.3.36.3.3.2.8.1.1.5': 'brainpoolP224r1',
  '1.3.36.3.3.2.8.1.1.8': 'brainpoolP256t1',
  '1.3.36.3.3.2.8.1.1.9': 'brainpoolP320r1',
  '1.3.36.3.3.2.8.1.1.10': 'brainpoolP320t1',
  '1.3.36.3.3.2.8.1.1.12': 'brainpoolP384t1',
  '1.3.36.3.3.2.8.1.1.14': 'brainpoolP512t1',
  '1.3.132.0.1': 'sect163k1',
  '1.3.132.0.15': 'sect163r2',
  '1.3.132.0.26': 'sect233k1',
  '1.3.132.0.27': 'sect233r1',
  '1.3.132.0.16': 'sect283k1',
  '1.3.132.0.17': 'sect283r1',
  '1.3.132.0.36': 'sect409k1',
  '1.3.132.0.37': 'sect409r1',
  '1.3.132.0.38': 'sect571k1',
  '1.3.132.0.39': 'sect571r1',
  '1.2.250.1.223.101.256.1': 'FRP256v1',
}

/** By OID: how many octets a coordinate has. Curves that are not here are not recognised. */
export const curveOctets: Record<string, number> = {
  '1.2.840.10045.3.1.7': 32,
  '1.3.132.0.34': 48,
  '1.3.132.0.35': 66,
  '1.2.840.10045.3.1.1': 24,
  '1.3.132.0.33': 28,
  '1.3.132.0.10': 32,
  '1.3.36.3.3.2.8.1.1.7': 32,
  '1.3.36.3.3.2.8.1.1.11': 48,
  '1.3.36.3.3.2.8.1.1.13': 64,
  '1.2.156.10197.1.301': 32,
}

/** By OID: how many octets a key has, private or public (RFC 7748 §5, RFC 8032 §5.1.5, §5.2.5). */
export const fixedOctets: Record<string, number> = {
  '1.3.101.110': 32,
  '1.3.101.111': 56,
  '1.3.101.112': 32,
  '1.3.101.113': 57,
}

export const keyIds = {
  rsa: '1.2.840.113549.1.1.1',
  rsaPss: '1.2.840.113549.1.1.10',
  ec: '1.2.840.10045.2.1',
  ed25519: '1.3.101.112',
} as const

/** OpenSSL's names of the curves that every engine has, for its own functions. */
export const engineCurves: Record<string, string> = {
  '1.2.840.10045.3.1.7': 'prime256v1',
  '1.3.132.0.34': 'secp384r1',
  '1.3.132.0.35': 'secp521r1',
}

/** The same of those that only some engines have. */
export const otherCurves: Record<string, string> = {
  '1.2.840.10045.3.1.1': 'prime192v1',
  '1.3.132.0.33': 'secp224r1',
  '1.3.132.0.10': 'secp256k1',
  '1.3.36.3.3.2.8.1.1.7': 'brainpoolP256r1',
  '1.3.36.3.3.2.8.1.1.11': 'brainpoolP384r1',
  '1.3.36.3.3.2.8.1.1.13': 'brainpoolP512r1',
  '1.2.156.10197.1.301': 'SM2',
}

export interface KeyKind {
  /** OID of the algorithm. */
  id: string
  /** OID of the named curve; null for everything that has none. */
  curve: string | null
  /** OID of the curve that the parameters spell out instead of naming it (RFC 5480 §2.1.1 forbids that). */
  explicitCurve: string | null
}

/** What an AlgorithmIdentifier says of a key. */
export function kindOf(algorithm: Element): KeyKind {
  const [id, parameters] = childrenOf(algorithm)
  const name = id === undefined ? '' : readOid(id)
  if (name !== keyIds.ec || parameters === undefined) return { id: name, curve: null, explicitCurve: null }
  if (parameters.tag === tags.oid) return { id: name, curve: readOid(parameters), explicitCurve: null }
  const explicitCurve = parameters.tag === tags.sequence ? curveOfParameters(parameters) : null
  return { id: name, curve: null, explicitCurve }
}

/** "RSA", "EC P-256", "Ed25519", "EC P-256 (explicit parameters)", or the identifier where there is no name for it. */
export function nameOfKind({ id, curve, explicitCurve }: KeyKind): string {
  const name = algorithmNames[id] ?? id
  if (id !== keyIds.ec) return name
  if (explicitCurve !== null) return `${name} ${curveNames[explicitCurve] ?? explicitCurve} (explicit parameters)`
  return curve === null ? `${name} of an unnamed curve` : `${name} ${curveNames[curve] ?? curve}`
}

/** RSA and the NIST curves: what both engines take, and what Access accepts. */
export const isOrdinary = ({ id, curve }: KeyKind): boolean =>
  id === keyIds.rsa || (id === keyIds.ec && curve !== null && engineCurves[curve] !== undefined)

/**
 * "RSA 2048", "EC P-256", "Ed25519", …, from the structure alone, so that every engine says the same. Input: SPKI, DER.
 * Errors: `malformed`.
 */
export function describeKey(spki: Uint8Array): string {
  const [algorithm, bits] = childrenOf(readOnly(spki))
  const kind = kindOf(childAt(algorithm === undefined ? [] : [algorithm], 0, tags.sequence))
  const name = nameOfKind(kind)
  const isRsa = kind.id === keyIds.rsa || kind.id === keyIds.rsaPss
  return isRsa && bits?.tag === tags.bitString ? `${name} ${modulusBits(bits)}` : name
}

function modulusBits(bits: Element): number {
  const modulus = childAt(childrenOf(readOnly(bits.content.subarray(1))), 0, tags.integer).content
  const first = modulus.findIndex((octet) => octet !== 0)
  return first === -1 ? 0 : (modulus.length - first) * 8 - Math.clz32(modulus[first] ?? 0) + 24
}
