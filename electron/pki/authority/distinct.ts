import { createHash } from 'node:crypto'
import { namesOf } from '../certificate'
import { readName } from '../path/name'

/** As verifiers compare names: RFC 5280 §7.1, letter case and spaces left aside. Input: DER. */
export const sameName = (a: Uint8Array, b: Uint8Array): boolean => nameKeyOf(a) === nameKeyOf(b)

/** SHA-256 (hex) of a name (DER) in the one spelling in which equal names are equal. */
export function nameKeyOf(name: Uint8Array): string {
  const { key } = readName(name)
  return createHash('sha256').update(key).digest('hex')
}

/** The same for a certificate's subject and issuer. Input: DER. */
export function nameKeysOf(der: Uint8Array): { subject: string; issuer: string } {
  const { subject, issuer } = namesOf(der)
  return { subject: nameKeyOf(subject), issuer: nameKeyOf(issuer) }
}

/** The subject (DER) as its certificate (DER) spells it, to be used again to the octet. */
export const subjectOf = (der: Uint8Array): Uint8Array => namesOf(der).subject
