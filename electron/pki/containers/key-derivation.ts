import { pbkdf2Sync, scryptSync } from 'node:crypto'
import { AppError } from '#shared/errors'
import { childAt, childrenOf, type Element, readInteger, readOid, tags } from '../der'
import { algorithmName } from './algorithm-names'

/** More would be a denial of service, whoever made the file. */
const mostIterations = 10_000_000
/** scrypt's memory is 128·N·r octets; a gibibyte is more than any file needs. */
const mostScryptMemory = 1024 * 1024 * 1024
/** N·r·p: four times what N = 2^20, r = 8, p = 1 costs, itself some seconds. */
const mostScryptWork = 4 * 8 * 2 ** 20

const pbkdf2 = '1.2.840.113549.1.5.12'
const scrypt = '1.3.6.1.4.1.11591.4.11'

/** HMACs as PBKDF2's PRF and as PBMAC1's MAC (RFC 8018 appendix B.1). */
export const hmacHashes: Record<string, string> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}

export function saltAndIterations(parameters: Element[]): { salt: Uint8Array; iterations: number } {
  const salt = childAt(parameters, 0, tags.octetString).content
  return { salt, iterations: boundedIterations(childAt(parameters, 1, tags.integer)) }
}

export function boundedIterations(element: Element): number {
  // A number too long to read is at any rate too large.
  const iterations = element.content.length > 6 ? Number.POSITIVE_INFINITY : readInteger(element)
  if (iterations > mostIterations)
    throw new AppError('too-many-iterations', Number.isFinite(iterations) ? `${iterations} rounds` : null)
  return Math.max(1, iterations)
}

/** Turns the octets of a password into a key: as slow as the file's maker wished. */
export type Derivation = (password: Uint8Array) => Buffer

/**
 * PBKDF2 (RFC 8018 §5.2) or scrypt (RFC 7914 §7) as an AlgorithmIdentifier describes it. `length` null: as long as the
 * parameters say, which then must say so. Nothing is computed before a password is there. Errors:
 * `unsupported-algorithm`, `too-many-iterations`, `malformed`.
 */
export function readDerivation(algorithm: Element, length: number | null): Derivation {
  const parts = childrenOf(algorithm)
  const id = readOid(childAt(parts, 0, tags.oid))
  if (id !== scrypt && id !== pbkdf2) {
    throw new AppError('unsupported-algorithm', `key derivation with ${algorithmName(id)}`)
  }
  const parameters = childrenOf(childAt(parts, 1, tags.sequence))
  return id === scrypt ? readScrypt(parameters, length) : readPbkdf2(parameters, length)
}

function readPbkdf2(parameters: Element[], length: number | null): Derivation {
  const [first, , third] = parameters
  if (first?.tag === tags.sequence) throw new AppError('unsupported-algorithm', 'PBKDF2 with a salt from elsewhere')
  const { salt, iterations } = saltAndIterations(parameters)
  const prf = parameters.slice(2).find(({ tag }) => tag === tags.sequence)
  const hash = prf === undefined ? 'sha1' : prfHash(prf)
  const keyLength = length ?? keyLengthFrom(third)
  return (password) => pbkdf2Sync(password, salt, iterations, keyLength, hash)
}

/** Longer than any cipher's or HMAC's key. */
const longestKey = 256

function keyLengthFrom(element: Element | undefined): number {
  const length = element?.tag === tags.integer ? readInteger(element) : 0
  if (length < 1 || length > longestKey)
    throw new AppError('malformed', 'The key derivation does not say a usable length.')
  return length
}

function prfHash(prf: Element): string {
  const id = readOid(childAt(childrenOf(prf), 0, tags.oid))
  const hash = hmacHashes[id]
  if (hash === undefined) throw new AppError('unsupported-algorithm', `key derivation with ${algorithmName(id)}`)
  return hash
}

function readScrypt(parameters: Element[], length: number | null): Derivation {
  const salt = childAt(parameters, 0, tags.octetString).content
  const cost = readInteger(childAt(parameters, 1, tags.integer))
  const blockSize = readInteger(childAt(parameters, 2, tags.integer))
  const parallel = readInteger(childAt(parameters, 3, tags.integer))
  if (128 * cost * blockSize > mostScryptMemory || cost * blockSize * parallel > mostScryptWork) {
    throw new AppError('too-many-iterations', `scrypt ${cost}, ${blockSize}, ${parallel}`)
  }
  // RFC 7914 §2: the cost is a power of two above one.
  if (cost < 2 || !Number.isInteger(Math.log2(cost)) || blockSize < 1 || parallel < 1) {
    throw new AppError('malformed', 'The parameters of scrypt make no sense.')
  }
  const options = { N: cost, r: blockSize, p: parallel, maxmem: mostScryptMemory + 64 * 1024 * 1024 }
  const keyLength = length ?? keyLengthFrom(parameters[4])
  return (password) => scryptSync(password, salt, keyLength, options)
}
