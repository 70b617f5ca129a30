import { z } from 'zod'
import type { ActivityThing } from '#shared/model/activity'
import type { AuthorityId, HostId, IdentityId } from '#shared/model/ids'
import { addActivity } from '../activity'
import type { Connection } from '../connection'
import { insertReport } from '../reports'
import type { Places } from './merge-identities'
import type { Stage } from './stage'
import type { Tally } from './tally'

const Found = z.object({ found: z.literal(1) })

interface MergedPlaces {
  identities: Places<IdentityId>
  sites: Places<HostId>
  issuers: Places<AuthorityId>
}

/** Reports by their ids, lines of the activity by what they say and when. */
export function mergeHistory(connection: Connection, stage: Stage, tally: Tally, places: MergedPlaces): void {
  const { identities, sites } = places
  const isThere = (sql: string, values: string[]) => connection.get(Found, sql, values) !== null

  for (const report of stage.rows('reports')) {
    const host = sites.get(report.host)
    if (host === undefined) continue
    if (isThere('SELECT 1 AS found FROM reports WHERE id = ?', [report.id])) tally.count('reports', 'present')
    else {
      const identity = report.identity === null ? null : (identities.get(report.identity) ?? null)
      insertReport(connection, { ...report, host, identity })
      tally.count('reports', 'added')
    }
  }

  const sameLine = 'SELECT 1 AS found FROM activity WHERE at = ? AND kind = ? AND about = ? AND sentence = ?'
  for (const line of stage.rows('activity')) {
    if (isThere(sameLine, [line.at, line.kind, line.about, line.sentence])) tally.count('activity', 'present')
    else {
      const { thing: before, ...said } = line
      const thing = before === undefined ? undefined : thingHere(before, places)
      addActivity(connection, thing === undefined ? said : { ...said, thing })
      tally.count('activity', 'added')
    }
  }
}

/** What a line leads to here; undefined where the backup has no such thing. */
function thingHere(thing: ActivityThing, { identities, sites, issuers }: MergedPlaces): ActivityThing | undefined {
  if ('identity' in thing) {
    const identity = identities.get(thing.identity)
    return identity === undefined ? undefined : { identity }
  }
  if ('host' in thing) {
    const host = sites.get(thing.host)
    return host === undefined ? undefined : { host }
  }
  const issuer = issuers.get(thing.issuer)
  return issuer === undefined ? undefined : { issuer }
}
