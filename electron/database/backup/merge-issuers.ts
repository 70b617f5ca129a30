import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { RestoredPart } from '#shared/model/backup'
import { AuthorityId } from '#shared/model/ids'
import { authorities, insertAuthority, setLastCrl } from '../authorities'
import type { AuthorityRow } from '../authority-tables'
import type { Connection } from '../connection'
import { keepNewerCrl } from '../crls'
import { addIssued, issued } from '../issued'
import { markRevoked, serialRecord } from '../revocations'
import type { Places } from './merge-identities'
import type { BackupRows } from './rows'
import type { Stage } from './stage'
import type { Tally } from './tally'

interface Met {
  here: AuthorityId
  name: string
  isNew: boolean
  isKeyAdded: boolean
  hasNewRevocations: boolean
  hasNewCrl: boolean
}

const Serial = z.object({ serial: z.string() })

/**
 * By their certificates. Revocations are united, of two last lists the one with the higher number is kept, and whoever is new
 * here, or was used elsewhere, waits for its last list before it signs.
 */
export function mergeIssuers(connection: Connection, stage: Stage, tally: Tally): Places<AuthorityId> {
  const table = authorities(connection)
  const before = new Map(table.list().map((row) => [row.sha256, row]))
  const met = new Map<AuthorityId, Met>()

  for (const row of stage.rows('issuers')) met.set(row.id, meet(row))
  for (const row of stage.rows('issuers')) link(row)
  for (const row of stage.rows('issued')) mergeIssued(row)
  for (const row of stage.rows('revocations')) mergeRevocation(row)
  for (const { here } of met.values()) markRevoked(connection, here)
  for (const row of stage.rows('crls')) mergeCrl(row)
  for (const one of met.values()) conclude(one)
  return new Map([...met].map(([id, { here }]) => [id, here]))

  function meet(row: BackupRows['issuers']): Met {
    const present = before.get(row.sha256)
    const here = present?.id ?? (table.get(row.id) === null ? row.id : AuthorityId.parse(randomUUID()))
    const isKeyAdded = row.hasKey && present?.hasKey !== true
    if (isKeyAdded) tally.issuerKeys.push({ inBackup: row.id, here })
    if (present === undefined) {
      insertAuthority(connection, { ...row, id: here, parent: null, successor: null })
      connection.run('UPDATE authorities SET archived_at = ? WHERE id = ?', [row.archivedAt, here])
    } else if (isKeyAdded) connection.run('UPDATE authorities SET has_key = 1 WHERE id = ?', [here])
    const name = present?.name ?? row.name
    return { here, name, isNew: present === undefined, isKeyAdded, hasNewRevocations: false, hasNewCrl: false }
  }

  /** Once all of them are here: who stands above whom, and who took over. What is known already stays. */
  function link({ id, parent, successor }: AuthorityRow): void {
    const here = met.get(id)?.here
    if (here === undefined) return
    for (const [column, other] of [
      ['parent', parent],
      ['successor', successor],
    ] as const) {
      const linked = other === null ? null : (met.get(other)?.here ?? table.get(other)?.id ?? null)
      if (linked !== null)
        connection.run(`UPDATE authorities SET ${column} = ? WHERE id = ? AND ${column} IS NULL`, [linked, here])
    }
  }

  function mergeIssued(row: Parameters<typeof addIssued>[1]): void {
    const authority = met.get(row.authority)?.here
    if (authority === undefined) return
    if (issued(connection).get(row.sha256) !== null) tally.count('issued', 'present')
    else if (serialRecord(connection, authority, row.serial).issued !== null)
      tally.met('issued', row.commonName, [], ['serial'])
    else {
      addIssued(connection, { ...row, authority, revokedAt: null, reason: null })
      tally.count('issued', 'added')
    }
  }

  function mergeRevocation({
    authority,
    serial,
    at,
    reason,
  }: {
    authority: AuthorityId
    serial: string
    at: string
    reason: string
  }): void {
    const one = met.get(authority)
    if (one === undefined) return
    const added = connection.get(
      Serial,
      'INSERT INTO revocations (authority, serial, at, reason) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING serial',
      [one.here, serial, at, reason],
    )
    tally.count('revocations', added === null ? 'present' : 'added')
    if (added !== null) one.hasNewRevocations = true
  }

  function mergeCrl({ authority, ...row }: { authority: AuthorityId } & Parameters<typeof keepNewerCrl>[2]): void {
    const one = met.get(authority)
    if (one !== undefined && keepNewerCrl(connection, one.here, row)) one.hasNewCrl = true
  }

  function conclude({ here, name, isNew, isKeyAdded, hasNewRevocations, hasNewCrl }: Met): void {
    const parts: [RestoredPart, boolean][] = [
      ['key', isKeyAdded],
      ['revocations', hasNewRevocations],
      ['crl', hasNewCrl],
    ]
    const added = parts.filter(([, isAdded]) => isAdded).map(([part]) => part)
    if (isNew) tally.count('issuers', 'added')
    else tally.met('issuers', name, added, [])
    if (!isNew && added.length === 0) return
    setLastCrl(connection, here, 'needed')
    if (table.get(here)?.hasKey === true) tally.waits(name)
  }
}
