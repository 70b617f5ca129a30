import { AppError } from '#shared/errors'
import { neutralise } from '#shared/logic/neutralise'
import { childrenOf, type Element, ifReadable, readElement, readOid, readOnly, tags } from '../der'
import { someOf } from '../der-values'
import { type DistinguishedName, nameLine, readName } from './name'

/** A GeneralName (RFC 5280 §4.2.1.6), as far as name constraints can speak about it. */
export type GeneralName =
  | { kind: 'email' | 'dns' | 'uri'; value: string }
  /** An e-mail address with characters beyond ASCII (SmtpUTF8Mailbox, RFC 9598), under the constraints of the others. */
  | { kind: 'utf8-email'; value: string }
  /** 4 or 16 octets; twice as many, with the mask, in a constraint. */
  | { kind: 'ip'; value: Uint8Array }
  | { kind: 'directory'; value: DistinguishedName }
  /** otherName, X.400, EDI and registered identifiers: told apart by their tag only. */
  | { kind: 'other'; value: number }

/** Errors: `malformed` for a directory name that cannot be read, and for a tag that no GeneralName has. */
export function readGeneralName({ tag, content }: Element): GeneralName {
  const text = () => Buffer.from(content).toString('latin1')
  switch (tag) {
    case 0x81:
      return { kind: 'email', value: text() }
    case 0x82:
      return { kind: 'dns', value: text() }
    case 0xa4:
      return { kind: 'directory', value: readName(content) }
    case 0x86:
      return { kind: 'uri', value: text() }
    case 0x87:
      return { kind: 'ip', value: content }
    case 0xa0:
    case 0xa3:
    case 0xa5:
    case 0x88:
      return { kind: 'other', value: tag }
    default:
      throw new AppError('malformed', 'A name is of a kind that does not exist.')
  }
}

/** GeneralNames, of which there is one at the least. An internationalised e-mail address counts twice: as that, and as an otherName. */
export const readGeneralNames = (element: Element): GeneralName[] =>
  someOf(element).flatMap((one) => [readGeneralName(one), ...smtpUtf8Mailbox(one)])

/** id-on-SmtpUTF8Mailbox: an otherName with a UTF8String. What does not decode is kept, and lies within no constraint. */
function smtpUtf8Mailbox({ tag, content }: Element): GeneralName[] {
  if (tag !== 0xa0 || content.length === 0) return []
  const id = readElement(content)
  if (id.tag !== tags.oid || readOid(id) !== '1.3.6.1.5.5.7.8.9') return []
  const value = readOnly(readOnly(content.subarray(id.raw.length)).content)
  return [{ kind: 'utf8-email', value: Buffer.from(value.content).toString('utf8') }]
}

/** Whether both are the same name, as places of distribution points are compared (RFC 5280 §7.2, §7.4). */
export function isSameName(a: GeneralName, b: GeneralName): boolean {
  if (a.kind === 'directory' && b.kind === 'directory') return a.value.key === b.value.key
  if (a.kind === 'ip' && b.kind === 'ip') return Buffer.compare(a.value, b.value) === 0
  if (a.kind === 'uri' && b.kind === 'uri') return a.value === b.value
  if (a.kind === 'dns' && b.kind === 'dns') return a.value.toLowerCase() === b.value.toLowerCase()
  // Nothing is distributed from a mailbox, and of other kinds only the tag is known here.
  return false
}

/** The name in words, for evidence; not neutralised. */
export function spellGeneralName(name: GeneralName): string {
  switch (name.kind) {
    case 'email':
    case 'dns':
    case 'uri':
    case 'utf8-email':
      return name.value
    case 'ip':
      return [...name.value].join('.')
    case 'directory':
      return 'its subject name'
    case 'other':
      return 'a name of another kind'
  }
}

/**
 * The alternative names of an extension's value (DER), each in words: "DNS: a.example", "email: ada@example.com", …;
 * neutralised. Kinds that are hardly used (X.400, EDI) do not hide the others. Errors: `malformed`.
 */
export const describeAlternativeNames = (value: Uint8Array): string[] =>
  childrenOf(readOnly(value)).map((name) => ifReadable(() => describeAlternativeName(name)) ?? anotherKind)

const anotherKind = 'a name of another kind'

function describeAlternativeName({ tag, content, raw }: Element): string {
  const text = () => neutralise(Buffer.from(content).toString('latin1'))
  switch (tag) {
    case 0x81:
      return `email: ${text()}`
    case 0x82:
      return `DNS: ${text()}`
    case 0x86:
      return `URI: ${text()}`
    case 0x87:
      return `IP: ${spellAddress(content)}`
    case 0x88:
      return `ID: ${readOid({ tag: tags.oid, content, raw })}`
    case 0xa4:
      return `directory name: ${nameLine(readElement(content), [])}`
    case 0xa0:
      return `other name: ${readOid(readElement(content))}`
    default:
      return anotherKind
  }
}

/** As people write addresses (RFC 5952 for the new ones); what has another length as hex. */
function spellAddress(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.')
  if (octets.length !== 16) return Buffer.from(octets).toString('hex')
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((octets[index * 2] ?? 0) << 8) | (octets[index * 2 + 1] ?? 0)).toString(16),
  )
  const [longest = ''] = [...groups.join(':').matchAll(/\b0(?::0)+\b/gu)]
    .map(([zeros]) => zeros)
    .sort((a, b) => b.length - a.length)
  if (longest === '') return groups.join(':')
  const at = `:${groups.join(':')}:`.indexOf(`:${longest}:`)
  const text = groups.join(':')
  return `${text.slice(0, Math.max(0, at - 1))}::${text.slice(at + longest.length + 1)}`
}
