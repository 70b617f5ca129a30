import { z } from 'zod'
import { AccessAccount } from '#shared/model/access-account'
import { json } from './columns'
import type { Connection } from './connection'
import type { Repository } from './repositories'

const Row = z.object({ reading: json(AccessAccount) }).transform(({ reading }) => reading)

export function accessReadings(connection: Connection): Repository<'accessReadings'> {
  return {
    all: () => connection.all(Row, 'SELECT reading FROM access_readings ORDER BY read_at DESC', []),
    put: (reading) =>
      connection.run(
        'INSERT INTO access_readings (account, read_at, reading) VALUES (?, ?, ?) ON CONFLICT (account) DO UPDATE SET read_at = excluded.read_at, reading = excluded.reading',
        [reading.id, reading.readAt, JSON.stringify(reading)],
      ),
  }
}
