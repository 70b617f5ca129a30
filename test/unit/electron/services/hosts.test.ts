import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import { createHosts } from '#electron/services/hosts'
import { HostDraft } from '#shared/model/host'
import { HostId, IdentityId } from '#shared/model/ids'
import { temporaryFolder } from '../../../support/home'
import { identityRow } from '../../../support/rows'

/** The list of sites, on a real database. */
let database: Database
let hosts: ReturnType<typeof createHosts>
beforeEach(() => {
  database = openLocalDatabase(temporaryFolder())
  hosts = createHosts({ database, clock: systemClock, random: systemRandom, changed() {} })
})
afterEach(() => database.close())

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
