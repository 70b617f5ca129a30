import { Activity } from '#shared/model/activity'
import { Count, containing } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

export function activity(connection: Connection): Repository<'activity'> {
  return {
    append: (at, kind, about, sentence) =>
      connection.run('INSERT INTO activity (at, kind, about, sentence) VALUES (?, ?, ?, ?)', [
        at.toISOString(),
        kind,
        about,
        sentence,
      ]),
    list({ offset, limit, search }) {
      const where = ` WHERE lower(about || ' ' || sentence) LIKE ? ESCAPE '\\'`
      const pattern = containing(search)
      const rows = connection.all(Activity, `SELECT * FROM activity${where} ORDER BY id DESC LIMIT ? OFFSET ?`, [
        pattern,
        limit,
        offset,
      ])
      const total = connection.get(Count, `SELECT count(*) AS count FROM activity${where}`, [pattern])
      return { rows, total: total?.count ?? 0 }
    },
  }
}
