import { z } from 'zod'
import { SubjectFields, TestedSites } from '#shared/model/identity'
import { IdentityId, Instant, Sha256 } from '#shared/model/ids'
import { KeyCode } from '#shared/model/key'
import { Install } from '#shared/model/store'
import { Count, camelKeys, flag, json, searching } from './columns'
import type { Connection } from './connection'
import type { IdentityListRow } from './database'
import type { Repository } from './repositories'

/** What every reading of `identities` has, as the columns are called. */
export const identityColumns = {
  id: IdentityId,
  name: z.string(),
  algorithm: z.string(),
  key_code: KeyCode,
  key_sha256: Sha256,
  subject: json(SubjectFields).nullable(),
  alternative_names: json(z.array(z.string())),
  key_in_vault: flag,
  practice: flag,
  created_at: Instant,
  certificate: Sha256.nullable(),
}

const Row = z
  .object({
    ...identityColumns,
    has_request: flag,
    issuer: z.string().nullable(),
    not_before: Instant.nullable(),
    not_after: Instant.nullable(),
    chain: json(z.array(Sha256)),
    installs: json(z.array(z.string())),
    sites: json(TestedSites),
  })
  .transform(camelKeys)

/** One query for everything a row of the list shows; what hangs on it is gathered by sub-selects over indexes. */
const select = `
  SELECT i.id, i.name, i.algorithm, i.key_code, i.key_sha256, i.subject, i.alternative_names, i.key_in_vault, i.practice,
    i.created_at, i.certificate, i.request_der IS NOT NULL AS has_request, c.issuer, c.not_before, c.not_after,
    (SELECT json_group_array(certificate) FROM (SELECT certificate FROM chains WHERE identity = i.id ORDER BY position)) AS chain,
    (SELECT json_group_array(record) FROM installs WHERE identity = i.id) AS installs,
    (SELECT json_object('total', count(*), 'works', coalesce(sum(good), 0)) FROM
      (SELECT json_extract(summary, '$.verdict.tone') = 'good' AS good, max(started_at)
        FROM reports WHERE identity = i.id GROUP BY host)) AS sites
  FROM identities i LEFT JOIN certificates c ON c.sha256 = i.certificate`

export function identityLists(connection: Connection): Pick<Repository<'identities'>, 'list' | 'summary' | 'ending'> {
  return {
    list({ offset, limit, search }) {
      const { where, values } = searching('search', search)
      // The page is found in the covering index alone; only its own rows are then read and joined.
      const page = `SELECT id FROM identities${where} ORDER BY created_at DESC, id LIMIT ? OFFSET ?`
      const rows = connection.all(Row, `${select} WHERE i.id IN (${page}) ORDER BY i.created_at DESC, i.id`, [
        ...values,
        limit,
        offset,
      ])
      const total = connection.get(Count, `SELECT count(*) AS count FROM identities${where}`, values)
      return { rows: rows.map(toListRow), total: total?.count ?? 0 }
    },
    summary(id) {
      const row = connection.get(Row, `${select} WHERE i.id = ?`, [id])
      return row === null ? null : toListRow(row)
    },
    ending: (from, until) =>
      connection.all(
        Dated,
        `${dated} AND i.name IN (SELECT i.name ${issued} AND c.not_after BETWEEN ? AND ?) ORDER BY c.not_after, i.id`,
        [from, until],
      ),
  }
}

const Dated = z.object({
  identity: IdentityId,
  sha256: Sha256,
  name: z.string(),
  issuer: z.string(),
  begins: Instant,
  ends: Instant,
})

const issued = 'FROM identities i JOIN certificates c ON c.sha256 = i.certificate WHERE i.practice = 0'
const dated = `
  SELECT i.id AS identity, c.sha256, i.name, c.issuer, c.not_before AS begins, c.not_after AS ends ${issued}`

const toListRow = (row: z.output<typeof Row>): IdentityListRow => ({
  ...row,
  installs: row.installs.map((record) => json(Install).parse(record)),
})
