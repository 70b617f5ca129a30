import { z } from 'zod'
import { Install } from '#shared/model/store'
import { Undo } from '#shared/model/undo'
import { json } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

const Row = z.object({ record: json(Install) }).transform(({ record }) => record)
const UndoRow = z.object({ undo: json(z.array(Undo)) })

export function installs(connection: Connection): Repository<'installs'> {
  return {
    upsert(row, undo) {
      const values = [row.id, row.identity, JSON.stringify(row), JSON.stringify(undo ?? [])]
      const keep = undo === undefined ? '' : ', undo = excluded.undo'
      connection.run(
        `INSERT INTO installs (id, identity, record, undo) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET identity = excluded.identity, record = excluded.record${keep}`,
        values,
      )
    },
    undoOf: (id) => connection.get(UndoRow, 'SELECT undo FROM installs WHERE id = ?', [id])?.undo ?? [],
    get: (id) => connection.get(Row, 'SELECT record FROM installs WHERE id = ?', [id]),
    ofIdentity: (identity) =>
      connection.all(Row, 'SELECT record FROM installs WHERE identity = ? ORDER BY rowid', [identity]),
    delete: (id) => connection.run('DELETE FROM installs WHERE id = ?', [id]),
  }
}
