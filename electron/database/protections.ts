import { z } from 'zod'
import { KeptProtection } from '#shared/model/kept-protection'
import { json } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

const Row = z.object({ kept: json(KeptProtection) }).transform(({ kept }) => kept)

export function protections(connection: Connection): Repository<'protections'> {
  return {
    get: (account) => connection.get(Row, 'SELECT kept FROM protections WHERE account = ?', [account]),
    put: (account, kept) =>
      connection.run(
        'INSERT INTO protections (account, kept) VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET kept = excluded.kept',
        [account, JSON.stringify(kept)],
      ),
    delete: (account) => connection.run('DELETE FROM protections WHERE account = ?', [account]),
  }
}
