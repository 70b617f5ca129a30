import { z } from 'zod'
import { shortAddress } from '#shared/logic/address'
import { labelLimits } from '#shared/logic/label-limits'
import { Host } from '#shared/model/host'
import type { HostId, Instant } from '#shared/model/ids'
import { Count, json, searching } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

const Row = z.object({ record: json(Host) }).transform(({ record }) => record)

export function hosts(connection: Connection): Repository<'hosts'> {
  const get = (id: HostId) => connection.get(Row, 'SELECT record FROM hosts WHERE id = ?', [id])
  return {
    insert: (row) => upsertHost(connection, row),
    get,
    change: (id, changes) =>
      connection.transaction(() => {
        const before = get(id)
        if (before === null) return null
        const after = { ...before, ...changes }
        const isSameServer = after.hostname === before.hostname && after.port === before.port
        const row = isSameServer ? after : { ...after, pinnedKey: changes.pinnedKey ?? null }
        upsertHost(connection, row)
        return row
      }),
    addTag: (ids, tag) =>
      connection.transaction(() => {
        const rows = ids.map(get)
        const tagged: Host[] = []
        for (const row of rows) {
          if (row === null) return { reason: 'gone' }
          if (row.tags.includes(tag)) continue
          if (row.tags.length >= labelLimits.tags) return { reason: 'full', name: row.name ?? shortAddress(row) }
          tagged.push({ ...row, tags: [...row.tags, tag] })
        }
        for (const row of tagged) upsertHost(connection, row)
        return null
      }),
    list({ offset, limit, search }) {
      const { where, values } = searching(
        "hostname || ' ' || lower(coalesce(json_extract(record, '$.name'), ''))",
        search,
      )
      const rows = connection.all(
        Row,
        `SELECT record FROM hosts${where} ORDER BY created_at DESC, id LIMIT ? OFFSET ?`,
        [...values, limit, offset],
      )
      const total = connection.get(Count, `SELECT count(*) AS count FROM hosts${where}`, values)
      return { rows, total: total?.count ?? 0 }
    },
    practice: () => connection.get(Row, 'SELECT record FROM hosts WHERE practice = 1 LIMIT 1'),
    delete: (ids, { now, forget }) =>
      connection.transaction(() => {
        connection.run('DELETE FROM removed_hosts WHERE removed_at < ?', [forget])
        for (const id of ids) setAside(connection, id, now)
      }),
    restore: (ids) =>
      connection.transaction(() => {
        const kept = ids.map((id) => connection.get(Row, 'SELECT record FROM removed_hosts WHERE id = ?', [id]))
        if (kept.includes(null)) return false
        for (const row of kept) if (row !== null) restore(connection, row)
        return true
      }),
  }
}

const reportColumns = 'id, host, identity, started_at, address, summary, report'

function setAside(connection: Connection, id: HostId, now: Instant): void {
  connection.run('DELETE FROM removed_hosts WHERE id = ?', [id])
  connection.run('INSERT INTO removed_hosts SELECT id, ?, record FROM hosts WHERE id = ?', [now, id])
  connection.run(`INSERT INTO removed_reports SELECT ${reportColumns} FROM reports WHERE host = ?`, [id])
  connection.run('DELETE FROM hosts WHERE id = ?', [id])
}

function restore(connection: Connection, row: Host): void {
  upsertHost(connection, row)
  connection.run(`INSERT INTO reports (${reportColumns}) SELECT ${reportColumns} FROM removed_reports WHERE host = ?`, [
    row.id,
  ])
  connection.run('DELETE FROM removed_hosts WHERE id = ?', [row.id])
}

export function upsertHost(connection: Connection, row: Host): void {
  connection.run(
    `INSERT INTO hosts (id, hostname, practice, created_at, record) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET hostname = excluded.hostname, practice = excluded.practice, record = excluded.record`,
    [row.id, row.hostname.toLowerCase(), row.practice ? 1 : 0, row.createdAt, JSON.stringify(row)],
  )
}
