import { z } from 'zod'
import { Activity, ActivityThing, type NewActivity } from '#shared/model/activity'
import { Count, flag, json, searching } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

const Row = z.object({ ...Activity.shape, thing: json(ActivityThing).nullable(), isGone: flag })

/** What a line is about may be gone by now, and then it leads nowhere. */
const isHere = `(EXISTS (SELECT 1 FROM identities WHERE id = json_extract(thing, '$.identity'))
  OR EXISTS (SELECT 1 FROM hosts WHERE id = json_extract(thing, '$.host'))
  OR EXISTS (SELECT 1 FROM authorities WHERE id = json_extract(thing, '$.issuer')))`
const things = `CASE WHEN ${isHere} THEN thing END AS thing, thing IS NOT NULL AND NOT ${isHere} AS isGone`

export function activity(connection: Connection): Repository<'activity'> {
  return {
    append: (line) => addActivity(connection, line),
    list({ offset, limit, search }, kinds = null) {
      const typed = searching('search', search)
      const ofKinds = kinds === null ? '' : `kind IN (${kinds.map(() => '?').join(', ')})`
      const where = `${typed.where}${ofKinds === '' ? '' : `${typed.where === '' ? ' WHERE' : ' AND'} ${ofKinds}`}`
      const values = [...typed.values, ...(kinds ?? [])]
      const rows = connection.all(
        Row,
        `SELECT id, at, kind, about, sentence, ${things} FROM activity${where} ORDER BY at DESC, id DESC LIMIT ? OFFSET ?`,
        [...values, limit, offset],
      )
      const total = connection.get(Count, `SELECT count(*) AS count FROM activity${where}`, values)
      return { rows, total: total?.count ?? 0 }
    },
  }
}

/** Also inside the transaction of the change that it tells of. */
export function addActivity(connection: Connection, { at, kind, about, sentence, thing: of }: NewActivity): void {
  const search = `${about} ${sentence}`.toLowerCase()
  const values = [at, kind, about, sentence, search, of === undefined ? null : JSON.stringify(of)]
  connection.run('INSERT INTO activity (at, kind, about, sentence, search, thing) VALUES (?, ?, ?, ?, ?, ?)', values)
}
