import { z } from 'zod'
import { Instant } from '#shared/model/ids'
import { addActivity } from '../activity'
import { camelKeys } from '../columns'
import type { Connection } from '../connection'
import type { Repository } from '../repositories'
import { openSnapshot, type Snapshot } from './snapshot'

const State = z
  .object({
    made_at: Instant.nullable(),
    dismissed_at: Instant.nullable(),
    keys: z.number(),
    issuer_keys: z.number(),
  })
  .transform(camelKeys)

/** `path`: of the database, which is read a second time while a backup is made. */
export function backups(connection: Connection, path: string): Repository<'backups'> {
  let snapshot: Snapshot | null = null

  function close(): void {
    snapshot?.close()
    snapshot = null
  }

  return {
    state() {
      const found = connection.get(
        State,
        `SELECT made_at, dismissed_at,
          (SELECT count(*) FROM identities WHERE key_in_vault = 1 AND practice = 0) AS keys,
          (SELECT count(*) FROM authorities WHERE has_key = 1) AS issuer_keys
         FROM backup_state`,
      )
      return found ?? { madeAt: null, dismissedAt: null, keys: 0, issuerKeys: 0 }
    },
    noteMade: (at, line) =>
      connection.transaction(() => {
        connection.run('UPDATE backup_state SET made_at = ?', [at])
        addActivity(connection, line)
      }),
    dismiss: (at) => connection.run('UPDATE backup_state SET dismissed_at = ?', [at]),
    open() {
      close()
      snapshot = openSnapshot(path)
      return { total: snapshot.total }
    },
    next: () => snapshot?.next() ?? [],
    close,
  }
}
