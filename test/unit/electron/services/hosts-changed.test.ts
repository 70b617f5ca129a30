import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import { createHosts } from '#electron/services/hosts'
import { HostDraft } from '#shared/model/host'
import { HostId, Sha256 } from '#shared/model/ids'
import { Page } from '#shared/model/page'
import { temporaryFolder } from '../../../support/home'
import { reportRow } from '../../../support/rows'

/** Two windows, or a window and the command line, change the list of sites at the same time. */
let database: Database
let hosts: ReturnType<typeof createHosts>
beforeEach(() => {
  database = openLocalDatabase(temporaryFolder())
  hosts = createHosts({ database, clock: systemClock, random: systemRandom, changed() {} })
})
afterEach(() => database.close())

const draft = (typed: object = {}) => HostDraft.parse({ id: null, address: 'a.example', ...typed })
const key = Sha256.parse('5a'.repeat(32))
const listed = async () => (await hosts.list(Page.parse({}))).rows
const tags = (count: number) => Array.from({ length: count }, (_, index) => `tag ${index}`)

/** Somebody else does this after the site was read, or as late as that can be: before it is written. */
function meanwhile(act: () => Promise<unknown>): void {
  const { get, change, addTag } = database.hosts
  let isDone = false
  const once = async () => {
    if (isDone) return
    isDone = true
    await act()
  }
  const between: Database['hosts'] = {
    ...database.hosts,
    async get(id) {
      const row = await get(id)
      await once()
      return row
    },
    change: (...given) => once().then(() => change(...given)),
    addTag: (...given) => once().then(() => addTag(...given)),
  }
  hosts = createHosts({
    database: { ...database, hosts: between },
    clock: systemClock,
    random: systemRandom,
    changed() {},
  })
}

describe('what somebody else did at the same time', () => {
  it.each([
    ['a pin', (id: HostId) => hosts.pin(id, key)],
    ['a form', (id: HostId) => hosts.save(draft({ id, note: 'Ask Bob' }))],
    ['a tag', (id: HostId) => hosts.addTag([id], 'work')],
  ])('is kept by %s: the result of a test', async (_what, change) => {
    const site = await hosts.save(draft())
    meanwhile(() => database.reports.add(reportRow(site), new Date()))
    await change(site.id)
    expect((await listed())[0]?.lastTestAt).not.toBeNull()
  })

  it.each([
    ['a pin', (id: HostId) => hosts.pin(id, key)],
    ['a form', (id: HostId) => hosts.save(draft({ id, note: 'Ask Bob' }))],
    ['a tag', (id: HostId) => hosts.addTag([id], 'work')],
  ])('is not undone by %s: the deletion', async (_what, change) => {
    const { id } = await hosts.save(draft())
    const { delete: remove } = hosts
    meanwhile(() => remove([id]))
    await expect(change(id)).rejects.toMatchObject({ code: 'not-found' })
    expect(await listed()).toEqual([])
  })
})

describe('several sites', () => {
  const unknown = HostId.parse(systemRandom.uuid())

  it('get a tag all together, or none does', async () => {
    const { id } = await hosts.save(draft())
    await expect(hosts.addTag([id, unknown], 'work')).rejects.toMatchObject({ code: 'not-found' })
    expect((await hosts.get(id)).tags).toEqual([])
  })

  it('get no tag where one of them has as many as a form takes', async () => {
    const { id } = await hosts.save(draft())
    const full = await hosts.save(draft({ address: 'b.example', tags: tags(20) }))
    await expect(hosts.addTag([id, full.id], 'work')).rejects.toMatchObject({ code: 'invalid-input' })
    expect((await hosts.get(id)).tags).toEqual([])
    await hosts.addTag([id, full.id], 'tag 3')
    expect((await hosts.get(full.id)).tags).toEqual(tags(20))
  })

  it('are deleted all together, and come back all together', async () => {
    const ids = [(await hosts.save(draft())).id, (await hosts.save(draft({ address: 'b.example' }))).id]
    await hosts.delete(ids)
    expect(await listed()).toEqual([])
    await expect(hosts.restore([...ids, unknown])).rejects.toMatchObject({ code: 'not-found' })
    expect(await listed()).toEqual([])
    await hosts.restore(ids)
    expect(await listed()).toHaveLength(2)
  })
})

describe('an address', () => {
  it.each(['[::01.2.3.4]', '[a::001.2.3.4]', '010.0.0.1', '10.0.0.010'])(
    'with octal digits (%s) is refused, since the list cannot hold it and programs read it differently',
    async (address) => {
      await hosts.save(draft())
      await expect(hosts.save(draft({ address }))).rejects.toMatchObject({ code: 'address-invalid' })
      await expect(hosts.save(draft({ connectTo: address }))).rejects.toMatchObject({ code: 'address-invalid' })
      expect(await listed()).toHaveLength(1)
    },
  )

  it.each(['[::1.2.3.4]', '[::ffff:10.0.0.1]', '10.0.0.1', '0.0.0.0'])('as %s is listed', async (address) => {
    await hosts.save(draft({ address }))
    expect(await listed()).toHaveLength(1)
  })

  it('with a path that is too long for the list is refused, and the list still opens', async () => {
    await hosts.save(draft())
    const long = `https://b.example/${'x'.repeat(3000)}`
    await expect(hosts.save(draft({ address: long }))).rejects.toMatchObject({ code: 'address-invalid' })
    await expect(hosts.save(draft({ address: `b.example/${'ü'.repeat(400)}` }))).rejects.toMatchObject({
      code: 'address-invalid',
    })
    expect(await listed()).toHaveLength(1)
  })
})
