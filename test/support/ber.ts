import { childrenOf, encode, readElement, tags } from '#electron/pki/der'

const endOfContents = Uint8Array.of(0, 0)

/**
 * The same structure with every length left open, every OCTET STRING cut into pieces, and contents that are structures
 * themselves treated likewise: as Windows, Java and NSS write PKCS#12. Signed parts must stay as they are: `keep`.
 */
export function toBer(der: Uint8Array, keep: Uint8Array[] = []): Uint8Array {
  const element = readElement(der)
  if (keep.some((kept) => Buffer.compare(kept, element.raw) === 0)) return element.raw
  if (element.tag === tags.octetString) return pieces(element.content)
  if ((element.tag & 0x20) === 0) return element.raw
  const children = childrenOf(element).map(({ raw }) => toBer(raw, keep))
  return Buffer.concat([Uint8Array.of(element.tag, 0x80), ...children, endOfContents])
}

function pieces(content: Uint8Array): Uint8Array {
  const size = Math.max(1, Math.ceil(content.length / 3))
  const parts: Uint8Array[] = []
  for (let at = 0; at < content.length; at += size) {
    parts.push(encode(tags.octetString, content.subarray(at, at + size)))
  }
  return Buffer.concat([Uint8Array.of(tags.octetString | 0x20, 0x80), ...parts, endOfContents])
}
