import { z } from 'zod'
import { AccessLook } from '#shared/model/access-look'
import { Found, json } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

const Row = z.object({ look: json(AccessLook) }).transform(({ look }) => look)

export function accessLooks(connection: Connection): Repository<'accessLooks'> {
  return {
    get: (account) => connection.get(Row, 'SELECT look FROM access_looks WHERE account = ?', [account]),
    exist: () => connection.get(Found, 'SELECT 1 AS found FROM access_looks LIMIT 1') !== null,
    put: (look) =>
      connection.run(
        'INSERT INTO access_looks (account, look) VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET look = excluded.look',
        [look.account, JSON.stringify(look)],
      ),
  }
}
