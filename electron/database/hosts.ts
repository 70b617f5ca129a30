import { z } from 'zod'
import { Host } from '#shared/model/host'
import type { HostId } from '#shared/model/ids'
import { Count, json, searching } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

const Row = z.object({ record: json(Host) }).transform(({ record }) => record)

export function hosts(connection: Connection): Repository<'hosts'> {
  return {
    upsert: (row) => upsertHost(connection, row),
    get: (id) => connection.get(Row, 'SELECT record FROM hosts WHERE id = ?', [id]),
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
    delete: (id, { now, forget }) =>
      connection.transaction(() => {
        connection.run('DELETE FROM removed_hosts WHERE removed_at < ? OR id = ?', [forget, id])
        connection.run('INSERT INTO removed_hosts SELECT id, ?, record FROM hosts WHERE id = ?', [now, id])
        connection.run(`INSERT INTO removed_reports SELECT ${reportColumns} FROM reports WHERE host = ?`, [id])
        connection.run('DELETE FROM hosts WHERE id = ?', [id])
      }),
    restore: (id) => connection.transaction(() => restore(connection, id)),
  }
}

const reportColumns = 'id, host, identity, started_at, address, summary, report'

function restore(connection: Connection, id: HostId): boolean {
  const row = connection.get(Row, 'SELECT record FROM removed_hosts WHERE id = ?', [id])
  if (row === null) return false
  upsertHost(connection, row)
  connection.run(`INSERT INTO reports (${reportColumns}) SELECT ${reportColumns} FROM removed_reports WHERE host = ?`, [
    id,
  ])
  connection.run('DELETE FROM removed_hosts WHERE id = ?', [id])
  return true
}

export function upsertHost(connection: Connection, row: Host): void {
  connection.run(
    `INSERT INTO hosts (id, hostname, practice, created_at, record) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET hostname = excluded.hostname, practice = excluded.practice, record = excluded.record`,
    [row.id, row.hostname.toLowerCase(), row.practice ? 1 : 0, row.createdAt, JSON.stringify(row)],
  )
}
