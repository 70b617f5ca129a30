import { createHash, type KeyObject } from 'node:crypto'
import { AppError, isAppError } from '#shared/errors'
import { Md5 } from '#shared/model/access-account'
import { Sha256 } from '#shared/model/ids'
import { childrenOf, type Element, parsing, readElement, tags } from '../der'
import {
  type AlgorithmValue,
  readAlgorithm,
  readBigInteger,
  readLooseTime,
  readOnlyOf,
  readSignature,
  readTime,
} from '../der-values'
import { normaliseSpki, readPublicKey } from '../keys'
import { findDerFault } from '../strict-der'
import { type DistinguishedName, readName } from './name'
import { type Extensions, readExtensionsOf } from './read-extensions'

/** An X.509 certificate (RFC 5280 §4.1), read once. Bytes are views into the input. */
export interface Certificate {
  der: Uint8Array
  sha256: Sha256
  version: number
  /** The INTEGER's content. */
  serial: Uint8Array
  issuer: DistinguishedName
  subject: DistinguishedName
  /** Invalid, as `notAfter` may be, where it cannot be read. */
  notBefore: Date
  notAfter: Date
  /** SubjectPublicKeyInfo, DER. */
  spki: Uint8Array
  extensions: Extensions
  signedContent: Uint8Array
  signatureAlgorithm: AlgorithmValue
  signature: Uint8Array
  /** Issuer and subject are the same name (RFC 5280 §6.1): such certificates do not count towards the path length. */
  isSelfIssued: boolean
  /** What is wrong with it and yet readable, in words: no path with such a certificate is valid. */
  problems: string[]
}

/**
 * The one reader of certificates. Input: DER. What is wrong inside a date or an extension, and octets that belong to no
 * field, become problems of the result. Errors: `malformed` for a certificate whose parts are missing or out of place.
 */
export function readCertificate(der: Uint8Array): Certificate {
  return parsing('certificate', () => read(der))
}

function read(der: Uint8Array): Certificate {
  const whole = readElement(der)
  const [body, algorithm, signature, ...more] = childrenOf(whole)
  if (whole.tag !== tags.sequence || body?.tag !== tags.sequence || algorithm === undefined)
    throw new AppError('malformed', 'This is not a certificate.')
  const { innerAlgorithm, problems, ...fields } = readBody(body)
  // RFC 5280 §4.1.1.2.
  if (Buffer.compare(algorithm.raw, innerAlgorithm.raw) !== 0)
    problems.push('The certificate names two different signature algorithms.')
  // The signature covers none of these, so anyone can change them: two encodings would count as one certificate.
  if (more.length > 0) problems.push('Something follows the signature of the certificate.')
  if (whole.raw.length < der.length) problems.push('Something follows the certificate.')
  const fault = findDerFault(whole)
  if (fault !== null) problems.push(`The certificate is not DER: ${fault}.`)
  return {
    der,
    sha256: certificateSha256(der),
    ...fields,
    signedContent: body.raw,
    signatureAlgorithm: readAlgorithm(algorithm),
    signature: readSignature(signature),
    isSelfIssued: fields.issuer.key === fields.subject.key,
    problems,
  }
}

function readBody(body: Element) {
  const fields = childrenOf(body)
  const version = fields[0]?.tag === 0xa0 ? readVersion(fields.shift()) : 1
  const [serial, innerAlgorithm, issuer, validity, subject, key, ...more] = fields
  const [notBefore, notAfter] = validity === undefined ? [] : childrenOf(validity)
  if (
    serial?.tag !== tags.integer ||
    innerAlgorithm === undefined ||
    issuer === undefined ||
    notBefore === undefined ||
    notAfter === undefined ||
    subject === undefined ||
    key?.tag !== tags.sequence
  )
    throw new AppError('malformed', 'A part of the certificate is missing or out of place.')
  const list = more.find(({ tag }) => tag === 0xa3)
  const extensions = readExtensionsOf(list === undefined ? null : list.content)
  const problems = [...extensions.problems]
  // RFC 5280 §4.1.2.9.
  if (list !== undefined && version !== 3) problems.push(`It has extensions, but is X.509 v${version}.`)
  return {
    version,
    serial: serial.content,
    innerAlgorithm,
    issuer: readName(issuer.raw),
    subject: readName(subject.raw),
    notBefore: readDate(notBefore, problems),
    notAfter: readDate(notAfter, problems),
    spki: key.raw,
    extensions,
    problems,
  }
}

/** Counted from zero (RFC 5280 §4.1.2.1). */
function readVersion(field: Element | undefined): number {
  const version = field === undefined ? 0n : readBigInteger(readOnlyOf(field.content, tags.integer))
  if (version < 0n || version > 100n) throw new AppError('malformed', 'The version of the certificate cannot be read.')
  return Number(version) + 1
}

/** A date in another form than RFC 5280's is a problem of the certificate. */
function readDate(element: Element, problems: string[]): Date {
  try {
    return readTime(element)
  } catch (error) {
    if (!isAppError(error)) throw error
    problems.push(`One of its dates cannot be read: ${error.detail ?? ''}`)
    return readLooseTime(element)
  }
}

const keys = new WeakMap<Certificate, { key: KeyObject | null }>()

/** Its public key; null for kinds that this engine does not take. */
export function publicKeyOf(certificate: Certificate): KeyObject | null {
  const known = keys.get(certificate)
  if (known !== undefined) return known.key
  const key = readPublicKey(certificate.spki)
  keys.set(certificate, { key })
  return key
}

/** SHA-256 over the DER, lower-case hex: a certificate's name inside Latchkey. */
export function certificateSha256(der: Uint8Array): Sha256 {
  return Sha256.parse(createHash('sha256').update(der).digest('hex'))
}

/** MD5 over the DER, lower-case hex: the fingerprint by which Access reports certificates. It identifies one and proves nothing. */
export function certificateMd5(der: Uint8Array): Md5 {
  return Md5.parse(createHash('md5').update(der).digest('hex'))
}

/** Its SubjectPublicKeyInfo (DER), in the one spelling in which equal keys compare equal. Input: DER. Errors: `malformed`. */
export function certificateKey(der: Uint8Array): Uint8Array {
  return normaliseSpki(readCertificate(der).spki)
}
