import { childrenOf, type Element, readOid, readOnly, tags } from '../der'
import { parsing } from '../parsing'

/** A Name (RFC 5280 §4.1.2.4), ready for comparison. */
export interface DistinguishedName {
  /** DER. */
  raw: Uint8Array
  /** Equal for names that match (RFC 5280 §7.1), and only for those. */
  key: string
  /** The same for each relative distinguished name, from the root of the tree on. */
  parts: string[]
  /** E-mail addresses written into the name (emailAddress attributes). */
  emails: string[]
}

const emailAddress = '1.2.840.113549.1.9.1'
const teletexString = 0x14
const universalString = 0x1c

/** Input: a Name, DER. Errors: `malformed`. */
export function readName(raw: Uint8Array): DistinguishedName {
  return parsing('name', () => {
    const emails: string[] = []
    const parts = childrenOf(readOnly(raw)).map((relative) => {
      const attributes = childrenOf(relative).map((attribute) => readAttribute(attribute, emails))
      // A SET has no order.
      return JSON.stringify(attributes.sort())
    })
    return { raw, key: JSON.stringify(parts), parts, emails }
  })
}

function readAttribute(attribute: Element, emails: string[]): string {
  const [type, value] = childrenOf(attribute)
  if (type === undefined || value === undefined) throw new Error('an attribute without a type or a value')
  const id = readOid(type)
  const text = textOf(value)
  if (id === emailAddress && text !== null) emails.push(text)
  return text === null ? `${id}#${Buffer.from(value.raw).toString('hex')}` : `${id}=${fold(text)}`
}

/**
 * RFC 5280 §7.1 with RFC 4518: the kind of string does not matter, nor do case, spaces at the ends and the number of
 * spaces in between.
 */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ')
}

/** Null for what is no text; such values match only when their bytes are the same. */
function textOf({ tag, content }: Element): string | null {
  switch (tag) {
    case tags.utf8String:
      return utf8(content)
    case tags.printableString:
    case tags.ia5String:
    case teletexString:
      return Buffer.from(content).toString('latin1')
    case tags.bmpString:
      return content.length % 2 === 0 ? Buffer.from(content).swap16().toString('utf16le') : null
    case universalString:
      return universal(content)
    default:
      return null
  }
}

function utf8(content: Uint8Array): string | null {
  const text = Buffer.from(content).toString('utf8')
  return Buffer.from(text, 'utf8').equals(content) ? text : null
}

function universal(content: Uint8Array): string | null {
  if (content.length % 4 !== 0) return null
  const view = new DataView(content.buffer, content.byteOffset, content.length)
  const points = Array.from({ length: content.length / 4 }, (_, index) => view.getUint32(index * 4))
  return points.some((point) => point > 0x10ffff) ? null : points.map((point) => String.fromCodePoint(point)).join('')
}
