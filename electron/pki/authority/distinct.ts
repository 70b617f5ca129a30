import { createHash } from 'node:crypto'
import { type DistinguishedName, readName } from '../x509/name'
import { readCertificate } from '../x509/read'

/** As verifiers compare names: RFC 5280 §7.1, letter case and spaces left aside. Input: DER. */
export const sameName = (a: Uint8Array, b: Uint8Array): boolean => nameKeyOf(a) === nameKeyOf(b)

/** SHA-256 (hex) of a name (DER) in the one spelling in which equal names are equal. */
export const nameKeyOf = (name: Uint8Array): string => digestOf(readName(name))

const digestOf = ({ key }: DistinguishedName): string => createHash('sha256').update(key).digest('hex')

/** The same for a certificate's subject and issuer. Input: DER. */
export function nameKeysOf(der: Uint8Array): { subject: string; issuer: string } {
  const { subject, issuer } = readCertificate(der)
  return { subject: digestOf(subject), issuer: digestOf(issuer) }
}

/** The subject (DER) as its certificate (DER) spells it, to be used again to the octet. */
export const subjectOf = (der: Uint8Array): Uint8Array => readCertificate(der).subject.raw
