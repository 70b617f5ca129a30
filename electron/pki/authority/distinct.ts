import { createHash } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import type { Name } from '@peculiar/asn1-x509'
import { parseCertificate } from '../certificate'
import { readName } from '../path/name'

/** As verifiers compare names: RFC 5280 §7.1, letter case and spaces left aside. */
export const sameName = (a: Name, b: Name): boolean => nameKeyOf(a) === nameKeyOf(b)

/** SHA-256 (hex) of a name in the one spelling in which equal names are equal. */
export function nameKeyOf(name: Name): string {
  const { key } = readName(new Uint8Array(AsnConvert.serialize(name)))
  return createHash('sha256').update(key).digest('hex')
}

/** The same for a certificate's subject and issuer. Input: DER. */
export function nameKeysOf(der: Uint8Array): { subject: string; issuer: string } {
  const { subject, issuer } = parseCertificate(der).tbsCertificate
  return { subject: nameKeyOf(subject), issuer: nameKeyOf(issuer) }
}

/** The subject as its certificate (DER) spells it, to be used again to the octet. */
export const subjectOf = (der: Uint8Array): Name => parseCertificate(der).tbsCertificate.subject
