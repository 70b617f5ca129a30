import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { DetailField, InspectedFile, ObjectDetails } from '#shared/model/details'

/** What one file says, field by field, such that two makings of the same thing say the same. */
export type Statements = Map<string, string>

/**
 * Everything that `latchkey inspect` tells of the first object in each file: words, criticality and the bytes. What is new at
 * every making is put into words that are not: whose key an identifier is, how a serial number looks, when the dates begin
 * and how long they last. Keys and signatures themselves are for openssl to check.
 */
export function statementsOf(folder: string, files: InspectedFile[]): Map<string, Statements> {
  const known = files.flatMap(({ objects }) => objects).flatMap(namesFor)
  return new Map(files.map((file) => [file.name, aboutFile(join(folder, file.name), file, known)]))
}

/** A code that is new at every making, and words for it. */
type Known = [code: string, words: string]

/** A certificate's key identifier (RFC 5280 §4.2.1.2, method 1) and its serial number. */
function namesFor({ kind, title, groups }: ObjectDetails): Known[] {
  if (kind !== 'certificate') return []
  const fields = groups.flatMap((group) => group.fields)
  const value = (id: string) => fields.find((field) => field.id === id)?.value ?? ''
  const key = Buffer.from(value('publicKey.value').replaceAll(':', ''), 'hex')
  const identifier = createHash('sha1').update(key).digest('hex').toUpperCase().match(/../gu)?.join(':') ?? ''
  return [identifier, firstLine(value('serial'))].map((code) => [code, `of ${title}`])
}

const firstLine = (text: string) => text.split('\n')[0] ?? ''

function aboutFile(path: string, { name, format, objects, failures }: InspectedFile, known: Known[]): Statements {
  const [object] = objects
  if (object === undefined || failures.length > 0) throw new Error(`${name}: ${JSON.stringify(failures)}`)
  const { mode, mtime } = statSync(path)
  const block = /^-----BEGIN ([^-]+)-----/u.exec(readFileSync(path, 'latin1'))?.[1]
  return new Map([
    ['file', 'there'],
    ['format', format ?? 'none'],
    ['block', block ?? 'none'],
    ['only for its owner', (mode & 0o077) === 0 ? 'yes' : 'no'],
    ['holds', objects.map(({ title }) => title).join(', ')],
    ...object.oddities.map((oddity): [string, string] => [`oddity: ${oddity}`, 'yes']),
    ...aboutObject(object, known, mtime),
  ])
}

function aboutObject({ groups }: ObjectDetails, known: Known[], made: Date): [string, string][] {
  const fields = groups.flatMap((group) => group.fields)
  const [begin, end] = fields
    .filter(({ id }) => times.test(id))
    .map(({ value }) => Date.parse(value.replace(' UTC', 'Z')))
  if (begin === undefined || end === undefined) return fields.flatMap((field) => aboutField(field, known))
  return [
    ['begins', made.getTime() - begin > 4 * 60_000 ? 'minutes before it is made' : 'when it is made'],
    ['lasts', `${(end - begin) / 3_600_000} hours`],
    ...fields.flatMap((field) => aboutField(field, known)),
  ]
}

const times = /^(notBefore|notAfter|thisUpdate|nextUpdate)$/u
const ofTheKey = /^(publicKey\.(code|value|sha256)|signature\.value)$/u
const crlNumber = 'extension.2.5.29.20'

function aboutField({ id, value, raw, critical }: DetailField, known: Known[]): [string, string][] {
  if (times.test(id) || ofTheKey.test(id)) return []
  const named = (text: string) => known.reduce((result, [code, words]) => result.replaceAll(code, words), text)
  const words = id === 'serial' ? formOf(value) : id === crlNumber ? 'a number' : named(value)
  const said: [string, string] = [named(id), `${words}${critical === true ? ' (critical)' : ''}`]
  return raw === null || words !== value ? [said] : [said, [bytesOf(id), raw]]
}

/** Random and as RFC 5280 §4.1.2.2 wants it, by the looks of it. */
function formOf(serial: string): string {
  const octets = firstLine(serial).split(':').length
  const sign = serial.includes('\n-') ? 'negative' : 'positive'
  return `${sign}, ${octets >= 8 ? 'at least 64 bits' : 'short'}, ${octets <= 20 ? 'at most 20 octets' : 'too long'}`
}

const bytesOf = (field: string) => `${field}, bytes`

export interface Difference {
  object: string
  field: string
  theirs: string
  ours: string
}

/** Every field in which the files of one name differ; a field or a file that is not there is “—”. */
export function differencesBetween(theirs: Map<string, Statements>, ours: Map<string, Statements>): Difference[] {
  const nothing: Statements = new Map()
  return both(theirs, ours).flatMap((object) => {
    const [their, our] = [theirs.get(object) ?? nothing, ours.get(object) ?? nothing]
    const fields = both(their, our).filter((field) => their.get(field) !== our.get(field))
    // Where words differ, so do their bytes.
    const toldApart = new Set(fields.map(bytesOf))
    return fields
      .filter((field) => !toldApart.has(field))
      .map((field) => ({ object, field, theirs: their.get(field) ?? '—', ours: our.get(field) ?? '—' }))
  })
}

const both = (one: Map<string, unknown>, other: Map<string, unknown>) => [...new Set([...one.keys(), ...other.keys()])]
