import type { Name } from '@peculiar/asn1-x509'
import { encodeName } from '#electron/pki/authority/names'
import { encode, oid, readOnly, sequence, tags } from '#electron/pki/der'
import { readAttributes } from '#electron/pki/x509/name'

/** Names built octet by octet, for what openssl refuses to write. All DER. */
export const commonName = '2.5.4.3'

/** One attribute with a value of any tag, right or wrong. */
export const attribute = (type: string, tag: number, value: Uint8Array) => sequence(oid(type), encode(tag, value))

export const utf8 = (type: string, text: string) => attribute(type, tags.utf8String, Buffer.from(text))
export const printable = (type: string, text: string) => attribute(type, tags.printableString, Buffer.from(text))
export const ia5 = (type: string, text: string) => attribute(type, tags.ia5String, Buffer.from(text))
export const bmp = (type: string, text: string) =>
  attribute(type, tags.bmpString, Buffer.from(text, 'utf16le').swap16())
export const teletex = (type: string, text: string) => attribute(type, 0x14, Buffer.from(text, 'latin1'))

/** Four octets a character. */
export function universal(type: string, text: string): Uint8Array {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0)
  const octets = Buffer.alloc(points.length * 4)
  for (const [index, point] of points.entries()) octets.writeUInt32BE(point, index * 4)
  return attribute(type, 0x1c, octets)
}

/** Relative distinguished names of any number of attributes each, in the order that is given. */
export const nameOfSets = (...sets: Uint8Array[][]) =>
  sequence(...sets.map((attributes) => encode(tags.set, ...attributes)))

/** "2.5.4.3=Ada": every attribute as it stands, not neutralised. */
export const attributesOf = (name: Name): string[] =>
  readAttributes(readOnly(encodeName(name)))
    .flat()
    .map(({ type, string }) => `${type}=${string?.text}`)
