import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { AppError, isAppError } from '#shared/errors'
import { toDer } from '../ber'
import { childAt, childrenOf, type Element, readElement, readOid, readOnly, tags } from '../der'
import { algorithmName } from '../oids'
import { boundedIterations, hmacHashes, readDerivation } from './key-derivation'
import { type Password, spellings } from './passwords'
import { decryptPbe } from './pbe'
import { attemptBag, type Bags, noBags, readBags } from './pkcs12-bags'
import { bmpPassword, pkcs12Kdf, purposes } from './pkcs12-kdf'

const data = '1.2.840.113549.1.7.1'
const encryptedData = '1.2.840.113549.1.7.6'
const pbmac1 = '1.2.840.113549.1.5.14'

/** Digests of the MAC in a PFX; the length decides how much of a PBMAC1 key is used. */
const digests: Record<string, string> = {
  '1.2.840.113549.2.5': 'md5',
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/**
 * Opens a PKCS#12 file (RFC 7292), BER or DER. The MAC decides about the password: when it fails, the password is wrong;
 * when it holds and a bag cannot be decrypted, the algorithm is unsupported. Bags that cannot be read are among the result's `failures`.
 */
export function readPkcs12(bytes: Uint8Array, password: Password): Bags {
  const pfx = childrenOf(readOnly(toDer(bytes)))
  const safe = safeBytes(childAt(pfx, 1, tags.sequence))
  const mac = pfx[2]
  const candidates = spellings(password)
  const fitting = mac === undefined ? candidates[0] : candidates.find((candidate) => macHolds(mac, safe, candidate))
  if (fitting === undefined) {
    if (password === null) throw new AppError('password-needed')
    throw new AppError('wrong-password', 'The password is wrong, or the file was altered.')
  }
  // Some writers spell the password one way for the MAC and another way for the bags.
  const passwords = [fitting, ...candidates.filter((candidate) => candidate !== fitting)]
  const bags = noBags()
  for (const [index, content] of childrenOf(readOnly(toDer(safe))).entries()) {
    attemptBag(bags, `Part ${index + 1}`, () => {
      readBags(openContent(content, passwords), bags, { passwords, macHeld: mac !== undefined })
    })
  }
  return password === null ? { ...bags, failures: bags.failures.map(askingForPassword) } : bags
}

/** Without a password nothing can be wrong about it. */
function askingForPassword(failure: Bags['failures'][number]): Bags['failures'][number] {
  if (!isAppError(failure.error, 'wrong-password')) return failure
  return { ...failure, error: new AppError('password-needed', null, { cause: failure.error }) }
}

function safeBytes(content: Element): Uint8Array {
  const parts = childrenOf(content)
  const id = readOid(childAt(parts, 0, tags.oid))
  if (id !== data)
    throw new AppError('unsupported-algorithm', `PKCS#12 protected with a key instead of a password (${id})`)
  return readElement(childAt(parts, 1, 0xa0).content).content
}

/** MacData: DigestInfo, salt, iterations (default 1). */
function macHolds(mac: Element, content: Uint8Array, password: Password): boolean {
  const parts = childrenOf(mac)
  const info = childrenOf(childAt(parts, 0, tags.sequence))
  const algorithm = childAt(info, 0, tags.sequence)
  const expected = childAt(info, 1, tags.octetString).content
  const id = readOid(childAt(childrenOf(algorithm), 0, tags.oid))
  if (id === pbmac1) return pbmac1Holds(algorithm, expected, content, password)
  const hash = digests[id]
  if (hash === undefined) throw new AppError('unsupported-algorithm', `a MAC with ${algorithmName(id)}`)
  const salt = childAt(parts, 1, tags.octetString).content
  const iterations = parts[2] === undefined ? 1 : boundedIterations(parts[2])
  // Before anything is derived: the key is as long as the hash, and a longer one would take as much longer.
  const { length } = createHash(hash).digest()
  if (expected.length !== length) throw new AppError('malformed', `A MAC with ${hash} of ${expected.length} octets.`)
  const entering = password === null ? new Uint8Array() : bmpPassword(password)
  const key = pkcs12Kdf({ hash, password: entering, salt, iterations, purpose: purposes.mac, length })
  return equal(createHmac(hash, key).update(content).digest(), expected)
}

/** RFC 9579 §9; with a key of one octet one password in 256 fits (CVE-2026-34181). */
const SHORTEST_MAC_KEY = 20

/** RFC 9579: PBKDF2 over the UTF-8 password, and an HMAC named beside it. */
function pbmac1Holds(algorithm: Element, expected: Uint8Array, content: Uint8Array, password: Password): boolean {
  const parameters = childrenOf(childAt(childrenOf(algorithm), 1, tags.sequence))
  const id = readOid(childAt(childrenOf(childAt(parameters, 1, tags.sequence)), 0, tags.oid))
  const hash = hmacHashes[id]
  if (hash === undefined) throw new AppError('unsupported-algorithm', `a MAC with ${algorithmName(id)}`)
  // RFC 9579 §5: the parameters must carry the key's length.
  const keyLength = { atLeast: SHORTEST_MAC_KEY }
  const key = readDerivation(childAt(parameters, 0, tags.sequence), keyLength)(Buffer.from(password ?? ''))
  return equal(createHmac(hash, key).update(content).digest(), expected)
}

const equal = (a: Uint8Array, b: Uint8Array) => a.length === b.length && timingSafeEqual(a, b)

/** One ContentInfo of the AuthenticatedSafe: plain, or encrypted with the password. */
function openContent(content: Element, passwords: Password[]): Uint8Array {
  const parts = childrenOf(content)
  const id = readOid(childAt(parts, 0, tags.oid))
  const inner = childAt(parts, 1, 0xa0).content
  if (id === data) return readElement(inner).content
  if (id !== encryptedData) throw new AppError('unsupported-algorithm', `PKCS#12 content of type ${algorithmName(id)}`)
  const info = childrenOf(childAt(childrenOf(readElement(inner)), 1, tags.sequence))
  const cipherText = info[2]
  if (cipherText === undefined) throw new AppError('malformed', 'An encrypted part is empty.')
  const encrypted = encryptedContent(cipherText)
  const plain = decryptPbe(childAt(info, 1, tags.sequence), encrypted, {
    passwords,
    use: 'pkcs12',
    isPlausible: isSafeContents,
  })
  if (plain === null) throw new AppError('wrong-password', 'The certificates in the file have another password.')
  return plain
}

/** Nothing but a row of bags, so that what a wrong password leaves is never taken for contents. */
function isSafeContents(plain: Uint8Array): boolean {
  try {
    return childrenOf(readOnly(toDer(plain))).every((bag) => childrenOf(bag)[0]?.tag === tags.oid)
  } catch {
    return false
  }
}

/** [0] IMPLICIT OCTET STRING: primitive, or in BER a row of pieces. */
function encryptedContent(element: Element): Uint8Array {
  if (element.tag === 0x80) return element.content
  if (element.tag === 0xa0) return Buffer.concat(childrenOf(element).map(({ content }) => content))
  throw new AppError('malformed', 'An encrypted part cannot be read.')
}
