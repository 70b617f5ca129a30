import { childAt, childrenOf, type Element, readOid, readOnly, tags } from './der'

const algorithmNames: Record<string, string> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.113549.1.1.7': 'RSA-OAEP',
  '1.2.840.113549.1.1.10': 'RSA-PSS',
  '1.2.840.10045.2.1': 'EC',
  '1.2.840.10040.4.1': 'DSA',
  '1.2.840.10046.2.1': 'Diffie-Hellman',
  '1.2.840.113549.1.3.1': 'Diffie-Hellman',
  '1.2.643.2.2.19': 'GOST R 34.10-2001',
  '1.2.643.7.1.1.1.1': 'GOST R 34.10-2012',
  '1.3.101.110': 'X25519',
  '1.3.101.111': 'X448',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
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

export interface KeyKind {
  /** OID of the algorithm. */
  id: string
  /** OID of the named curve; null for everything that has none. */
  curve: string | null
}

/** What an AlgorithmIdentifier says of a key. */
export function kindOf(algorithm: Element): KeyKind {
  const [id, parameters] = childrenOf(algorithm)
  const name = id === undefined ? '' : readOid(id)
  return { id: name, curve: name === keyIds.ec && parameters?.tag === tags.oid ? readOid(parameters) : null }
}

/** "RSA", "EC P-256", "Ed25519", or the identifier where there is no name for it. */
export function nameOfKind({ id, curve }: KeyKind): string {
  const name = algorithmNames[id] ?? id
  if (id !== keyIds.ec) return name
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
