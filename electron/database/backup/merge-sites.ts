import { randomUUID } from 'node:crypto'
import type { Host } from '#shared/model/host'
import { HostId, type IdentityId } from '#shared/model/ids'
import { Page, type PageOf } from '#shared/model/page'
import type { Connection } from '../connection'
import { hosts, upsertHost } from '../hosts'
import type { Places } from './merge-identities'
import type { Stage } from './stage'
import type { Tally } from './tally'

/** By their addresses. What a person set here stays as it is. */
export function mergeSites(
  connection: Connection,
  stage: Stage,
  tally: Tally,
  identities: Places<IdentityId>,
): Places<HostId> {
  const table = hosts(connection)
  const byAddress = new Map<string, Host>()
  for (const host of allPages((page) => table.list(page))) if (!host.practice) byAddress.set(addressOf(host), host)
  const places = new Map<HostId, HostId>()

  for (const row of stage.rows('sites')) {
    const present = byAddress.get(addressOf(row))
    if (present === undefined) {
      const id = table.get(row.id) === null ? row.id : HostId.parse(randomUUID())
      const added = { ...row, id, pinnedKey: null, ...linksOf(row) }
      upsertHost(connection, added)
      byAddress.set(addressOf(row), added)
      places.set(row.id, id)
      tally.count('sites', 'added')
    } else {
      places.set(row.id, present.id)
      tally.met('sites', row.hostname, [], isSetAlike(row, present) ? [] : ['settings'])
    }
  }
  return places

  /** To certificates that came along, or were here. */
  function linksOf({ identity, replacement }: Host): Pick<Host, 'identity' | 'replacement'> {
    const hereOf = (id: IdentityId | null) => (id === null ? null : (identities.get(id) ?? null))
    return { identity: hereOf(identity), replacement: hereOf(replacement) }
  }
}

const addressOf = ({ hostname, port, path, connectTo }: Host): string =>
  JSON.stringify([hostname.toLowerCase(), port, path, connectTo?.address ?? null, connectTo?.port ?? null])

const isSetAlike = (one: Host, other: Host): boolean => one.group === other.group && one.useProxy === other.useProxy

const LIMIT = 1000

/** Every row of a list that is read in pages. */
function* allPages<Row>(read: (page: Page) => PageOf<Row>): Generator<Row> {
  for (let offset = 0; ; offset += LIMIT) {
    const { rows } = read(Page.parse({ offset, limit: LIMIT }))
    yield* rows
    if (rows.length < LIMIT) return
  }
}
