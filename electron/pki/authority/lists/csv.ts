import { AppError } from '#shared/errors'
import { formatCount } from '#shared/logic/formatting'

/** One line of a table: what stands under each heading, and the line's number in the file, counted from 1. */
export interface CsvRow {
  line: number
  cells: Record<string, string>
}

const separators = [',', ';', '\t'] as const

/**
 * A CSV with a heading line (RFC 4180): quotes with doubled quotes and line breaks inside, a byte order mark, any line
 * ending, and the separator that the heading line uses (Excel writes semicolons in half of Europe). Headings are compared
 * in lower case with `_` for spaces and hyphens; blank lines are skipped. A first line such as `sep=;` names the separator, as
 * Excel reads and writes it. csv-parse (7.0) is no replacement: it either refuses a quote inside an unquoted field or accepts
 * text after a closing quote, and counts a CRLF in quotes as two lines. Errors: `malformed` with the line.
 */
export function parseCsv(text: string): CsvRow[] {
  const whole = text.replace(/^\uFEFF/u, '')
  const [first = '', named] = /^"?sep=(.)"?\r?\n/iu.exec(whole) ?? []
  const content = whole.slice(first.length)
  const [heading, ...records] = readRecords(content, named ?? separatorOf(content), first === '' ? 1 : 2)
  if (heading === undefined) return []
  const names = heading.fields.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/gu, '_'),
  )
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index)
  if (twice !== undefined) throw new AppError('malformed', `The column “${twice}” appears twice.`)
  return records.map(({ line, fields }) => {
    if (fields.length > names.length)
      throw new AppError('malformed', `Line ${line} has more columns than the first line.`)
    const long = fields.findIndex((field) => field.length > MAX_CELL)
    if (long !== -1) throw new AppError('malformed', `Line ${line}: the column “${names[long]}” is too long.`)
    return { line, cells: Object.fromEntries(names.map((name, index) => [name, (fields[index] ?? '').trim()])) }
  })
}

/** A list for one batch: a request as PEM is the longest that stands in a cell. */
const MAX_COLUMNS = 100
const MAX_LINES = 10_000
const MAX_CELL = 16 * 1024

/** The one that is there most often in the heading line, outside of quotes. */
function separatorOf(text: string): string {
  const heading = (/^[^\r\n]*/u.exec(text)?.[0] ?? '').replace(/"[^"]*"/gu, '')
  const count = (separator: string) => heading.split(separator).length
  return separators.reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best))
}

interface CsvRecord {
  line: number
  fields: string[]
}

function readRecords(text: string, separator: string, firstLine: number): CsvRecord[] {
  const records: CsvRecord[] = []
  let line = firstLine
  let record: CsvRecord = { line, fields: [] }
  for (let place = 0; place < text.length; ) {
    const { value, next, lines } =
      text[place] === '"' ? readQuoted(text, place, line) : readPlain(text, place, separator)
    record.fields.push(value)
    if (record.fields.length > MAX_COLUMNS)
      throw new AppError('malformed', `Line ${line} has more than ${MAX_COLUMNS} columns.`)
    line += lines
    const ending = /^(\r\n|\r|\n)?/u.exec(text.slice(next, next + 2))?.[0] ?? ''
    const ends = ending !== '' || next >= text.length
    if (!ends && text[next] !== separator)
      throw new AppError('malformed', `Line ${line}: there is something after a closing quote.`)
    if (ends) {
      if (record.fields.some((field) => field.trim() !== '')) records.push(record)
      // The heading is one of them.
      if (records.length > MAX_LINES + 1)
        throw new AppError('malformed', `It has more than ${formatCount(MAX_LINES)} lines.`)
      line += 1
      record = { line, fields: [] }
      place = next + ending.length
      continue
    }
    place = next + 1
    // A separator at the very end is followed by one more, empty field.
    if (place >= text.length) record.fields.push('')
  }
  if (record.fields.some((field) => field.trim() !== '')) records.push(record)
  return records
}

interface Field {
  value: string
  /** Where it ends: at a separator, a line ending or the end of the file. */
  next: number
  /** How many line breaks it holds. */
  lines: number
}

function readPlain(text: string, start: number, separator: string): Field {
  let next = start
  while (next < text.length && text[next] !== separator && text[next] !== '\n' && text[next] !== '\r') next += 1
  return { value: text.slice(start, next), next, lines: 0 }
}

function readQuoted(text: string, start: number, line: number): Field {
  let value = ''
  for (let place = start + 1; ; ) {
    const end = text.indexOf('"', place)
    if (end === -1) throw new AppError('malformed', `Line ${line}: a quote begins but does not end.`)
    value += text.slice(place, end)
    if (text[end + 1] !== '"') return { value, next: end + 1, lines: value.split(/\r\n|\r|\n/u).length - 1 }
    value += '"'
    place = end + 2
  }
}
