import { crlReasons, reasonWords } from '#shared/logic/crl-reasons'
import { MAX_CRL_NUMBER } from '../crl/number'
import { childrenOf, type Element, readOid, tags } from '../der'
import { readBigInteger, readBoolean } from '../der-values'
import { spellSerialNumber } from '../serial-number'
import { colons, type Oddities } from './fields'
import { describeGeneralNames } from './general-name'
import { nameLine } from './name'
import {
  describeAccess,
  describeDistributionPoints,
  describeIssuingPoint,
  describeNameConstraints,
} from './point-words'
import { describePolicies, describePolicyConstraints, describePolicyMappings } from './policy-words'
import { describeScts } from './scts'
import { readText } from './text'
import { describeTime } from './time'
import { describeKeyUsage, describeNetscapeType, describePurposes } from './usage-words'

type Words = (value: Element, oddities: Oddities) => string

/** By OID: what the extension is called and how its value reads. Sources: RFC 5280 §4.2 and §5.2–5.3, others as named. */
export const extensionWords: Record<string, { label: string; words: Words }> = {
  '2.5.29.9': { label: 'Subject directory attributes', words: (value) => `${childrenOf(value).length} attributes` },
  '2.5.29.14': { label: 'Subject key identifier', words: ({ content }) => colons(content) },
  '2.5.29.15': { label: 'Key usage', words: describeKeyUsage },
  '2.5.29.17': { label: 'Alternative names', words: describeGeneralNames },
  '2.5.29.18': { label: 'Issuer’s alternative names', words: describeGeneralNames },
  '2.5.29.19': { label: 'Basic constraints', words: describeBasicConstraints },
  '2.5.29.20': { label: 'CRL number', words: describeCrlNumber },
  '2.5.29.21': { label: 'Reason', words: describeReason },
  '2.5.29.24': {
    label: 'Invalid since',
    words: (value, oddities) => describeTime(value, 'A date of invalidity', oddities),
  },
  '2.5.29.27': { label: 'Changes since CRL number', words: (value) => readBigInteger(value).toString() },
  '2.5.29.28': { label: 'Issuing distribution point', words: describeIssuingPoint },
  '2.5.29.29': { label: 'Certificate issuer', words: describeGeneralNames },
  '2.5.29.30': { label: 'Name constraints', words: describeNameConstraints },
  '2.5.29.31': { label: 'CRL addresses', words: describeDistributionPoints },
  '2.5.29.32': { label: 'Certificate policies', words: describePolicies },
  '2.5.29.33': { label: 'Policy mappings', words: describePolicyMappings },
  '2.5.29.35': { label: 'Authority key identifier', words: describeAuthorityKey },
  '2.5.29.36': { label: 'Policy constraints', words: describePolicyConstraints },
  '2.5.29.37': { label: 'Extended key usage', words: describePurposes },
  '2.5.29.46': { label: 'Addresses of newer CRLs', words: describeDistributionPoints },
  '2.5.29.54': { label: 'Any policy ends', words: (value) => `after ${readBigInteger(value)} certificates` },
  '1.3.6.1.5.5.7.1.1': { label: 'Addresses of the issuer', words: describeAccess },
  '1.3.6.1.5.5.7.1.11': { label: 'Addresses of the subject', words: describeAccess },
  // RFC 7633.
  '1.3.6.1.5.5.7.1.24': { label: 'TLS feature', words: describeTlsFeatures },
  // RFC 6960 §4.2.2.2.1.
  '1.3.6.1.5.5.7.48.1.5': { label: 'OCSP: not to be checked', words: () => 'yes' },
  // RFC 6962 §3.3.
  '1.3.6.1.4.1.11129.2.4.2': { label: 'Certificate transparency', words: ({ content }) => describeScts(content) },
  '1.3.6.1.4.1.11129.2.4.3': {
    label: 'Certificate transparency',
    words: () => 'a pre-certificate, which is never used',
  },
  // Microsoft’s templates, [MS-WCCE] §2.2.2.7.7.
  '1.3.6.1.4.1.311.20.2': { label: 'Template name', words: readText },
  '1.3.6.1.4.1.311.21.7': { label: 'Template', words: describeTemplate },
  '2.16.840.1.113730.1.1': { label: 'Netscape certificate type', words: describeNetscapeType },
  '2.16.840.1.113730.1.13': { label: 'Comment', words: readText },
}

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
