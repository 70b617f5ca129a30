import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import { createHosts } from '#electron/services/hosts'
import { HostDraft } from '#shared/model/host'
import { HostId, IdentityId } from '#shared/model/ids'
import { Page } from '#shared/model/page'
import { temporaryFolder } from '../../../support/home'
import { identityRow, reportRow } from '../../../support/rows'

/** The list of sites, on a real database. */
let database: Database
let hosts: ReturnType<typeof createHosts>
beforeEach(() => {
  database = openLocalDatabase(temporaryFolder())
  hosts = createHosts({ database, clock: systemClock, random: systemRandom, changed() {} })
})
afterEach(() => database.close())

const page = (changes: object = {}) => Page.parse(changes)
const draft = (changes: object = {}) => HostDraft.parse({ id: null, address: 'a.example', ...changes })

describe('a group', () => {
  it('is a name without the blanks around it, and none where there is nothing else', async () => {
    const { id, group } = await hosts.save(draft({ group: '  Production ' }))
    expect(group).toBe('Production')
    expect((await hosts.save(draft({ id, group: '   ' }))).group).toBeNull()
    expect((await hosts.save(draft())).group).toBeNull()
  })
})

describe('a replacement', () => {
  it('is awaited by a site, also after its address was changed', async () => {
    const requested = identityRow('Ada')
    await database.identities.insert(requested)
    const { id } = await hosts.save(draft())
    expect((await hosts.awaitReplacement(id, requested.id)).replacement).toBe(requested.id)
    expect(await hosts.save(draft({ id, address: 'b.example' }))).toMatchObject({ replacement: requested.id })
  })

  it('has to be here, and so has the site', async () => {
    const requested = identityRow('Ada')
    await database.identities.insert(requested)
    const { id } = await hosts.save(draft())
    const unknown = systemRandom.uuid()
    await expect(hosts.awaitReplacement(id, IdentityId.parse(unknown))).rejects.toMatchObject({ code: 'not-found' })
    await expect(hosts.awaitReplacement(HostId.parse(unknown), requested.id)).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await hosts.get(id)).replacement).toBeNull()
  })
})

describe('a site that was deleted', () => {
  it('comes back with its name, tags and reports, and then once only', async () => {
    const saved = await hosts.save(draft({ name: 'Wiki', tags: ['work', 'work'], note: 'Ask Bob' }))
    await database.reports.add(reportRow(saved), new Date())
    await hosts.delete([saved.id])
    expect((await hosts.list(page())).rows).toEqual([])
    expect((await database.reports.list(null, page())).total).toBe(0)
    await hosts.restore([saved.id])
    expect(await hosts.get(saved.id)).toMatchObject({ name: 'Wiki', tags: ['work'], note: 'Ask Bob' })
    expect((await database.reports.list(saved.id, page())).total).toBe(1)
    await expect(hosts.restore([saved.id])).rejects.toMatchObject({ code: 'not-found' })
  })

  it('is gone for good when another is deleted much later', async () => {
    const [first, second] = [await hosts.save(draft()), await hosts.save(draft({ address: 'b.example' }))]
    await hosts.delete([first.id])
    const later = { now: () => new Date(Date.now() + 3_600_000) }
    await createHosts({ database, clock: later, random: systemRandom, changed() {} }).delete([second.id])
    await expect(hosts.restore([first.id])).rejects.toMatchObject({ code: 'not-found' })
    await hosts.restore([second.id])
    expect((await hosts.list(page())).rows.map(({ id }) => id)).toEqual([second.id])
  })
})

describe('a tag', () => {
  it('is added once to each site, and a site is found by its name', async () => {
    const { id } = await hosts.save(draft({ name: 'The Wiki', tags: ['work'] }))
    await hosts.addTag([id], 'work')
    await hosts.addTag([id], 'lab')
    expect((await hosts.get(id)).tags).toEqual(['work', 'lab'])
    expect((await hosts.list(page({ search: 'wiki' }))).total).toBe(1)
    expect((await hosts.list(page({ search: 'lab' }))).total).toBe(0)
  })
})
