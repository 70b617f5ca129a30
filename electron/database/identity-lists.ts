import { z } from 'zod'
import { SubjectDraft } from '#shared/model/identity'
import { IdentityId, Instant, Sha256 } from '#shared/model/ids'
import { KeyCode } from '#shared/model/key'
import { ReportSummary } from '#shared/model/probe'
import { Install } from '#shared/model/store'
import { Count, flag, json, searching } from './columns'
import type { Connection } from './connection'
import type { IdentityListRow } from './database'
import type { Repository } from './repositories'

const Row = z.object({
  id: IdentityId,
  name: z.string(),
  algorithm: z.string(),
  key_code: KeyCode,
  key_sha256: Sha256,
  subject: json(SubjectDraft).nullable(),
  alternative_names: json(z.array(z.string())),
  has_request: flag,
  key_in_vault: flag,
  practice: flag,
  created_at: Instant,
  certificate: Sha256.nullable(),
  issuer: z.string().nullable(),
  not_before: Instant.nullable(),
  not_after: Instant.nullable(),
  chain: json(z.array(Sha256)),
  installs: json(z.array(z.string())),
  last_test: json(ReportSummary).nullable(),
})

/** One query for everything a row of the list shows; what hangs on it is gathered by sub-selects over indexes. */
const select = `
  SELECT i.id, i.name, i.algorithm, i.key_code, i.key_sha256, i.subject, i.alternative_names, i.key_in_vault, i.practice,
    i.created_at, i.certificate, i.request_der IS NOT NULL AS has_request, c.issuer, c.not_before, c.not_after,
    (SELECT json_group_array(certificate) FROM (SELECT certificate FROM chains WHERE identity = i.id ORDER BY position)) AS chain,
    (SELECT json_group_array(record) FROM installs WHERE identity = i.id) AS installs,
    (SELECT summary FROM reports WHERE identity = i.id ORDER BY started_at DESC LIMIT 1) AS last_test
  FROM identities i LEFT JOIN certificates c ON c.sha256 = i.certificate`

export function identityLists(connection: Connection): Pick<Repository<'identities'>, 'list' | 'summary'> {
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
  }
}

function toListRow(row: z.output<typeof Row>): IdentityListRow {
  const {
    key_code,
    key_sha256,
    alternative_names,
    has_request,
    key_in_vault,
    created_at,
    not_before,
    not_after,
    last_test,
    ...rest
  } = row
  return {
    ...rest,
    keyCode: key_code,
    keySha256: key_sha256,
    alternativeNames: alternative_names,
    hasRequest: has_request,
    keyInVault: key_in_vault,
    createdAt: created_at,
    notBefore: not_before,
    notAfter: not_after,
    installs: row.installs.map((record) => {
      const { present, keyPresent, trust } = json(Install).parse(record)
      return { present, keyPresent, trust: trust.state }
    }),
    lastTest: last_test === null ? null : lastTestOf(last_test),
  }
}

function lastTestOf({ id, host, address, startedAt, verdict }: ReportSummary) {
  return { report: id, host, address, at: startedAt, good: verdict.tone === 'good', sentence: verdict.sentence }
}
