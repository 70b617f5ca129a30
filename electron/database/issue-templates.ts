import { z } from 'zod'
import { AuthorityId, TemplateId } from '#shared/model/ids'
import { type IssueTemplate, KeptTemplateNames } from '#shared/model/issue-template'
import { Found, json } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

const Row = z.object({
  id: TemplateId,
  name: z.string(),
  authority: AuthorityId.nullable(),
  days: z.number(),
  names: json(KeptTemplateNames),
})

export function issueTemplates(connection: Connection): Repository<'issueTemplates'> {
  return {
    list: () => connection.all(Row, 'SELECT * FROM issue_templates ORDER BY name'),
    save: (row) =>
      connection.transaction(() => {
        const other = 'SELECT 1 AS found FROM issue_templates WHERE name = ? AND id <> ?'
        if (connection.get(Found, other, [row.name, row.id]) !== null) return false
        putTemplate(connection, row)
        return true
      }),
    delete: (id) => connection.run('DELETE FROM issue_templates WHERE id = ?', [id]),
  }
}

/** Its name has to be free. */
export const putTemplate = (connection: Connection, { id, name, authority, days, names }: IssueTemplate): void =>
  connection.run(
    `INSERT INTO issue_templates (id, name, authority, days, names) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, authority = excluded.authority, days = excluded.days,
       names = excluded.names`,
    [id, name, authority, days, JSON.stringify(names)],
  )
