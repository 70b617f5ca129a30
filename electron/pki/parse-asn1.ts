import { AsnConvert } from '@peculiar/asn1-schema'
import { AppError } from '#shared/errors'
import { childrenOf, type Element, readElement } from './der'

/**
 * What foreign DER holds, as the library sees it. asn1js takes time in the square of a BOOLEAN's length, hours for one of a
 * megabyte, so lengths are looked at before. Errors: `malformed`, and the library’s own.
 */
export function parseAsn1<T>(der: Uint8Array | ArrayBuffer, type: new () => T): T {
  const bytes = new Uint8Array(der)
  requireShortBooleans(readElement(bytes))
  return AsnConvert.parse(bytes, type)
}

/** X.690 §8.2.1: one octet. */
function requireShortBooleans(element: Element): void {
  const waiting = [element]
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const isConstructed = (one.tag & 0x20) !== 0
    // The library does not mind a BOOLEAN that is constructed.
    if ((one.tag & 0xdf) === 0x01 && one.content.length !== 1)
      throw new AppError('malformed', 'A truth value does not have one octet.')
    if (isConstructed) for (const child of childrenOf(one)) waiting.push(child)
  }
}
