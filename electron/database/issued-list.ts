import type { IssuedPage, IssuedStatus } from '#shared/model/authority'
import type { Horizon, IssuedRow } from './authority-tables'
import { Count } from './columns'
import type { Connection, Value } from './connection'
import type { PageOf } from './database'
import { IssuedColumns, issuedColumns } from './issued-columns'

interface Condition {
  sql: string
  values: Value[]
}

/**
 * One page of what was issued, in any order, out of 100,000 in a few milliseconds. What is rare is found by its trigrams
 * and sorted then; what is common is met soon by walking along the index of the order that was asked for.
 */
export function issuedList(connection: Connection, page: IssuedPage, horizon: Horizon): PageOf<IssuedRow> {
  const text = page.search.trim().toLowerCase()
  const filters = filtersOf(page, horizon)
  const order = orders[page.sort]
  const direction = page.descending ? 'DESC' : 'ASC'
  const rare = isRare(connection, text)
  const conditions = [...filters, ...textCondition(text, rare)]
  const where = joined(conditions)
  const index = rare ? '' : `INDEXED BY ${order.index}`
  const ids = `SELECT id FROM issued ${index} ${where.sql} ORDER BY ${order.column} ${direction}, id ${direction} LIMIT ? OFFSET ?`
  const rows = connection.all(
    IssuedColumns,
    `SELECT ${issuedColumns} FROM issued i WHERE i.id IN (${ids}) ORDER BY i.${order.column} ${direction}, i.id ${direction}`,
    [...where.values, page.limit, page.offset],
  )
  const counting = rare ? '' : `INDEXED BY ${text === '' ? orders.ends.index : 'issued_by_text'}`
  const total = connection.get(Count, `SELECT count(*) AS count FROM issued ${counting} ${where.sql}`, where.values)
  return { rows, total: total?.count ?? 0 }
}

const orders: Record<IssuedPage['sort'], { column: string; index: string }> = {
  issued: { column: 'issued_at', index: 'issued_by_age' },
  name: { column: 'sort_name', index: 'issued_by_name' },
  ends: { column: 'not_after', index: 'issued_by_end' },
  serial: { column: 'serial', index: 'issued_by_serial' },
}

/** Above it, looking up and sorting every hit takes longer than walking along an index. */
const fewHits = 2000
const shortestTrigram = 3

function isRare(connection: Connection, text: string): boolean {
  if ([...text].length < shortestTrigram) return false
  const hits = connection.get(
    Count,
    'SELECT count(*) AS count FROM (SELECT 1 FROM issued_search WHERE issued_search MATCH ? LIMIT ?)',
    [phrase(text), fewHits],
  )
  return (hits?.count ?? 0) < fewHits
}

/** What a person types is text, never an expression. */
const phrase = (text: string) => `"${text.replace(/"/gu, '""')}"`

function textCondition(text: string, rare: boolean): Condition[] {
  if (text === '') return []
  if (rare)
    return [{ sql: 'id IN (SELECT rowid FROM issued_search WHERE issued_search MATCH ?)', values: [phrase(text)] }]
  return [{ sql: 'instr(search, ?) > 0', values: [text] }]
}

function filtersOf({ authority, status }: IssuedPage, horizon: Horizon): Condition[] {
  const ofAuthority = authority === null ? [] : [{ sql: 'authority = ?', values: [authority] }]
  return status === null ? ofAuthority : [...ofAuthority, ofStatus(status, horizon)]
}

/** As `statusOf` of the service says it of one row. */
function ofStatus(status: IssuedStatus, { now, soon }: Horizon): Condition {
  switch (status) {
    case 'revoked':
      return { sql: 'revoked_at IS NOT NULL', values: [] }
    case 'expired':
      return { sql: 'revoked_at IS NULL AND not_after <= ?', values: [now] }
    case 'not-yet-valid':
      return { sql: 'revoked_at IS NULL AND not_after > ? AND not_before > ?', values: [now, now] }
    case 'expiring':
      return {
        sql: 'revoked_at IS NULL AND not_after > ? AND not_before <= ? AND not_after <= ?',
        values: [now, now, soon],
      }
    case 'valid':
      return { sql: 'revoked_at IS NULL AND not_before <= ? AND not_after > ?', values: [now, soon] }
  }
}

function joined(conditions: Condition[]): Condition {
  if (conditions.length === 0) return { sql: '', values: [] }
  return {
    sql: `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
    values: conditions.flatMap(({ values }) => values),
  }
}
