import { z } from 'zod'
import { RevocationReason } from '#shared/model/authority'
import { Instant } from '#shared/model/ids'
import { blob } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

const Revocation = z
  .object({ serial: z.string(), at: Instant, reason: RevocationReason, not_after: Instant.nullable() })
  .transform(({ not_after, ...rest }) => ({ ...rest, notAfter: not_after }))
const Last = z.object({ number: z.number().nullable() })

/** Those of one name: the same issuer with one key after the other. */
const line = '(SELECT id FROM authorities WHERE name_key = (SELECT name_key FROM authorities WHERE id = ?))'

export function crls(connection: Connection): Repository<'crls'> {
  const lastNumber: Repository<'crls'>['lastNumber'] = (authority) =>
    connection.get(Last, `SELECT max(number) AS number FROM crls WHERE authority IN ${line}`, [authority])?.number ??
    null

  return {
    lastNumber,
    revocations: (authority) =>
      connection.all(
        Revocation,
        `SELECT r.serial, r.at, r.reason, i.not_after FROM revocations r
          LEFT JOIN issued i ON i.authority = r.authority AND i.serial = r.serial
          WHERE r.authority IN ${line} ORDER BY r.at, r.serial`,
        [authority],
      ),
    put: (authority, { number, thisUpdate, nextUpdate, entries, revocations }, der) =>
      connection.transaction(() => {
        if (number <= (lastNumber(authority) ?? 0)) return false
        connection.run(
          `INSERT INTO crls (authority, number, this_update, next_update, entries, revocations, der)
           VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (authority) DO UPDATE SET number = excluded.number, this_update = excluded.this_update,
             next_update = excluded.next_update, entries = excluded.entries,
             revocations = excluded.revocations, der = excluded.der`,
          [authority, number, thisUpdate, nextUpdate, entries, revocations, Buffer.from(der)],
        )
        return true
      }),
    der: (authority) =>
      connection.get(z.object({ der: blob }), 'SELECT der FROM crls WHERE authority = ?', [authority])?.der ?? null,
  }
}
