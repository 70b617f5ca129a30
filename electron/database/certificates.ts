import { z } from 'zod'
import { Instant, Sha256 } from '#shared/model/ids'
import { blob } from './columns'
import type { Connection } from './connection'
import type { CertificateRow } from './identity-rows'
import type { Repository } from './repositories'

const Row = z
  .object({ sha256: Sha256, der: blob, issuer: z.string(), not_before: Instant, not_after: Instant })
  .transform(({ sha256, der, issuer, not_before, not_after }) => ({
    sha256,
    der,
    issuer,
    notBefore: not_before,
    notAfter: not_after,
  }))

export function certificates(connection: Connection): Repository<'certificates'> {
  const get = (sha256: Sha256) => connection.get(Row, 'SELECT * FROM certificates WHERE sha256 = ?', [sha256])
  return {
    get,
    /** In the order asked for; a missing one is left out. */
    getMany: (wanted) => wanted.map(get).filter((row) => row !== null),
    authorities: () =>
      connection.all(Row, 'SELECT * FROM certificates WHERE sha256 IN (SELECT certificate FROM chains)'),
    add: (rows) => connection.transaction(() => addCertificates(connection, rows)),
  }
}

/** To be called inside a transaction. */
export function addCertificates(connection: Connection, rows: CertificateRow[]): void {
  for (const { sha256, der, issuer, notBefore, notAfter } of rows) {
    connection.run(
      'INSERT INTO certificates (sha256, der, issuer, not_before, not_after) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      [sha256, Buffer.from(der), issuer, notBefore, notAfter],
    )
  }
}

/** Certificates that nothing refers to any more. To be called inside a transaction. */
export function forgetUnused(connection: Connection): void {
  connection.run(`
    DELETE FROM certificates WHERE sha256 NOT IN (SELECT certificate FROM chains)
    AND sha256 NOT IN (SELECT certificate FROM identities WHERE certificate IS NOT NULL)`)
}
