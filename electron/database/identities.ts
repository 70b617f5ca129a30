import { z } from 'zod'
import { IdentityId, Sha256 } from '#shared/model/ids'
import { addCertificates, forgetUnused } from './certificates'
import { blob, camelKeys } from './columns'
import type { Connection } from './connection'
import type { IdentityRow } from './database'
import { identityColumns, identityLists } from './identity-lists'
import type { Repository } from './repositories'

const Row = z.object({ ...identityColumns, request_der: blob.nullable() }).transform(camelKeys)

export function identities(connection: Connection): Repository<'identities'> {
  const withChain = (row: z.output<typeof Row>): IdentityRow => ({ ...row, chain: chainOf(connection, row.id) })
  const one = (where: string, value: string) => {
    const row = connection.get(Row, `SELECT * FROM identities WHERE ${where} = ?`, [value])
    return row === null ? null : withChain(row)
  }

  return {
    ...identityLists(connection),
    insert: (row) => connection.transaction(() => insert(connection, row)),
    get: (id) => one('id', id),
    findByKey: (keySha256) => one('key_sha256', keySha256),
    waiting: () =>
      connection
        .all(
          Row,
          'SELECT * FROM identities WHERE certificate IS NULL AND request_der IS NOT NULL ORDER BY created_at DESC, id',
        )
        .map(withChain),
    setCertificate: (id, certificate, chain, practice) =>
      connection.transaction(() => {
        addCertificates(connection, [certificate, ...chain])
        connection.run('UPDATE identities SET certificate = ?, practice = ?, search = search || ? WHERE id = ?', [
          certificate.sha256,
          practice ? 1 : 0,
          ` ${certificate.issuer.toLowerCase()}`,
          id,
        ])
        setChain(
          connection,
          id,
          chain.map((row) => row.sha256),
        )
        forgetUnused(connection)
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

function insert(connection: Connection, row: IdentityRow): void {
  connection.run(
    `INSERT INTO identities (id, name, algorithm, key_code, key_sha256, subject, alternative_names, request_der,
      key_in_vault, practice, created_at, certificate, search) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
      `${row.name} ${row.keyCode}`.toLowerCase(),
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
