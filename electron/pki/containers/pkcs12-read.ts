import { createHmac, timingSafeEqual } from 'node:crypto'
import { AppError, isAppError } from '#shared/errors'
import { algorithmName } from '../algorithm-names'
import { isWholeSequence, toDer } from '../ber'
import { childAt, childrenOf, type Element, readElement, readOid, readOnly, tags } from '../der'
import { type Budget, requireRounds, spendParts, spendRounds } from './budget'
import { digestLength, digestOf, hmacHashOf } from './digests'
import { boundedIterations, readDerivation } from './key-derivation'
import { type Password, spellings } from './passwords'
import { decryptPbe } from './pbe'
import { attemptBag, type Bags, noBags, readBags } from './pkcs12-bags'
import { bmpPassword, pkcs12Kdf, pkcs12Rounds, purposes } from './pkcs12-kdf'

const data = '1.2.840.113549.1.7.1'
const envelopedData = '1.2.840.113549.1.7.3'
const encryptedData = '1.2.840.113549.1.7.6'
const pbmac1 = '1.2.840.113549.1.5.14'

/**
 * Opens a PKCS#12 file (RFC 7292), BER or DER. The MAC decides about the password: when it fails, the password is wrong;
 * when it holds and a bag cannot be decrypted, the algorithm is unsupported. Bags that cannot be read are among the result's `failures`.
 */
export function readPkcs12(bytes: Uint8Array, password: Password, budget: Budget): Bags {
  const pfx = childrenOf(readOnly(toDer(bytes)))
  const safe = safeBytes(childAt(pfx, 1, tags.sequence))
  const mac = pfx[2]
  const candidates = spellings(password)
  const fitting = mac === undefined ? candidates[0] : candidates.find(readMac(mac, safe, budget))
  if (fitting === undefined) {
    if (password === null) throw new AppError('password-needed')
    throw new AppError('wrong-password', 'The password is wrong, or the file was altered.')
  }
  // Some writers spell the password one way for the MAC and another way for the bags.
  const passwords = [fitting, ...candidates.filter((candidate) => candidate !== fitting)]
  const bags = noBags()
  const contents = childrenOf(readOnly(toDer(safe)))
  spendParts(budget, contents.length)
  for (const [index, content] of contents.entries()) {
    attemptBag(bags, `Part ${index + 1}`, () => {
      readBags(openContent(content, passwords, budget), bags, { passwords, macHeld: mac !== undefined, budget })
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

/** Whether the MAC of a file holds with a password. */
type MacCheck = (password: Password) => boolean

/** MacData: DigestInfo, salt, iterations (default 1). All is read, and judged, before a password is tried. */
function readMac(mac: Element, content: Uint8Array, budget: Budget): MacCheck {
  const parts = childrenOf(mac)
  const info = childrenOf(childAt(parts, 0, tags.sequence))
  const algorithm = childAt(info, 0, tags.sequence)
  const expected = childAt(info, 1, tags.octetString).content
  const id = readOid(childAt(childrenOf(algorithm), 0, tags.oid))
  if (id === pbmac1) return readPbmac1(algorithm, expected, content, budget)
  const hash = digestOf(id, 'a MAC')
  const salt = childAt(parts, 1, tags.octetString).content
  const iterations = parts[2] === undefined ? 1 : boundedIterations(parts[2])
  const length = requireMacLength(hash, expected)
  const rounds = pkcs12Rounds(hash, iterations, length)
  requireRounds(budget, rounds)
  return (password) => {
    spendRounds(budget, rounds)
    const entering = password === null ? new Uint8Array() : bmpPassword(password)
    const key = pkcs12Kdf({ hash, password: entering, salt, iterations, purpose: purposes.mac, length })
    return timingSafeEqual(createHmac(hash, key).update(content).digest(), expected)
  }
}

/** A MAC of another length fits no password, so that none is to blame. Errors: `malformed`. */
function requireMacLength(hash: string, { length }: Uint8Array): number {
  if (length !== digestLength(hash)) throw new AppError('malformed', `A MAC with ${hash} of ${length} octets.`)
  return length
}

/** RFC 9579 §9; with a key of one octet one password in 256 fits (CVE-2026-34181). */
const SHORTEST_MAC_KEY = 20

/** RFC 9579: PBKDF2 over the UTF-8 password, and an HMAC named beside it. */
function readPbmac1(algorithm: Element, expected: Uint8Array, content: Uint8Array, budget: Budget): MacCheck {
  const parameters = childrenOf(childAt(childrenOf(algorithm), 1, tags.sequence))
  const id = readOid(childAt(childrenOf(childAt(parameters, 1, tags.sequence)), 0, tags.oid))
  const hash = hmacHashOf(id, 'a MAC')
  requireMacLength(hash, expected)
  // RFC 9579 §5: the parameters must carry the key's length.
  const derive = readDerivation(childAt(parameters, 0, tags.sequence), { atLeast: SHORTEST_MAC_KEY }, budget)
  return (password) => {
    const key = derive(Buffer.from(password ?? ''))
    return timingSafeEqual(createHmac(hash, key).update(content).digest(), expected)
  }
}

/** One ContentInfo of the AuthenticatedSafe: plain, or encrypted with the password. */
function openContent(content: Element, passwords: Password[], budget: Budget): Uint8Array {
  const parts = childrenOf(content)
  const id = readOid(childAt(parts, 0, tags.oid))
  const inner = childAt(parts, 1, 0xa0).content
  if (id === data) return readElement(inner).content
  if (id === envelopedData)
    throw new AppError('unsupported-algorithm', 'PKCS#12 encrypted for a certificate instead of with a password')
  if (id !== encryptedData) throw new AppError('unsupported-algorithm', `PKCS#12 content of type ${algorithmName(id)}`)
  const info = childrenOf(childAt(childrenOf(readElement(inner)), 1, tags.sequence))
  const cipherText = info[2]
  if (cipherText === undefined) throw new AppError('malformed', 'An encrypted part is empty.')
  const encrypted = encryptedContent(cipherText)
  const plain = decryptPbe(childAt(info, 1, tags.sequence), encrypted, {
    passwords,
    use: 'pkcs12',
    isPlausible: isWholeSequence,
    budget,
  })
  if (plain === null) throw new AppError('wrong-password', 'The certificates in the file have another password.')
  return plain
}

/** [0] IMPLICIT OCTET STRING: primitive, or in BER a row of pieces. */
function encryptedContent(element: Element): Uint8Array {
  if (element.tag === 0x80) return element.content
  if (element.tag === 0xa0) return Buffer.concat(childrenOf(element).map(({ content }) => content))
  throw new AppError('malformed', 'An encrypted part cannot be read.')
}
