import { neutralise } from '#shared/logic/neutralise'
import type { Element } from './der'

/** The kinds of character strings that certificates use (X.680 §41), by tag. */
const kinds = new Map<number, StringKind>([
  [0x0c, 'UTF8String'],
  [0x12, 'NumericString'],
  [0x13, 'PrintableString'],
  [0x14, 'TeletexString'],
  [0x16, 'IA5String'],
  [0x1a, 'VisibleString'],
  [0x1c, 'UniversalString'],
  [0x1e, 'BMPString'],
])

type StringKind =
  | 'UTF8String'
  | 'NumericString'
  | 'PrintableString'
  | 'TeletexString'
  | 'IA5String'
  | 'VisibleString'
  | 'UniversalString'
  | 'BMPString'

export interface CharacterString {
  kind: StringKind
  /** As well as it can be read; not neutralised. */
  text: string
  /** Whether the octets are what this kind of string may hold, so that every program reads the same text. */
  isProper: boolean
}

/** A character string as text; null for a value of any other kind. */
export function readCharacterString({ tag, content }: Element): CharacterString | null {
  const kind = kinds.get(tag)
  return kind === undefined ? null : { kind, ...readers[kind](Buffer.from(content)) }
}

type Reader = (octets: Buffer) => Omit<CharacterString, 'kind'>

const latin =
  (proper: RegExp): Reader =>
  (octets) => {
    const text = octets.toString('latin1')
    return { text, isProper: proper.test(text) }
  }

const readers: Record<StringKind, Reader> = {
  UTF8String(octets) {
    try {
      return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets), isProper: true }
    } catch {
      return { text: octets.toString('latin1'), isProper: false }
    }
  },
  NumericString: latin(/^[0-9 ]*$/u),
  PrintableString: latin(/^[A-Za-z0-9 '()+,./:=?-]*$/u),
  /** T.61 and Latin-1 agree on these alone; programs read the others as either. */
  TeletexString: latin(/^[A-Za-z0-9 !"%&'()*+,./:;<=>?@[\]_|-]*$/u),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an IA5String may hold control characters
  IA5String: latin(/^[\u0000-\u007f]*$/u),
  VisibleString: latin(/^[ -~]*$/u),
  /** Four octets a character. */
  UniversalString(octets) {
    const points: number[] = []
    for (let at = 0; at + 4 <= octets.length; at += 4) points.push(octets.readUInt32BE(at))
    const text = points.map((point) => (isCharacter(point) ? String.fromCodePoint(point) : '\ufffd')).join('')
    return { text, isProper: octets.length % 4 === 0 && points.every(isCharacter) }
  },
  /** Two octets a character, so nothing beyond the Basic Multilingual Plane; some write UTF-16 all the same. */
  BMPString(octets) {
    const text = octets
      .subarray(0, octets.length - (octets.length % 2))
      .swap16()
      .toString('utf16le')
    return { text, isProper: octets.length % 2 === 0 && !/[\ud800-\udfff]/.test(text) }
  },
}

const isCharacter = (point: number) => point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)

/**
 * A character string of any kind (X.680 §41) as harmless text; a value that is not a string, or cannot be read, as
 * `#` and hex (RFC 4514 §2.4).
 */
export function readText(element: Element, oddities: string[]): string {
  const found = readCharacterString(element)
  if (found === null) return `#${Buffer.from(element.raw).toString('hex')}`
  const { kind, text, isProper } = found
  if (kind === 'UTF8String' && !isProper) oddities.push('A text is marked as UTF-8 but is not. It is shown as Latin-1.')
  if (kind === 'BMPString' && element.content.length % 2 !== 0)
    oddities.push('A text of two-byte characters has an odd length.')
  return neutralise(text)
}
