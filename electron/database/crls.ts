import { z } from 'zod'
import { RevocationReason } from '#shared/model/authority'
import { type AuthorityId, Instant } from '#shared/model/ids'
import type { BroughtRevocations, CrlRow } from './authority-tables'
import { blob, Count, crlNumber, crlNumberText, flag } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

const Revocation = z
  .object({ serial: z.string(), at: Instant, reason: RevocationReason, not_after: Instant.nullable() })
  .transform(({ not_after, ...rest }) => ({ ...rest, notAfter: not_after }))
const Line = z
  .object({ number: crlNumber.nullable(), is_imported: flag })
  .transform(({ number, is_imported }) => ({ number, isImported: is_imported }))
const Known = z.object({ number: crlNumber.nullable() })

/** Those of one name: the same issuer with one key after the other. */
const line = '(SELECT id FROM authorities WHERE name_key = (SELECT name_key FROM authorities WHERE id = ?))'

export function crls(connection: Connection): Repository<'crls'> {
  const lineOf: Repository<'crls'>['line'] = (authority) =>
    connection.get(
      Line,
      `SELECT max(c.number) AS number, coalesce(max(a.imported), 0) AS is_imported
        FROM authorities a LEFT JOIN crls c ON c.authority = a.id WHERE a.id IN ${line}`,
      [authority],
    ) ?? { number: null, isImported: false }

  return {
    line: lineOf,
    revocations: (authority) =>
      connection.all(
        Revocation,
        `SELECT r.serial, r.at, r.reason, i.not_after FROM revocations r
          LEFT JOIN issued i ON i.authority = r.authority AND i.serial = r.serial
          WHERE r.authority IN ${line} ORDER BY r.at, r.serial`,
        [authority],
      ),
    put: (authority, row) =>
      connection.transaction(() => {
        const last = lineOf(authority).number
        if (last !== null && row.number <= last) return false
        keep(connection, authority, row)
        return true
      }),
    der: (authority) =>
      connection.get(z.object({ der: blob }), 'SELECT der FROM crls WHERE authority = ?', [authority])?.der ?? null,
  }
}

/**
 * Records what an issuer revoked before it came here. Its list takes the place of an older one of the same key. To be
 * called inside a transaction. False where all of it was here.
 */
export function keepBrought(
  connection: Connection,
  authority: AuthorityId,
  { revoked, crl }: BroughtRevocations,
): boolean {
  const before = revocationsOf(connection, authority)
  for (const { serial, at, reason } of revoked)
    connection.run('INSERT OR IGNORE INTO revocations (authority, serial, at, reason) VALUES (?, ?, ?, ?)', [
      authority,
      serial,
      at,
      reason,
    ])
  const isNewer = crl !== null && isAfterKnown(connection, authority, crl.number)
  if (isNewer) keep(connection, authority, { ...crl, revocations: revoked.length })
  return isNewer || revocationsOf(connection, authority) > before
}

function isAfterKnown(connection: Connection, authority: AuthorityId, number: bigint | null): boolean {
  const known = connection.get(Known, 'SELECT number FROM crls WHERE authority = ?', [authority])
  if (known === null) return true
  return number !== null && (known.number === null || number > known.number)
}

const revocationsOf = (connection: Connection, authority: AuthorityId): number =>
  connection.get(Count, 'SELECT count(*) AS count FROM revocations WHERE authority = ?', [authority])?.count ?? 0

function keep(
  connection: Connection,
  authority: AuthorityId,
  { number, thisUpdate, nextUpdate, entries, revocations, der }: CrlRow & { revocations: number; der: Uint8Array },
): void {
  connection.run(
    `INSERT OR REPLACE INTO crls (authority, number, this_update, next_update, entries, revocations, der)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [authority, crlNumberText(number), thisUpdate, nextUpdate, entries, revocations, Buffer.from(der)],
  )
}
