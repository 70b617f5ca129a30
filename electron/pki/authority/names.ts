// For writing names, each attribute in its own kind of string; they are read in x509/name.ts.
import { AsnConvert } from '@peculiar/asn1-schema'
import { AttributeTypeAndValue, AttributeValue, Name, RelativeDistinguishedName } from '@peculiar/asn1-x509'
import type { SubjectDraft } from '#shared/model/identity'
import { commonNameId } from '../x509/name'

/** In openssl's order; C must be a PrintableString, the rest is UTF8String (RFC 5280 §4.1.2.4). Empty fields are left out. */
export function nameFrom(subject: SubjectDraft): Name {
  const attributes: [string, string][] = [
    ['2.5.4.6', subject.country],
    ['2.5.4.8', subject.state],
    ['2.5.4.7', subject.locality],
    ['2.5.4.10', subject.organization],
    ['2.5.4.11', subject.organizationalUnit],
    [commonNameId, subject.commonName],
  ]
  return new Name(attributes.filter(([, value]) => value !== '').map(([type, value]) => relative(type, value)))
}

/** A Name as DER. */
export const encodeName = (name: Name): Uint8Array => new Uint8Array(AsnConvert.serialize(name))

/** OID and value. */
export type Attribute = [oid: string, value: string]

/**
 * A name from sets of attributes; most have one attribute (RFC 5280 §4.1.2.4). What a PrintableString can hold is one, as Go
 * and with it cfssl writes names, so that equal names are equal to the byte.
 */
export const nameOf = (sets: Attribute[][]): Name =>
  new Name(
    sets.map((set) => {
      const attributes = set.map((attribute) => attributeOf(attribute, true))
      return new RelativeDistinguishedName(attributes.sort(asDerOrders))
    }),
  )

/** X.690 §11.6: the members of a set stand in the order of their encodings. */
const asDerOrders = (one: AttributeTypeAndValue, other: AttributeTypeAndValue) =>
  Buffer.compare(Buffer.from(AsnConvert.serialize(one)), Buffer.from(AsnConvert.serialize(other)))

/** X.680 §41.4. */
const isPrintable = (value: string) => /^[A-Za-z0-9 '()+,./:=?-]*$/u.test(value)

const isAscii = (value: string) => Buffer.from(value).length === value.length

const relative = (type: string, value: string) => new RelativeDistinguishedName([attributeOf([type, value])])

function attributeOf([type, value]: Attribute, prefersPrintable = false): AttributeTypeAndValue {
  return new AttributeTypeAndValue({ type, value: new AttributeValue(stringFor(type, value, prefersPrintable)) })
}

/**
 * Country and serial number are PrintableStrings by definition, an e-mail address is an IA5String (RFC 5280 appendix A).
 * What such a string cannot hold becomes a UTF8String, as Go writes it, instead of other letters.
 */
function stringFor(type: string, value: string, prefersPrintable: boolean) {
  if (type === emailId) return isAscii(value) ? { ia5String: value } : { utf8String: value }
  const isPlain = (prefersPrintable || printable.has(type)) && isPrintable(value)
  return isPlain ? { printableString: value } : { utf8String: value }
}

const printable = new Set(['2.5.4.6', '2.5.4.5'])
const emailId = '1.2.840.113549.1.9.1'
