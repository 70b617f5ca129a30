import { z } from 'zod'
import { parseJson } from '#electron/platform/parse-json'
import { SavedReport } from '#shared/logic/report/saved'
import { HostId, type IdentityId, Instant, ReportId } from '#shared/model/ids'
import { type ProbeReport, ReportSummary, type Verdict } from '#shared/model/probe'
import { addActivity } from './activity'
import { Count, json, searching } from './columns'
import type { Connection } from './connection'
import { hosts, upsertHost } from './hosts'
import type { Repository } from './repositories'

/** A JSON column of which a row that does not fit is passed over: null. */
export const readable = <T>(schema: z.ZodType<T>) =>
  z.string().transform((text): T | null => schema.safeParse(parseJson(text)).data ?? null)

const Full = z.object({ report: json(SavedReport) }).transform(({ report }) => report)
/** A row that cannot be read must not hide the others: it says so in its place. */
const Short = z
  .object({ summary: z.string(), id: ReportId, host: HostId, started_at: Instant, address: z.string() })
  .transform(({ summary, id, host, started_at: startedAt, address }): ReportSummary => {
    const read = ReportSummary.safeParse(parseJson(summary))
    if (read.success) return read.data
    return { id, host, identity: null, identityName: null, address, mode: 'direct', startedAt, verdict: unreadable }
  })
const columns = 'summary, id, host, started_at, address'

const unreadable: Verdict = {
  kind: 'other-answer',
  tone: 'neutral',
  sentence: 'This report cannot be read.',
  explanation: 'It was written by another version of Latchkey, or it is damaged.',
}

/** After every instant that is written here. */
const LAST = '~'

export function reports(connection: Connection): Repository<'reports'> {
  /** Of each host, the last report before that moment. */
  const latestOf = (identity: IdentityId, moment: string) =>
    connection.all(
      Short,
      `SELECT ${columns} FROM reports r WHERE identity = ?1 AND started_at =
        (SELECT max(started_at) FROM reports WHERE identity = ?1 AND host = r.host AND started_at < ?2)
        ORDER BY started_at DESC`,
      [identity, moment],
    )

  return {
    add: (report, at) =>
      connection.transaction(() => {
        add(connection, report)
        const { address: about, verdict, host } = report
        addActivity(connection, {
          at: at.toISOString(),
          kind: 'tested',
          about,
          sentence: verdict.sentence,
          thing: { host },
        })
      }),
    get: (id) => connection.get(Full, 'SELECT report FROM reports WHERE id = ?', [id]),
    list(host, { offset, limit, search }) {
      const typed = searching('address', search)
      const where = host === null ? typed.where : `${typed.where === '' ? ' WHERE' : `${typed.where} AND`} host = ?`
      const values = host === null ? typed.values : [...typed.values, host]
      const rows = connection.all(
        Short,
        `SELECT ${columns} FROM reports${where} ORDER BY started_at DESC, id LIMIT ? OFFSET ?`,
        [...values, limit, offset],
      )
      const total = connection.get(Count, `SELECT count(*) AS count FROM reports${where}`, values)
      return { rows, total: total?.count ?? 0 }
    },
    ofIdentity: (identity) => latestOf(identity, LAST),
    before: latestOf,
  }
}

function add(connection: Connection, report: ProbeReport): void {
  insertReport(connection, report)
  const { host, identity, startedAt, verdict } = report
  const row = hosts(connection).get(host)
  if (row === null) return
  const { kind, tone, sentence } = verdict
  const lastTest = {
    lastTestAt: startedAt,
    lastTestGood: tone === 'good',
    lastVerdict: { kind, tone },
    lastSentence: sentence,
  }
  const replacement = row.replacement === identity ? null : row.replacement
  upsertHost(connection, { ...row, ...lastTest, identity: identity ?? row.identity, replacement })
}

/** The report alone. To be called inside a transaction. */
export function insertReport(connection: Connection, report: ProbeReport): void {
  const { id, host, identity, identityName, address, mode, startedAt, verdict } = report
  const summary: ReportSummary = { id, host, identity, identityName, address, mode, startedAt, verdict }
  connection.run(
    'INSERT INTO reports (id, host, identity, started_at, address, summary, report) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [id, host, identity, startedAt, address.toLowerCase(), JSON.stringify(summary), JSON.stringify(report)],
  )
}
