import type { KeyObject } from 'node:crypto'
import { AppError } from '#shared/errors'
import { childrenOf, type Element, hasShortestLength, parsing, readOnly, tags } from '../der'
import {
  type AlgorithmValue,
  isTime,
  readAlgorithm,
  readBigInteger,
  readExtensions,
  readOnlyOf,
  readSignature,
  readTime,
} from '../der-values'
import { checkSignature, type SignatureCheck } from '../sign'
import { findDerFault } from '../strict-der'
import { type EntryIndex, indexEntries, noEntries } from './entries'
import { type CrlExtensions, readCrlExtensions } from './extensions'

export type { RevokedEntry } from './entries'

/** A certificate revocation list (RFC 5280 §5.1), read once. Bytes are views into the input. */
export interface Crl extends Pick<EntryIndex, 'count' | 'find' | 'entries'>, CrlExtensions {
  der: Uint8Array
  version: 1 | 2
  /** The issuer's Name, DER. */
  issuer: Uint8Array
  thisUpdate: Date
  /** Null where the list does not say when the next one comes. */
  nextUpdate: Date | null
  /** It speaks for other issuers too (RFC 5280 §5.2.5, §5.3.3). */
  isIndirect: boolean
  /** What is worth saying and does no harm, in words. */
  notes: string[]
  /** The bytes that are signed, as they stand in the file. */
  signedContent: Uint8Array
  signatureAlgorithm: AlgorithmValue
  signature: Uint8Array
}

/**
 * Reads a CRL. Input: DER. Entries are only indexed by their serials, so that 100,000 of them take a fraction of a second.
 * What is wrong inside an extension, and what is not DER, become problems of the result. Errors: `malformed` for a list whose
 * parts are missing or out of place.
 */
export function readCrl(der: Uint8Array): Crl {
  return parsing('CRL', () => read(der))
}

function read(der: Uint8Array): Crl {
  const whole = readOnlyOf(der, tags.sequence)
  const [body, algorithm, signature, ...more] = childrenOf(whole)
  if (body?.tag !== tags.sequence || algorithm === undefined) throw new AppError('malformed', 'This is not a CRL.')
  const fields = readBody(body)
  const signatureAlgorithm = readAlgorithm(algorithm)
  if (Buffer.compare(algorithm.raw, fields.algorithm.raw) !== 0)
    throw new AppError('malformed', 'The CRL names two different signature algorithms.')
  const { entries, version } = fields
  const extensions = readCrlExtensions(fields.extensions)
  const fault = faultOf(
    [whole, body, ...fields.lists],
    [...fields.others, algorithm, ...(signature ? [signature] : [])],
  )
  return {
    der,
    version,
    issuer: fields.issuer.raw,
    thisUpdate: fields.thisUpdate,
    nextUpdate: fields.nextUpdate,
    ...extensions,
    isIndirect: extensions.scope.isIndirect || entries.namesIssuers,
    unknownCritical: [...extensions.unknownCritical, ...entries.unknownCritical],
    problems: [
      ...extensions.problems,
      ...entries.problems,
      ...(fault === null ? [] : [`The CRL is not DER: ${fault}.`]),
      ...(more.length > 0 ? ['Something follows the signature of the CRL.'] : []),
      // RFC 5280 §5.1.2.1.
      ...(version === 1 && (fields.extensions.length > 0 || entries.haveExtensions)
        ? ['It has extensions, but is a CRL of version 1.']
        : []),
    ],
    // RFC 5280 §5.1.2.6 wants no list where nothing is revoked. Debian's cfssl writes an empty one.
    notes: fields.lists.some(({ content }) => content.length === 0)
      ? ['It has an empty list of revoked certificates.']
      : [],
    count: entries.count,
    find: entries.find,
    entries: entries.entries,
    signedContent: body.raw,
    signatureAlgorithm,
    signature: readSignature(signature),
  }
}

/** `flat`: those whose content is looked at elsewhere. */
function faultOf(flat: Element[], whole: Element[]): string | null {
  if (!flat.every(hasShortestLength)) return 'a length is longer than it needs to be'
  for (const element of whole) {
    const fault = findDerFault(element)
    if (fault !== null) return fault
  }
  return null
}

/** TBSCertList: version and nextUpdate, entries and extensions may be absent. */
function readBody(body: Element) {
  const fields = childrenOf(body)
  const next = (wanted: (element: Element) => boolean): Element | null => {
    const [first] = fields
    if (first === undefined || !wanted(first)) return null
    fields.shift()
    return first
  }
  const version = next(({ tag }) => tag === tags.integer)
  const algorithm = next(({ tag }) => tag === tags.sequence)
  const issuer = next(({ tag }) => tag === tags.sequence)
  const thisUpdate = next(isTime)
  const nextUpdate = next(isTime)
  const revoked = next(({ tag }) => tag === tags.sequence)
  const extensions = next(({ tag }) => tag === 0xa0)
  if (algorithm === null || issuer === null || thisUpdate === null || fields.length > 0)
    throw new AppError('malformed', 'A part of the CRL is missing or out of place.')
  if (version !== null && readBigInteger(version) !== 1n)
    throw new AppError('malformed', 'The CRL has an unknown version.')
  return {
    version: version === null ? (1 as const) : (2 as const),
    lists: revoked === null ? [] : [revoked],
    others: [version, algorithm, issuer, thisUpdate, nextUpdate, extensions].filter((one) => one !== null),
    algorithm,
    issuer,
    thisUpdate: readTime(thisUpdate),
    nextUpdate: nextUpdate === null ? null : readTime(nextUpdate),
    entries: revoked === null ? noEntries : indexEntries(revoked.content),
    extensions: extensions === null ? [] : readExtensions(readOnly(extensions.content)),
  }
}

/** Who signed the list: over the bytes as they stand in the file. Says nothing about trust. `key`: null for an unknown kind. */
export const crlSignatureBy = (crl: Crl, key: KeyObject | null): SignatureCheck =>
  checkSignature(crl.signedContent, crl.signature, crl.signatureAlgorithm, key)

/** Whether this key made the list's signature, as far as that can be said here. */
export const isCrlSignedBy = (crl: Crl, key: KeyObject): boolean => crlSignatureBy(crl, key) === 'good'
