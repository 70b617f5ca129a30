import { AppError, isAppError } from '#shared/errors'
import { DecidedNames, type ListEncoding, type RequestBatch } from '#shared/model/authority'
import { KeyCode } from '#shared/model/key'
import { decodePem } from '../../containers/pem'
import { decodeUnicode, decodeWindows1252 } from '../../containers/text/decode'
import { type CsvRow, parseCsv } from './csv'

/** A request (DER) and where it came from. */
export interface FoundRequest {
  source: string
  der: Uint8Array
}

export type Unreadable = RequestBatch['unreadable']

export interface ListFile {
  name: string
  bytes: Uint8Array
}

export interface MatchedRequests {
  requests: ListedRequest[]
  ignored: RequestBatch['ignored']
  /** What is wrong with the lists, each with its line and column where there is one. */
  faults: RequestBatch['listFaults']
}

export interface ListedRequest extends FoundRequest {
  /** What the administrator's list says; null where the list does not speak of it. */
  listed: DecidedNames | null
  /** The key code that the list expects. */
  keyCode: KeyCode | null
}

/**
 * A list is a CSV with the columns `csr` (the name of a file that came along, or the request itself as PEM), `common_name`
 * and, where wanted, `organization`, `organizational_unit`, `locality`, `state`, `country`, `emails`, `dns_names` (several
 * separated by blanks) and `key_code`, which must then be that of the request. Requests that no list speaks of follow at the
 * end. `encoding`: of lists that are not Unicode. Never throws for what a list says.
 */
export function matchList(lists: ListFile[], found: FoundRequest[], encoding: ListEncoding | null): MatchedRequests {
  const faults: RequestBatch['listFaults'] = []
  const rest = new Set(found)
  const matched: ListedRequest[] = []
  const ignored: RequestBatch['ignored'] = []
  for (const list of lists) {
    const rows = readList(list, encoding, faults)
    ignored.push(...unknownColumns(rows).map((column) => ({ source: list.name, column })))
    for (const row of rows) {
      const source = `${list.name}, line ${row.line}`
      const listed = DecidedNames.safeParse(draftOf(row))
      const keyCode = KeyCode.nullable().safeParse(row.cells['key_code']?.toUpperCase() || null)
      const request = requestOf(row, found)
      const reason = problemOf(request, listed, keyCode.success)
      if (request !== null) rest.delete(request)
      if (reason !== null) faults.push({ source, reason, needsEncoding: false })
      else if (request !== null && listed.success && keyCode.success)
        matched.push({ source, der: request.der, listed: listed.data, keyCode: keyCode.data })
    }
  }
  const others = [...rest].map((request) => ({ ...request, listed: null, keyCode: null }))
  return { requests: [...matched, ...others], ignored, faults }
}

function readList(
  { name, bytes }: ListFile,
  encoding: ListEncoding | null,
  faults: RequestBatch['listFaults'],
): CsvRow[] {
  try {
    const rows = parseCsv(decodeList(bytes, encoding))
    const [first] = rows
    const missing = needed.find((column) => first !== undefined && !columns[column].some((one) => one in first.cells))
    if (missing !== undefined)
      throw new AppError('malformed', `There is no column “${columns[missing][0]}” in its first line.`)
    return rows
  } catch (error) {
    if (!isAppError(error)) throw error
    const reason = error.detail ?? 'The list cannot be read.'
    faults.push({ source: name, reason, needsEncoding: reason === notUnicode })
    return []
  }
}

/** Excel writes Unicode with a mark, and otherwise in the code page of its country, which nothing in the file tells. */
function decodeList(bytes: Uint8Array, encoding: ListEncoding | null): string {
  const text = decodeUnicode(bytes) ?? (encoding === null ? null : decodeWindows1252(bytes))
  if (text === null) throw new AppError('malformed', notUnicode)
  return text
}

const notUnicode = 'The list is not Unicode text, so its special characters cannot be told. Save it as “CSV UTF-8”.'

/** By file name, wherever the list thinks that it lies, or from the cell itself. */
function requestOf({ cells }: CsvRow, found: FoundRequest[]): FoundRequest | null {
  const cell = cells['csr'] ?? ''
  const fileName = cell.slice(Math.max(cell.lastIndexOf('/'), cell.lastIndexOf('\\')) + 1)
  const named = found.find(({ source }) => source === cell) ?? found.find(({ source }) => source === fileName)
  if (named !== undefined || !cell.includes('-----BEGIN')) return named ?? null
  try {
    const block = decodePem(cell).find(({ label }) => label.endsWith('CERTIFICATE REQUEST'))
    return block === undefined ? null : { source: 'list', der: block.der }
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}

function problemOf(
  request: FoundRequest | null,
  listed: ReturnType<typeof DecidedNames.safeParse>,
  keyCodeFits: boolean,
): string | null {
  if (request === null) return 'The column “csr” neither names a chosen file with a request nor contains one.'
  if (!keyCodeFits) return 'The column “key_code” is not a key code.'
  if (listed.success) return null
  return listed.error.issues.map(({ path, message }) => `The column “${columnOf(path)}”: ${message}`).join('; ')
}

/** The heading under which the first part of a draft stands. */
function columnOf(path: PropertyKey[]): string {
  const found = Object.entries(columns).find(([name]) => path.includes(name))
  return found?.[1][0] ?? path.join('.')
}

/** Every heading that is read, under its names. */
const columns = {
  csr: ['csr'],
  keyCode: ['key_code'],
  commonName: ['common_name', 'cn'],
  organization: ['organization', 'o'],
  organizationalUnit: ['organizational_unit', 'ou'],
  locality: ['locality', 'l'],
  state: ['state', 'st'],
  country: ['country', 'c'],
  emails: ['emails', 'email'],
  dnsNames: ['dns_names', 'dns'],
} as const

/** Without these a list decides nothing. */
const needed = ['csr', 'commonName'] as const

const knownColumns = new Set<string>(Object.values(columns).flat())

const unknownColumns = (rows: CsvRow[]): string[] =>
  Object.keys(rows[0]?.cells ?? {}).filter((column) => column !== '' && !knownColumns.has(column))

function draftOf({ cells }: CsvRow): unknown {
  const cell = (column: keyof typeof columns) =>
    columns[column].map((name) => cells[name] ?? '').find((text) => text !== '') ?? ''
  const several = (column: keyof typeof columns) =>
    cell(column)
      .split(/[\s,;]+/u)
      .filter((text) => text !== '')
  return {
    subject: {
      commonName: cell('commonName'),
      organization: cell('organization'),
      organizationalUnit: cell('organizationalUnit'),
      locality: cell('locality'),
      state: cell('state'),
      country: cell('country'),
    },
    emails: several('emails'),
    dnsNames: several('dnsNames'),
  }
}
