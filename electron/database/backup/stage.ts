import { deserialize, serialize } from 'node:v8'
import { z } from 'zod'
import { blob } from '../columns'
import type { Connection } from '../connection'
import type { CertificateRow } from '../identity-rows'
import type { BackupRow, BackupRows, BackupSection } from './rows'

/** The rows of a backup before they are merged. */
export interface Stage {
  begin(): void
  add(row: BackupRow): void
  end(): void
  rows<Section extends BackupSection>(section: Section): Generator<BackupRows[Section]>
  /** Null where the backup has none with this digest. */
  certificate(sha256: string): CertificateRow | null
}

const Staged = z.object({ position: z.number(), record: blob })
const PAGE = 100

/** In a temporary table: it is gone with the connection, needs no room in memory, and is no part of the database file. */
export function createStage(connection: Connection): Stage {
  const end = () => connection.script('DROP TABLE IF EXISTS temp.staged')

  return {
    begin() {
      end()
      connection.script(`
        CREATE TEMP TABLE staged (position INTEGER PRIMARY KEY, section TEXT NOT NULL, key TEXT, record BLOB NOT NULL);
        CREATE INDEX temp.staged_by_section ON staged (section, position);
        CREATE INDEX temp.staged_by_key ON staged (key) WHERE key IS NOT NULL;
      `)
    },
    add: ({ section, row }) =>
      connection.run('INSERT INTO temp.staged (section, key, record) VALUES (?, ?, ?)', [
        section,
        section === 'certificates' ? row.sha256 : null,
        serialize(row),
      ]),
    end,
    *rows(section) {
      const sql =
        'SELECT position, record FROM temp.staged WHERE section = ? AND position > ? ORDER BY position LIMIT ?'
      for (let after = 0; ; ) {
        const page = connection.all(Staged, sql, [section, after, PAGE])
        for (const { record } of page) yield taken<BackupRows[typeof section]>(record)
        const last = page.at(-1)
        if (last === undefined) return
        after = last.position
      }
    },
    certificate(sha256) {
      const found = connection.get(Staged, 'SELECT position, record FROM temp.staged WHERE key = ?', [sha256])
      return found === null ? null : taken<CertificateRow>(found.record)
    },
  }
}

/** What `add` has put there moments ago, in a table that nobody else sees. */
const taken = <Row>(record: Uint8Array): Row => deserialize(record) as Row
