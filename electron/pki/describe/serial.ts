import type { DetailField } from '#shared/model/details'
import type { Element } from '../der'
import { readBigInteger } from '../der-values'
import { colons, type Oddities, stated } from './fields'

/** As openssl and browsers write it: without the zero that DER puts before a first octet of 0x80 and more. */
export function spellSerialNumber(content: Uint8Array): string {
  return colons(content.length > 1 && content[0] === 0 ? content.subarray(1) : content)
}

/** RFC 5280 §4.1.2.2: positive, and at most 20 octets. */
export function serialField(element: Element, oddities: Oddities): DetailField {
  const value = readBigInteger(element)
  if (value < 0n) oddities.push('The serial number is negative.')
  if (value === 0n) oddities.push('The serial number is zero.')
  if (element.content.length > 20)
    oddities.push(`The serial number has ${element.content.length} octets; 20 are allowed.`)
  return stated('serial', 'Serial number', `${spellSerialNumber(element.content)}\n${value} (decimal)`, element)
}
