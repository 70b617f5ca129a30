import { createHash, pbkdf2Sync, scryptSync } from 'node:crypto'
import { isScryptCost, isTooCostly, MAX_SCRYPT_MEMORY } from '#electron/platform/scrypt-cost'
import { AppError } from '#shared/errors'
import { childAt, childrenOf, type Element, readInteger, readOid, tags } from '../der'
import { algorithmName } from '../oids'

/** More would be a denial of service, whoever made the file. */
const mostIterations = 10_000_000
/** In all blocks of a derived key together; the key of AES-256 takes two of SHA-1. */
const mostRounds = 2 * mostIterations

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

/** How long the derived key is: as the cipher wants it, or as the parameters say, which then must say so. */
export type KeyLength = { is: number } | { atLeast: number }

/**
 * PBKDF2 (RFC 8018 §5.2) or scrypt (RFC 7914 §7) as an AlgorithmIdentifier describes it. Nothing is computed before a
 * password is there. Errors: `unsupported-algorithm`, `too-many-iterations`, `malformed`.
 */
export function readDerivation(algorithm: Element, length: KeyLength): Derivation {
  const parts = childrenOf(algorithm)
  const id = readOid(childAt(parts, 0, tags.oid))
  if (id !== scrypt && id !== pbkdf2) {
    throw new AppError('unsupported-algorithm', `key derivation with ${algorithmName(id)}`)
  }
  const parameters = childrenOf(childAt(parts, 1, tags.sequence))
  return id === scrypt ? readScrypt(parameters, length) : readPbkdf2(parameters, length)
}

function readPbkdf2(parameters: Element[], length: KeyLength): Derivation {
  const [first, , third] = parameters
  if (first?.tag === tags.sequence) throw new AppError('unsupported-algorithm', 'PBKDF2 with a salt from elsewhere')
  const { salt, iterations } = saltAndIterations(parameters)
  const prf = parameters.slice(2).find(({ tag }) => tag === tags.sequence)
  const hash = prf === undefined ? 'sha1' : prfHash(prf)
  const keyLength = keyLengthOf(length, third)
  // RFC 8018 §5.2: every block of the hash's length takes all rounds again.
  const rounds = iterations * Math.ceil(keyLength / hmacLength(hash))
  if (rounds > mostRounds) throw new AppError('too-many-iterations', `${rounds} rounds`)
  return (password) => pbkdf2Sync(password, salt, iterations, keyLength, hash)
}

/** Longer than any cipher's or HMAC's key. */
const longestKey = 256

function keyLengthOf(length: KeyLength, element: Element | undefined): number {
  if ('is' in length) return length.is
  const stated = element?.tag === tags.integer ? readInteger(element) : 0
  if (stated < 1 || stated > longestKey)
    throw new AppError('malformed', 'The key derivation does not state a usable length.')
  if (stated < length.atLeast) {
    const short = `The password check uses a key of ${stated} octets, which many passwords would fit.`
    throw new AppError('malformed', `${short} RFC 9579 §9 demands at least ${length.atLeast}.`)
  }
  return stated
}

function prfHash(prf: Element): string {
  const id = readOid(childAt(childrenOf(prf), 0, tags.oid))
  const hash = hmacHashes[id]
  if (hash === undefined) throw new AppError('unsupported-algorithm', `key derivation with ${algorithmName(id)}`)
  return hash
}

const hmacLength = (hash: string) => createHash(hash).digest().length

function readScrypt(parameters: Element[], length: KeyLength): Derivation {
  const salt = childAt(parameters, 0, tags.octetString).content
  const cost = readInteger(childAt(parameters, 1, tags.integer))
  const blockSize = readInteger(childAt(parameters, 2, tags.integer))
  const parallel = readInteger(childAt(parameters, 3, tags.integer))
  const asked = { cost, blockSize, parallel }
  if (isTooCostly(asked)) throw new AppError('too-many-iterations', `scrypt ${cost}, ${blockSize}, ${parallel}`)
  if (!isScryptCost(asked)) throw new AppError('malformed', 'The scrypt parameters are not valid.')
  const options = { N: cost, r: blockSize, p: parallel, maxmem: MAX_SCRYPT_MEMORY + 64 * 1024 * 1024 }
  const keyLength = keyLengthOf(length, parameters[4])
  return (password) => scryptSync(password, salt, keyLength, options)
}
