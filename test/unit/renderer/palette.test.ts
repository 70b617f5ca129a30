import { MantineProvider } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { appActions } from '#shared/logic/actions'
import { noAreas } from '#shared/logic/areas'
import type { Areas } from '#shared/model/areas'
import { keyOf } from '../../../renderer/src/api'
import { activeEntry, type Entry, nextEntry } from '../../../renderer/src/app/palette-choice'
import { type Group, usePaletteEntries } from '../../../renderer/src/app/palette-entries'
import { shownThing } from '../../../renderer/src/components/shown-thing'
import { ImportContext } from '../../../renderer/src/import/import-context'
import { NavigationProvider } from '../../../renderer/src/navigation'
import { authority } from '../../support/fake-bridge/authority-examples'
import { host, issue, waitingIdentity } from '../../support/fake-bridge/examples'

/** What the palette offers for these words, on a computer with these things. */
function offered(
  query: string,
  found: {
    certificates?: unknown[]
    sites?: unknown[]
    issuers?: unknown[]
    areas?: Areas
    hasLicences?: boolean
  } = {},
) {
  const client = new QueryClient()
  const rows = (list: unknown[] = []) => ({ pages: [{ rows: list, total: list.length }], pageParams: [0] })
  client.setQueryData(['identities.list', 'rows', query], rows(found.certificates))
  client.setQueryData(['hosts.list', 'rows', query], rows(found.sites))
  client.setQueryData(keyOf('authorities.list', undefined), found.issuers ?? [])
  const used = { isUsed: true, isSwitchedOn: false }
  client.setQueryData(keyOf('areas.state', undefined), found.areas ?? { issuers: used, access: used })
  client.setQueryData(keyOf('app.info', undefined), { platform: 'linux', hasLicences: found.hasLicences ?? true })
  const actions = {
    choose: vi.fn(async () => undefined),
    chooseToLook: vi.fn(async () => undefined),
    receive: () => false,
    tryPassword: async () => undefined,
    leaveClosed: async () => undefined,
    pick: async () => undefined,
    pickAnother: () => undefined,
    look: () => undefined,
    stop: () => undefined,
    close: () => undefined,
    state: { step: { kind: 'idle' as const }, files: [], leftOut: [] },
  }
  let groups: Group[] = []
  function Palette() {
    groups = usePaletteEntries(query)
    return null
  }
  const inside = createElement(NavigationProvider, null, createElement(Palette))
  const provided = createElement(ImportContext, { value: actions }, inside)
  const mantine = createElement(MantineProvider, null, provided)
  renderToStaticMarkup(createElement(QueryClientProvider, { client }, mantine))
  return { groups, actions }
}

const labels = (groups: Group[]) => groups.flatMap(({ actions }) => actions.map(({ label }) => label))

afterEach(() => shownThing.set(null))

describe('the palette', () => {
  it('offers every action of the table before anything is typed, but not itself', () => {
    const { find, palette, ...all } = appActions
    expect([find.label, palette.label]).toEqual(['Find', 'Search everything…'])
    expect(labels(offered('').groups)).toEqual(Object.values(all).map(({ label }) => label))
  })

  it.each([
    ['csr', 'New certificate…'],
    ['renew', 'Renew…'],
    ['curl', 'Export…'],
    ['backup', 'Backup and restore'],
    ['p12', 'Open…'],
    ['pfx', 'Open…'],
    ['revoke', 'Go to issued certificates'],
    ['crl', 'Look inside a file…'],
    ['dark', 'Use the dark appearance'],
    ['theme', 'Use the light appearance'],
    ['about', 'About Latchkey'],
    ['version', 'About Latchkey'],
    ['preferences', 'Go to Settings'],
    ['license', 'Licences'],
    ['convert', 'Convert files…'],
    ['pkcs8', 'Convert files…'],
    [' CERTIFICATE issue', 'Issue a certificate'],
  ])('finds by “%s” first of all “%s”', (query, label) => {
    expect(labels(offered(query).groups)[0]).toBe(label)
  })

  it('offers an administrator’s actions to nobody by accident, and their screen to whoever looks for it', () => {
    const hidden = Object.values(appActions).flatMap(({ label, area }) => (area === undefined ? [] : [label]))
    const seen = labels(offered('', { areas: noAreas }).groups)
    expect(hidden.length).toBeGreaterThan(5)
    expect(seen.filter((label) => hidden.includes(label) || label === 'Show Issuers')).toEqual([])
    for (const query of ['crl', 'revoke', 'root', 'issuers', 'cfssl', 'authority'])
      expect(labels(offered(query, { areas: noAreas }).groups)).toContain('Show Issuers')
    for (const query of ['crl', 'issue', 'root'])
      expect(labels(offered(query, { areas: noAreas }).groups).filter((label) => hidden.includes(label))).toEqual([])
    expect(labels(offered('crl').groups)).not.toContain('Show Issuers')
  })

  it('offers licences only where there is a file of them', () => {
    expect(labels(offered('license', { hasLicences: false }).groups)).not.toContain('Licences')
  })

  it('finds nothing by what nobody calls anything', () => {
    expect(labels(offered('xyzzy').groups)).toEqual([])
  })

  it('shows the shortcut of each action that has one', () => {
    const actions = offered('').groups.flatMap((group) => group.actions)
    expect(actions.find(({ id }) => id === 'new')?.shortcut).toBe('Ctrl N')
    expect(actions.find(({ id }) => id === 'issue')?.shortcut).toBeUndefined()
  })

  it('has what can be done with the thing on the screen first, and once', () => {
    const run = vi.fn()
    shownThing.set({
      id: 'ada',
      name: 'Ada Lovelace',
      actions: [
        { id: 'export', ...appActions.export, Icon: IconPlus, run },
        { id: 'renew', label: 'New request with this name', words: 'renew', Icon: IconPlus, run },
      ],
    })
    const { groups } = offered('renew')
    expect(groups[0]).toMatchObject({ group: 'Ada Lovelace', actions: [{ label: 'New request with this name' }] })
    groups[0]?.actions[0]?.onClick()
    expect(run).toHaveBeenCalledOnce()
    expect(offered('').groups[0]?.actions[0]).toMatchObject({ label: 'Export…', shortcut: 'Ctrl E' })
    expect(labels(offered('').groups).filter((label) => label === 'Export…')).toHaveLength(1)
  })

  it('lists certificates, sites and issuers in groups of their own, eight of each at most', () => {
    const certificates = Array.from({ length: 9 }, (_, index) =>
      issue(waitingIdentity(`acme ${index}`), 'issued', 'ddd'),
    )
    const { groups } = offered('acme', {
      certificates: certificates.map(({ summary }) => summary),
      sites: [host('admin.acme.dev', { port: 8443 })],
      issuers: [authority('Acme Root CA').summary, authority('Other CA').summary],
    })
    expect(groups.map(({ group, actions }) => [group, actions.length])).toEqual([
      ['', 0],
      ['Actions', 0],
      ['Certificates', 8],
      ['Sites', 1],
      ['Issuers', 1],
    ])
    expect(groups[2]?.actions[0]).toMatchObject({ label: 'acme 0', description: 'Issued by Acme Client CA' })
    expect(groups[3]?.actions[0]?.label).toBe('https://admin.acme.dev:8443/')
    expect(groups[4]?.actions[0]?.label).toContain('Acme Root CA')
  })

  it('says of a request that it is not issued yet', () => {
    const { groups } = offered('ada', { certificates: [waitingIdentity('Ada').summary] })
    expect(groups[2]?.actions[0]).toMatchObject({ label: 'Ada', description: 'Not issued yet' })
  })

  it('does what it says', () => {
    const { groups, actions } = offered('file')
    for (const { onClick, id } of groups[1]?.actions ?? []) if (id === 'open' || id === 'look') onClick()
    expect(actions.choose).toHaveBeenCalledOnce()
    expect(actions.chooseToLook).toHaveBeenCalledOnce()
  })
})

function exampleEntry(id: string): Entry {
  return { id, label: id, Icon: IconPlus, onClick: () => undefined }
}

describe('the chosen line of the palette', () => {
  const [first, second, third] = [exampleEntry('1'), exampleEntry('2'), exampleEntry('3')]
  const entries = [first, second, third]

  it('is the first, until another was chosen that is still there', () => {
    expect(activeEntry(entries, null)).toBe(first)
    expect(activeEntry(entries, '3')).toBe(third)
    expect(activeEntry(entries, 'gone')).toBe(first)
    expect(activeEntry([], '3')).toBeNull()
  })

  it('goes round with the arrow keys, and nowhere with others', () => {
    expect(nextEntry(entries, first, 'ArrowDown')).toBe(second)
    expect(nextEntry(entries, third, 'ArrowDown')).toBe(first)
    expect(nextEntry(entries, first, 'ArrowUp')).toBe(third)
    expect(nextEntry(entries, first, 'Home')).toBeNull()
    expect(nextEntry([], null, 'ArrowDown')).toBeNull()
  })
})
