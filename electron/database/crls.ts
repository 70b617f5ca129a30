import { z } from 'zod'
import { RevocationReason } from '#shared/model/authority'
import { Instant } from '#shared/model/ids'
import { blob } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

const Revocation = z.object({ serial: z.string(), at: Instant, reason: RevocationReason })
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
        `SELECT serial, at, reason FROM revocations WHERE authority IN ${line} ORDER BY at, serial`,
        [authority],
      ),
    put: (authority, { number, thisUpdate, nextUpdate, entries }, der) =>
      connection.transaction(() => {
        if (number <= (lastNumber(authority) ?? 0)) return false
        connection.run(
          `INSERT INTO crls (authority, number, this_update, next_update, entries, der) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (authority) DO UPDATE SET number = excluded.number, this_update = excluded.this_update,
             next_update = excluded.next_update, entries = excluded.entries, der = excluded.der`,
          [authority, number, thisUpdate, nextUpdate, entries, Buffer.from(der)],
        )
        return true
      }),
    der: (authority) =>
      connection.get(z.object({ der: blob }), 'SELECT der FROM crls WHERE authority = ?', [authority])?.der ?? null,
  }
}
