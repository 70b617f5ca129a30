import { childrenOf, type Element, readOnly, tags } from '../der'
import { classify } from './classify'

const toPkcs12 = 'convert it with keytool -importkeystore -deststoretype PKCS12 and the provider of BouncyCastle'

/** Files that are neither DER nor PEM, by their first octets or their text. The words name a way forward; null for others. */
export function foreignFile(bytes: Uint8Array, text: string): string | null {
  if (text.startsWith('7H\x03\x02\0\0\0\0X509KEY'))
    return 'an IBM key database (KDB): convert it with gskcapicmd -cert -export -target_type pkcs12'
  return bouncyCastleStore(Buffer.from(bytes)) ?? token(text)
}

/** A block of PEM whose label tells what it is. */
export const foreignBlock = (label: string): string | null =>
  label.startsWith('NEBULA ') ? 'a Nebula key or certificate, which is of a kind that browsers do not use' : null

/** DER of a structure that is known and not read. */
export function foreignStructure(der: Uint8Array): string | null {
  const children = childrenOf(readOnly(der), 10)
  if (isAttributeCertificate(children))
    return 'an attribute certificate, which holds no key: ask for the certificate that it belongs to'
  if (isBcfks(children)) return `a BouncyCastle keystore (BCFKS): ${toPkcs12}`
  if (children.length > 0 && children.every(({ raw }) => isCertificate(raw)))
    return 'a certification path (PkiPath): ask for the certificates as PEM or PKCS#7'
  return null
}

const isCertificate = (der: Uint8Array) => der[0] === tags.sequence && classify(der) === 'certificate'

/** RFC 5755 §4.1: version, holder, issuer (v2Form is [0]), algorithm, serial number, validity, attributes. */
function isAttributeCertificate([body, , signature]: Element[]): boolean {
  if (body?.tag !== tags.sequence || signature?.tag !== tags.bitString) return false
  const shape = childrenOf(body, 6).map(({ tag }) => tag)
  const wanted = [tags.integer, tags.sequence, 0xa0, tags.sequence, tags.integer, tags.sequence]
  return wanted.every((tag, place) => shape[place] === tag)
}

/** BouncyCastle's ObjectStore: encrypted data, and a check of its integrity, by a MAC or, in [0], a signature. */
function isBcfks([store, check, ...more]: Element[]): boolean {
  if (store?.tag !== tags.sequence || check === undefined || more.length > 0) return false
  const shapeOf = (element: Element) => childrenOf(element, 4).map(({ tag }) => tag)
  const isEncrypted = shapeOf(store).join() === [tags.sequence, tags.octetString].join()
  const isMac =
    check.tag === tags.sequence && shapeOf(check).join() === [tags.sequence, tags.sequence, tags.octetString].join()
  return isEncrypted && (isMac || check.tag === 0xa0)
}

/**
 * BKS and UBER begin alike: version, length of the salt (20), salt, rounds. Behind that, BKS has its entries in the open
 * (kind, alias, date in milliseconds), and UBER whole blocks of Twofish.
 */
function bouncyCastleStore(bytes: Buffer): string | null {
  const start = 32
  if (bytes.length < start + 16 || bytes.readUInt32BE(0) > 2 || bytes.readUInt32BE(4) !== 20) return null
  const rounds = bytes.readUInt32BE(28)
  if (rounds === 0 || rounds > 0xffff) return null
  const rest = bytes.subarray(start)
  if (isBksEntry(rest)) return `a BouncyCastle keystore (BKS): ${toPkcs12}`
  return rest.length % 16 === 0 ? `a BouncyCastle keystore (UBER): ${toPkcs12}` : null
}

function isBksEntry(rest: Buffer): boolean {
  const kind = rest.readUInt8(0)
  // No entry: the end, and the HMAC with SHA-1.
  if (kind === 0) return rest.length === 21
  const date = 3 + rest.readUInt16BE(1)
  return kind <= 4 && date + 8 <= rest.length && rest.readUInt16BE(date) === 0
}

const tokenPart = /^[\w-]+$/u

/** The compact forms have three or five parts of base64url (RFC 7515 §7.1, RFC 7516 §7.1), of which the first is JSON. */
function token(text: string): string | null {
  const encrypted = 'an encrypted token (JWE): decrypt it, then export the key or certificate in it as PEM'
  if (/^\s*\{[\s\S]*"ciphertext"\s*:/u.test(text)) return encrypted
  const parts = text.trim().split('.', 6)
  const [head = ''] = parts
  if (!tokenPart.test(head) || !Buffer.from(head, 'base64url').toString('latin1').startsWith('{"')) return null
  if (parts.length === 5) return encrypted
  return parts.length === 3 ? 'a signed token (JWT), which is not a certificate' : null
}
