import { randomUUID } from 'node:crypto'
import { type AuthorityId, TemplateId } from '#shared/model/ids'
import type { IssueTemplate } from '#shared/model/issue-template'
import type { Connection } from '../connection'
import { issueTemplates, putTemplate } from '../issue-templates'
import type { Places } from './merge-identities'
import type { Stage } from './stage'
import type { Tally } from './tally'

/** By their names. What a person set here stays as it is. */
export function mergeTemplates(connection: Connection, stage: Stage, tally: Tally, issuers: Places<AuthorityId>): void {
  const all = issueTemplates(connection).list()
  const byName = new Map(all.map((template) => [nameOf(template), template]))
  const ids = new Set(all.map(({ id }) => id))

  for (const row of stage.rows('templates')) {
    const authority = row.authority === null ? null : (issuers.get(row.authority) ?? null)
    const present = byName.get(nameOf(row))
    if (present === undefined) {
      const id = ids.has(row.id) ? TemplateId.parse(randomUUID()) : row.id
      const added = { ...row, id, authority }
      putTemplate(connection, added)
      ids.add(id)
      byName.set(nameOf(row), added)
      tally.count('templates', 'added')
    } else tally.met('templates', row.name, [], isAlike({ ...row, authority }, present) ? [] : ['settings'])
  }
}

/** As SQLite's NOCASE compares: ASCII letters alone. */
const nameOf = ({ name }: IssueTemplate): string => name.replace(/[A-Z]/gu, (letter) => letter.toLowerCase())

const isAlike = (one: IssueTemplate, other: IssueTemplate): boolean =>
  one.authority === other.authority &&
  one.days === other.days &&
  JSON.stringify(one.names) === JSON.stringify(other.names)
