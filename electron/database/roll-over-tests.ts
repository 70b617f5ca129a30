import { z } from 'zod'
import { KeptRollOverTests } from '#shared/model/access-roll-over'
import { json } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

const Row = z.object({ kept: json(KeptRollOverTests) }).transform(({ kept }) => kept)

export function rollOverTests(connection: Connection): Repository<'rollOverTests'> {
  return {
    get: (account) => connection.get(Row, 'SELECT kept FROM roll_over_tests WHERE account = ?', [account]),
    put: (account, kept) =>
      connection.run(
        'INSERT INTO roll_over_tests (account, kept) VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET kept = excluded.kept',
        [account, JSON.stringify(kept)],
      ),
  }
}
