import { pbkdf2Sync, scryptSync } from 'node:crypto'
import { isScryptCost, type ScryptCost } from '#electron/platform/scrypt-cost'
import { AppError } from '#shared/errors'
import { algorithmName } from '../algorithm-names'
import { childAt, childrenOf, type Element, readInteger, readOid, tags } from '../der'
import { type Budget, requireRounds, spendRounds } from './budget'
import { digestLength, hmacHashOf } from './digests'

/** In one derivation. More would be a denial of service, whoever made the file. */
const mostIterations = 10_000_000

const pbkdf2 = '1.2.840.113549.1.5.12'
const scrypt = '1.3.6.1.4.1.11591.4.11'

export function saltAndIterations(parameters: Element[]): { salt: Uint8Array; iterations: number } {
  const salt = childAt(parameters, 0, tags.octetString).content
  return { salt, iterations: boundedIterations(childAt(parameters, 1, tags.integer)) }
}

/** RFC 8018 §4.2: a positive number. Errors: `malformed`, `too-many-iterations`. */
export function boundedIterations(element: Element): number {
  // A number too long to read is at any rate too large.
  const isLong = element.content.length > 6 && (element.content[0] ?? 0) < 0x80
  const iterations = isLong ? Number.POSITIVE_INFINITY : readInteger(element)
  if (iterations === 0) throw new AppError('malformed', 'The key derivation has no rounds.')
  if (iterations > mostIterations)
    throw new AppError('too-many-iterations', Number.isFinite(iterations) ? `${iterations} rounds` : null)
  return iterations
}

/** Turns the octets of a password into a key: as slow as the file's maker wished. Errors: `too-many-iterations`. */
export type Derivation = (password: Uint8Array) => Buffer

/** How long the derived key is: as the cipher wants it, or as the parameters say, which then must say so. */
export type KeyLength = { is: number } | { atLeast: number }

/**
 * PBKDF2 (RFC 8018 §5.2) or scrypt (RFC 7914 §7) as an AlgorithmIdentifier describes it. Nothing is computed before a
 * password is there. Errors: `unsupported-algorithm`, `too-many-iterations`, `malformed`.
 */
export function readDerivation(algorithm: Element, length: KeyLength, budget: Budget): Derivation {
  const { id, parameters } = derivationOf(algorithm)
  const { rounds, derive } = id === scrypt ? readScrypt(parameters, length) : readPbkdf2(parameters, length)
  requireRounds(budget, rounds)
  return (password) => {
    spendRounds(budget, rounds)
    return derive(password)
  }
}

/** The length that the parameters give for the derived key, which is optional; null where they give none. */
export function statedKeyLength(algorithm: Element): number | null {
  const { id, parameters } = derivationOf(algorithm)
  const element = parameters[id === scrypt ? 4 : 2]
  return element?.tag === tags.integer ? readInteger(element) : null
}

function derivationOf(algorithm: Element): { id: string; parameters: Element[] } {
  const parts = childrenOf(algorithm)
  const id = readOid(childAt(parts, 0, tags.oid))
  if (id !== scrypt && id !== pbkdf2) {
    throw new AppError('unsupported-algorithm', `key derivation with ${algorithmName(id)}`)
  }
  return { id, parameters: childrenOf(childAt(parts, 1, tags.sequence)) }
}

/** A derivation, and how many rounds it takes. */
interface Costed {
  rounds: number
  derive: Derivation
}

function readPbkdf2(parameters: Element[], length: KeyLength): Costed {
  const [first, , third] = parameters
  if (first?.tag === tags.sequence) throw new AppError('unsupported-algorithm', 'PBKDF2 with a salt from elsewhere')
  const { salt, iterations } = saltAndIterations(parameters)
  const prf = parameters.slice(2).find(({ tag }) => tag === tags.sequence)
  const hash = prf === undefined ? 'sha1' : prfHash(prf)
  const keyLength = keyLengthOf(length, third)
  // RFC 8018 §5.2: every block of the hash's length takes all rounds again.
  const rounds = iterations * Math.ceil(keyLength / digestLength(hash))
  return { rounds, derive: (password) => pbkdf2Sync(password, salt, iterations, keyLength, hash) }
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

const prfHash = (prf: Element) => hmacHashOf(readOid(childAt(childrenOf(prf), 0, tags.oid)), 'key derivation')

/** Four times what Latchkey itself uses. */
const MAX_SCRYPT_MEMORY = 512 * 1024 * 1024

/** RFC 7914 §6: N blocks for the mixing, p blocks that are mixed; a block has 128·r octets. */
const scryptMemory = ({ cost, blockSize, parallel }: ScryptCost) => 128 * blockSize * (cost + parallel)

function readScrypt(parameters: Element[], length: KeyLength): Costed {
  const salt = childAt(parameters, 0, tags.octetString).content
  const cost = readInteger(childAt(parameters, 1, tags.integer))
  const blockSize = readInteger(childAt(parameters, 2, tags.integer))
  const parallel = readInteger(childAt(parameters, 3, tags.integer))
  const asked = { cost, blockSize, parallel }
  if (scryptMemory(asked) > MAX_SCRYPT_MEMORY)
    throw new AppError('too-many-iterations', `scrypt ${cost}, ${blockSize}, ${parallel}`)
  if (!isScryptCost(asked)) throw new AppError('malformed', 'The scrypt parameters are not valid.')
  const options = { N: cost, r: blockSize, p: parallel, maxmem: MAX_SCRYPT_MEMORY + 64 * 1024 * 1024 }
  const keyLength = keyLengthOf(length, parameters[4])
  // One block mixed once takes about as long as a round of PBKDF2.
  const rounds = cost * blockSize * parallel
  return { rounds, derive: (password) => scryptSync(password, salt, keyLength, options) }
}
