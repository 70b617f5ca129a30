import { createPublicKey, type KeyObject } from 'node:crypto'
import { AppError, isAppError } from '#shared/errors'
import type { CertificateView } from '#shared/model/certificate'
import type { Sha256 } from '#shared/model/ids'
import { certificateSha256, viewCertificate } from '../certificate'
import { childrenOf, type Element, readOnly, tags } from '../der'
import { type AlgorithmValue, readAlgorithm, readBigInteger, readOnlyOf, readSignature, readTime } from '../der-values'
import { parsing } from '../parsing'
import { type PathExtensions, readPathExtensions } from './extensions'
import { type DistinguishedName, readName } from './name'

/** A certificate as path validation sees it (RFC 5280 §4.1). Bytes are views into the input. */
export interface PathCertificate {
  der: Uint8Array
  sha256: Sha256
  version: number
  /** The INTEGER's content. */
  serial: Uint8Array
  issuer: DistinguishedName
  subject: DistinguishedName
  notBefore: Date
  notAfter: Date
  /** SubjectPublicKeyInfo, DER. */
  spki: Uint8Array
  extensions: PathExtensions
  signedContent: Uint8Array
  signatureAlgorithm: AlgorithmValue
  signature: Uint8Array
  /** Issuer and subject are the same name (RFC 5280 §6.1): such certificates do not count towards the path length. */
  isSelfIssued: boolean
}

/**
 * Reads a certificate for path validation. Input: DER. What stands wrongly inside an extension
 * or a date becomes a problem of the result; errors: `malformed` for a certificate whose parts are missing or out of place.
 */
export function readPathCertificate(der: Uint8Array): PathCertificate {
  return parsing('certificate', () => read(der))
}

function read(der: Uint8Array): PathCertificate {
  const [body, algorithm, signature] = childrenOf(readOnlyOf(der, tags.sequence))
  if (body?.tag !== tags.sequence || algorithm === undefined) throw new AppError('malformed', 'This is no certificate.')
  const fields = readBody(body)
  if (Buffer.compare(algorithm.raw, fields.algorithm.raw) !== 0)
    throw new AppError('malformed', 'The certificate names two different signature algorithms.')
  const { algorithm: _, ...rest } = fields
  return {
    der,
    sha256: certificateSha256(der),
    ...rest,
    signedContent: body.raw,
    signatureAlgorithm: readAlgorithm(algorithm),
    signature: readSignature(signature),
    isSelfIssued: rest.issuer.key === rest.subject.key,
  }
}

function readBody(body: Element) {
  const fields = childrenOf(body)
  const version =
    fields[0]?.tag === 0xa0 ? Number(readBigInteger(readOnly(fields.shift()?.content ?? body.raw))) + 1 : 1
  const [serial, algorithm, issuer, validity, subject, key, ...more] = fields
  if (serial?.tag !== tags.integer || algorithm === undefined || issuer === undefined || key === undefined)
    throw new AppError('malformed', 'A part of the certificate is missing or out of place.')
  const [notBefore, notAfter] = validity === undefined ? [] : childrenOf(validity)
  if (subject === undefined || notBefore === undefined || notAfter === undefined)
    throw new AppError('malformed', 'A part of the certificate is missing or out of place.')
  const list = more.find(({ tag }) => tag === 0xa3)
  const extensions = readPathExtensions(list === undefined ? null : list.content)
  // RFC 5280 §4.1.2.9.
  if (list !== undefined && version !== 3) extensions.problems.push(`It has extensions, but is X.509 v${version}.`)
  return {
    version,
    serial: serial.content,
    algorithm,
    issuer: readName(issuer.raw),
    subject: readName(subject.raw),
    notBefore: readDate(notBefore, extensions),
    notAfter: readDate(notAfter, extensions),
    spki: key.raw,
    extensions,
  }
}

/** An impossible date is a problem of the certificate; it is then neither before nor after anything. */
function readDate(element: Element, { problems }: PathExtensions): Date {
  try {
    return readTime(element)
  } catch (error) {
    if (!isAppError(error)) throw error
    problems.push(`One of its dates cannot be read: ${error.detail ?? ''}`)
    return new Date(Number.NaN)
  }
}

const keys = new WeakMap<PathCertificate, { key: KeyObject | null }>()

/** Its public key; null for kinds that this engine does not take. */
export function publicKeyOf(certificate: PathCertificate): KeyObject | null {
  const known = keys.get(certificate)
  if (known !== undefined) return known.key
  const key = makeKey(certificate.spki)
  keys.set(certificate, { key })
  return key
}

function makeKey(spki: Uint8Array): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}

const views = new WeakMap<PathCertificate, { view: CertificateView | null }>()

/** What the screens show of it; null for a certificate so odd, or so large, that it cannot be shown. */
export function viewOf(certificate: PathCertificate): CertificateView | null {
  const known = views.get(certificate)
  if (known !== undefined) return known.view
  const view = makeView(certificate.der)
  views.set(certificate, { view })
  return view
}

function makeView(der: Uint8Array): CertificateView | null {
  try {
    return viewCertificate(der)
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}
