import type { IssuedPage, IssuedStatus } from '#shared/model/authority'
import type { PageOf } from '#shared/model/page'
import type { Horizon, IssuedRow } from './authority-tables'
import { Count } from './columns'
import type { Connection, Value } from './connection'
import { IssuedColumns, issuedColumns } from './issued-columns'

interface Condition {
  sql: string
  values: Value[]
}

/**
 * One page of what was issued, in any order, out of 100,000 in a few milliseconds. What is rare is looked up and sorted
 * then; what is common is met soon by walking along the index of the order that was asked for.
 */
export function issuedList(connection: Connection, page: IssuedPage, horizon: Horizon): PageOf<IssuedRow> {
  const text = searchText(page.search)
  const source = sourceOf(connection, text)
  const filters = filtersOf(page, horizon)
  const where = joined([...source.conditions, ...filters])
  const counted = connection.get(Count, `SELECT count(*) AS count FROM ${source.from} ${where.sql}`, where.values)
  const total = counted?.count ?? 0
  if (page.offset >= total) return { rows: [], total }
  const order = orders[page.sort]
  const isWalk = text === '' || total > fewHits
  const from = isWalk ? `issued i INDEXED BY ${order.index}` : source.from
  const chosen = isWalk ? joined([...containing(text), ...filters]) : where
  const way = page.descending ? 'DESC' : 'ASC'
  const sorted = `ORDER BY i.${order.column} ${way}, i.id ${way}`
  const ids = `SELECT i.id FROM ${from} ${chosen.sql} ${sorted} LIMIT ? OFFSET ?`
  const rows = connection.all(IssuedColumns, `SELECT ${issuedColumns} FROM issued i WHERE i.id IN (${ids}) ${sorted}`, [
    ...chosen.values,
    page.limit,
    page.offset,
  ])
  return { rows, total }
}

/** Serial numbers are kept without the colons with which they are often pasted. */
function searchText(typed: string): string {
  const text = typed.trim().toLowerCase()
  return /^[0-9a-f]{2}(:[0-9a-f]{2})*:?$/u.test(text) ? text.replaceAll(':', '') : text
}

const orders: Record<IssuedPage['sort'], { column: string; index: string }> = {
  issued: { column: 'issued_at', index: 'issued_by_age' },
  name: { column: 'sort_name', index: 'issued_by_name' },
  ends: { column: 'not_after', index: 'issued_by_end' },
  serial: { column: 'serial', index: 'issued_by_serial' },
}

/** Above it, sorting every hit takes longer than walking along an index until a page is full. */
const fewHits = 2000
/** Above it, looking up every hit takes longer than reading the one index that holds the whole text. */
const someHits = 20_000
const shortestTrigram = 3

/** Where hits are counted fastest. */
function sourceOf(connection: Connection, text: string): { from: string; conditions: Condition[] } {
  if (text === '') return { from: 'issued i', conditions: [] }
  if (!isRare(connection, text)) return { from: 'issued i INDEXED BY issued_by_text', conditions: containing(text) }
  return {
    // CROSS JOIN keeps the order of the two: SQLite would not know how few there are.
    from: 'issued_search CROSS JOIN issued i ON i.id = issued_search.rowid',
    conditions: [{ sql: 'issued_search MATCH ?', values: [phrase(text)] }],
  }
}

function isRare(connection: Connection, text: string): boolean {
  if ([...text].length < shortestTrigram) return false
  const hits = connection.get(
    Count,
    'SELECT count(*) AS count FROM (SELECT 1 FROM issued_search WHERE issued_search MATCH ? LIMIT ?)',
    [phrase(text), someHits],
  )
  return (hits?.count ?? 0) < someHits
}

const containing = (text: string): Condition[] =>
  text === '' ? [] : [{ sql: "i.search LIKE ? ESCAPE '\\'", values: [`%${text.replace(/[\\%_]/gu, '\\$&')}%`] }]

/** What a person types is text, never an expression. */
const phrase = (text: string) => `"${text.replace(/"/gu, '""')}"`

function filtersOf({ authority, status }: IssuedPage, horizon: Horizon): Condition[] {
  const ofAuthority = authority === null ? [] : [{ sql: 'i.authority = ?', values: [authority] }]
  return status === null ? ofAuthority : [...ofAuthority, ofStatus(status, horizon)]
}

/** As `statusOf` of the service says it of one row. */
function ofStatus(status: IssuedStatus, { now, soon }: Horizon): Condition {
  switch (status) {
    case 'revoked':
      return { sql: 'i.revoked_at IS NOT NULL', values: [] }
    case 'expired':
      return { sql: 'i.revoked_at IS NULL AND i.not_after <= ?', values: [now] }
    case 'not-yet-valid':
      return { sql: 'i.revoked_at IS NULL AND i.not_after > ? AND i.not_before > ?', values: [now, now] }
    case 'expiring':
      return {
        sql: 'i.revoked_at IS NULL AND i.not_after > ? AND i.not_before <= ? AND i.not_after <= ?',
        values: [now, now, soon],
      }
    case 'valid':
      return { sql: 'i.revoked_at IS NULL AND i.not_before <= ? AND i.not_after > ?', values: [now, soon] }
  }
}

function joined(conditions: Condition[]): Condition {
  if (conditions.length === 0) return { sql: '', values: [] }
  return {
    sql: `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
    values: conditions.flatMap(({ values }) => values),
  }
}
