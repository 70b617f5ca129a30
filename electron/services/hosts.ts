import type { Database, HostChanges } from '#electron/database/database'
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
import { orRefused } from './tag-refusal'

export interface HostsPorts {
  database: Database
  clock: Clock
  random: Random
  changed: Changed
}

const GONE = 'This site is no longer in the list.'

/** How long a deleted site can be restored. */
const KEPT_MS = 10 * 60_000

/** The list of sites a person tests. */
export function createHosts({ database, clock, random, changed }: HostsPorts) {
  async function get(id: HostId): Promise<Host> {
    const host = await database.hosts.get(id)
    if (host === null) throw new AppError('not-found', GONE)
    return host
  }

  async function save(draft: HostDraft): Promise<Host> {
    const address = parseAddress(draft.address)
    if (!address.ok) throw new AppError('address-invalid', address.reason)
    const connectTo = parseConnectTo(draft.connectTo, address.port)
    if (!connectTo.ok) throw new AppError('address-invalid', connectTo.reason)
    const fields = {
      hostname: address.hostname,
      port: address.port,
      path: address.path,
      connectTo: connectTo.connectTo,
      useProxy: draft.useProxy,
      group: draft.group.trim() === '' ? null : draft.group.trim(),
      name: draft.name === '' ? null : draft.name,
      tags: draft.tags,
      note: draft.note,
    }
    if (draft.id !== null) return change(draft.id, fields)
    const host = { ...untested(random, clock), pinnedKey: null, practice: false, ...fields }
    await database.hosts.insert(host)
    changed('hosts')
    return host
  }

  /** On the record as it is now: a test that ends meanwhile, or another process, changes other fields of it. */
  async function change(id: HostId, changes: HostChanges): Promise<Host> {
    const host = await database.hosts.change(id, changes)
    if (host === null) throw new AppError('not-found', GONE)
    changed('hosts')
    return host
  }

  async function awaitReplacement(id: HostId, identity: IdentityId): Promise<Host> {
    if ((await database.identities.get(identity)) === null)
      throw new AppError('not-found', 'This certificate is no longer here.')
    return change(id, { replacement: identity })
  }

  async function remove(ids: HostId[]): Promise<void> {
    const now = clock.now()
    const forget = new Date(now.getTime() - KEPT_MS)
    await database.hosts.delete(ids, { now: now.toISOString(), forget: forget.toISOString() })
    changed('hosts', 'reports', 'identities')
  }

  /** Those that were deleted a moment ago, with their reports: all of them, or none. Errors: `not-found`. */
  async function restore(ids: HostId[]): Promise<void> {
    if (!(await database.hosts.restore(ids))) throw new AppError('not-found', 'This site can no longer be restored.')
    changed('hosts', 'reports', 'identities')
  }

  /** To all of them, or to none. Errors: `not-found`; `invalid-input` where one has as many as it can have. */
  async function addTag(ids: HostId[], tag: Tag): Promise<void> {
    orRefused(await database.hosts.addTag(ids, tag), GONE)
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
    pin: (id: HostId, key: Sha256 | null) => change(id, { pinnedKey: key }),
    awaitReplacement,
    delete: remove,
    restore,
    addTag,
  }
}

/** What is known of a site that was added now: nobody has tested it or chosen a certificate for it. */
export const untested = (random: Random, clock: Clock) => ({
  id: HostId.parse(random.uuid()),
  identity: null,
  replacement: null,
  createdAt: clock.now().toISOString(),
  lastTestAt: null,
  lastTestGood: null,
  lastVerdict: null,
  lastSentence: null,
})
