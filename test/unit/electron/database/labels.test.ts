import { describe, expect, it } from 'vitest'
import type { IdentityFilter } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { Page } from '#shared/model/page'
import { temporaryFolder } from '../../../support/home'
import { activityLine, certificateRow, hostRow, identityRow } from '../../../support/rows'

/** What people write on certificates, and how the lists are filtered and ordered, on a real database. */
const page = (changes: object = {}) => Page.parse(changes)
const now = '2026-06-01T00:00:00.000Z'
const soon = '2026-07-01T00:00:00.000Z'

async function filled() {
  const database = openLocalDatabase(temporaryFolder())
  const until = { valid: '2027-01-01', expiring: '2026-06-20', expired: '2026-05-01' }
  const [waiting, ada, bob, zoe] = [identityRow('waiting'), identityRow('ada'), identityRow('Bob'), identityRow('zoe')]
  for (const row of [waiting, ada, bob, zoe]) await database.identities.insert(row)
  const end = (name: keyof typeof until) => ({ ...certificateRow(name), notAfter: `${until[name]}T00:00:00.000Z` })
  await database.identities.setCertificate(ada.id, end('expired'), [], false, new Date().toISOString())
  await database.identities.setCertificate(bob.id, end('valid'), [], false, new Date().toISOString())
  await database.identities.setCertificate(zoe.id, end('expiring'), [], false, new Date().toISOString())
  const names = async (filter: Partial<IdentityFilter>, search = '') => {
    const whole = { state: null, tag: null, order: 'name' as const, ...filter }
    const { rows, total } = await database.identities.list(page({ search }), whole)
    expect(total).toBe(rows.length)
    return rows.map(({ name }) => name)
  }
  return { database, names, waiting, ada, bob, zoe }
}

describe('the list of certificates', () => {
  it('shows those of a state alone', async () => {
    const { names } = await filled()
    const inState = (is: 'waiting' | 'valid' | 'expiring' | 'expired' | 'refused') =>
      names({ state: { is, now, soon } })
    expect(await inState('waiting')).toEqual(['waiting'])
    expect(await inState('valid')).toEqual(['Bob', 'zoe'])
    expect(await inState('expiring')).toEqual(['zoe'])
    expect(await inState('expired')).toEqual(['ada'])
    expect(await inState('refused')).toEqual([])
  })

  it('is ordered by name whatever its letters, or by what expires first, and what cannot expire last', async () => {
    const { names } = await filled()
    expect(await names({ order: 'name' })).toEqual(['ada', 'Bob', 'waiting', 'zoe'])
    expect(await names({ order: 'expires' })).toEqual(['ada', 'zoe', 'Bob', 'waiting'])
  })

  it('is filtered by a tag, which is text, together with a search', async () => {
    const { database, names, ada, bob } = await filled()
    await database.identities.addTag([ada.id, bob.id], '100% "work"')
    await database.identities.addTag([ada.id], '100% "work"')
    expect((await database.identities.get(ada.id))?.tags).toEqual(['100% "work"'])
    expect(await database.identities.tags()).toEqual(['100% "work"'])
    expect(await names({ tag: '100% "work"' })).toEqual(['ada', 'Bob'])
    expect(await names({ tag: '100% "work"' }, 'bo')).toEqual(['Bob'])
    expect(await names({ tag: "x' OR 1 --" })).toEqual([])
  })
})

describe('a certificate with another name', () => {
  it('is found by its name, tags, note and issuer, and no longer by the old name', async () => {
    const { database, names, ada } = await filled()
    expect(await database.identities.label(ada.id, { name: 'Laptop', tags: ['vpn'], note: 'Ask Grace' })).toBe(true)
    for (const search of ['laptop', 'VPN', 'ask grace', 'issuer of expired'])
      expect(await names({}, search)).toEqual(['Laptop'])
    expect(await names({}, 'ada')).toEqual([])
    expect(await database.identities.label(identityRow('gone').id, { name: 'x', tags: [], note: '' })).toBe(false)
  })

  it('still replaces, and is replaced by, those that had its first name', async () => {
    const { database, zoe } = await filled()
    const newer = identityRow('zoe')
    await database.identities.insert(newer)
    await database.identities.setCertificate(newer.id, certificateRow('newer'), [], false, new Date().toISOString())
    await database.identities.label(newer.id, { name: 'Phone', tags: [], note: '' })
    const ending = await database.identities.ending(now, soon)
    expect(ending.map(({ identity, name, label }) => ({ identity, name, label }))).toEqual([
      { identity: zoe.id, name: 'zoe', label: 'zoe' },
      { identity: newer.id, name: 'zoe', label: 'Phone' },
    ])
  })
})

describe('a line of the activity', () => {
  it('leads to what it is about for as long as that is there, and is found by its kind', async () => {
    const { database, ada } = await filled()
    const host = hostRow('a.example')
    await database.hosts.insert(host)
    await database.activity.append({ ...activityLine, thing: { host: host.id } })
    await database.activity.append({ ...activityLine, kind: 'installed', thing: { identity: ada.id } })
    await database.activity.append({ ...activityLine, kind: 'vault-unlocked' })
    const things = async () =>
      (await database.activity.list(page())).rows.map(({ thing, isGone }) => (isGone ? 'gone' : thing))
    expect(await things()).toEqual([null, { identity: ada.id }, { host: host.id }])
    await database.identities.delete(ada.id)
    expect(await things()).toEqual([null, 'gone', { host: host.id }])
    const { rows, total } = await database.activity.list(page({ search: 'ran' }), ['tested', 'installed'])
    expect([total, rows.map(({ kind }) => kind)]).toEqual([2, ['installed', 'tested']])
  })
})
