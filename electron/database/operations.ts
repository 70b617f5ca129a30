import { z } from 'zod'
import { addActivity } from './activity'
import { camelKeys } from './columns'
import type { Connection } from './connection'
import type { OperationProgress, OperationRow } from './database'
import type { Repository } from './repositories'

/** The table may have been written by another program, and an odd row must not hide the others: every value is read as text. */
const text = z
  .string()
  .nullable()
  .transform((value) => value ?? '')
const Columns = z.object({
  id: text,
  kind: text,
  step: text,
  payload: text,
  started_at: text,
  mac: z.string().nullable(),
})
const Row = Columns.transform(camelKeys)
const PlacedRow = Columns.extend({ rowid: z.number() }).transform(camelKeys)

const columns = ['id', 'kind', 'step', 'payload', 'started_at', 'mac']
const asText = columns.map((name) => `CAST(${name} AS TEXT) AS ${name}`).join(', ')

const isSame = (one: OperationRow, other: OperationRow): boolean =>
  (['id', 'kind', 'step', 'payload', 'startedAt', 'mac'] as const).every((field) => one[field] === other[field])

export function advanceOperation(connection: Connection, { id, step, payload, mac }: OperationProgress): void {
  connection.run('UPDATE operations SET step = ?, payload = ?, mac = ? WHERE id = ?', [step, payload, mac, id])
}

export function operations(connection: Connection): Repository<'operations'> {
  return {
    begin: ({ id, kind, step, payload, startedAt, mac }) =>
      connection.run('INSERT INTO operations (id, kind, step, payload, started_at, mac) VALUES (?, ?, ?, ?, ?, ?)', [
        id,
        kind,
        step,
        payload,
        startedAt,
        mac,
      ]),
    advance: (progress) => advanceOperation(connection, progress),
    finish: (id, line) =>
      connection.transaction(() => {
        connection.run('DELETE FROM operations WHERE id = ?', [id])
        if (line !== null) addActivity(connection, line)
      }),
    discard: (row, line) =>
      connection.transaction(() => {
        const all = connection.all(PlacedRow, `SELECT rowid, ${asText} FROM operations`)
        for (const { rowid, ...found } of all)
          if (isSame(found, row)) connection.run('DELETE FROM operations WHERE rowid = ?', [rowid])
        addActivity(connection, line)
      }),
    unfinished: () => connection.all(Row, `SELECT ${asText} FROM operations ORDER BY started_at, id`),
  }
}
