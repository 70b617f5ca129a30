import { neutralise } from '#shared/logic/neutralise'
import { type Element, tags } from '../der'
import { hexOf, type Oddities } from './fields'

const universalString = 0x1c
const latin = new Set<number>([tags.printableString, tags.ia5String, 0x12, 0x14, 0x16, 0x1a])

/**
 * A character string of any kind (X.680 §41) as harmless text; a value that is no string, or none that can be read, as
 * `#` and hex (RFC 4514 §2.4).
 */
export function readText(element: Element, oddities: Oddities): string {
  const { tag, content } = element
  if (tag === tags.utf8String) return neutralise(utf8(content, oddities))
  if (tag === tags.bmpString) return neutralise(utf16(content, oddities))
  if (tag === universalString) return neutralise(utf32(content))
  if (!latin.has(tag)) return `#${hexOf(element.raw)}`
  return neutralise(Buffer.from(content).toString('latin1'))
}

function utf8(content: Uint8Array, oddities: Oddities): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    oddities.push('A text is marked as UTF-8 but is not; it is shown as Latin-1.')
    return Buffer.from(content).toString('latin1')
  }
}

function utf16(content: Uint8Array, oddities: Oddities): string {
  if (content.length % 2 !== 0) oddities.push('A text of two-byte characters has an odd length.')
  return Buffer.from(content.subarray(0, content.length - (content.length % 2)))
    .swap16()
    .toString('utf16le')
}

function utf32(content: Uint8Array): string {
  const bytes = Buffer.from(content)
  const points: number[] = []
  for (let offset = 0; offset + 4 <= bytes.length; offset += 4) points.push(bytes.readUInt32BE(offset))
  return points.map((point) => (point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd')).join('')
}
