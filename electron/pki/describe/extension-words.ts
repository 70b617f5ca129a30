import { crlReasons, reasonFlags, reasonWords } from '#shared/logic/crl-reasons'
import { countOf } from '#shared/logic/formatting'
import { keyUsageOfBit } from '#shared/logic/key-usage'
import { readText } from '../character-string'
import { MAX_CRL_NUMBER } from '../crl/number'
import { childrenOf, type Element, readOid, tags } from '../der'
import { readBigInteger, readBoolean, readNamedBits } from '../der-values'
import { nameOfOid } from '../oids'
import { spellSerialNumber } from '../serial-number'
import { nameLine } from '../x509/name'
import { colons, describeTime, type Oddities } from './fields'
import { describeGeneralName, describeGeneralNames } from './general-name'

type Words = (value: Element, oddities: Oddities) => string

function describeBasicConstraints(value: Element): string {
  const [first, second] = childrenOf(value)
  const isAuthority = first?.tag === tags.boolean && readBoolean(first)
  const length = first?.tag === tags.boolean ? second : first
  if (!isAuthority) return 'Not an issuer (CA)'
  return length === undefined ? 'Issuer (CA)' : `Issuer (CA), with at most ${readBigInteger(length)} issuers below`
}

function describeAuthorityKey(value: Element, oddities: Oddities): string {
  return childrenOf(value)
    .map((part) => {
      if (part.tag === 0x80) return `Key ${colons(part.content)}`
      if (part.tag === 0x82) return `Serial ${spellSerialNumber(part.content)}`
      return childrenOf(part)
        .map((name) => (name.tag === 0xa4 ? nameLine(childrenOf(name)[0] ?? name, oddities) : colons(name.raw)))
        .join('\n')
    })
    .join('\n')
}

/** RFC 5280 §5.2.3: 0 or more, and at most 20 octets. */
function describeCrlNumber(value: Element, oddities: Oddities): string {
  const number = readBigInteger(value)
  if (number < 0n) oddities.push('The CRL number is negative.')
  if (number > MAX_CRL_NUMBER) oddities.push(`The CRL number has ${value.content.length} octets; 20 are allowed.`)
  return number.toString()
}

function describeReason({ content }: Element): string {
  const number = content[0] ?? 0
  return reasonWords(crlReasons[number]) ?? `unknown (${number})`
}

function describeTlsFeatures(value: Element): string {
  const numbers = childrenOf(value).map(readBigInteger)
  return numbers.map((number) => (number === 5n ? 'OCSP stapling required' : `feature ${number}`)).join(', ')
}

function describeTemplate(value: Element): string {
  const [id, major, minor] = childrenOf(value)
  const version = [major, minor].flatMap((part) => (part === undefined ? [] : [readBigInteger(part).toString()]))
  return `${id === undefined ? '' : readOid(id)}, version ${version.join('.')}`
}

/** SignedCertificateTimestampList (RFC 6962 §3.3): a TLS vector of TLS vectors; only counted. */
function describeScts(value: Uint8Array): string {
  const list = Buffer.from(value)
  let count = 0
  for (let offset = 2; offset + 2 <= list.length; offset += 2 + list.readUInt16BE(offset)) count += 1
  return `Logged ${countOf(count, 'time')}`
}

/** Netscape's certificate type, long retired and still met. */
const netscapeTypes = [
  'SSL client',
  'SSL server',
  'S/MIME',
  'Object signing',
  'Reserved',
  'SSL CA',
  'S/MIME CA',
  'Object signing CA',
]

const bitWords = (words: (bit: number) => string | null | undefined) => (bits: Element) => {
  const set = [...readNamedBits(bits)]
  return set.length === 0 ? 'none' : set.map((bit) => words(bit) ?? `bit ${bit}`).join(', ')
}

export const describeKeyUsage = bitWords(keyUsageOfBit)
const describeReasons = bitWords((bit) => reasonWords(reasonFlags[bit]))
const describeNetscapeType = bitWords((bit) => netscapeTypes[bit])

const describePurposes = (list: Element): string =>
  childrenOf(list)
    .map((purpose) => nameOfOid(readOid(purpose)))
    .join('\n')

/** Certificate policies with their qualifiers (RFC 5280 §4.2.1.4). */
function describePolicies(list: Element, oddities: Oddities): string {
  return childrenOf(list)
    .map((policy) => {
      const [id, qualifiers] = childrenOf(policy)
      const name = id === undefined ? '' : nameOfOid(readOid(id))
      const more = qualifiers === undefined ? [] : childrenOf(qualifiers).map((one) => qualifier(one, oddities))
      return [name, ...more].join('\n')
    })
    .join('\n')
}

function qualifier(element: Element, oddities: Oddities): string {
  const [id, value] = childrenOf(element)
  if (id === undefined || value === undefined) return ''
  const texts = value.tag === tags.sequence ? stringsIn(value) : [value]
  return `${nameOfOid(readOid(id))}: ${texts.map((text) => readText(text, oddities)).join(' ')}`
}

/** A user notice is a sequence whose texts may stand inside another one, beside numbers of notices. */
function stringsIn(element: Element): Element[] {
  return childrenOf(element).flatMap((child) => {
    if (child.tag === tags.sequence) return stringsIn(child)
    return child.tag === tags.integer ? [] : [child]
  })
}

/** RFC 5280 §4.2.1.5. */
const describePolicyMappings = (list: Element): string =>
  childrenOf(list)
    .map((pair) =>
      childrenOf(pair)
        .map((id) => nameOfOid(readOid(id)))
        .join(' counts as '),
    )
    .join('\n')

/** RFC 5280 §4.2.1.11: two optional numbers, tagged 0 and 1. */
const describePolicyConstraints = (list: Element): string =>
  childrenOf(list)
    .map((one) => {
      const count = readBigInteger({ ...one, tag: tags.integer })
      return one.tag === 0x80
        ? `A policy is required after ${count} certificates`
        : `No mapping after ${count} certificates`
    })
    .join('\n')

/** Where CRLs are (RFC 5280 §4.2.1.13). */
const describeDistributionPoints = (list: Element, oddities: Oddities): string =>
  childrenOf(list)
    .map((point) => describePoint(point, oddities))
    .join('\n')

function describePoint(point: Element, oddities: Oddities): string {
  return childrenOf(point)
    .map((part) => {
      if (part.tag === 0xa0) return pointName(part, oddities)
      if (part.tag === 0x81) return `only for: ${describeReasons({ ...part, tag: tags.bitString })}`
      return `signed by ${describeGeneralNames(part, oddities)}`
    })
    .join(', ')
}

/** DistributionPointName: full names, or what to append to the issuer's name. */
function pointName(name: Element, oddities: Oddities): string {
  const [choice] = childrenOf(name)
  if (choice === undefined) return ''
  return choice.tag === 0xa0 ? describeGeneralNames(choice, oddities) : 'a name below the issuer’s'
}

/** What a CRL is limited to (RFC 5280 §5.2.5). */
function describeIssuingPoint(point: Element, oddities: Oddities): string {
  const limits: Record<number, string> = {
    129: 'only for end-entity certificates',
    130: 'only for CA certificates',
    132: 'covers other issuers too (indirect)',
    133: 'only for attribute certificates',
  }
  const said = childrenOf(point).flatMap((part) => {
    if (part.tag === 0xa0) return [pointName(part, oddities)]
    if (part.tag === 0x83) return [`only for: ${describeReasons({ ...part, tag: tags.bitString })}`]
    const limit = limits[part.tag]
    return limit !== undefined && readBoolean(part) ? [limit] : []
  })
  return said.length === 0 ? 'no limits' : said.join('\n')
}

/** Authority and subject information access (RFC 5280 §4.2.2). */
const describeAccess = (list: Element, oddities: Oddities): string =>
  childrenOf(list)
    .map((access) => {
      const [method, place] = childrenOf(access)
      if (method === undefined || place === undefined) return ''
      return `${nameOfOid(readOid(method))}: ${describeGeneralName(place, oddities)}`
    })
    .join('\n')

/** RFC 5280 §4.2.1.10. */
const describeNameConstraints = (list: Element, oddities: Oddities): string =>
  childrenOf(list)
    .flatMap((side) =>
      childrenOf(side).map((subtree) => {
        const [base] = childrenOf(subtree)
        const name = base === undefined ? '' : describeGeneralName(base, oddities)
        return `${side.tag === 0xa0 ? 'Only' : 'Never'} ${name}`
      }),
    )
    .join('\n')

/** By OID: what the extension is called and how its value reads. Sources: RFC 5280 §4.2 and §5.2–5.3, others as named. */
export const extensionWords: Record<string, { label: string; words: Words }> = {
  '2.5.29.9': {
    label: 'Subject directory attributes',
    words: (value) => countOf(childrenOf(value).length, 'attribute'),
  },
  '2.5.29.14': { label: 'Subject key identifier', words: ({ content }) => colons(content) },
  '2.5.29.15': { label: 'Key usage', words: describeKeyUsage },
  '2.5.29.17': { label: 'Subject alternative names', words: describeGeneralNames },
  '2.5.29.18': { label: 'Issuer alternative names', words: describeGeneralNames },
  '2.5.29.19': { label: 'Basic constraints', words: describeBasicConstraints },
  '2.5.29.20': { label: 'CRL number', words: describeCrlNumber },
  '2.5.29.21': { label: 'Reason', words: describeReason },
  '2.5.29.24': {
    label: 'Invalidity date',
    words: (value, oddities) => describeTime(value, 'A date of invalidity', oddities),
  },
  '2.5.29.27': { label: 'Delta CRL, changes since number', words: (value) => readBigInteger(value).toString() },
  '2.5.29.28': { label: 'Issuing distribution point', words: describeIssuingPoint },
  '2.5.29.29': { label: 'Certificate issuer', words: describeGeneralNames },
  '2.5.29.30': { label: 'Name constraints', words: describeNameConstraints },
  '2.5.29.31': { label: 'CRL distribution points', words: describeDistributionPoints },
  '2.5.29.32': { label: 'Certificate policies', words: describePolicies },
  '2.5.29.33': { label: 'Policy mappings', words: describePolicyMappings },
  '2.5.29.35': { label: 'Authority key identifier', words: describeAuthorityKey },
  '2.5.29.36': { label: 'Policy constraints', words: describePolicyConstraints },
  '2.5.29.37': { label: 'Extended key usage', words: describePurposes },
  '2.5.29.46': { label: 'Freshest CRL', words: describeDistributionPoints },
  '2.5.29.54': { label: 'Inhibit any policy', words: (value) => `after ${readBigInteger(value)} certificates` },
  '1.3.6.1.5.5.7.1.1': { label: 'Authority information access', words: describeAccess },
  '1.3.6.1.5.5.7.1.11': { label: 'Subject information access', words: describeAccess },
  // RFC 7633.
  '1.3.6.1.5.5.7.1.24': { label: 'TLS feature', words: describeTlsFeatures },
  // RFC 6960 §4.2.2.2.1.
  '1.3.6.1.5.5.7.48.1.5': { label: 'OCSP no check', words: () => 'yes' },
  // RFC 6962 §3.3.
  '1.3.6.1.4.1.11129.2.4.2': { label: 'Certificate transparency', words: ({ content }) => describeScts(content) },
  '1.3.6.1.4.1.11129.2.4.3': {
    label: 'Certificate transparency',
    words: () => 'a precertificate, which is never used',
  },
  // Microsoft’s templates, [MS-WCCE] §2.2.2.7.7.
  '1.3.6.1.4.1.311.20.2': { label: 'Template name', words: readText },
  '1.3.6.1.4.1.311.21.7': { label: 'Template', words: describeTemplate },
  '2.16.840.1.113730.1.1': { label: 'Netscape certificate type', words: describeNetscapeType },
  '2.16.840.1.113730.1.13': { label: 'Comment', words: readText },
}
