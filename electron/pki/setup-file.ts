import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { parseJson } from '#electron/platform/parse-json'
import { AppError } from '#shared/errors'
import { neutralise } from '#shared/logic/neutralise'
import { LINK_START, MAX_SETUP_BYTES, MAX_SETUP_LINK, SETUP_START } from '#shared/logic/setup-file'
import { SetupContent, type SetupKey } from '#shared/model/setup-file'
import { keyCodeOf, keySha256 } from './keys'

const generate = promisify(generateKeyPair)

const VERSION = 1
const LINK = `${LINK_START}//setup#`

/** RFC 8410 §4: what stands before the 32 octets of an Ed25519 key in its SubjectPublicKeyInfo. */
const spkiStart = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * The points of small order, without the bit of their sign, in all spellings (as libsodium's `ge25519_has_small_order` lists them):
 * as keys they make the signature of one text that of any text, and OpenSSL and BoringSSL take them.
 */
const smallOrder: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
])

/** A new Ed25519 key (RFC 8032): PKCS#8, DER (RFC 8410). The caller wipes it. */
export async function generateSetupKey(): Promise<Uint8Array> {
  const { privateKey } = await generate('ed25519')
  return privateKey.export({ type: 'pkcs8', format: 'der' })
}

/** Input: PKCS#8, DER. The fingerprint and the code are those of its SubjectPublicKeyInfo. Errors: `malformed` for another kind of key. */
export const setupKeyOf = (pkcs8: Uint8Array): SetupKey => describe(publicOf(pkcs8))

function publicOf(pkcs8: Uint8Array): Buffer {
  const key = privateKeyIn(pkcs8)
  if (key?.asymmetricKeyType !== 'ed25519') throw new AppError('malformed', 'It is not an Ed25519 key.')
  return createPublicKey(key).export({ type: 'spki', format: 'der' })
}

function privateKeyIn(pkcs8: Uint8Array): KeyObject | null {
  try {
    return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  } catch {
    return null
  }
}

const describe = (spki: Uint8Array): SetupKey => ({ sha256: keySha256(spki), code: keyCodeOf(spki) })

/**
 * A set-up file: two lines of UTF-8, each ended by LF.
 *
 *     latchkey-setup 1 KEY SIGNATURE
 *     CONTENT
 *
 * KEY are the 32 octets of an Ed25519 public key and SIGNATURE the 64 of a signature (RFC 8032), in base64url without padding
 * (RFC 4648 §5). CONTENT is a `SetupContent` as `JSON.stringify` writes it. Signed are the octets `latchkey-setup 1 KEY`, LF and
 * the second line with its LF, as they stand in the file. Input: the content, and the key as PKCS#8 (DER).
 */
export function writeSetupFile(content: SetupContent, pkcs8: Uint8Array): Uint8Array {
  const key = publicOf(pkcs8).subarray(spkiStart.length).toString('base64url')
  const body = Buffer.from(`${JSON.stringify(content)}\n`)
  const signature = sign(null, signedBytes(key, body), {
    key: Buffer.from(pkcs8),
    format: 'der',
    type: 'pkcs8',
  }).toString('base64url')
  return Buffer.concat([Buffer.from(`${SETUP_START}${VERSION} ${key} ${signature}\n`), body])
}

const signedBytes = (key: string, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${SETUP_START}${VERSION} ${key}\n`), body])

/**
 * The content of a set-up file or of a link that carries one, and the key that signed it; whether that key counts is for the
 * caller to say. Errors: `setup-damaged` (not whole, changed, or the signature is wrong), `setup-too-new`,
 * `setup-not-allowed` (too large, or signed, but with a field or a value that such a file may not have).
 */
export function readSetupFile(given: Uint8Array): { content: SetupContent; key: SetupKey } {
  const bytes = bytesOf(given)
  if (bytes.length > MAX_SETUP_BYTES) throw new AppError('setup-not-allowed', `more than ${MAX_SETUP_BYTES} bytes`)
  const end = bytes.indexOf(0x0a)
  const first = bytes.subarray(0, Math.max(0, end)).toString('latin1')
  const [, version, key = '', signature = ''] =
    /^latchkey-setup ([1-9]\d{0,8})(?: ([\w-]{43}) ([\w-]{86}))?(?: .*)?$/u.exec(first) ?? []
  if (version === undefined) throw damaged('It does not begin like a set-up file.')
  if (version !== String(VERSION)) throw new AppError('setup-too-new', `version ${version}`)
  if (first !== `${SETUP_START}${VERSION} ${key} ${signature}`) throw damaged('Its first line is not complete.')
  const point = octets(key, 32)
  if (isOfSmallOrder(point)) throw damaged('Its key signs any text.')
  const spki = Buffer.concat([spkiStart, point])
  const body = bytes.subarray(end + 1)
  if (!isSigned(spki, signedBytes(key, body), octets(signature, 64)))
    throw damaged('Its signature does not belong to what it says.')
  return { content: contentOf(body), key: describe(spki) }
}

const damaged = (why: string) => new AppError('setup-damaged', why)

function bytesOf(given: Uint8Array): Buffer {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  if (bytes.subarray(0, LINK_START.length).toString('latin1') !== LINK_START) return bytes
  if (bytes.length > MAX_SETUP_LINK + 2)
    throw new AppError('setup-not-allowed', `a link of more than ${MAX_SETUP_LINK} characters`)
  // Systems and browsers add a slash where they expect a path; a paste ends with a line break.
  const [, carried] = /^latchkey:\/\/setup\/?#([\w-]+)\r?\n?$/u.exec(bytes.toString('latin1')) ?? []
  if (carried === undefined) throw damaged('The link does not carry a set-up file.')
  return octets(carried, null)
}

/** Base64url in its one spelling: without padding, other characters or stray bits. */
function octets(text: string, length: number | null): Buffer {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text || (length !== null && bytes.length !== length))
    throw damaged('It is not complete.')
  return bytes
}

function isOfSmallOrder(point: Buffer): boolean {
  const unsigned = Buffer.from(point)
  unsigned[31] = (unsigned[31] ?? 0) & 0x7f
  return smallOrder.has(unsigned.toString('hex'))
}

function isSigned(spki: Buffer, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(null, bytes, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature)
  } catch {
    return false // Octets that are no point of the curve.
  }
}

/** Signed by whomever: what it says is still foreign. */
function contentOf(body: Buffer): SetupContent {
  const text = body.toString('utf8')
  const value = parseJson(text)
  // One spelling: what an editor shows is what is read, and nothing is said twice.
  if (!Buffer.from(text).equals(body) || `${JSON.stringify(value)}\n` !== text)
    throw new AppError('setup-not-allowed', 'Its content is not written as Latchkey writes it.')
  const parsed = SetupContent.safeParse(value)
  if (parsed.success) {
    // The order of its fields, and names that a schema may pass over (`__proto__`).
    if (`${JSON.stringify(parsed.data)}\n` !== text)
      throw new AppError('setup-not-allowed', 'Its fields are not in order.')
    return parsed.data
  }
  const faults = parsed.error.issues.slice(0, 10).map((issue) => {
    const place = issue.path.map(String).join('.')
    return issue.code === 'unrecognized_keys' ? `not allowed: ${issue.keys.slice(0, 10).join(', ')}` : `wrong: ${place}`
  })
  throw new AppError('setup-not-allowed', neutralise(faults.join('; ')).slice(0, 500))
}

/** The link that carries a file, or null where that would be too long for one. */
export function setupLink(file: Uint8Array): string | null {
  const link = `${LINK}${Buffer.from(file).toString('base64url')}`
  return link.length > MAX_SETUP_LINK ? null : link
}
