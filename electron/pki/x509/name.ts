import { AppError, isAppError } from '#shared/errors'
import { quoteSpecials } from '#shared/logic/naming'
import { type CharacterString, readCharacterString, readText } from '../character-string'
import { childrenOf, type Element, ifReadable, readOid, readOnly, tags } from '../der'

/** A Name (RFC 5280 §4.1.2.4), ready for comparison. */
export interface DistinguishedName {
  /** DER. */
  raw: Uint8Array
  /** Equal for names that match (RFC 5280 §7.1), and only for those. */
  key: string
  /** The same for each relative distinguished name, from the root of the tree on. */
  parts: string[]
  /** E-mail addresses written into the name (emailAddress attributes). */
  emails: string[]
  commonNames: string[]
}

export const commonNameId = '2.5.4.3'
const emailAddress = '1.2.840.113549.1.9.1'

/** Input: a Name, DER. Errors: `malformed`. */
export function readName(raw: Uint8Array): DistinguishedName {
  const found: Pick<DistinguishedName, 'emails' | 'commonNames'> = { emails: [], commonNames: [] }
  const parts = childrenOf(readOnly(raw)).map((relative) => {
    const attributes = childrenOf(relative).map((attribute) => comparableAttribute(attribute, found))
    // A SET has no order.
    return JSON.stringify(attributes.sort())
  })
  return { raw, key: JSON.stringify(parts), parts, ...found }
}

function comparableAttribute(
  attribute: Element,
  { emails, commonNames }: Pick<DistinguishedName, 'emails' | 'commonNames'>,
): string {
  const [type, value] = childrenOf(attribute)
  if (type === undefined || value === undefined) throw new AppError('malformed', 'The name cannot be read.')
  const id = readOid(type)
  const text = comparableText(value)
  if (id === emailAddress && text !== null) emails.push(text)
  if (id === commonNameId && text !== null) commonNames.push(text)
  return text === null ? `${id}#${Buffer.from(value.raw).toString('hex')}` : `${id}=${fold(text)}`
}

/**
 * RFC 5280 §7.1 with RFC 4518: the kind of string does not matter, nor do case, spaces at the ends and the number of
 * spaces in between.
 */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ')
}

/** Null for a value that is not text, or not proper text; such values match only byte by byte. */
function comparableText(value: Element): string | null {
  const found = readCharacterString(value)
  if (found === null) return null
  const { kind, text, isProper } = found
  switch (kind) {
    case 'UTF8String':
    case 'UniversalString':
      return isProper ? text : null
    case 'BMPString':
      return value.content.length % 2 === 0 ? text : null
    case 'PrintableString':
    case 'IA5String':
    case 'TeletexString':
      return text
    case 'NumericString':
    case 'VisibleString':
      return null
  }
}

export interface NameAttribute {
  /** OID. */
  type: string
  /** Null for a value that is not text. */
  string: CharacterString | null
  value: Element
  /** Type and value together, as they stand in the name. */
  element: Element
}

/** The relative distinguished names of a Name in order, each with its attributes. Errors: `malformed`. */
export function readAttributes(name: Element): NameAttribute[][] {
  return partsOf(name, tags.sequence).map((relative) => partsOf(relative, tags.set).map(readAttribute))
}

function readAttribute(element: Element): NameAttribute {
  const [type, value, ...more] = partsOf(element, tags.sequence)
  if (type === undefined || value === undefined || more.length > 0)
    throw new AppError('malformed', 'An attribute of a name cannot be read.')
  return { type: readOid(type), value, string: readCharacterString(value), element }
}

function partsOf(element: Element, tag: number): Element[] {
  if (element.tag !== tag) throw new AppError('malformed', 'A name cannot be read.')
  return childrenOf(element)
}

/** An attribute in words; neutralised. */
export interface DescribedAttribute {
  oid: string
  text: string
  element: Element
}

/** For reading, so attributes without a type or a value are left out. Errors: `malformed`. */
export function describeAttributes(name: Element, oddities: string[]): DescribedAttribute[][] {
  return childrenOf(name).map((relative) =>
    childrenOf(relative).flatMap((element) => {
      const [type, value] = childrenOf(element)
      if (type === undefined || value === undefined) return []
      return [{ oid: readOid(type), text: readText(value, oddities), element }]
    }),
  )
}

/** A Name as one line, most specific part first; neutralised. */
export function nameLine(name: Element, oddities: string[]): string {
  try {
    const parts = describeAttributes(name, oddities)
      .reverse()
      .map((set) => set.map(({ oid, text }) => `${shortNameOf(oid)}=${quoteSpecials(text)}`).join(' + '))
    return parts.length === 0 ? '(empty)' : parts.join(', ')
  } catch (error) {
    if (!isAppError(error)) throw error
    oddities.push('A name cannot be read.')
    return `#${Buffer.from(name.raw).toString('hex')}`
  }
}

/** The last Common Name, neutralised; null where there is none. */
export function commonNameIn(name: Element): string | null {
  const attributes = ifReadable(() => describeAttributes(name, []).flat()) ?? []
  return attributes.filter(({ oid }) => oid === commonNameId).at(-1)?.text ?? null
}

/** What people call the owner of a Name: the Common Name, or the whole name where there is none; neutralised. */
export function titleOf({ raw }: { raw: Uint8Array }): string {
  const name = readOnly(raw)
  return commonNameIn(name) ?? nameLine(name, [])
}

/** For names that may differ beyond their Common Names; neutralised. */
export const wholeName = ({ raw }: { raw: Uint8Array }): string => nameLine(readOnly(raw), [])

/** RFC 4514 §3's short names, with those of certificates in the wild. */
const shortNames: Record<string, string> = {
  [commonNameId]: 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'GN',
  [emailAddress]: 'emailAddress',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
}

/** Words for a screen, and a name for programs. */
const attributeNames: Record<string, [id: string, label: string]> = {
  [commonNameId]: ['commonName', 'Common Name'],
  '2.5.4.4': ['surname', 'Surname'],
  '2.5.4.5': ['serialNumber', 'Serial number'],
  '2.5.4.6': ['country', 'Country'],
  '2.5.4.7': ['locality', 'Locality'],
  '2.5.4.8': ['state', 'State or province'],
  '2.5.4.9': ['street', 'Street'],
  '2.5.4.10': ['organization', 'Organisation'],
  '2.5.4.11': ['organizationalUnit', 'Organisational unit'],
  '2.5.4.12': ['title', 'Title'],
  '2.5.4.42': ['givenName', 'Given name'],
  [emailAddress]: ['email', 'E-mail'],
  '0.9.2342.19200300.100.1.1': ['userId', 'User id'],
  '0.9.2342.19200300.100.1.25': ['domainComponent', 'Domain component'],
}

/** Whether people have a word for an attribute type. */
export const hasLabel = (oid: string): boolean => Object.hasOwn(attributeNames, oid)

export const shortNameOf = (oid: string): string => shortNames[oid] ?? oid

export function attributeLabel(oid: string): { id: string; label: string } {
  const [id, label] = attributeNames[oid] ?? [oid, oid]
  return { id, label }
}
