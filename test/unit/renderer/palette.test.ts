import { MantineProvider } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { MenuItemConstructorOptions } from 'electron'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { menuTemplate } from '#electron/main/menu-template'
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

const used = { isUsed: true, isSwitchedOn: false, isHidden: false }
const allAreas: Areas = { issuers: used, access: used, practice: used }

/** What the palette offers for these words, on a computer with these things. */
function offered(
  query: string,
  found: {
    certificates?: unknown[]
    sites?: unknown[]
    issuers?: unknown[]
    areas?: Areas
    hasLicences?: boolean
    hasCommandTool?: boolean
  } = {},
) {
  const client = new QueryClient()
  const rows = (list: unknown[] = []) => ({ pages: [{ rows: list, total: list.length }], pageParams: [0] })
  client.setQueryData(['identities.list', 'rows', query], rows(found.certificates))
  client.setQueryData(['hosts.list', 'rows', query], rows(found.sites))
  client.setQueryData(keyOf('authorities.list', undefined), found.issuers ?? [])
  client.setQueryData(keyOf('areas.state', undefined), found.areas ?? allAreas)
  client.setQueryData(keyOf('app.info', undefined), {
    platform: 'linux',
    hasLicences: found.hasLicences ?? true,
    hasCommandTool: found.hasCommandTool ?? true,
  })
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

/** What people type who want this. */
const foundBy = [
  [
    'New certificate…',
    'csr, request, request certificate, get certificate, new key, private key, client certificate, mtls, mutual tls, generate, keygen, pkcs10, key',
  ],
  ['Open…', 'p12, pfx, pem, der, crt, pkcs12, p7b, import certificate, add certificate, open file, load'],
  ['Look inside a file…', 'inspect, decode, view certificate, asn1, crl, openssl'],
  ['Convert files…', 'convert, pkcs8, pkcs7, format'],
  ['Export…', 'export, curl, postman, java, jks, keystore, node, python, nginx, save key'],
  ['Renew…', 'renew, replace, expired, expiring, rekey, reissue'],
  ['Backup and restore', 'backup, back up, restore, migrate, new computer'],
  ['Zoom in', 'zoom, bigger, larger, magnify'],
  ['Zoom out', 'smaller'],
  ['Actual size', '100 %, reset zoom, actual size'],
  ['Full screen', 'fullscreen, maximise, maximize'],
  ['Quit Latchkey', 'quit, exit, leave'],
  ['Check a site', 'refused, denied, forbidden, 403, locked out, which certificate'],
  ['Add a site…', 'add site, new site, new host'],
  ['Test all sites', 'test all, test, test every site, check all, run tests'],
  ['Lock keys now', 'lock, log out, sign out, logout, vault, keyring'],
  [
    'Go to Certificates',
    'certificates, install certificate, browser, chrome, firefox, keychain, trust, delete, remove, rename, tag, fingerprint',
  ],
  ['Go to Sites', 'sites, test connection, connection, handshake, proxy'],
  ['Go to Issuers', 'issuers, certificate authority, revocation'],
  ['Go to Access', 'access, cloudflare, zero trust, policy, api token, drift, plan'],
  ['Practice', 'practice, demo, tutorial, try, learn, help'],
  ['Go to Activity', 'activity, history, audit, events'],
  [
    'Go to Settings',
    'settings, preferences, options, config, passphrase, change passphrase, password, recovery, autostart, start at login, tray, notifications, update, upgrade',
  ],
  [
    'Issue a certificate',
    'issue, sign, sign csr, approve, template, batch, bulk, several, csv, key code, issue certificate, unlock issuer, keep unlocked',
  ],
  ['Go to issued certificates', 'revoke, revoked, revoke certificate, issued'],
  ['Set up an issuer in three steps', 'set up issuer, setup, create ca'],
  ['Create a root issuer', 'root, self-signed, new root'],
  ['Import an existing CA', 'import ca, existing ca'],
  ['Connect a cfssl signer', 'cfssl, signer'],
  ['Make a set-up file…', 'onboard, set-up file, link, invite'],
  ['Explain who gets in', 'who gets in, allow, explain'],
  ['Protect a site in Access…', 'protect, require certificate, service auth'],
  ['Block certificates in Access…', 'block, stolen, lost laptop, ban, deny'],
  ['Roll a CA over in Access', 'roll over, rollover, rotate'],
  ['Add an expiry alert in Access', 'alert, email alert, expiry alert'],
  ['Use the light appearance', 'light, light mode, bright'],
  ['Use the dark appearance', 'dark, dark mode, night'],
  ['Use the system’s appearance', 'system, auto'],
  ['About Latchkey', 'about, version, electron'],
  ['Open Cloudflare’s walkthrough', 'docs, documentation, guide, walkthrough'],
  ['Copy diagnostic report', 'bug, support, diagnostics'],
  ['Install command-line tool…', 'cli, terminal, shell, command-line'],
  ['Show log', 'log, logs, error log'],
  ['Licences', 'licence, license, open source'],
] as const

/** Every entry of a menu that a person can choose. */
const leavesOf = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => {
    if (Array.isArray(item.submenu)) return leavesOf(item.submenu)
    return item.type === 'separator' || item.visible === false ? [] : [item]
  })

const labels = (groups: Group[]) => groups.flatMap(({ actions }) => actions.map(({ label }) => label))

afterEach(() => shownThing.set(null))

describe('the palette', () => {
  it('offers every action of the table before anything is typed, but not itself', () => {
    const { find, palette, ...all } = appActions
    expect([find.label, palette.label]).toEqual(['Find', 'Search everything…'])
    expect(labels(offered('').groups)).toEqual(Object.values(all).map(({ label }) => label))
  })

  it.each([true, false])(
    'has all that the menu has, but for editing a text and windows themselves (macOS: %s)',
    (isMac) => {
      const menu = menuTemplate({
        isMac,
        hasLicences: true,
        hasCommandTool: true,
        areas: allAreas,
        act: () => undefined,
      })
      const shown = labels(offered('').groups)
      const missing = leavesOf(menu).filter(({ label }) => !shown.includes(label ?? ''))
      expect(missing.map(({ label, role }) => role ?? label)).toEqual([
        ...(isMac ? ['appMenu'] : []),
        'Settings',
        ...(isMac ? ['close'] : []),
        ...['undo', 'redo', 'cut', 'copy', 'paste', 'delete', 'selectAll', 'Find', 'Search everything…'],
        'windowMenu',
      ])
      expect(labels(offered('settings').groups)).toContain('Go to Settings')
    },
  )

  it.each(foundBy)('“%s” is found first of all by %s', (label, words) => {
    const first = (query: string) => `${query}: ${labels(offered(query).groups)[0]}`
    const queries = words.split(', ')
    expect(queries.map(first)).toEqual(queries.map((query) => `${query}: ${label}`))
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
    const hidden = Object.values(appActions).flatMap(({ label, area }) =>
      area === undefined || area === 'practice' ? [] : [label],
    )
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
    expect(labels(offered('terminal', { hasCommandTool: false }).groups)).not.toContain('Install command-line tool…')
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

  it('does not take a part of one word and another word together for what was meant', () => {
    const renew = { id: 'renew', ...appActions.renew, Icon: IconPlus, run: vi.fn() }
    shownThing.set({ id: 'ada', name: 'Ada Lovelace', actions: [renew] })
    expect(labels(offered('new certificate').groups)[0]).toBe('New certificate…')
    expect(labels(offered('enew').groups)).toEqual(['Renew…'])
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
