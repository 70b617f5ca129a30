import type { KeyObject } from 'node:crypto'
import { AppError } from '#shared/errors'
import { childrenOf, type Element, parsing, readOnly, tags } from '../der'
import {
  type AlgorithmValue,
  type ExtensionValue,
  isTime,
  readAlgorithm,
  readBigInteger,
  readBoolean,
  readExtensions,
  readOnlyOf,
  readSignature,
  readTime,
} from '../der-values'
import { isSignedBy } from '../sign'
import { type EntryIndex, indexEntries, noEntries } from './entries'

export type { RevokedEntry } from './entries'

const crlIds = {
  number: '2.5.29.20',
  delta: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  authorityKeyIdentifier: '2.5.29.35',
} as const

/** Extensions of a list that carry no limits of their own: issuer names, the key's name, addresses (RFC 5280 §5.2). */
const harmless = new Set(['2.5.29.18', '2.5.29.46', '1.3.6.1.5.5.7.1.1'])
const known = new Set<string>([...Object.values(crlIds), ...harmless])

/** A certificate revocation list (RFC 5280 §5.1), read once. Bytes are views into the input. */
export interface Crl extends Pick<EntryIndex, 'count' | 'find' | 'entries'> {
  der: Uint8Array
  version: 1 | 2
  /** The issuer's Name, DER. */
  issuer: Uint8Array
  thisUpdate: Date
  /** Null where the list does not say when the next one comes. */
  nextUpdate: Date | null
  number: bigint | null
  /** Lower-case hex of the key identifier that the list names its signer by. */
  authorityKeyId: string | null
  extensions: ExtensionValue[]
  /** It only lists changes since another list (RFC 5280 §5.2.4). */
  isDelta: boolean
  /** It speaks for other issuers too (RFC 5280 §5.2.5, §5.3.3). */
  isIndirect: boolean
  /** It covers only some certificates or reasons (RFC 5280 §5.2.5). */
  isPartitioned: boolean
  /** OIDs of critical extensions, its own and its entries', that are not known here: the list must not be used. */
  unknownCritical: string[]
  /** The bytes that are signed, as they stand in the file. */
  signedContent: Uint8Array
  signatureAlgorithm: AlgorithmValue
  signature: Uint8Array
}

/**
 * Reads a CRL. Input: DER. Entries are only indexed by their serials, so that 100,000 of them take a fraction of a second.
 * Errors: `malformed` with what is wrong.
 */
export function readCrl(der: Uint8Array): Crl {
  return parsing('CRL', () => read(der))
}

function read(der: Uint8Array): Crl {
  const [body, algorithm, signature] = childrenOf(readOnlyOf(der, tags.sequence))
  if (body?.tag !== tags.sequence || algorithm === undefined) throw new AppError('malformed', 'This is not a CRL.')
  const fields = readBody(body)
  const signatureAlgorithm = readAlgorithm(algorithm)
  if (Buffer.compare(algorithm.raw, fields.algorithm.raw) !== 0)
    throw new AppError('malformed', 'The CRL names two different signature algorithms.')
  const { entries, extensions } = fields
  const scope = readIssuingDistributionPoint(extensionOf(extensions, crlIds.issuingDistributionPoint))
  return {
    der,
    version: fields.version,
    issuer: fields.issuer.raw,
    thisUpdate: fields.thisUpdate,
    nextUpdate: fields.nextUpdate,
    number: numberOf(extensions),
    authorityKeyId: keyIdOf(extensions),
    extensions,
    isDelta: extensionOf(extensions, crlIds.delta) !== null,
    isIndirect: scope.isIndirect || entries.namesIssuers,
    isPartitioned: scope.isPartitioned,
    unknownCritical: [
      ...extensions.filter(({ id, critical }) => critical && !known.has(id)).map(({ id }) => id),
      ...entries.unknownCritical,
    ],
    count: entries.count,
    find: entries.find,
    entries: entries.entries,
    signedContent: body.raw,
    signatureAlgorithm,
    signature: readSignature(signature),
  }
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
    algorithm,
    issuer,
    thisUpdate: readTime(thisUpdate),
    nextUpdate: nextUpdate === null ? null : readTime(nextUpdate),
    entries: revoked === null ? noEntries : indexEntries(revoked.content),
    extensions: extensions === null ? [] : readExtensions(readOnly(extensions.content)),
  }
}

const extensionOf = (extensions: ExtensionValue[], id: string): Uint8Array | null =>
  extensions.find((extension) => extension.id === id)?.value ?? null

function numberOf(extensions: ExtensionValue[]): bigint | null {
  const value = extensionOf(extensions, crlIds.number)
  return value === null ? null : readBigInteger(readOnly(value))
}

function keyIdOf(extensions: ExtensionValue[]): string | null {
  const value = extensionOf(extensions, crlIds.authorityKeyIdentifier)
  if (value === null) return null
  const identifier = childrenOf(readOnlyOf(value, tags.sequence)).find(({ tag }) => tag === 0x80)
  return identifier === undefined ? null : Buffer.from(identifier.content).toString('hex')
}

/** Whether this key made the list's signature, over the bytes as they stand in the file. Says nothing about trust. */
export function isCrlSignedBy(crl: Crl, key: KeyObject): boolean {
  return isSignedBy(crl.signedContent, crl.signature, crl.signatureAlgorithm, key)
}

/** What an issuing distribution point (RFC 5280 §5.2.5) makes of a list. */
interface CrlScope {
  isIndirect: boolean
  isPartitioned: boolean
}

const indirectCrl = 0x84
/** Fields whose value is a truth: only user, only CA, only attribute certificates. */
const onlyKinds: ReadonlySet<number> = new Set([0x81, 0x82, 0x85])

/** Input: the extension's DER; null where the list has none and therefore covers everything. Errors: `malformed`. */
function readIssuingDistributionPoint(value: Uint8Array | null): CrlScope {
  if (value === null) return { isIndirect: false, isPartitioned: false }
  const fields = childrenOf(readOnlyOf(value, tags.sequence))
  return {
    isIndirect: fields.some((field) => field.tag === indirectCrl && readBoolean(field)),
    // A named distribution point and a selection of reasons always limit what the list covers.
    isPartitioned: fields.some(({ tag, content, raw }) =>
      onlyKinds.has(tag) ? readBoolean({ tag, content, raw }) : tag !== indirectCrl,
    ),
  }
}
