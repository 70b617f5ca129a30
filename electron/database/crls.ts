import { z } from 'zod'
import { RevocationReason } from '#shared/model/authority'
import { AuthorityId, Instant } from '#shared/model/ids'
import { addActivity } from './activity'
import type { BroughtRevocations, CrlRow, WrittenCrl } from './authority-tables'
import { blob, Count, camelKeys, crlNumber, crlNumberText, flag } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'
import { markRevoked } from './revocations'

const Revocation = z
  .object({
    authority: AuthorityId,
    serial: z.string(),
    at: Instant,
    reason: RevocationReason,
    not_after: Instant.nullable(),
    listed_after_end: Instant.nullable(),
  })
  .transform(camelKeys)
const Line = z.object({ number: crlNumber.nullable(), is_imported: flag, has_unknown_lists: flag }).transform(camelKeys)
const KnownCrl = z
  .object({ number: crlNumber.nullable(), this_update: Instant, follows: Instant.nullable() })
  .transform(camelKeys)
type KnownCrl = z.output<typeof KnownCrl>

/** Those of one name: the same issuer with one key after the other. */
const line = '(SELECT id FROM authorities WHERE name_key = (SELECT name_key FROM authorities WHERE id = ?))'

export function crls(connection: Connection): Repository<'crls'> {
  const lineOf: Repository<'crls'>['line'] = (authority) =>
    connection.get(
      Line,
      `SELECT max(c.number) AS number, coalesce(max(a.imported), 0) AS is_imported,
          coalesce(max(a.last_crl = 'absent'), 0) AS has_unknown_lists
        FROM authorities a LEFT JOIN crls c ON c.authority = a.id WHERE a.id IN ${line}`,
      [authority],
    ) ?? { number: null, isImported: false, hasUnknownLists: false }

  return {
    line: lineOf,
    revocations: (authority) =>
      connection.all(
        Revocation,
        `SELECT r.authority, r.serial, r.at, r.reason, i.not_after, l.this_update AS listed_after_end FROM revocations r
          LEFT JOIN issued i ON i.authority = r.authority AND i.serial = r.serial
          LEFT JOIN listed_after_end l ON l.signer = ? AND l.authority = r.authority AND l.serial = r.serial
          WHERE r.authority IN ${line} ORDER BY r.at, r.serial`,
        [authority, authority],
      ),
    put: (authority, row, activity) =>
      connection.transaction(() => {
        const { number } = lineOf(authority)
        if (number !== null && row.number <= number) return false
        if (goesBack(row, knownOf(connection, authority))) return false
        keepCrl(connection, authority, row)
        // The number that leaves room for unknown lists is taken; the next ones are counted again.
        connection.run(`UPDATE authorities SET last_crl = 'known' WHERE last_crl = 'absent' AND id IN ${line}`, [
          authority,
        ])
        note(connection, authority, row)
        addActivity(connection, activity)
        return true
      }),
    der: (authority) =>
      connection.get(z.object({ der: blob }), 'SELECT der FROM crls WHERE authority = ?', [authority])?.der ?? null,
  }
}

function goesBack({ thisUpdate, discardAfter }: WrittenCrl, last: KnownCrl | null): boolean {
  if (last === null) return false
  const counts = discardAfter === null || last.thisUpdate <= discardAfter
  return (counts && thisUpdate < last.thisUpdate) || (last.follows !== null && thisUpdate < last.follows)
}

/** What the list says of certificates that have ended. Of several lists that have said so, the earliest is remembered. */
function note(
  connection: Connection,
  signer: AuthorityId,
  { thisUpdate, discardAfter, listedAfterEnd }: WrittenCrl,
): void {
  if (discardAfter !== null)
    connection.run('DELETE FROM listed_after_end WHERE signer = ? AND this_update > ?', [signer, discardAfter])
  for (const { authority, serial } of listedAfterEnd)
    connection.run(
      `INSERT INTO listed_after_end (signer, authority, serial, this_update) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET this_update = min(this_update, excluded.this_update)`,
      [signer, authority, serial, thisUpdate],
    )
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
  markRevoked(connection, authority)
  const known = knownOf(connection, authority)
  const isNewer = crl !== null && isAfter(crl.number, known)
  if (isNewer) {
    const follows = followedBy(crl, known)
    keepCrl(connection, authority, { ...crl, follows, revocations: revoked.length })
  }
  return isNewer || revocationsOf(connection, authority) > before
}

/** The one before it may be dated later, and somebody may have it. */
function followedBy({ thisUpdate }: Pick<CrlRow, 'thisUpdate'>, known: KnownCrl | null): Instant | null {
  return known !== null && known.thisUpdate > thisUpdate ? known.thisUpdate : (known?.follows ?? null)
}

/** A list as another record of the same issuer has it, if it is newer than the one here. To be called inside a transaction. */
export function keepNewerCrl(connection: Connection, authority: AuthorityId, row: KeptCrl): boolean {
  const known = knownOf(connection, authority)
  if (!isAfter(row.number, known)) return false
  const dates = [row.follows, followedBy(row, known)].filter((date) => date !== null).sort()
  keepCrl(connection, authority, { ...row, follows: dates.at(-1) ?? null })
  return true
}

/** Whether this list is the last one that is known here, or a later one. */
export function continuesFrom(connection: Connection, authority: AuthorityId, crl: BroughtRevocations['crl']): boolean {
  if (crl === null) return false
  const known = knownOf(connection, authority)
  return isAfter(crl.number, known) || (known !== null && crl.number !== null && crl.number === known.number)
}

const knownOf = (connection: Connection, authority: AuthorityId) =>
  connection.get(KnownCrl, 'SELECT number, this_update, follows FROM crls WHERE authority = ?', [authority])

function isAfter(number: bigint | null, known: KnownCrl | null): boolean {
  if (known === null) return true
  return number !== null && (known.number === null || number > known.number)
}

const revocationsOf = (connection: Connection, authority: AuthorityId): number =>
  connection.get(Count, 'SELECT count(*) AS count FROM revocations WHERE authority = ?', [authority])?.count ?? 0

export interface KeptCrl extends CrlRow {
  revocations: number
  der: Uint8Array
}

function keepCrl(connection: Connection, authority: AuthorityId, row: KeptCrl): void {
  const { number, thisUpdate, nextUpdate, follows, entries, revocations, der } = row
  connection.run(
    `INSERT OR REPLACE INTO crls (authority, number, this_update, next_update, follows, entries, revocations, der)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [authority, crlNumberText(number), thisUpdate, nextUpdate, follows, entries, revocations, Buffer.from(der)],
  )
}
