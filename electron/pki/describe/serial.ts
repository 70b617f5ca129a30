import type { DetailField } from '#shared/model/details'
import type { Element } from '../der'
import { readBigInteger } from '../der-values'
import { spellSerialNumber } from '../serial-number'
import { type Oddities, stated } from './fields'

/** RFC 5280 §4.1.2.2: positive, and at most 20 octets. */
export function serialField(element: Element, oddities: Oddities): DetailField {
  const value = readBigInteger(element)
  if (value < 0n) oddities.push('The serial number is negative.')
  if (value === 0n) oddities.push('The serial number is zero.')
  if (element.content.length > 20)
    oddities.push(`The serial number has ${element.content.length} octets; 20 are allowed.`)
  return stated('serial', 'Serial number', `${spellSerialNumber(element.content)}\n${value} (decimal)`, element)
}
