import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { sections } from '#electron/services/backup/sections'
import { contract } from '#shared/ipc/contract'
import { HostDraft } from '#shared/model/host'
import { IdentityLabel } from '#shared/model/identity'
import { TemplateId } from '#shared/model/ids'
import { type IssueTemplate, IssueTemplateDraft } from '#shared/model/issue-template'
import { Page } from '#shared/model/page'
import { temporaryFolder } from '../../../support/home'
import { hostRow, identityRow } from '../../../support/rows'

/**
 * What may be typed has become stricter, and depends on the engine's Unicode, too. What is in the database by then still
 * opens: in the list, on its way to the window, and in a backup.
 */
const unassigned = '\u0378'
const manyTags = Array.from({ length: 21 }, (_, index) => `tag ${index}`)

describe('a site that could be kept once', () => {
  it.each([
    ['an IPv4 address with leading zeros', { hostname: '010.0.0.1' }],
    ['an IPv6 address that ends in one', { hostname: '::01.2.3.4' }],
    ['a name that is too long', { hostname: 'a.'.repeat(200) }],
    ['such an address to connect to', { connectTo: { address: '::01.2.3.4', port: 443 } }],
    ['a long address to connect to', { connectTo: { address: 'a'.repeat(300), port: 443 } }],
    ['a long path', { path: `/${'x'.repeat(3000)}` }],
    ['a group of newer letters', { group: unassigned }],
    ['a long group', { group: 'x'.repeat(100) }],
    ['a name of newer letters', { name: unassigned }],
    ['a long name', { name: 'x'.repeat(500) }],
    ['a tag of newer letters', { tags: [unassigned] }],
    ['more tags', { tags: manyTags }],
    ['a long note', { note: 'x'.repeat(5000) }],
  ])('opens: %s', async (_what, kept) => {
    const database = openLocalDatabase(temporaryFolder())
    const site = hostRow('a.example', kept)
    await database.hosts.insert(site)
    const list = await database.hosts.list(Page.parse({}))
    expect(list.rows).toEqual([site])
    expect(contract['hosts.list'].out.parse(list)).toEqual(list)
    expect(sections.sites.fields.parse(site)).toEqual(site)
    await database.close()
  })
})

it('has no control characters, which no version took and which would act on a terminal', () => {
  const site = hostRow('a.example')
  for (const sign of ['\n', '\u001b', '\u202e'])
    for (const field of ['hostname', 'group', 'name'])
      expect(sections.sites.fields.safeParse({ ...site, [field]: `a${sign}b` }).success, field).toBe(false)
})

describe('a certificate that could be kept once', () => {
  it.each([
    ['a tag of newer letters', { tags: [unassigned] }],
    ['more tags', { tags: manyTags }],
    ['a long note', { note: 'x'.repeat(5000) }],
  ])('opens: %s', async (_what, kept) => {
    const database = openLocalDatabase(temporaryFolder())
    const row = identityRow('a', kept)
    await database.identities.insert(row)
    const [listed] = (await database.identities.list(Page.parse({}))).rows
    expect(listed).toMatchObject(kept)
    expect(contract['identities.detail'].out.shape.tags.parse(row.tags)).toEqual(row.tags)
    const tags = await database.identities.tags()
    expect(contract['identities.tags'].out.parse(tags)).toEqual([...row.tags].sort())
    const { tags: backedUp, note } = sections.identities.fields
      .pick({ tags: true, note: true })
      .parse({ tags: row.tags, note: row.note })
    expect({ tags: backedUp, note }).toEqual({ tags: row.tags, note: row.note })
    for (const tag of row.tags) expect(contract['identities.list'].in.parse({ ...Page.parse({}), tag }).tag).toBe(tag)
    await database.close()
  })
})

describe('a template that could be kept once', () => {
  const subject = {
    commonName: '{name}',
    organization: '',
    organizationalUnit: '',
    locality: '',
    state: '',
    country: '',
  }
  const names = { subject, emails: [], dnsNames: [] }
  it.each<[string, Partial<IssueTemplate>]>([
    ['a name of newer letters', { name: unassigned }],
    ['a common name without a place for the name', { names: { ...names, subject: { ...subject, commonName: 'x' } } }],
    ['newer letters', { names: { ...names, subject: { ...subject, organization: unassigned } } }],
    ['a country that is none', { names: { ...names, subject: { ...subject, country: 'Germany' } } }],
    ['more addresses', { names: { ...names, emails: manyTags } }],
    ['a validity that is too long', { days: 100_000 }],
  ])('opens: %s', async (_what, kept) => {
    const database = openLocalDatabase(temporaryFolder())
    const template = { id: TemplateId.parse(randomUUID()), name: 'a', authority: null, days: 365, names, ...kept }
    await database.issueTemplates.save(template)
    const list = await database.issueTemplates.list()
    expect(list).toEqual([template])
    expect(contract['authorities.templates'].out.parse(list)).toEqual(list)
    expect(sections.templates.fields.parse(template)).toEqual(template)
    expect(IssueTemplateDraft.safeParse(template).success, 'typed anew').toBe(false)
    await database.close()
  })
})

it('is refused all the same where it is typed', () => {
  expect(HostDraft.safeParse({ id: null, address: 'a', group: unassigned }).success).toBe(false)
  expect(HostDraft.safeParse({ id: null, address: 'a', name: unassigned }).success).toBe(false)
  expect(HostDraft.safeParse({ id: null, address: 'a', tags: manyTags }).success).toBe(false)
  expect(HostDraft.safeParse({ id: null, address: 'a', note: 'x'.repeat(5000) }).success).toBe(false)
  expect(IdentityLabel.safeParse({ name: 'a', tags: [unassigned], note: '' }).success).toBe(false)
})
