import { childrenOf, encodeAll, ifReadable, malformedAt, readElement, readOnly, tags } from './der'

/** Deeper than any real file; a nesting bomb ends here instead of ending the process. */
const deepest = 64
/** Only files that are not DER are rewritten; none of them has this many parts. */
const mostParts = 1_000_000

const isConstructed = (tag: number) => (tag & 0x20) !== 0
const openLength = 0x80
const constructedOctetString = tags.octetString | 0x20

/**
 * BER to DER: indefinite lengths become definite, constructed OCTET STRINGs are joined (X.690 §8.1.3.6, §8.7.3). Old
 * Windows and Java exports write PKCS#12 and PKCS#7 this way. Parts that need no rewriting keep their bytes, so that
 * signatures over them still hold. Bytes behind the element are dropped. Errors: `malformed` with the place.
 */
export function toDer(bytes: Uint8Array): Uint8Array {
  const end = endOfPlain(bytes, 0, 0)
  return end === null ? rewrite(bytes, 0, 0, { left: mostParts }).der : bytes.subarray(0, end)
}

/** Where the element at `offset` ends; null when it, or anything inside it, needs rewriting. Allocates nothing lasting. */
function endOfPlain(bytes: Uint8Array, offset: number, depth: number): number | null {
  if (depth > deepest) throw malformedAt(offset, 'it is nested too deeply')
  if (bytes[offset] === constructedOctetString || bytes[offset + 1] === openLength) return null
  const { tag, raw, content } = readElement(bytes, offset)
  const end = offset + raw.length
  if (!isConstructed(tag)) return end
  for (let at = end - content.length; at < end; ) {
    const next = endOfPlain(bytes, at, depth + 1)
    if (next === null) return null
    if (next > end) throw malformedAt(at, 'a part is longer than the whole')
    at = next
  }
  return end
}

interface Rewritten {
  der: Uint8Array
  end: number
  changed: boolean
}

function rewrite(bytes: Uint8Array, offset: number, depth: number, budget: { left: number }): Rewritten {
  budget.left -= 1
  if (depth > deepest || budget.left < 0) throw malformedAt(offset, 'it is nested too deeply or has too many parts')
  if (bytes[offset + 1] === openLength) return rewriteOpen(bytes, offset, depth, budget)
  const { tag, raw, content } = readElement(bytes, offset)
  const end = offset + raw.length
  if (!isConstructed(tag)) return { der: raw, end, changed: false }
  const parts: Rewritten[] = []
  for (let at = 0; at < content.length; ) {
    const part = rewrite(content, at, depth + 1, budget)
    parts.push(part)
    at = part.end
  }
  const changed = tag === constructedOctetString || parts.some((part) => part.changed)
  return changed ? { der: joined(tag, parts), end, changed } : { der: raw, end, changed }
}

function rewriteOpen(bytes: Uint8Array, offset: number, depth: number, budget: { left: number }): Rewritten {
  const tag = bytes[offset] ?? 0
  if (!isConstructed(tag)) throw malformedAt(offset, 'an open length where none may be')
  const parts: Rewritten[] = []
  let at = offset + 2
  while (!(bytes[at] === 0 && bytes[at + 1] === 0)) {
    const part = rewrite(bytes, at, depth + 1, budget)
    parts.push(part)
    at = part.end
  }
  return { der: joined(tag, parts), end: at + 2, changed: true }
}

/** A constructed OCTET STRING becomes a plain one; everything else keeps its shape. */
function joined(tag: number, parts: Rewritten[]): Uint8Array {
  if (tag !== constructedOctetString)
    return encodeAll(
      tag,
      parts.map(({ der }) => der),
    )
  return encodeAll(
    tags.octetString,
    parts.map(({ der }) => readElement(der).content),
  )
}

/**
 * Whether a decrypted text can be what was encrypted: one SEQUENCE, BER or DER, that ends where the text does. Padding
 * alone fits one wrong password in 256, and some modes have none; tag and length together fit one in millions. What is
 * inside is not judged, so that a damaged key or one of an unknown kind is not taken for a wrong password.
 */
export function isWholeSequence(plain: Uint8Array): boolean {
  if (plain[0] !== tags.sequence) return false
  const isWhole = ifReadable(() => {
    if (plain[1] === openLength) return plain.at(-1) === 0 && plain.at(-2) === 0 && toDer(plain).length > 0
    childrenOf(readOnly(plain), 1)
    return true
  })
  return isWhole === true
}
