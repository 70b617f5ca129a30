import type { Database } from '#electron/database/database'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import { AppError } from '#shared/errors'
import { formatAddress, parseAddress, parseConnectTo } from '#shared/logic/address'
import { allRows } from '#shared/logic/all-rows'
import { type Host, HostDraft } from '#shared/model/host'
import { HostId, type IdentityId, type Sha256 } from '#shared/model/ids'
import type { Tag } from '#shared/model/label'
import type { Page } from '#shared/model/page'
import type { Changed } from './changes'

export interface HostsPorts {
  database: Database
  clock: Clock
  random: Random
  changed: Changed
}

/** How long a deleted site can be restored. */
const KEPT_MS = 10 * 60_000

/** The list of sites a person tests. */
export function createHosts({ database, clock, random, changed }: HostsPorts) {
  async function get(id: HostId): Promise<Host> {
    const host = await database.hosts.get(id)
    if (host === null) throw new AppError('not-found', 'This site is no longer in the list.')
    return host
  }

  async function save(draft: HostDraft): Promise<Host> {
    const address = parseAddress(draft.address)
    if (!address.ok) throw new AppError('address-invalid', address.reason)
    const connectTo = parseConnectTo(draft.connectTo, address.port)
    if (!connectTo.ok) throw new AppError('address-invalid', connectTo.reason)
    const known = draft.id === null ? null : await get(draft.id)
    const { hostname, port, path } = address
    // A pinned key belongs to one server, so another name or port has to be confirmed again.
    const sameServer = known !== null && known.hostname === hostname && known.port === port
    const host: Host = {
      ...(known ?? fresh()),
      hostname,
      port,
      path,
      connectTo: connectTo.connectTo,
      useProxy: draft.useProxy,
      group: draft.group.trim() === '' ? null : draft.group.trim(),
      name: draft.name === '' ? null : draft.name,
      tags: draft.tags,
      note: draft.note,
      pinnedKey: sameServer ? known.pinnedKey : null,
    }
    await database.hosts.upsert(host)
    changed('hosts')
    return host
  }

  function fresh(): Omit<
    Host,
    'hostname' | 'port' | 'path' | 'connectTo' | 'useProxy' | 'group' | 'name' | 'tags' | 'note'
  > {
    return {
      id: HostId.parse(random.uuid()),
      pinnedKey: null,
      practice: false,
      identity: null,
      replacement: null,
      createdAt: clock.now().toISOString(),
      lastTestAt: null,
      lastTestGood: null,
      lastVerdict: null,
      lastSentence: null,
    }
  }

  async function pin(id: HostId, key: Sha256 | null): Promise<Host> {
    const host = { ...(await get(id)), pinnedKey: key }
    await database.hosts.upsert(host)
    changed('hosts')
    return host
  }

  async function awaitReplacement(id: HostId, identity: IdentityId): Promise<Host> {
    if ((await database.identities.get(identity)) === null)
      throw new AppError('not-found', 'This certificate is no longer here.')
    const host = { ...(await get(id)), replacement: identity }
    await database.hosts.upsert(host)
    changed('hosts')
    return host
  }

  async function remove(id: HostId): Promise<void> {
    const now = clock.now()
    const forget = new Date(now.getTime() - KEPT_MS)
    await database.hosts.delete(id, { now: now.toISOString(), forget: forget.toISOString() })
    changed('hosts', 'reports', 'identities')
  }

  /** Those that were deleted a moment ago, with their reports. Errors: `not-found`. */
  async function restore(ids: HostId[]): Promise<void> {
    for (const id of ids)
      if (!(await database.hosts.restore(id))) throw new AppError('not-found', 'This site can no longer be restored.')
    changed('hosts', 'reports', 'identities')
  }

  async function addTag(ids: HostId[], tag: Tag): Promise<void> {
    for (const id of ids) {
      const host = await get(id)
      if (!host.tags.includes(tag)) await database.hosts.upsert({ ...host, tags: [...host.tags, tag] })
    }
    changed('hosts')
  }

  return {
    get,
    list: (page: Page) => database.hosts.list(page),
    /** Of all sites, as they are shown. */
    async addresses(): Promise<ReadonlySet<string>> {
      const { rows } = await allRows((page) => database.hosts.list({ ...page, search: '' }))
      return new Set(rows.map(formatAddress))
    },
    save,
    /** As one that was typed in, with nothing else chosen. Errors: `address-invalid`. */
    add: (address: string) => save(HostDraft.parse({ id: null, address })),
    pin,
    awaitReplacement,
    delete: remove,
    restore,
    addTag,
  }
}
