import { createHash } from 'node:crypto'
import { isAppError } from '#shared/errors'
import { formatFingerprint, formatIsoTime } from '#shared/logic/formatting'
import { neutralise } from '#shared/logic/neutralise'
import type { DetailField, DetailGroup, ObjectDetails } from '#shared/model/details'
import { Sha256 } from '#shared/model/ids'
import { encodePem } from '../containers/pem'
import { type Element, tags } from '../der'
import { readAlgorithm, readBigInteger, readTime } from '../der-values'
import { spellSerialNumber } from '../serial-number'
import { signatureName } from '../sign'
import { attributeLabel, describeAttributes } from '../x509/name'

/** What is odd about an object and yet readable, collected while it is described. */
export type Oddities = string[]

type Extra = Partial<Pick<DetailField, 'oid' | 'critical'>>

/** A statement with the element (BER or DER) that makes it. */
export function stated(id: string, label: string, value: string, element: Element, extra: Extra = {}): DetailField {
  return { id, label, value, raw: hexOf(element.raw), oid: extra.oid ?? null, critical: extra.critical ?? null }
}

/** A statement that is computed, so that there are no bytes to show for it. */
export const computed = (id: string, label: string, value: string): DetailField => ({
  id,
  label,
  value,
  raw: null,
  oid: null,
  critical: null,
})

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** `A1:B2:…`, as openssl and browsers write identifiers. */
export const colons = (bytes: Uint8Array): string => formatFingerprint(hexOf(bytes))

/** RFC 5280 §4.1.2.2: positive, and at most 20 octets. */
export function serialField(element: Element, oddities: Oddities): DetailField {
  const value = readBigInteger(element)
  if (value < 0n) oddities.push('The serial number is negative.')
  if (value === 0n) oddities.push('The serial number is zero.')
  if (element.content.length > 20)
    oddities.push(`The serial number has ${element.content.length} octets; 20 are allowed.`)
  return stated('serial', 'Serial number', `${spellSerialNumber(element.content)}\n${value} (decimal)`, element)
}

/** `2027-01-31 12:00:00 UTC`; a time that is none, or not in RFC 5280's form (§4.1.2.5), as it stands there. */
export function describeTime(element: Element, what: string, oddities: Oddities): string {
  try {
    return formatIsoTime(readTime(element))
  } catch (error) {
    if (!isAppError(error)) throw error
    const text = neutralise(Buffer.from(element.content).toString('latin1'))
    oddities.push(`${what} is not a valid time: “${text}”.`)
    return `“${text}”, which is not a valid time`
  }
}

function fingerprints(der: Uint8Array): ObjectDetails['fingerprints'] {
  const digest = (name: string) => createHash(name).update(der).digest('hex')
  return { sha256: Sha256.parse(digest('sha256')), sha1: digest('sha1'), md5: digest('md5') }
}

interface Parts {
  kind: ObjectDetails['kind']
  title: string
  groups: DetailGroup[]
  oddities: Oddities
  /** What the fingerprints are of. */
  der: Uint8Array
  /** Null for private keys. */
  pemLabel: string | null
}

export const objectDetails = ({ kind, title, groups, oddities, der, pemLabel }: Parts): ObjectDetails => ({
  kind,
  title,
  groups: groups.filter(({ fields }) => fields.length > 0),
  fingerprints: fingerprints(der),
  oddities: [...new Set(oddities)],
  pem: pemLabel === null ? null : encodePem(pemLabel, der),
})

/** Algorithm and value of a signature, as they stand behind what is signed. */
export function signatureFields(algorithm: Element, value: Element | undefined): DetailField[] {
  const { algorithm: oid } = readAlgorithm(algorithm)
  const name = stated('signature.algorithm', 'Algorithm', signatureName(oid), algorithm, { oid })
  if (value?.tag !== tags.bitString) return [name]
  return [name, stated('signature.value', 'Value', colons(value.content.subarray(1)), value)]
}

/** Each attribute of a Name as a field of its own: `subject.commonName`, … */
export function nameFields(prefix: string, name: Element, oddities: Oddities): DetailField[] {
  try {
    const fields = describeAttributes(name, oddities)
      .flat()
      .map(({ oid, text, element }) => {
        const { id, label } = attributeLabel(oid)
        return stated(`${prefix}.${id}`, label, text, element, { oid })
      })
    return fields.length > 0 ? fields : [stated(prefix, 'Name', '(empty)', name)]
  } catch (error) {
    if (!isAppError(error)) throw error
    oddities.push('A name cannot be read.')
    return [stated(prefix, 'Name', 'cannot be read', name)]
  }
}
