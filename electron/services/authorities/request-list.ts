import { decodePem } from '#electron/pki/containers/pem'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { isAppError } from '#shared/errors'
import { DecidedNames, type RequestBatch } from '#shared/model/authority'
import { KeyCode } from '#shared/model/key'
import { type CsvRow, parseCsv } from './csv'

/** A request (DER) and where it came from. */
export interface FoundRequest {
  source: string
  der: Uint8Array
}

export type Unreadable = RequestBatch['unreadable']

export interface ListedRequest extends FoundRequest {
  /** What the administrator's list says; null where the list does not speak of it. */
  listed: DecidedNames | null
  /** The key code that the list expects. */
  keyCode: KeyCode | null
}

/**
 * A list is a CSV with the columns `csr` (the name of a file that came along, or the request itself as PEM), `common_name`
 * and, where wanted, `organization`, `organizational_unit`, `locality`, `state`, `country`, `emails`, `dns_names` (several
 * separated by blanks) and `key_code`, which must then be that of the request. What is wrong goes to `unreadable`;
 * requests that no list speaks of follow at the end.
 */
export function matchList(
  lists: IncomingFile[],
  found: FoundRequest[],
  unreadable: Unreadable,
): { requests: ListedRequest[]; ignored: RequestBatch['ignored'] } {
  const rest = new Set(found)
  const matched: ListedRequest[] = []
  const ignored: RequestBatch['ignored'] = []
  for (const list of lists) {
    const rows = readList(list, unreadable)
    ignored.push(...unknownColumns(rows).map((column) => ({ source: list.name, column })))
    for (const row of rows) {
      const source = `${list.name}, line ${row.line}`
      const listed = DecidedNames.safeParse(draftOf(row))
      const keyCode = KeyCode.nullable().safeParse(row.cells['key_code']?.toUpperCase() || null)
      const request = requestOf(row, found)
      const reason = problemOf(request, listed, keyCode.success)
      if (request !== null) rest.delete(request)
      if (reason !== null) unreadable.push({ source, reason })
      else if (request !== null && listed.success && keyCode.success)
        matched.push({ source, der: request.der, listed: listed.data, keyCode: keyCode.data })
    }
  }
  const others = [...rest].map((request) => ({ ...request, listed: null, keyCode: null }))
  return { requests: [...matched, ...others], ignored }
}

function readList({ name, bytes }: IncomingFile, unreadable: Unreadable): CsvRow[] {
  try {
    return parseCsv(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    const reason = isAppError(error) ? (error.detail ?? 'The list cannot be read.') : 'The list is not UTF-8 text.'
    unreadable.push({ source: name, reason })
    return []
  }
}

/** By file name, or from the cell itself. */
function requestOf({ cells }: CsvRow, found: FoundRequest[]): FoundRequest | null {
  const cell = cells['csr'] ?? ''
  const named = found.find(({ source }) => source === cell)
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
  return listed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
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
