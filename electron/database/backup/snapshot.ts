import { z } from 'zod'
import { SavedReport } from '#shared/logic/report/saved'
import { ActivityKind, ActivityThing } from '#shared/model/activity'
import { RevocationReason } from '#shared/model/authority'
import { AuthorityId, Instant, ReportId, Sha256 } from '#shared/model/ids'
import { Page } from '#shared/model/page'
import { authorities } from '../authorities'
import { certificates } from '../certificates'
import { blob, Count, camelKeys, crlNumber, json } from '../columns'
import { type Connection, openConnection } from '../connection'
import { hosts } from '../hosts'
import { identities } from '../identities'
import { issueTemplates } from '../issue-templates'
import { FullColumns, issuedColumns } from '../issued-columns'
import { renewals } from '../renewals'
import { readable } from '../reports'
import type { BackupRow } from './rows'

/** The records as they are at one moment, whatever is written meanwhile (sqlite.org/isolation.html). */
export interface Snapshot {
  /** How many rows there are, roughly: for telling how far it is. */
  total: number
  /** The next few, so that a message stays small; none at the end. */
  next(): BackupRow[]
  close(): void
}

export function openSnapshot(path: string): Snapshot {
  const connection = openConnection(path, { busyMs: 10_000 })
  // The first reading, and not BEGIN, decides on the moment.
  connection.script('PRAGMA query_only = ON; BEGIN')
  const total = totalOf(connection)
  const rows = allRows(connection)
  return {
    total,
    next() {
      const taken: BackupRow[] = []
      for (let weight = 0; weight < MAX_WEIGHT; ) {
        const { value } = rows.next()
        if (value === undefined) break
        taken.push(value)
        weight += weightOf(value)
      }
      return taken
    },
    close: () => connection.close(),
  }
}

/** A message of this many small rows is put together and taken apart within a few milliseconds. */
const MAX_WEIGHT = 100

/** Reports are long, and a list can be. */
const weightOf = ({ section }: BackupRow): number => ({ reports: 10, crls: MAX_WEIGHT })[section as string] ?? 1

const tables = [
  'certificates',
  'identities',
  'renewals',
  'hosts',
  'reports',
  'activity',
  'authorities',
  'issue_templates',
  'issued',
  'revocations',
  'crls',
]

const totalOf = (connection: Connection): number =>
  tables
    .map((table) => connection.get(Count, `SELECT count(*) AS count FROM ${table}`)?.count ?? 0)
    .reduce((sum, count) => sum + count, 0)

function* allRows(connection: Connection): Generator<BackupRow> {
  yield* certificateRows(connection)
  for (const id of identities(connection).ids()) {
    const row = identities(connection).get(id)
    const label = connection.get(Label, 'SELECT original_name FROM identities WHERE id = ?', [id])
    if (row !== null && label !== null)
      yield { section: 'identities', row: { ...row, originalName: label.original_name } }
  }
  for (const id of identities(connection).ids()) {
    const row = renewals(connection).get(id)
    if (row !== null) yield { section: 'renewals', row }
  }
  yield* siteRows(connection)
  yield* reportRows(connection)
  yield* activityRows(connection)
  for (const row of authorities(connection).list()) yield { section: 'issuers', row }
  for (const row of issueTemplates(connection).list()) yield { section: 'templates', row }
  yield* issuedRows(connection)
  yield* revocationRows(connection)
  yield* crlRows(connection)
}

const Label = z.object({ original_name: z.string() })

/** Page by page, each after the key of the last row of the one before. */
function* paged<Row, Key>(first: Key, read: (after: Key) => Row[], keyOf: (row: Row) => Key): Generator<Row> {
  for (let after = first; ; ) {
    const rows = read(after)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined) return
    after = keyOf(last)
  }
}

const PAGE = 500

const Digest = z.object({ sha256: Sha256 })

function* certificateRows(connection: Connection): Generator<BackupRow> {
  const sql = 'SELECT sha256 FROM certificates WHERE sha256 > ? ORDER BY sha256 LIMIT ?'
  const names = paged(
    '',
    (after) => connection.all(Digest, sql, [after, PAGE]),
    ({ sha256 }) => sha256,
  )
  for (const { sha256 } of names) {
    const row = certificates(connection).get(sha256)
    if (row !== null) yield { section: 'certificates', row }
  }
}

/** The practice site belongs to this computer. Agreed keys of servers are never passed on. */
function* siteRows(connection: Connection): Generator<BackupRow> {
  for (let offset = 0; ; offset += PAGE) {
    const { rows } = hosts(connection).list(Page.parse({ offset, limit: PAGE }))
    if (rows.length === 0) return
    for (const row of rows) if (!row.practice) yield { section: 'sites', row: { ...row, pinnedKey: null } }
  }
}

const ReportRow = z.object({ id: ReportId, report: readable(SavedReport) })

/** Without the practice site's, and without those that cannot be read. */
function* reportRows(connection: Connection): Generator<BackupRow> {
  const sql = `SELECT id, report FROM reports WHERE id > ? AND host IN (SELECT id FROM hosts WHERE practice = 0) ORDER BY id LIMIT ?`
  for (const { report } of paged(
    '',
    (after) => connection.all(ReportRow, sql, [after, 20]),
    ({ id }) => id,
  ))
    if (report !== null) yield { section: 'reports', row: report }
}

const Line = z.object({
  id: z.number(),
  at: Instant,
  kind: ActivityKind,
  about: z.string(),
  sentence: z.string(),
  thing: json(ActivityThing).nullable(),
})

function* activityRows(connection: Connection): Generator<BackupRow> {
  const sql = 'SELECT id, at, kind, about, sentence, thing FROM activity WHERE id > ? ORDER BY id LIMIT ?'
  const lines = paged(
    Number.MIN_SAFE_INTEGER,
    (after) => connection.all(Line, sql, [after, PAGE]),
    ({ id }) => id,
  )
  for (const { id: _id, thing, ...line } of lines)
    yield { section: 'activity', row: thing === null ? line : { ...line, thing } }
}

const IssuedRow = z.object({ id: z.number() })

function* issuedRows(connection: Connection): Generator<BackupRow> {
  const sql = 'SELECT id FROM issued WHERE id > ? ORDER BY id LIMIT ?'
  for (const { id } of paged(
    0,
    (after) => connection.all(IssuedRow, sql, [after, PAGE]),
    (row) => row.id,
  )) {
    const row = connection.get(
      FullColumns,
      `SELECT ${issuedColumns}, d.der FROM issued i JOIN issued_der d ON d.id = i.id WHERE i.id = ?`,
      [id],
    )
    if (row !== null) yield { section: 'issued', row }
  }
}

const Revocation = z.object({ authority: AuthorityId, serial: z.string(), at: Instant, reason: RevocationReason })

function* revocationRows(connection: Connection): Generator<BackupRow> {
  const sql = `SELECT authority, serial, at, reason FROM revocations WHERE (authority, serial) > (?, ?)
    ORDER BY authority, serial LIMIT ?`
  const rows = paged<z.output<typeof Revocation>, [string, string]>(
    ['', ''],
    (after) => connection.all(Revocation, sql, [...after, PAGE]),
    ({ authority, serial }) => [authority, serial],
  )
  for (const row of rows) yield { section: 'revocations', row }
}

const CrlColumns = z
  .object({
    authority: AuthorityId,
    number: crlNumber.nullable(),
    this_update: Instant,
    next_update: Instant.nullable(),
    follows: Instant.nullable(),
    entries: z.number(),
    revocations: z.number(),
    der: blob,
  })
  .transform(camelKeys)

function* crlRows(connection: Connection): Generator<BackupRow> {
  for (const { id } of authorities(connection).list()) {
    const row = connection.get(CrlColumns, 'SELECT * FROM crls WHERE authority = ?', [id])
    if (row !== null) yield { section: 'crls', row }
  }
}
