import { z } from 'zod'
import { RevocationReason } from '#shared/model/authority'
import { type AuthorityId, Instant } from '#shared/model/ids'
import type { RevocationRow, SerialRecord } from './authority-tables'
import type { Connection, Value } from './connection'
import { IssuedColumns, issuedColumns } from './issued-columns'

const Revocation = z.object({ serial: z.string(), at: Instant, reason: RevocationReason })
const Serial = z.object({ serial: z.string() })

/** What is known of one serial number of an issuer: its certificate, and that it is revoked. */
export function serialRecord(connection: Connection, authority: AuthorityId, serial: string): SerialRecord {
  const values = [authority, serial]
  return {
    issued: connection.get(
      IssuedColumns,
      `SELECT ${issuedColumns} FROM issued i WHERE i.authority = ? AND i.serial = ?`,
      values,
    ),
    revocation: connection.get(
      Revocation,
      'SELECT serial, at, reason FROM revocations WHERE authority = ? AND serial = ?',
      values,
    ),
  }
}

/**
 * The first revocation of a serial number stays, and its certificate, where that is in the list, says the same. To be called
 * inside a transaction. False where it was revoked before.
 */
export function revokeSerial(connection: Connection, authority: AuthorityId, wanted: RevocationRow): boolean {
  const { serial, at, reason } = wanted
  const added = connection.get(
    Serial,
    'INSERT INTO revocations (authority, serial, at, reason) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING serial',
    [authority, serial, at, reason],
  )
  mark(connection, 'r.authority = ? AND r.serial = ?', [authority, serial])
  return added !== null
}

/** Certificates in the list whose serial numbers are revoked say so, whichever of the two was recorded first. */
export const markRevoked = (connection: Connection, authority: AuthorityId): void =>
  mark(connection, 'r.authority = ?', [authority])

function mark(connection: Connection, which: string, values: Value[]): void {
  connection.run(
    `UPDATE issued SET revoked_at = r.at, reason = r.reason FROM revocations r
      WHERE ${which} AND issued.authority = r.authority AND issued.serial = r.serial AND issued.revoked_at IS NULL`,
    values,
  )
}
