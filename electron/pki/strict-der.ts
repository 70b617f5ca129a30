import { childrenOf, type Element, hasShortestLength, tags } from './der'

/**
 * The first thing about an element, or anything inside it, that BER allows and DER does not (X.690 §10, §11), in words; null
 * where it is DER. What lies inside OCTET STRINGs, BIT STRINGs and implicitly tagged values is opaque here. Default values
 * that are spelled out and the order of a SET OF are passed over: certificates in use have both, and OpenSSL and Go load them.
 * Errors: `malformed` where an element cannot be taken apart.
 */
export function findDerFault(element: Element): string | null {
  const waiting = [element]
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const fault = faultOf(one)
    if (fault !== null) return fault
    if (isConstructed(one)) waiting.push(...childrenOf(one).reverse())
  }
  return null
}

function faultOf(element: Element): string | null {
  if (!hasShortestLength(element)) return 'a length is longer than it needs to be'
  const { tag, content } = element
  if ((tag & classBits) !== 0) return null
  if (isConstructed(element) !== (tag === tags.sequence || tag === tags.set)) return 'a value is in parts'
  switch (tag) {
    case tags.boolean:
      return content.length === 1 && (content[0] === 0 || content[0] === 0xff) ? null : 'a truth value is not 0 or 255'
    case tags.integer:
    case tags.enumerated:
      return hasShortestInteger(content) ? null : 'a number is padded'
    case tags.bitString:
      return hasZeroPadding(content) ? null : 'a bit string has bits where it should be padded with zeros'
    case tags.null:
      return content.length === 0 ? null : 'a NULL has content'
    case tags.oid:
      return isShortestOid(content) ? null : 'an object identifier is padded'
    default:
      return null
  }
}

const classBits = 0xc0
const isConstructed = ({ tag }: Element) => (tag & 0x20) !== 0

/** X.690 §8.3.2: the first nine bits are neither all zeros nor all ones. Input: an INTEGER's content. */
export function hasShortestInteger(content: Uint8Array): boolean {
  const [first, second] = content
  if (first === undefined) return false
  if (second === undefined) return true
  return !((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
}

/** X.690 §11.2.1. Input: a BIT STRING's content, beginning with the number of bits that are not used. */
function hasZeroPadding(content: Uint8Array): boolean {
  const [unused] = content
  if (unused === undefined || unused > 7) return false
  if (content.length === 1) return unused === 0
  return ((content.at(-1) ?? 0) & ((1 << unused) - 1)) === 0
}

/** X.690 §8.19.2: no arc begins with a zero digit, and the last one ends. */
function isShortestOid(content: Uint8Array): boolean {
  if (content.length === 0 || (content.at(-1) ?? 0) >= 0x80) return false
  return content.every((octet, place) => octet !== 0x80 || (place > 0 && (content[place - 1] ?? 0) >= 0x80))
}
