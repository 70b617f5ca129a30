import { Activity } from '#shared/model/activity'
import { Count, searching } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

export function activity(connection: Connection): Repository<'activity'> {
  return {
    append: (at, kind, about, sentence) =>
      connection.run('INSERT INTO activity (at, kind, about, sentence, search) VALUES (?, ?, ?, ?, ?)', [
        at.toISOString(),
        kind,
        about,
        sentence,
        `${about} ${sentence}`.toLowerCase(),
      ]),
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
