import { z } from 'zod'
import { SubjectFields, TestedSites } from '#shared/model/identity'
import { IdentityId, Instant, Sha256 } from '#shared/model/ids'
import { KeyCode } from '#shared/model/key'
import { KeptLine } from '#shared/model/label'
import { Replaced, Replacement } from '#shared/model/renewal'
import { Install } from '#shared/model/store'
import { Count, camelKeys, flag, json } from './columns'
import type { Connection } from './connection'
import type { IdentityFilter, IdentityListRow } from './database'
import { listed } from './identity-filter'
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
  tags: json(z.array(KeptLine)),
  note: z.string(),
}

/** As SQLite writes it: it has no booleans. */
const ReplacedRow = Replaced.extend({ isKept: flag })

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
    replacement: json(Replacement).nullable(),
    replaces: json(ReplacedRow).nullable(),
  })
  .transform(camelKeys)

/** One query for everything a row of the list shows; what hangs on it is gathered by sub-selects over indexes. */
const select = `
  SELECT i.id, i.name, i.algorithm, i.key_code, i.key_sha256, i.subject, i.alternative_names, i.key_in_vault, i.practice,
    i.created_at, i.certificate, i.tags, i.note, i.request_der IS NOT NULL AS has_request, c.issuer, c.not_before, c.not_after,
    (SELECT json_group_array(certificate) FROM (SELECT certificate FROM chains WHERE identity = i.id ORDER BY position)) AS chain,
    (SELECT json_group_array(record) FROM installs WHERE identity = i.id) AS installs,
    (SELECT json_object('total', count(*), 'works', coalesce(sum(good), 0)) FROM
      (SELECT json_extract(summary, '$.verdict.tone') = 'good' AS good, max(started_at)
        FROM reports WHERE identity = i.id GROUP BY host)) AS sites,
    (SELECT json_object('identity', n.id, 'name', n.name, 'requestedAt', r.requested_at, 'notAfter',
        CASE WHEN r.arrived_at IS NULL THEN NULL ELSE nc.not_after END)
      FROM renewals r JOIN identities n ON n.id = r.identity LEFT JOIN certificates nc ON nc.sha256 = n.certificate
      WHERE r.replaces = i.id AND (r.identity <> i.id OR r.arrived_at IS NULL)
      ORDER BY r.requested_at DESC, n.id LIMIT 1) AS replacement,
    (SELECT json_object('identity', o.id, 'name', o.name, 'notAfter', r.old_not_after, 'isKept', r.finished_at IS NOT NULL)
      FROM renewals r JOIN identities o ON o.id = r.replaces
      WHERE r.identity = i.id AND (r.identity <> r.replaces OR r.arrived_at IS NOT NULL)) AS replaces
  FROM identities i LEFT JOIN certificates c ON c.sha256 = i.certificate`

export function identityLists(connection: Connection): Pick<Repository<'identities'>, 'list' | 'summary' | 'ending'> {
  return {
    list({ offset, limit, search }, filter = everything) {
      const { from, where, order, values } = listed(search, filter)
      // The page is found in an index alone, unless a filter needs more; only its own rows are then read and joined.
      const page = `SELECT i.id FROM ${from}${where} ORDER BY ${order} LIMIT ? OFFSET ?`
      const rows = connection.all(Row, `${select} WHERE i.id IN (${page}) ORDER BY ${order}`, [
        ...values,
        limit,
        offset,
      ])
      const total = connection.get(Count, `SELECT count(*) AS count FROM ${from}${where}`, values)
      return { rows: rows.map(toListRow), total: total?.count ?? 0 }
    },
    summary(id) {
      const row = connection.get(Row, `${select} WHERE i.id = ?`, [id])
      return row === null ? null : toListRow(row)
    },
    ending: (from, until) =>
      connection.all(
        Dated,
        `${dated} AND i.original_name IN (SELECT i.original_name ${issued} AND c.not_after BETWEEN ? AND ?) ORDER BY c.not_after, i.id`,
        [from, until],
      ),
  }
}

const everything: IdentityFilter = { state: null, tag: null, order: 'newest' }

const Dated = z.object({
  identity: IdentityId,
  sha256: Sha256,
  name: z.string(),
  label: z.string(),
  issuer: z.string(),
  begins: Instant,
  ends: Instant,
  replaces: IdentityId.nullable(),
})

const issued = 'FROM identities i JOIN certificates c ON c.sha256 = i.certificate WHERE i.practice = 0'
const dated = `
  SELECT i.id AS identity, c.sha256, i.original_name AS name, i.name AS label, c.issuer, c.not_before AS begins, c.not_after AS ends,
    (SELECT r.replaces FROM renewals r WHERE r.identity = i.id) AS replaces ${issued}`

const toListRow = (row: z.output<typeof Row>): IdentityListRow => ({
  ...row,
  installs: row.installs.map((record) => json(Install).parse(record)),
})
