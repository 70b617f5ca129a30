import { AppError } from '#shared/errors'
import { childrenOf, type Element, encode, malformedAt, readOid, readOnly, tags } from './der'

/** An AlgorithmIdentifier (RFC 5280 §4.1.1.2): the OID and the DER of its parameters, null where there are none. */
export interface AlgorithmValue {
  algorithm: string
  parameters: ArrayBuffer | null
}

export function readAlgorithm(element: Element): AlgorithmValue {
  const [id, parameters] = childrenOf(element)
  if (element.tag !== tags.sequence || id === undefined) throw new AppError('malformed', 'An algorithm cannot be read.')
  return {
    algorithm: readOid(id),
    parameters: parameters === undefined ? null : Uint8Array.from(parameters.raw).buffer,
  }
}

/** The octets of a signature's BIT STRING. One that is not made of whole octets cannot be a signature: the result is empty. */
export function readSignature(element: Element | undefined): Uint8Array {
  if (element?.tag !== tags.bitString) throw new AppError('malformed', 'A signature cannot be read.')
  return element.content[0] === 0 ? element.content.subarray(1) : new Uint8Array()
}

/** The numbers of the bits that are set in a BIT STRING of named bits (X.680 §22.7): bit 0 is the first one. */
export function readNamedBits(element: Element): Set<number> {
  const [unused, ...octets] = element.content
  if (element.tag !== tags.bitString || unused === undefined || unused > 7 || (unused > 0 && octets.length === 0))
    throw new AppError('malformed', 'A bit string cannot be read.')
  const most = octets.length * 8 - unused
  const set = new Set<number>()
  for (let bit = 0; bit < most; bit += 1) if (((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) set.add(bit)
  return set
}

/** DER: FALSE is 0, TRUE is 255 (X.690 §11.1); any other octet is taken for TRUE, as every library does. */
export function readBoolean(element: Element): boolean {
  if (element.content.length !== 1) throw new AppError('malformed', 'A Boolean cannot be read.')
  return element.content[0] !== 0
}

/** In octets: a modulus of 16,384 bits, OpenSSL's longest, has 2,049. Writing a number as decimals takes time by its square. */
const longestInteger = 4096

/** A whole INTEGER of either sign. Errors: `malformed`, also where it is longer than any number in use. */
export function readBigInteger(element: Element): bigint {
  if (element.tag !== tags.integer || element.content.length === 0)
    throw new AppError('malformed', 'A number cannot be read.')
  if (element.content.length > longestInteger) throw new AppError('malformed', 'A number is too long.')
  const value = BigInt(`0x${Buffer.from(element.content).toString('hex')}`)
  return BigInt.asIntN(element.content.length * 8, value)
}

/**
 * A count, whatever its tag (it may be tagged implicitly): anything beyond a million means “no limit in practice”. Errors:
 * `malformed` for a negative number.
 */
export function readCount({ content, raw }: Element): number {
  const value = readBigInteger({ tag: tags.integer, content, raw })
  if (value < 0n) throw new AppError('malformed', 'A count cannot be read.')
  return value > 1_000_000n ? 1_000_000 : Number(value)
}

const utcTime = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/u
const generalizedTime = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/u

/** UTCTime or GeneralizedTime in the only form that RFC 5280 §4.1.2.5 allows: with seconds, in UTC. Errors: `malformed`. */
export function readTime(element: Element): Date {
  const text = Buffer.from(element.content).toString('latin1')
  const found = (element.tag === tags.utcTime ? utcTime : generalizedTime).exec(text)
  if (found === null || !isTime(element)) throw malformedAt(0, 'a time cannot be read')
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] = found
  const iso = `${String(fullYear(year)).padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}.000Z`
  const date = new Date(iso)
  // JavaScript lets some days overflow, such as the 30th of February.
  if (Number.isNaN(date.getTime()) || date.toISOString() !== iso) throw malformedAt(0, `“${text}” is not a time`)
  return date
}

const looseTime = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})?(\d{2})?(?:[.,]\d+)?(?:Z|([+-])(\d{2})(\d{2}))?$/u

/**
 * The moment that a time in another form means (X.680 §46, §47): without seconds, with fractions, with a difference from UTC,
 * or with a whole year in a UTCTime; a day or an hour beyond the end of its month or day runs on. For showing what RFC 5280
 * forbids. Invalid where nothing can be read.
 */
export function readLooseTime({ content }: Element): Date {
  const found = looseTime.exec(Buffer.from(content).toString('latin1'))
  const date = new Date(0)
  if (found === null) return new Date(Number.NaN)
  const [, year = '', ...parts] = found
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(0, 5).map((part) => Number(part ?? 0))
  const [sign, hours = '0', minutes = '0'] = parts.slice(5)
  const difference = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  date.setUTCFullYear(fullYear(year), month - 1, day)
  date.setUTCHours(hour, minute - difference, second)
  // Longer years have another spelling in ISO 8601.
  return /^\d{4}-/u.test(date.toISOString()) ? date : new Date(Number.NaN)
}

/** RFC 5280 §4.1.2.5.1: two digits from 50 on mean the last century. */
const fullYear = (year: string): number =>
  year.length === 4 ? Number(year) : Number(year) + (Number(year) >= 50 ? 1900 : 2000)

export const isTime = ({ tag }: Element): boolean => tag === tags.utcTime || tag === tags.generalizedTime

/** One extension of a certificate, a CRL or a CRL entry (RFC 5280 §4.2). `value` is the DER inside its OCTET STRING. */
export interface ExtensionValue {
  id: string
  critical: boolean
  value: Uint8Array
}

/** Extensions, a SEQUENCE OF. Errors: `malformed`, also when one occurs twice (RFC 5280 §4.2). */
export function readExtensions(element: Element): ExtensionValue[] {
  if (element.tag !== tags.sequence) throw new AppError('malformed', 'The extensions cannot be read.')
  const extensions = childrenOf(element).map(readExtension)
  const seen = new Set(extensions.map(({ id }) => id))
  if (seen.size < extensions.length) throw new AppError('malformed', 'An extension occurs twice.')
  return extensions
}

/** Input: one Extension. Errors: `malformed`. */
export function readExtension(element: Element): ExtensionValue {
  const [id, second, third] = childrenOf(element)
  const value = second?.tag === tags.boolean ? third : second
  if (id === undefined || value?.tag !== tags.octetString)
    throw new AppError('malformed', 'An extension cannot be read.')
  return { id: readOid(id), critical: second?.tag === tags.boolean && readBoolean(second), value: value.content }
}

/** Whether an integer's content (a serial number) is the same number as another's, however it is padded. */
export function serialKey(content: Uint8Array): string {
  let start = 0
  while (start + 1 < content.length && isPadding(content[start], content[start + 1])) start += 1
  return Buffer.from(content.buffer, content.byteOffset + start, content.length - start).toString('latin1')
}

const isPadding = (first = 1, next = 0) => (first === 0 && next < 0x80) || (first === 0xff && next >= 0x80)

/**
 * The members of a SEQUENCE that are told apart by their tags, which stand in this order and once each (X.680 §25). Errors:
 * `malformed` for any other, which nobody could say the meaning of.
 */
export function membersOf(element: Element, order: readonly number[]): Map<number, Element> {
  const members = new Map<number, Element>()
  let next = 0
  for (const member of childrenOf(element)) {
    const place = order.indexOf(member.tag, next)
    if (place === -1) throw new AppError('malformed', 'A value has a part that does not belong there.')
    next = place + 1
    members.set(member.tag, member)
  }
  return members
}

/** The elements of a SEQUENCE OF with one at the least (`SIZE (1..MAX)`). Errors: `malformed`. */
export function someOf(element: Element): Element[] {
  const elements = childrenOf(element)
  if (elements.length === 0) throw new AppError('malformed', 'A list is empty that must not be.')
  return elements
}

/** The only element, which must have this tag. */
export function readOnlyOf(bytes: Uint8Array, tag: number): Element {
  const element = readOnly(bytes)
  if (element.tag !== tag) throw new AppError('malformed', 'A value has the wrong type.')
  return element
}

/**
 * A Time as certificates and CRLs write it, DER: UTCTime through the year 2049, GeneralizedTime from 2050, whole seconds,
 * UTC (RFC 5280 §4.1.2.5, §5.1.2.4). Errors: those of `requireTime`.
 */
export function time(date: Date): Uint8Array {
  requireTime(date)
  const digits = `${date.toISOString().slice(0, 19).replace(/[-:T]/gu, '')}Z`
  return isUtcTime(date)
    ? encode(tags.utcTime, Buffer.from(digits.slice(2), 'latin1'))
    : encode(tags.generalizedTime, Buffer.from(digits, 'latin1'))
}

/** The two digits of a UTCTime mean 1950 to 2049 (RFC 5280 §4.1.2.5.1): what is older needs all four as well. */
export const isUtcTime = (date: Date): boolean => date.getUTCFullYear() >= 1950 && date.getUTCFullYear() < 2050

/** Four digits are all that a Time has for the year (RFC 5280 §4.1.2.5.2). Errors: `invalid-input`. */
export function requireTime(date: Date): void {
  const year = date.getUTCFullYear()
  if (!(year >= 0 && year <= 9999))
    throw new AppError('invalid-input', 'A date would be beyond the year 9999, the last that a certificate can name.')
}
