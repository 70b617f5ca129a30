import { z } from 'zod'
import { GivenWarning } from '#shared/model/expiring'
import type { Connection } from './connection'
import type { Repository } from './repositories'

const Taken = z.object({ taken: z.literal(1) })

export function warnings(connection: Connection): Repository<'warnings'> {
  return {
    given: () => connection.all(GivenWarning, 'SELECT key, stage, given_at AS at FROM warnings'),
    claim: (wanted, { now, ahead, forget }) =>
      connection.transaction(() => {
        connection.run('DELETE FROM warnings WHERE ends < ?', [forget])
        return wanted.filter(({ key, stage, ends }) => {
          const isTaken = connection.get(
            Taken,
            'SELECT 1 AS taken FROM warnings WHERE key = ? AND stage = ? AND given_at <= ?',
            [key, stage, ahead],
          )
          if (isTaken !== null) return false
          connection.run('INSERT OR REPLACE INTO warnings (key, stage, ends, given_at) VALUES (?, ?, ?, ?)', [
            key,
            stage,
            ends,
            now,
          ])
          return true
        })
      }),
    release: (notGiven) =>
      connection.transaction(() => {
        for (const { key, stage } of notGiven)
          connection.run('DELETE FROM warnings WHERE key = ? AND stage = ?', [key, stage])
      }),
  }
}
