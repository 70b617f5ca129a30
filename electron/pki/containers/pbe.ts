import { createHash, pbkdf2Sync, scryptSync } from 'node:crypto'
import { AppError } from '#shared/errors'
import { childAt, childrenOf, type Element, readInteger, readOid, tags } from '../der'
import { type Cipher, decrypt } from './ciphers'
import { bmpPassword, pkcs12Kdf, purposes } from './pkcs12-kdf'

/** More would be a denial of service, whoever made the file. */
const mostIterations = 10_000_000
/** scrypt's memory is 128·N·r octets; a gibibyte is more than any file needs. */
const mostScryptMemory = 1024 * 1024 * 1024

const pkcs12Schemes: Record<string, Cipher> = {
  '1.2.840.113549.1.12.1.3': { name: 'des-ede3-cbc', keyLength: 24, ivLength: 8 },
  '1.2.840.113549.1.12.1.4': { name: 'des-ede3-cbc', keyLength: 16, ivLength: 8 },
  '1.2.840.113549.1.12.1.5': { name: 'rc2-cbc', keyLength: 16, ivLength: 8, effectiveBits: 128 },
  '1.2.840.113549.1.12.1.6': { name: 'rc2-cbc', keyLength: 5, ivLength: 8, effectiveBits: 40 },
}

/** PKCS#5 PBES1 (RFC 8018 §6.1): hash and cipher in one identifier. */
const pbes1Schemes: Record<string, { hash: string; cipher: Cipher }> = {
  '1.2.840.113549.1.5.3': { hash: 'md5', cipher: { name: 'des-cbc', keyLength: 8, ivLength: 8 } },
  '1.2.840.113549.1.5.6': { hash: 'md5', cipher: { name: 'rc2-cbc', keyLength: 8, ivLength: 8, effectiveBits: 64 } },
  '1.2.840.113549.1.5.10': { hash: 'sha1', cipher: { name: 'des-cbc', keyLength: 8, ivLength: 8 } },
  '1.2.840.113549.1.5.11': { hash: 'sha1', cipher: { name: 'rc2-cbc', keyLength: 8, ivLength: 8, effectiveBits: 64 } },
}

const pbes2 = '1.2.840.113549.1.5.13'
const pbkdf2 = '1.2.840.113549.1.5.12'
const scrypt = '1.3.6.1.4.1.11591.4.11'

const pbes2Ciphers: Record<string, Cipher> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyLength: 16, ivLength: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyLength: 24, ivLength: 16 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyLength: 32, ivLength: 16 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyLength: 24, ivLength: 8 },
  '1.3.14.3.2.7': { name: 'des-cbc', keyLength: 8, ivLength: 8 },
  '1.2.840.113549.3.2': { name: 'rc2-cbc', keyLength: 16, ivLength: 8 },
}

/** HMACs as PBKDF2's PRF and as PBMAC1's MAC (RFC 8018 appendix B.1). */
export const hmacHashes: Record<string, string> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}

/**
 * Decrypts what an AlgorithmIdentifier says it is encrypted with. `passwords` are tried in turn. Null: no password fits
 * (judged by the padding). Errors: `unsupported-algorithm` with its name, `too-many-iterations`, `malformed`.
 */
export function decryptPbe(algorithm: Element, data: Uint8Array, passwords: (string | null)[]): Uint8Array | null {
  for (const password of passwords) {
    const plain = decryptOnce(algorithm, data, password)
    if (plain !== null) return plain
  }
  return null
}

function decryptOnce(algorithm: Element, data: Uint8Array, password: string | null): Uint8Array | null {
  const parts = childrenOf(algorithm)
  const id = readOid(childAt(parts, 0, tags.oid))
  const parameters = () => childrenOf(childAt(parts, 1, tags.sequence))
  const pkcs12 = pkcs12Schemes[id]
  if (pkcs12 !== undefined) return decryptPkcs12(pkcs12, parameters(), data, password)
  const pbes1 = pbes1Schemes[id]
  if (pbes1 !== undefined) return decryptPbes1(pbes1, parameters(), data, password)
  if (id === pbes2) return decryptPbes2(parameters(), data, password)
  throw new AppError('unsupported-algorithm', `encryption ${id}`)
}

function saltAndIterations(parameters: Element[]): { salt: Uint8Array; iterations: number } {
  const salt = childAt(parameters, 0, tags.octetString).content
  return { salt, iterations: boundedIterations(childAt(parameters, 1, tags.integer)) }
}

export function boundedIterations(element: Element): number {
  const iterations = readInteger(element)
  if (iterations > mostIterations) throw new AppError('too-many-iterations', `${iterations} rounds`)
  return Math.max(1, iterations)
}

function decryptPkcs12(
  cipher: Cipher,
  parameters: Element[],
  data: Uint8Array,
  password: string | null,
): Uint8Array | null {
  const { salt, iterations } = saltAndIterations(parameters)
  const common = {
    hash: 'sha1',
    password: password === null ? new Uint8Array() : bmpPassword(password),
    salt,
    iterations,
  }
  const derived = pkcs12Kdf({ ...common, purpose: purposes.key, length: cipher.keyLength })
  const iv = pkcs12Kdf({ ...common, purpose: purposes.iv, length: cipher.ivLength })
  // Two-key 3DES is three-key 3DES with the first key again at the end; the engines only take the long form.
  const key =
    cipher.name === 'des-ede3-cbc' && derived.length === 16 ? Buffer.concat([derived, derived.subarray(0, 8)]) : derived
  return decrypt(cipher, key, iv, data)
}

/** PBKDF1 (RFC 8018 §5.1): one hash, iterated; the first half is the key, the second the IV. */
function decryptPbes1(
  { hash, cipher }: { hash: string; cipher: Cipher },
  parameters: Element[],
  data: Uint8Array,
  password: string | null,
): Uint8Array | null {
  const { salt, iterations } = saltAndIterations(parameters)
  let digest = createHash(hash)
    .update(password ?? '')
    .update(salt)
    .digest()
  for (let round = 1; round < iterations; round += 1) digest = createHash(hash).update(digest).digest()
  return decrypt(cipher, digest.subarray(0, 8), digest.subarray(8, 16), data)
}

function decryptPbes2(parameters: Element[], data: Uint8Array, password: string | null): Uint8Array | null {
  const scheme = childrenOf(childAt(parameters, 1, tags.sequence))
  const id = readOid(childAt(scheme, 0, tags.oid))
  const cipher = pbes2Ciphers[id]
  if (cipher === undefined) throw new AppError('unsupported-algorithm', `encryption ${id}`)
  const { iv, effective } = ivOf(cipher, scheme[1])
  const key = deriveKey(childAt(parameters, 0, tags.sequence), Buffer.from(password ?? ''), cipher.keyLength)
  return decrypt(effective === null ? cipher : { ...cipher, effectiveBits: effective }, key, iv, data)
}

/** RC2's parameters are a sequence with a coded version (RFC 8018 appendix B.2.3); everyone else's are the IV. */
function ivOf(cipher: Cipher, parameters: Element | undefined): { iv: Uint8Array; effective: number | null } {
  if (parameters === undefined) throw new AppError('malformed', 'The encryption has no parameters.')
  if (cipher.name !== 'rc2-cbc') return { iv: parameters.content, effective: null }
  const parts = childrenOf(parameters)
  const versions: Record<number, number> = { 160: 40, 120: 64, 58: 128 }
  const [first, second] = parts
  if (second === undefined) return { iv: first?.content ?? new Uint8Array(), effective: 32 }
  return {
    iv: second.content,
    effective: first === undefined ? 32 : (versions[readInteger(first)] ?? readInteger(first)),
  }
}

/** PBKDF2 (RFC 8018 §5.2) or scrypt (RFC 7914 §7) as an AlgorithmIdentifier describes it. */
export function deriveKey(algorithm: Element, password: Uint8Array, length: number): Buffer {
  const parts = childrenOf(algorithm)
  const id = readOid(childAt(parts, 0, tags.oid))
  const parameters = childrenOf(childAt(parts, 1, tags.sequence))
  if (id === scrypt) return deriveScrypt(parameters, password, length)
  if (id !== pbkdf2) throw new AppError('unsupported-algorithm', `key derivation ${id}`)
  const { salt, iterations } = saltAndIterations(parameters)
  const explicit = parameters[2]?.tag === tags.integer ? readInteger(parameters[2]) : length
  const prf = parameters.slice(2).find(({ tag }) => tag === tags.sequence)
  return pbkdf2Sync(
    password,
    salt,
    iterations,
    length === 0 ? explicit : length,
    prf === undefined ? 'sha1' : prfHash(prf),
  )
}

function prfHash(prf: Element): string {
  const id = readOid(childAt(childrenOf(prf), 0, tags.oid))
  const hash = hmacHashes[id]
  if (hash === undefined) throw new AppError('unsupported-algorithm', `pseudo-random function ${id}`)
  return hash
}

function deriveScrypt(parameters: Element[], password: Uint8Array, length: number): Buffer {
  const salt = childAt(parameters, 0, tags.octetString).content
  const [N, r, p] = [1, 2, 3].map((index) => readInteger(childAt(parameters, index, tags.integer)))
  if (N === undefined || r === undefined || p === undefined)
    throw new AppError('malformed', 'scrypt has no parameters.')
  if (128 * N * r > mostScryptMemory || N * r * p > mostIterations * 8)
    throw new AppError('too-many-iterations', `scrypt ${N}, ${r}, ${p}`)
  return scryptSync(password, salt, length, { N, r, p, maxmem: mostScryptMemory + 64 * 1024 * 1024 })
}
