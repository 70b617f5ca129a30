import { z } from 'zod'
import type { IdentityId } from '#shared/model/ids'
import { Install } from '#shared/model/store'
import { Undo } from '#shared/model/undo'
import { json } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

const Row = z.object({ record: json(Install) }).transform(({ record }) => record)
const UndoRow = z.object({ undo: json(z.array(Undo)) })

const Known = z.object({ id: z.string() })

export function installs(connection: Connection): Repository<'installs'> {
  const ofIdentity = (identity: IdentityId) =>
    connection.all(Row, 'SELECT record FROM installs WHERE identity = ? ORDER BY rowid', [identity])

  function upsert(row: Install, undo?: Undo[]): void {
    const values = [row.id, row.identity, JSON.stringify(row), JSON.stringify(undo ?? [])]
    const keep = undo === undefined ? '' : ', undo = excluded.undo'
    connection.run(
      `INSERT INTO installs (id, identity, record, undo) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET identity = excluded.identity, record = excluded.record${keep}`,
      values,
    )
  }

  return {
    upsert,
    undoOf: (id) => connection.get(UndoRow, 'SELECT undo FROM installs WHERE id = ?', [id])?.undo ?? [],
    get: (id) => connection.get(Row, 'SELECT record FROM installs WHERE id = ?', [id]),
    ofIdentity,
    all: () => connection.all(Row, 'SELECT record FROM installs ORDER BY rowid'),
    observe: (before, seen) =>
      connection.transaction(() => {
        const identity = connection.get(Known, 'SELECT id FROM identities WHERE id = ?', [seen.identity])
        const present = ofIdentity(seen.identity).find(({ store }) => store === seen.store) ?? null
        if (identity === null || JSON.stringify(present) !== JSON.stringify(before)) return false
        upsert(seen)
        return true
      }),
    delete: (id) => connection.run('DELETE FROM installs WHERE id = ?', [id]),
  }
}
