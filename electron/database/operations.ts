import { z } from 'zod'
import { Instant, OperationId } from '#shared/model/ids'
import type { Connection } from './connection'
import type { Repository } from './repositories'

const Row = z
  .object({ id: OperationId, kind: z.string(), step: z.string(), payload: z.string(), started_at: Instant })
  .transform(({ started_at, ...rest }) => ({ ...rest, startedAt: started_at }))

export function operations(connection: Connection): Repository<'operations'> {
  return {
    begin: ({ id, kind, step, payload, startedAt }) =>
      connection.run('INSERT INTO operations (id, kind, step, payload, started_at) VALUES (?, ?, ?, ?, ?)', [
        id,
        kind,
        step,
        payload,
        startedAt,
      ]),
    advance: (id, step, payload) =>
      connection.run('UPDATE operations SET step = ?, payload = ? WHERE id = ?', [step, payload, id]),
    finish: (id) => connection.run('DELETE FROM operations WHERE id = ?', [id]),
    unfinished: () => connection.all(Row, 'SELECT * FROM operations ORDER BY started_at, id'),
  }
}
