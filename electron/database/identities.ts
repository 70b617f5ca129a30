import { z } from 'zod'
import { labelLimits } from '#shared/logic/label-limits'
import { IdentityId, type Instant, Sha256 } from '#shared/model/ids'
import { KeptLine } from '#shared/model/label'
import { addCertificates, forgetUnused } from './certificates'
import { blob, camelKeys, json } from './columns'
import type { Connection } from './connection'
import { identityColumns, identityLists } from './identity-lists'
import type { CertificateRow, IdentityRow } from './identity-rows'
import type { Repository } from './repositories'

const Row = z
  .object({ ...identityColumns, request_der: blob.nullable(), named_issuers: json(z.array(Sha256)) })
  .transform(camelKeys)

export function identities(connection: Connection): Repository<'identities'> {
  const withChain = (row: z.output<typeof Row>): IdentityRow => ({ ...row, chain: chainOf(connection, row.id) })
  const one = (where: string, value: string) => {
    const row = connection.get(Row, `SELECT * FROM identities WHERE ${where} = ?`, [value])
    return row === null ? null : withChain(row)
  }

  return {
    ...identityLists(connection),
    insert: (row) => connection.transaction(() => insertIdentity(connection, row)),
    get: (id) => one('id', id),
    findByKey: (keySha256) => one('key_sha256', keySha256),
    waiting: () =>
      connection
        .all(
          Row,
          'SELECT * FROM identities WHERE certificate IS NULL AND request_der IS NOT NULL ORDER BY created_at DESC, id',
        )
        .map(withChain),
    setCertificate: (id, certificate, chain, practice, at) =>
      connection.transaction(() => {
        fileCertificate(connection, id, { certificate, chain, practice })
        noteArrival(connection, id, certificate.sha256, at)
        forgetUnused(connection)
      }),
    label: (id, { name, tags, note }) =>
      connection.transaction(() => {
        if (one('id', id) === null) return false
        connection.run('UPDATE identities SET name = ?, tags = ?, note = ? WHERE id = ?', [
          name,
          JSON.stringify(tags),
          note,
          id,
        ])
        writeSearch(connection, id)
        return true
      }),
    tags: () =>
      connection
        .all(TagRow, 'SELECT DISTINCT value AS tag FROM identities, json_each(tags) ORDER BY value COLLATE NOCASE')
        .map(({ tag }) => tag),
    addTag: (ids, tag) =>
      connection.transaction(() => {
        for (const id of ids) {
          const row = one('id', id)
          if (row === null) return { reason: 'gone' }
          if (!row.tags.includes(tag) && row.tags.length >= labelLimits.tags) return { reason: 'full', name: row.name }
        }
        for (const id of ids) {
          connection.run(
            `UPDATE identities SET tags = json_insert(tags, '$[#]', ?) WHERE id = ? AND NOT EXISTS
              (SELECT 1 FROM json_each(tags) WHERE value = ?)`,
            [tag, id, tag],
          )
          writeSearch(connection, id)
        }
        return null
      }),
    setKeyInVault: (id, inVault) =>
      connection.run('UPDATE identities SET key_in_vault = ? WHERE id = ?', [inVault ? 1 : 0, id]),
    delete: (id) =>
      connection.transaction(() => {
        connection.run('DELETE FROM identities WHERE id = ?', [id])
        forgetUnused(connection)
      }),
    ids: () => connection.all(z.object({ id: IdentityId }), 'SELECT id FROM identities').map(({ id }) => id),
  }
}

const TagRow = z.object({ tag: KeptLine })

/** Everything that a person may remember of it, in lower case. */
function writeSearch(connection: Connection, id: IdentityId): void {
  const row = connection.get(
    Searched,
    `SELECT i.name, i.key_code, i.tags, i.note, coalesce(c.issuer, '') AS issuer
      FROM identities i LEFT JOIN certificates c ON c.sha256 = i.certificate WHERE i.id = ?`,
    [id],
  )
  if (row === null) return
  const { name, key_code: keyCode, issuer, tags, note } = row
  const search = [name, keyCode, issuer, ...tags, note].join(' ').toLowerCase()
  connection.run('UPDATE identities SET search = ? WHERE id = ?', [search, id])
}

const Searched = z.object({
  name: z.string(),
  key_code: z.string(),
  tags: json(z.array(KeptLine)),
  note: z.string(),
  issuer: z.string(),
})

interface FiledCertificate {
  certificate: CertificateRow
  chain: CertificateRow[]
  practice: boolean
}

/** To be called inside a transaction. */
export function fileCertificate(
  connection: Connection,
  id: IdentityId,
  { certificate, chain, practice }: FiledCertificate,
): void {
  addCertificates(connection, [certificate, ...chain])
  connection.run('UPDATE identities SET certificate = ?, practice = ? WHERE id = ?', [
    certificate.sha256,
    practice ? 1 : 0,
    id,
  ])
  writeSearch(connection, id)
  setChain(
    connection,
    id,
    chain.map((row) => row.sha256),
  )
}

/** To be called inside a transaction. `originalName`: the first one, by which a renewal is still found. */
export function insertIdentity(connection: Connection, row: IdentityRow, originalName: string = row.name): void {
  connection.run(
    `INSERT INTO identities (id, name, algorithm, key_code, key_sha256, subject, alternative_names, request_der,
      key_in_vault, practice, created_at, certificate, original_name, tags, note, named_issuers, search)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      row.id,
      row.name,
      row.algorithm,
      row.keyCode,
      row.keySha256,
      row.subject === null ? null : JSON.stringify(row.subject),
      JSON.stringify(row.alternativeNames),
      row.requestDer === null ? null : Buffer.from(row.requestDer),
      row.keyInVault ? 1 : 0,
      row.practice ? 1 : 0,
      row.createdAt,
      row.certificate,
      originalName,
      JSON.stringify(row.tags),
      row.note,
      JSON.stringify(row.namedIssuers),
      [row.name, row.keyCode, ...row.tags, row.note].join(' ').toLowerCase(),
    ],
  )
  setChain(connection, row.id, row.chain)
}

function setChain(connection: Connection, id: IdentityId, chain: Sha256[]): void {
  connection.run('DELETE FROM chains WHERE identity = ?', [id])
  chain.forEach((sha256, position) => {
    connection.run('INSERT INTO chains (identity, position, certificate) VALUES (?, ?, ?)', [id, position, sha256])
  })
}

function chainOf(connection: Connection, id: IdentityId): Sha256[] {
  const rows = connection.all(
    z.object({ certificate: Sha256 }),
    'SELECT certificate FROM chains WHERE identity = ? ORDER BY position',
    [id],
  )
  return rows.map(({ certificate }) => certificate)
}

/** The one that a renewal waits for, unless it is the old one again. */
function noteArrival(connection: Connection, identity: IdentityId, sha256: Sha256, at: Instant): void {
  connection.run('UPDATE renewals SET arrived_at = ? WHERE identity = ? AND arrived_at IS NULL AND old_sha256 <> ?', [
    at,
    identity,
    sha256,
  ])
}
