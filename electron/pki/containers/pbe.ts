import { createHash, pbkdf2Sync, randomBytes } from 'node:crypto'
import { AppError } from '#shared/errors'
import { algorithmName } from '../algorithm-names'
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
import { type Budget, requireRounds, spendRounds } from './budget'
import {
  type Cipher,
  cipherOf,
  decrypt,
  encrypt,
  rc2Cipher,
  rc4Cipher,
  requireEncrypted,
  requireIv,
  twoKeyDes,
} from './ciphers'
import { iterate } from './iterated-hash'
import { readDerivation, saltAndIterations, statedKeyLength } from './key-derivation'
import { octetForms, type Password, type PasswordUse } from './passwords'
import { bmpPassword, pkcs12Kdf, pkcs12Rounds, purposes } from './pkcs12-kdf'

const aes256 = cipherOf('aes-256')

const pkcs12Schemes: Record<string, Cipher> = {
  '1.2.840.113549.1.12.1.1': rc4Cipher(16),
  '1.2.840.113549.1.12.1.2': rc4Cipher(5),
  '1.2.840.113549.1.12.1.3': cipherOf('des-ede3'),
  '1.2.840.113549.1.12.1.4': twoKeyDes(),
  '1.2.840.113549.1.12.1.5': rc2Cipher(16),
  '1.2.840.113549.1.12.1.6': rc2Cipher(5),
}

/** PKCS#5 PBES1 (RFC 8018 §6.1): hash and cipher in one identifier. */
const pbes1Schemes: Record<string, { hash: string; cipher: Cipher }> = {
  '1.2.840.113549.1.5.3': { hash: 'md5', cipher: cipherOf('des') },
  '1.2.840.113549.1.5.6': { hash: 'md5', cipher: rc2Cipher(8) },
  '1.2.840.113549.1.5.10': { hash: 'sha1', cipher: cipherOf('des') },
  '1.2.840.113549.1.5.11': { hash: 'sha1', cipher: rc2Cipher(8) },
}

const pbes2 = '1.2.840.113549.1.5.13'
const pbes2Ciphers: Record<string, Cipher> = {
  '2.16.840.1.101.3.4.1.2': cipherOf('aes-128'),
  '2.16.840.1.101.3.4.1.22': cipherOf('aes-192'),
  '2.16.840.1.101.3.4.1.42': aes256,
  '1.2.840.113549.3.7': cipherOf('des-ede3'),
  '1.3.14.3.2.7': cipherOf('des'),
  '1.2.840.113549.3.2': cipherOf('rc2'),
}

export interface PbeOptions {
  /** Tried in turn, each in every form that writers may have used. */
  passwords: Password[]
  use: PasswordUse
  /** Whether this can be what was encrypted: one wrong password in 256 leaves padding that looks right. */
  isPlausible: (plain: Uint8Array) => boolean
  budget: Budget
}

/**
 * Decrypts what an AlgorithmIdentifier says it is encrypted with. Null: no password fits, judged by the padding and by
 * `isPlausible`; without passwords, that one would do. Errors: `unsupported-algorithm` with its name,
 * `too-many-iterations`, `malformed`.
 */
export function decryptPbe(algorithm: Element, data: Uint8Array, options: PbeOptions): Uint8Array | null {
  const scheme = readScheme(algorithm, options.budget)
  requireEncrypted(scheme.cipher, data)
  for (const attempt of attempts(scheme, options)) {
    const plain = attempt(data).find(options.isPlausible)
    if (plain !== undefined) return plain
  }
  return null
}

/** What the data may be, decrypted: one way of reading the scheme each, those with wrong padding left out. */
type Attempt = (data: Uint8Array) => Uint8Array[]

/** A scheme with its parameters read, so that no password is asked for where none would help. */
type Scheme = { cipher: Cipher } & (
  | { kind: 'pkcs12'; open: (password: Password, data: Uint8Array) => Uint8Array[] }
  | { kind: 'octets'; open: (password: Uint8Array, data: Uint8Array) => Uint8Array[] }
)

/** One attempt for each form of each password; PKCS#12's own derivation has a form of its own. */
function attempts(scheme: Scheme, { passwords, use }: PbeOptions): Attempt[] {
  if (scheme.kind === 'pkcs12') return passwords.map((password) => (data) => scheme.open(password, data))
  const forms = passwords.flatMap((password) => octetForms(password, use))
  return forms.map((form) => (data) => scheme.open(form, data))
}

/** One of the ways in which writers have read a scheme. */
interface CipherInput {
  cipher: Cipher
  key: Uint8Array
  iv: Uint8Array
}

const decrypted = (inputs: CipherInput[], data: Uint8Array): Uint8Array[] =>
  inputs.flatMap(({ cipher, key, iv }) => decrypt(cipher, key, iv, data) ?? [])

function readScheme(algorithm: Element, budget: Budget): Scheme {
  const parts = childrenOf(algorithm)
  const id = readOid(childAt(parts, 0, tags.oid))
  const pkcs12 = pkcs12Schemes[id]
  const pbes1 = pbes1Schemes[id]
  if (pkcs12 === undefined && pbes1 === undefined && id !== pbes2)
    throw new AppError('unsupported-algorithm', `encryption with ${algorithmName(id)}`)
  const parameters = childrenOf(childAt(parts, 1, tags.sequence))
  if (pkcs12 !== undefined) return readPkcs12Scheme(pkcs12, parameters, budget)
  return pbes1 === undefined ? readPbes2(parameters, budget) : readPbes1(pbes1, parameters, budget)
}

function readPkcs12Scheme(cipher: Cipher, parameters: Element[], budget: Budget): Scheme {
  const { salt, iterations } = saltAndIterations(parameters)
  const { keyLength, ivLength } = cipher
  const rounds = pkcs12Rounds('sha1', iterations, keyLength) + pkcs12Rounds('sha1', iterations, ivLength)
  requireRounds(budget, rounds)
  return {
    kind: 'pkcs12',
    cipher,
    open(password, data) {
      spendRounds(budget, rounds)
      const octets = password === null ? new Uint8Array() : bmpPassword(password)
      const common = { hash: 'sha1', password: octets, salt, iterations }
      const key = pkcs12Kdf({ ...common, purpose: purposes.key, length: keyLength })
      const iv = pkcs12Kdf({ ...common, purpose: purposes.iv, length: ivLength })
      return decrypted([{ cipher, key, iv }], data)
    },
  }
}

/**
 * PBKDF1 (RFC 8018 §5.1): one hash, iterated; its first eight octets are the key, the next eight the IV. NSS took the
 * last eight of SHA-1's twenty for the IV.
 */
function readPbes1({ hash, cipher }: { hash: string; cipher: Cipher }, parameters: Element[], budget: Budget): Scheme {
  const { salt, iterations } = saltAndIterations(parameters)
  requireRounds(budget, iterations)
  return {
    kind: 'octets',
    cipher,
    open(password, data) {
      spendRounds(budget, iterations)
      const digest = iterate(hash, createHash(hash).update(password).update(salt).digest(), iterations - 1)
      const key = digest.subarray(0, 8)
      const ivs = [digest.subarray(8, 16), ...(digest.length > 16 ? [digest.subarray(-8)] : [])]
      return decrypted(
        ivs.map((iv) => ({ cipher, key, iv })),
        data,
      )
    },
  }
}

function readPbes2(parameters: Element[], budget: Budget): Scheme {
  const scheme = childrenOf(childAt(parameters, 1, tags.sequence))
  const id = readOid(childAt(scheme, 0, tags.oid))
  const known = pbes2Ciphers[id]
  if (known === undefined) throw new AppError('unsupported-algorithm', `encryption with ${algorithmName(id)}`)
  const { iv, effective } = ivOf(known, scheme[1])
  requireIv(known, iv)
  const cipher = effective === null ? known : { ...known, effectiveBits: effective }
  const derivation = childAt(parameters, 0, tags.sequence)
  const isOfOldNss = known.family.startsWith('aes') && statedKeyLength(derivation) === aes256.keyLength
  // RC2's key is as long as the derivation says, every other cipher's has its own length.
  const keyLength = effective === null ? { is: isOfOldNss ? aes256.keyLength : known.keyLength } : { atLeast: 1 }
  const derive = readDerivation(derivation, keyLength, budget)
  return {
    kind: 'octets',
    cipher,
    open(password, data) {
      const key = derive(password)
      if (effective !== null) return decrypted([{ cipher, key, iv }], data)
      // Old NSS stated 32 octets whatever the cipher, and then encrypted with AES-256, whichever AES it named.
      const ways = isOfOldNss && known !== aes256 ? [cipher, aes256] : [cipher]
      return decrypted(
        ways.map((one) => ({ cipher: one, key: key.subarray(0, one.keyLength), iv })),
        data,
      )
    },
  }
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
  const expected = cipher.family === 'rc2' ? tags.sequence : tags.octetString
  if (parameters?.tag !== expected) throw new AppError('malformed', 'The encryption has no parameters.')
  if (cipher.family !== 'rc2') return { iv: parameters.content, effective: null }
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
  const cipherText = encrypt(aes256, key, iv, plain)
  key.fill(0)
  return { algorithm: sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation, scheme)), cipherText }
}
