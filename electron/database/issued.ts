import { z } from 'zod'
import type { NewActivity } from '#shared/model/activity'
import type { RevocationReason } from '#shared/model/authority'
import { AuthorityId, type Instant, type Sha256 } from '#shared/model/ids'
import { addActivity } from './activity'
import type { AdoptedCertificate, IssuedRow, RevocationRow } from './authority-tables'
import type { Connection } from './connection'
import { FullColumns, IssuedColumns, issuedColumns } from './issued-columns'
import { issuedList } from './issued-list'
import type { Repository } from './repositories'
import { revokeSerial, serialRecord } from './revocations'

export function issued(connection: Connection): Repository<'issued'> {
  return {
    add: (rows, ...lines) =>
      connection.transaction(() => {
        for (const row of rows) addIssued(connection, row)
        for (const line of lines) addActivity(connection, line)
      }),
    get: (sha256) => full(connection, sha256),
    getMany: (certificates) => certificates.flatMap((sha256) => full(connection, sha256) ?? []),
    list: (page, horizon) => issuedList(connection, page, horizon),
    namesake: (commonName, keyCode, now) =>
      connection.get(
        IssuedColumns,
        `SELECT ${issuedColumns} FROM issued i WHERE i.sort_name = ? AND i.key_code <> ? AND i.revoked_at IS NULL
          AND i.not_after > ? ORDER BY i.not_after DESC LIMIT 1`,
        [commonName.toLowerCase(), keyCode, now],
      ),
    ofKey: (authority, keyCode, since) =>
      connection.get(
        FullColumns,
        `SELECT ${issuedColumns}, d.der FROM issued i JOIN issued_der d ON d.id = i.id
          WHERE i.issued_at >= ? AND i.authority = ? AND i.key_code = ? AND i.revoked_at IS NULL
          ORDER BY i.not_after DESC LIMIT 1`,
        [since, authority, keyCode],
      ),
    revoke: (sha256, at, reason, line) =>
      connection.transaction(() => revoke(connection, { sha256, line }, at, reason)),
    revokeMany: (certificates, at, reason) =>
      connection.transaction(() => certificates.filter((one) => revoke(connection, one, at, reason)).length),
    adopt: (row, wanted, lines) =>
      connection.transaction(() => {
        const before = serialRecord(connection, row.authority, row.serial)
        const adopted = adopt(connection, row, wanted, before.issued)
        if (adopted.kind === 'revoked' && adopted.isNew) addActivity(connection, lines.revoked)
        else if (adopted.kind === 'revoked' && before.issued === null) addActivity(connection, lines.added)
        return adopted
      }),
    ofSerial: (authority, serial) => serialRecord(connection, authority, serial),
    revokeSerial: (authority, wanted, line) =>
      connection.transaction(() => {
        const isNew = revokeSerial(connection, authority, wanted)
        if (isNew) addActivity(connection, line)
        return isNew
      }),
  }
}

const full = (connection: Connection, sha256: Sha256) =>
  connection.get(
    FullColumns,
    `SELECT ${issuedColumns}, d.der FROM issued i JOIN issued_der d ON d.id = i.id WHERE i.sha256 = ?`,
    [sha256],
  )

/** To be called inside a transaction. False, and nothing is written, where it was revoked before. */
function revoke(
  connection: Connection,
  { sha256, line }: { sha256: Sha256; line: NewActivity },
  at: Instant,
  reason: RevocationReason,
): boolean {
  const row = connection.get(
    z.object({ authority: AuthorityId, serial: z.string() }),
    'SELECT authority, serial FROM issued WHERE sha256 = ? AND revoked_at IS NULL',
    [sha256],
  )
  if (row === null) return false
  revokeSerial(connection, row.authority, { serial: row.serial, at, reason })
  addActivity(connection, line)
  return true
}

function adopt(
  connection: Connection,
  row: IssuedRow & { der: Uint8Array },
  wanted: Omit<RevocationRow, 'serial'>,
  issued: IssuedRow | null,
): AdoptedCertificate {
  const { authority, serial, sha256 } = row
  if (issued !== null && issued.sha256 !== sha256) return { kind: 'other-certificate', issued }
  if (issued === null) addIssued(connection, row)
  return { kind: 'revoked', isNew: revokeSerial(connection, authority, { serial, ...wanted }) }
}

const Id = z.object({ id: z.number() })

/** To be called inside a transaction. */
export function addIssued(connection: Connection, row: IssuedRow & { der: Uint8Array }): void {
  const { serial, commonName, subject, keyCode } = row
  const search = searchable(`${subject.includes(commonName) ? '' : `${commonName} `}${subject} ${keyCode}`, serial)
  const found = connection.get(
    Id,
    `INSERT INTO issued (sha256, authority, serial, common_name, sort_name, subject, key_code, not_before, not_after,
      issued_at, issued_elsewhere, key_made_by_issuer, revoked_at, reason, search)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
    [
      row.sha256,
      row.authority,
      serial,
      commonName,
      commonName.toLowerCase(),
      subject,
      keyCode,
      row.notBefore,
      row.notAfter,
      row.issuedAt,
      row.issuedElsewhere ? 1 : 0,
      row.keyMadeByIssuer ? 1 : 0,
      row.revokedAt,
      row.reason,
      search,
    ],
  )
  const id = found?.id ?? null
  connection.run('INSERT INTO issued_der (id, der) VALUES (?, ?)', [id, Buffer.from(row.der)])
  connection.run('INSERT INTO issued_search (rowid, search) VALUES (?, ?)', [id, search])
}

/** As short as possible: a search for a single letter reads all of it. */
const searchable = (text: string, serial: string) => `${text} ${serial.replaceAll(':', '')}`.toLowerCase()
