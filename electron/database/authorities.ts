import { z } from 'zod'
import { LastCrlState } from '#shared/model/backup'
import { AuthorityId, Instant, Sha256 } from '#shared/model/ids'
import { KeyCode } from '#shared/model/key'
import { addActivity } from './activity'
import type { AuthorityListRow, AuthorityRow, SignerRow } from './authority-tables'
import { blob, Count, camelKeys, crlNumber, Found, flag, json } from './columns'
import type { Connection } from './connection'
import { continuesFrom, keepBrought } from './crls'
import { addIssued } from './issued'
import type { Repository } from './repositories'

const Columns = z
  .object({
    id: AuthorityId,
    name: z.string(),
    name_key: z.string(),
    sha256: Sha256,
    der: blob,
    parent: AuthorityId.nullable(),
    issuers: json(z.array(z.string())),
    is_root: flag,
    algorithm: z.string(),
    key_code: KeyCode,
    key_sha256: Sha256,
    has_key: flag,
    imported: flag,
    created_at: Instant,
    not_before: Instant,
    not_after: Instant,
    successor: AuthorityId.nullable(),
    archived_at: Instant.nullable(),
    last_crl: LastCrlState,
    issued: z.number(),
    revoked: z.number(),
    revocations: z.number(),
    listed: z.number(),
    crl_number: crlNumber.nullable(),
    this_update: Instant.nullable(),
    next_update: Instant.nullable(),
    follows: Instant.nullable(),
    entries: z.number().nullable(),
    signer_address: z.string().nullable(),
    signer_label: z.string().nullable(),
    signer_profile: z.string().nullable(),
    has_auth_key: flag.nullable(),
  })
  .transform(camelKeys)
type Columns = z.output<typeof Columns>
const Row = Columns.transform(toRow)

const select = `
  SELECT a.*, c.number AS crl_number, c.this_update, c.next_update, c.follows, c.entries,
    s.address AS signer_address, s.label AS signer_label, s.profile AS signer_profile, s.has_auth_key,
    (SELECT count(*) FROM issued WHERE authority = a.id) AS issued,
    (SELECT count(*) FROM issued WHERE authority = a.id AND revoked_at IS NOT NULL) AS revoked,
    (SELECT count(*) FROM revocations r JOIN authorities o ON o.id = r.authority WHERE o.name_key = a.name_key)
      AS revocations, coalesce(c.revocations, 0) AS listed
  FROM authorities a LEFT JOIN crls c ON c.authority = a.id LEFT JOIN signers s ON s.authority = a.id`

export function authorities(connection: Connection): Repository<'authorities'> {
  return {
    exist: () => connection.get(Found, 'SELECT 1 AS found FROM authorities LIMIT 1') !== null,
    insert: (row, { children, predecessor, brought, issued, line }) =>
      connection.transaction(() => {
        insertAuthority(connection, row)
        for (const child of children) connection.run('UPDATE authorities SET parent = ? WHERE id = ?', [row.id, child])
        if (predecessor !== null)
          connection.run('UPDATE authorities SET successor = ? WHERE id = ?', [row.id, predecessor])
        keepBrought(connection, row.id, brought)
        if (issued !== null) addIssued(connection, issued)
        if (line !== null) addActivity(connection, line)
      }),
    get: (id) => connection.get(Row, `${select} WHERE a.id = ?`, [id]),
    list: () => connection.all(Row, `${select} ORDER BY a.created_at, a.rowid`),
    complete: (id, { withKey, brought, line }) =>
      connection.transaction(() => {
        if (withKey) connection.run('UPDATE authorities SET has_key = 1 WHERE id = ?', [id])
        if (continuesFrom(connection, id, brought.crl)) setLastCrl(connection, id, 'known')
        const isNew = keepBrought(connection, id, brought) || withKey
        if (isNew && line !== null) addActivity(connection, line)
        return isNew
      }),
    setArchived: (id, at, line) =>
      connection.transaction(() => {
        const isSo = connection.get(
          Count,
          'SELECT count(*) AS count FROM authorities WHERE id = ? AND archived_at IS NULL',
          [id],
        )
        if ((isSo?.count === 1) !== (at !== null)) return false
        connection.run('UPDATE authorities SET archived_at = ? WHERE id = ?', [at, id])
        addActivity(connection, line)
        return true
      }),
    delete: (all, orphans) =>
      connection.transaction(() => {
        for (const { id, issuers } of orphans)
          connection.run('UPDATE authorities SET parent = NULL, issuers = ? WHERE id = ?', [
            JSON.stringify(issuers),
            id,
          ])
        for (const id of all) deleteAllOf(connection, id)
        for (const id of all) connection.run('DELETE FROM authorities WHERE id = ?', [id])
      }),
    settleLastCrl: (id, brought, line) =>
      connection.transaction(() => {
        setLastCrl(connection, id, brought.crl === null ? 'absent' : 'known')
        keepBrought(connection, id, brought)
        addActivity(connection, line)
      }),
    setSigner: (id, { address, label, profile, hasAuthKey }) =>
      connection.run(
        'INSERT OR REPLACE INTO signers (authority, address, label, profile, has_auth_key) VALUES (?, ?, ?, ?, ?)',
        [id, address, label, profile, hasAuthKey ? 1 : 0],
      ),
  }
}

/** Everything of an issuer but its own row, to which others of its name may still refer. */
function deleteAllOf(connection: Connection, id: AuthorityId): void {
  const values = [id]
  connection.run('UPDATE authorities SET parent = NULL WHERE parent = ?', values)
  connection.run('UPDATE authorities SET successor = NULL WHERE successor = ?', values)
  connection.run('DELETE FROM listed_after_end WHERE signer = ? OR authority = ?', [id, id])
  for (const table of ['revocations', 'crls', 'signers'])
    connection.run(`DELETE FROM ${table} WHERE authority = ?`, values)
  // An index without content of its own forgets a row by being told what was in it: https://sqlite.org/fts5.html#the_delete_command
  connection.run(
    "INSERT INTO issued_search (issued_search, rowid, search) SELECT 'delete', id, search FROM issued WHERE authority = ?",
    values,
  )
  connection.run('DELETE FROM issued_der WHERE id IN (SELECT id FROM issued WHERE authority = ?)', values)
  connection.run('DELETE FROM issued WHERE authority = ?', values)
}

export const setLastCrl = (connection: Connection, id: AuthorityId, state: LastCrlState): void =>
  connection.run('UPDATE authorities SET last_crl = ? WHERE id = ?', [state, id])

/** To be called inside a transaction. */
export function insertAuthority(connection: Connection, row: AuthorityRow): void {
  connection.run(
    `INSERT INTO authorities (id, name, name_key, sha256, der, parent, issuers, is_root, algorithm, key_code, key_sha256,
      has_key, imported, created_at, not_before, not_after, successor)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      row.id,
      row.name,
      row.nameKey,
      row.sha256,
      Buffer.from(row.der),
      row.parent,
      JSON.stringify(row.issuers),
      row.isRoot ? 1 : 0,
      row.algorithm,
      row.keyCode,
      row.keySha256,
      row.hasKey ? 1 : 0,
      row.imported ? 1 : 0,
      row.createdAt,
      row.notBefore,
      row.notAfter,
      row.successor,
    ],
  )
}

function toRow({
  listed,
  crlNumber: number,
  thisUpdate,
  nextUpdate,
  follows,
  entries,
  ...row
}: Columns): AuthorityListRow {
  const { signerAddress, signerLabel, signerProfile, hasAuthKey, ...same } = row
  return {
    ...same,
    signer: signerFrom(signerAddress, signerLabel, signerProfile, hasAuthKey),
    unlisted: same.revocations - listed,
    crl: thisUpdate === null || entries === null ? null : { number, thisUpdate, nextUpdate, follows, entries },
  }
}

function signerFrom(
  address: string | null,
  label: string | null,
  profile: string | null,
  hasAuthKey: boolean | null,
): SignerRow | null {
  if (address === null || label === null || profile === null || hasAuthKey === null) return null
  return { address, label, profile, hasAuthKey }
}
