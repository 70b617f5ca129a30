import { faultOfCountry, faultOfText, mixesScripts, nameBounds } from '#shared/logic/name-rules'
import { neutralise } from '#shared/logic/neutralise'
import type { SubjectDraft } from '#shared/model/identity'
import { type Element, isCanonical } from '../der'
import { attributeLabel, commonNameId, hasLabel, type NameAttribute, readAttributes } from '../x509/name'

/** What is to be said about a subject before somebody agrees to it. */
export interface JudgedSubject {
  /** Why it cannot be taken as it is; null where it can. */
  refusal: string | null
  /** What is legal and still worth a look. */
  notes: string[]
  /** What a form can hold of it, as it stands; empty for what is there several times or cannot be seen. */
  fields: SubjectDraft
}

/**
 * A subject (Name, DER) that a requester wrote, held against RFC 5280 appendix A.1, so that whoever agrees to it sees all of
 * it and every program reads the same. Legal but rare parts (several attributes in one set, types without a name here) are
 * taken: leaving them out would make another identity of it, and nothing of them is hidden.
 */
export function judgeSubject(subject: Element): JudgedSubject {
  const sets = readAttributes(subject)
  const all = sets.flat()
  return { refusal: refusalOf(subject, sets), notes: notesOn(all), fields: fieldsFrom(all) }
}

/** More than anybody would compare. */
const mostAttributes = 30

function refusalOf(subject: Element, sets: NameAttribute[][]): string | null {
  const all = sets.flat()
  if (all.length === 0) return 'The subject is empty.'
  if (all.length > mostAttributes)
    return `The subject has ${all.length} attributes, more than the limit of ${mostAttributes}.`
  const names = all
    .filter(({ type }) => type === commonNameId)
    .map(({ string }) => `“${neutralise(string?.text ?? '')}”`)
  if (names.length > 1)
    return `The subject has ${names.length} Common Names (${names.join(', ')}), but a rule at Access checks only one.`
  for (const attribute of all) {
    const fault = faultOf(attribute)
    if (fault !== null) return `The ${labelOf(attribute.type)} ${fault}`
  }
  return isDer(subject, sets) ? null : 'The subject is not DER (X.690), so it cannot be used unchanged.'
}

function faultOf({ type, string }: NameAttribute): string | null {
  if (string === null) return 'is not text, so it cannot be shown.'
  const { kind, text, isProper } = string
  if (!isProper) return `contains characters that ${kind} does not allow, so programs read it differently.`
  if (type === countryId) return faultOfCountry(text)
  return faultOfText(text, bounds.get(type) ?? otherBound)
}

const countryId = '2.5.4.6'

/** RFC 5280 appendix A.1; the user id: RFC 1274 §9.3.1 (ub-user-identifier). In characters. */
const bounds = new Map<string, number>([
  [commonNameId, nameBounds.commonName],
  ['2.5.4.5', 64],
  ['2.5.4.7', nameBounds.locality],
  ['2.5.4.8', nameBounds.state],
  ['2.5.4.10', nameBounds.organization],
  ['2.5.4.11', nameBounds.organizationalUnit],
  ['2.5.4.12', 64],
  ['2.5.4.65', 128],
  ['1.2.840.113549.1.9.1', 255],
])

/** Others have none, or 32,768, which is too long to compare by eye. */
const otherBound = 256

/** Also the order inside a set (X.690 §11.6). */
function isDer(subject: Element, sets: NameAttribute[][]): boolean {
  if (!isCanonical(subject) || sets.some((set) => set.length === 0)) return false
  return sets.every((set) =>
    set.every((one, index) => {
      const before = set[index - 1]
      return before === undefined || Buffer.compare(before.element.raw, one.element.raw) < 0
    }),
  )
}

const labelOf = (type: string): string => (hasLabel(type) ? attributeLabel(type).label : `attribute ${type}`)

function notesOn(all: NameAttribute[]): string[] {
  const notes: string[] = []
  if (!all.some(({ type }) => type === commonNameId))
    notes.push('The subject has no Common Name, so no rule at Access that names one lets it in.')
  for (const { type, string } of all) {
    const text = neutralise(string?.text ?? '')
    if (!hasLabel(type)) notes.push(`The subject has an unknown attribute: ${type}, “${text}”.`)
    if (mixesScripts(text)) notes.push(`“${text}” mixes letters from scripts that look alike.`)
    if (text.normalize('NFC') !== text)
      notes.push(`“${text}” uses separate accent characters, so it differs from text that looks the same.`)
  }
  return notes
}

const fieldOf: Record<string, keyof SubjectDraft> = {
  [commonNameId]: 'commonName',
  [countryId]: 'country',
  '2.5.4.7': 'locality',
  '2.5.4.8': 'state',
  '2.5.4.10': 'organization',
  '2.5.4.11': 'organizationalUnit',
}

function fieldsFrom(all: NameAttribute[]): SubjectDraft {
  const fields = { commonName: '', organization: '', organizationalUnit: '', locality: '', state: '', country: '' }
  for (const { type, string } of all) {
    const field = fieldOf[type]
    const isAlone = all.filter((other) => other.type === type).length === 1
    if (field !== undefined && isAlone && string?.isProper === true && isVisible(string.text))
      fields[field] = string.text
  }
  return fields
}

const isVisible = (text: string) => faultOfText(text, Number.POSITIVE_INFINITY) === null
