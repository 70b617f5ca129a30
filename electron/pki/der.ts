import { AppError, isAppError } from '#shared/errors'

/** One element of BER or DER (X.690). `content` and `raw` are views into the input, never copies. */
export interface Element {
  /** The identifier octet: class, constructed bit and tag number (high tag numbers do not occur in PKI files). */
  tag: number
  content: Uint8Array
  raw: Uint8Array
}

/** Identifier octets used here. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** The first element of `bytes`, which must be DER. Errors: `malformed` with the place. */
export function readElement(bytes: Uint8Array, offset = 0): Element {
  const tag = bytes[offset]
  const first = bytes[offset + 1]
  if (tag === undefined || first === undefined) throw malformedAt(offset, 'it ends too early')
  if ((tag & 0x1f) === 0x1f) throw malformedAt(offset, 'an unexpected tag')
  const [length, headerLength] = readLength(bytes, offset, first)
  const start = offset + headerLength
  if (start + length > bytes.length) throw malformedAt(offset, 'a length points past the end')
  return { tag, content: bytes.subarray(start, start + length), raw: bytes.subarray(offset, start + length) }
}

function readLength(bytes: Uint8Array, offset: number, first: number): [number, number] {
  if (first < 0x80) return [first, 2]
  const count = first & 0x7f
  if (count === 0 || count > 4) throw malformedAt(offset, 'a length cannot be read')
  let length = 0
  for (let index = 0; index < count; index += 1) length = length * 256 + (bytes[offset + 2 + index] ?? 0)
  return [length, 2 + count]
}

/** The elements inside a constructed element, in order; at most `most` of them where only the first ones matter. */
export function childrenOf(element: Element, most = Number.POSITIVE_INFINITY): Element[] {
  const children: Element[] = []
  for (let offset = 0; offset < element.content.length && children.length < most; ) {
    const child = readElement(element.content, offset)
    children.push(child)
    offset += child.raw.length
  }
  return children
}

/** Whether its own length is as short as it can be (X.690 §10.1). */
export const hasShortestLength = ({ content, raw }: Element): boolean =>
  raw.length === content.length + 1 + lengthOctets(content.length).length

/** The same all the way down. */
export function isCanonical(element: Element): boolean {
  const { tag } = element
  if (!hasShortestLength(element)) return false
  return (tag & constructed) === 0 || childrenOf(element).every(isCanonical)
}

const constructed = 0x20

/** The only element of `bytes`; anything behind it is an error. */
export function readOnly(bytes: Uint8Array): Element {
  const element = readElement(bytes)
  if (element.raw.length !== bytes.length) throw malformedAt(element.raw.length, 'there is data after the end')
  return element
}

/** The child at `index`, which must have this tag. */
export function childAt(children: Element[], index: number, tag: number): Element {
  const child = children[index]
  if (child === undefined || child.tag !== tag) throw new AppError('malformed', `Element ${index} has the wrong type.`)
  return child
}

/** Tag, length and the joined contents. */
export function encode(tag: number, ...contents: Uint8Array[]): Uint8Array {
  return encodeAll(tag, contents)
}

/** The same for any number of contents: arguments live on the stack, lists do not. */
export function encodeAll(tag: number, contents: Uint8Array[]): Uint8Array {
  const content = Buffer.concat(contents)
  return Buffer.concat([Uint8Array.of(tag, ...lengthOctets(content.length)), content])
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length]
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return [0x80 | octets.length, ...octets]
}

export const sequence = (...contents: Uint8Array[]) => encode(tags.sequence, ...contents)
export const octetString = (content: Uint8Array) => encode(tags.octetString, content)
export const nothing = encode(tags.null)

/** A non-negative INTEGER, from a number of any size or from unsigned big-endian bytes. */
export function integer(value: number | bigint | Uint8Array): Uint8Array {
  if (value instanceof Uint8Array) {
    const needsSign = ((value[0] ?? 0) & 0x80) !== 0
    return encode(tags.integer, needsSign ? Uint8Array.of(0) : new Uint8Array(), value)
  }
  const hex = value.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return integer(bytes)
}

/** A small non-negative INTEGER as a number. Errors: `malformed` for anything else, and above 2^47. */
export function readInteger(element: Element): number {
  const [first] = element.content
  if (element.tag !== tags.integer || first === undefined || first >= 0x80 || element.content.length > 6)
    throw new AppError('malformed', 'A number cannot be read.')
  return element.content.reduce((value, byte) => value * 256 + byte, 0)
}

export function oid(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  return encode(tags.oid, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)))
}

function base128(value: number): number[] {
  const octets = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) octets.unshift((rest % 128) | 0x80)
  return octets
}

/** Errors: `malformed`, also for an identifier of more octets, or with a longer arc, than any that is in use. */
export function readOid(element: Element): string {
  const octets = element.content
  if (octets.length > longestOid) throw new AppError('malformed', 'An identifier is too long.')
  if (element.tag !== tags.oid || octets.length === 0) throw new AppError('malformed', 'An identifier cannot be read.')
  const arcs: (number | bigint)[] = []
  let value: number | bigint = 0
  let start = 0
  for (const [place, octet] of octets.entries()) {
    const digit = octet & 0x7f
    if (place - start > longestArc) throw new AppError('malformed', 'An identifier is too long.')
    value = typeof value === 'number' && value < 2 ** 46 ? value * 128 + digit : BigInt(value) * 128n + BigInt(digit)
    if ((octet & 0x80) === 0) {
      arcs.push(value)
      value = 0
      start = place + 1
    }
  }
  const [head = 0, ...rest] = arcs
  if (head >= 80) return [2, BigInt(head) - 80n, ...rest].join('.')
  const first = Math.floor(Number(head) / 40)
  return [first, Number(head) - first * 40, ...rest].join('.')
}

/** In octets of seven bits. Arcs of UUIDs (X.667) have 128 bits, which is 19 octets. */
const longestArc = 40
/** In octets. Names of directories at Microsoft have about 30. */
const longestOid = 256

export function malformedAt(offset: number, what: string): AppError {
  return new AppError('malformed', `At byte ${offset}: ${what}.`)
}

/** Whatever a parser throws at a broken file is one thing to a person: the file is malformed. */
export function parsing<T>(what: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (isAppError(error)) throw error
    throw new AppError('malformed', `The ${what} cannot be read.`, { cause: error })
  }
}

/** Null where what is read is malformed or of an unknown kind. Anything else is a bug, and thrown. */
export function ifReadable<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!isAppError(error)) throw error
    return null
  }
}
