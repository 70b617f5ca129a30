import { createHash, pbkdf2Sync, randomBytes } from 'node:crypto'
import { AppError } from '#shared/errors'
import {
  childAt,
  childrenOf,
  type Element,
  integer,
  nothing,
  octetString,
  oid,
  readInteger,
  readOid,
  sequence,
  tags,
} from '../der'
import { algorithmName } from '../oids'
import { type Cipher, decrypt, encrypt } from './ciphers'
import { readDerivation, saltAndIterations } from './key-derivation'
import { octetForms, type Password, type PasswordUse } from './passwords'
import { bmpPassword, pkcs12Kdf, purposes } from './pkcs12-kdf'

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
const pbes2Ciphers: Record<string, Cipher> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyLength: 16, ivLength: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyLength: 24, ivLength: 16 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyLength: 32, ivLength: 16 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyLength: 24, ivLength: 8 },
  '1.3.14.3.2.7': { name: 'des-cbc', keyLength: 8, ivLength: 8 },
  '1.2.840.113549.3.2': { name: 'rc2-cbc', keyLength: 16, ivLength: 8 },
}

export interface PbeOptions {
  /** Tried in turn, each in every form that writers may have used. */
  passwords: Password[]
  use: PasswordUse
  /** Whether this can be what was encrypted: one wrong password in 256 leaves padding that looks right. */
  isPlausible: (plain: Uint8Array) => boolean
}

/**
 * Decrypts what an AlgorithmIdentifier says it is encrypted with. Null: no password fits, judged by the padding and by
 * `isPlausible`; without passwords, that one would do. Errors: `unsupported-algorithm` with its name,
 * `too-many-iterations`, `malformed`.
 */
export function decryptPbe(algorithm: Element, data: Uint8Array, options: PbeOptions): Uint8Array | null {
  for (const attempt of attempts(readScheme(algorithm), options)) {
    const plain = attempt(data)
    if (plain !== null && options.isPlausible(plain)) return plain
  }
  return null
}

type Attempt = (data: Uint8Array) => Uint8Array | null

/** A scheme with its parameters read, so that no password is asked for where none would help. */
type Scheme =
  | { kind: 'pkcs12'; open: (password: Password, data: Uint8Array) => Uint8Array | null }
  | { kind: 'octets'; open: (password: Uint8Array, data: Uint8Array) => Uint8Array | null }

/** One attempt for each form of each password; PKCS#12's own derivation has a form of its own. */
function attempts(scheme: Scheme, { passwords, use }: PbeOptions): Attempt[] {
  if (scheme.kind === 'pkcs12') return passwords.map((password) => (data) => scheme.open(password, data))
  const forms = passwords.flatMap((password) => octetForms(password, use))
  return forms.map((form) => (data) => scheme.open(form, data))
}

function readScheme(algorithm: Element): Scheme {
  const parts = childrenOf(algorithm)
  const id = readOid(childAt(parts, 0, tags.oid))
  const pkcs12 = pkcs12Schemes[id]
  const pbes1 = pbes1Schemes[id]
  if (pkcs12 === undefined && pbes1 === undefined && id !== pbes2)
    throw new AppError('unsupported-algorithm', `encryption with ${algorithmName(id)}`)
  const parameters = childrenOf(childAt(parts, 1, tags.sequence))
  if (pkcs12 !== undefined) return readPkcs12Scheme(pkcs12, parameters)
  return pbes1 === undefined ? readPbes2(parameters) : readPbes1(pbes1, parameters)
}

function readPkcs12Scheme(cipher: Cipher, parameters: Element[]): Scheme {
  const { salt, iterations } = saltAndIterations(parameters)
  return {
    kind: 'pkcs12',
    open(password, data) {
      const octets = password === null ? new Uint8Array() : bmpPassword(password)
      const common = { hash: 'sha1', password: octets, salt, iterations }
      const derived = pkcs12Kdf({ ...common, purpose: purposes.key, length: cipher.keyLength })
      const iv = pkcs12Kdf({ ...common, purpose: purposes.iv, length: cipher.ivLength })
      // Two-key 3DES is three-key 3DES with the first key again at the end; the engines only take the long form.
      const isTwoKey = cipher.name === 'des-ede3-cbc' && derived.length === 16
      return decrypt(cipher, isTwoKey ? Buffer.concat([derived, derived.subarray(0, 8)]) : derived, iv, data)
    },
  }
}

/** PBKDF1 (RFC 8018 §5.1): one hash, iterated; the first half is the key, the second the IV. */
function readPbes1({ hash, cipher }: { hash: string; cipher: Cipher }, parameters: Element[]): Scheme {
  const { salt, iterations } = saltAndIterations(parameters)
  return {
    kind: 'octets',
    open(password, data) {
      let digest = createHash(hash).update(password).update(salt).digest()
      for (let round = 1; round < iterations; round += 1) digest = createHash(hash).update(digest).digest()
      return decrypt(cipher, digest.subarray(0, 8), digest.subarray(8, 16), data)
    },
  }
}

function readPbes2(parameters: Element[]): Scheme {
  const scheme = childrenOf(childAt(parameters, 1, tags.sequence))
  const id = readOid(childAt(scheme, 0, tags.oid))
  const known = pbes2Ciphers[id]
  if (known === undefined) throw new AppError('unsupported-algorithm', `encryption with ${algorithmName(id)}`)
  const { iv, effective } = ivOf(known, scheme[1])
  const cipher = effective === null ? known : { ...known, effectiveBits: effective }
  // RC2's key is as long as the derivation says, every other cipher's has its own length.
  const keyLength = effective === null ? { is: known.keyLength } : { atLeast: 1 }
  const derive = readDerivation(childAt(parameters, 0, tags.sequence), keyLength)
  return { kind: 'octets', open: (password, data) => decrypt(cipher, derive(password), iv, data) }
}

const codedVersions: Record<number, number> = { 160: 40, 120: 64, 58: 128 }

function effectiveBitsOf(version: number): number {
  const bits = codedVersions[version] ?? version
  if (bits < 1 || bits > 1024 || (version < 256 && codedVersions[version] === undefined)) {
    throw new AppError('unsupported-algorithm', `RC2 of version ${version}`)
  }
  return bits
}

/** RC2's parameters are a sequence with a coded version (RFC 8018 appendix B.2.3); everyone else's are the IV. */
function ivOf(cipher: Cipher, parameters: Element | undefined): { iv: Uint8Array; effective: number | null } {
  const expected = cipher.name === 'rc2-cbc' ? tags.sequence : tags.octetString
  if (parameters?.tag !== expected) throw new AppError('malformed', 'The encryption has no parameters.')
  if (cipher.name !== 'rc2-cbc') return { iv: parameters.content, effective: null }
  const [first, second] = childrenOf(parameters)
  if (first?.tag === tags.octetString) return { iv: first.content, effective: 32 }
  if (first === undefined || second === undefined) throw new AppError('malformed', 'RC2 has no parameters.')
  return { iv: second.content, effective: effectiveBitsOf(readInteger(first)) }
}

/** OWASP's figure for PBKDF2 with HMAC-SHA-256. */
const writtenIterations = 600_000

/**
 * PBES2 (RFC 8018 §6.2): AES-256-CBC under PBKDF2 with HMAC-SHA-256, fresh salt and IV. Takes the password as UTF-8; gives
 * the AlgorithmIdentifier (DER) and the encrypted bytes.
 */
export function encryptPbes2(password: string, plain: Uint8Array): { algorithm: Uint8Array; cipherText: Uint8Array } {
  const salt = randomBytes(16)
  const iv = randomBytes(16)
  const key = pbkdf2Sync(Buffer.from(password), salt, writtenIterations, 32, 'sha256')
  const prf = sequence(oid('1.2.840.113549.2.9'), nothing)
  const derivation = sequence(
    oid('1.2.840.113549.1.5.12'),
    sequence(octetString(salt), integer(writtenIterations), prf),
  )
  const scheme = sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(iv))
  const cipherText = encrypt({ name: 'aes-256-cbc', keyLength: 32, ivLength: 16 }, key, iv, plain)
  key.fill(0)
  return { algorithm: sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation, scheme)), cipherText }
}
