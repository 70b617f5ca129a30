import { Activity, type NewActivity } from '#shared/model/activity'
import { Count, searching } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

export function activity(connection: Connection): Repository<'activity'> {
  return {
    append: (line) => addActivity(connection, line),
    list({ offset, limit, search }) {
      const { where, values } = searching('search', search)
      const rows = connection.all(
        Activity,
        `SELECT id, at, kind, about, sentence FROM activity${where} ORDER BY id DESC LIMIT ? OFFSET ?`,
        [...values, limit, offset],
      )
      const total = connection.get(Count, `SELECT count(*) AS count FROM activity${where}`, values)
      return { rows, total: total?.count ?? 0 }
    },
  }
}

/** Also inside the transaction of the change that it tells of. */
export function addActivity(connection: Connection, { at, kind, about, sentence }: NewActivity): void {
  const search = `${about} ${sentence}`.toLowerCase()
  const values = [at, kind, about, sentence, search]
  connection.run('INSERT INTO activity (at, kind, about, sentence, search) VALUES (?, ?, ?, ?, ?)', values)
}
