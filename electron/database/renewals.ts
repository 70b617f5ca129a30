import { z } from 'zod'
import { IdentityId, Instant, Sha256 } from '#shared/model/ids'
import { addActivity } from './activity'
import { blob, camelKeys } from './columns'
import type { Connection } from './connection'
import { insertIdentity } from './identities'
import type { RenewalRow } from './identity-rows'
import type { Repository } from './repositories'

const Row = z
  .object({
    identity: IdentityId,
    replaces: IdentityId,
    old_sha256: Sha256,
    old_not_after: Instant,
    old_certificate: blob,
    requested_at: Instant,
    arrived_at: Instant.nullable(),
    finished_at: Instant.nullable(),
  })
  .transform(camelKeys)

const Known = z.object({ id: z.string() })

export function renewals(connection: Connection): Repository<'renewals'> {
  return {
    begin: (row, request, line) =>
      connection.transaction(() => {
        const old = connection.get(Known, 'SELECT id FROM identities WHERE id = ?', [row.replaces])
        if (old === null) return false
        if (request instanceof Uint8Array)
          connection.run('UPDATE identities SET request_der = ? WHERE id = ?', [Buffer.from(request), row.identity])
        else insertIdentity(connection, request)
        putRenewal(connection, row)
        if (line !== null) addActivity(connection, line)
        return true
      }),
    get: (identity) => connection.get(Row, 'SELECT * FROM renewals WHERE identity = ?', [identity]),
    finish: (identity, at) => connection.run('UPDATE renewals SET finished_at = ? WHERE identity = ?', [at, identity]),
  }
}

/** To be called inside a transaction. */
export const putRenewal = (connection: Connection, row: RenewalRow): void =>
  connection.run(
    `INSERT OR REPLACE INTO renewals (identity, replaces, old_sha256, old_not_after, old_certificate, requested_at,
      arrived_at, finished_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      row.identity,
      row.replaces,
      row.oldSha256,
      row.oldNotAfter,
      Buffer.from(row.oldCertificate),
      row.requestedAt,
      row.arrivedAt,
      row.finishedAt,
    ],
  )
