import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from '#electron/main/menu-template'
import { appActions, shortcutWords } from '#shared/logic/actions'
import { ActionId } from '#shared/model/window-command'

type Item = MenuItemConstructorOptions

const flat = (items: Item[]): Item[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])

function menuOf(given: { isMac?: boolean; hasLicences?: boolean } = {}) {
  const acted: ActionId[] = []
  const template = menuTemplate({
    isMac: given.isMac ?? false,
    hasLicences: given.hasLicences ?? true,
    zoomItems: [],
    act: (action) => acted.push(action),
  })
  return { template, items: flat(template), acted }
}

describe('the menu', () => {
  it.each([true, false])('has every action of the table once, under its own id (macOS: %s)', (isMac) => {
    const ids = menuOf({ isMac }).items.flatMap(({ id }) => (id === undefined || id === 'preferences' ? [] : [id]))
    expect(ids.sort()).toEqual([...ActionId.options].sort())
  })

  it('asks for what the entry says', () => {
    const { items, acted } = menuOf()
    for (const { id, click } of items) if (id !== undefined) Reflect.apply(click ?? (() => undefined), null, [])
    expect(acted.filter((action) => action === 'settings')).toHaveLength(2)
    expect(new Set(acted)).toEqual(new Set(ActionId.options))
  })

  it('gives no shortcut to two entries', () => {
    const shortcuts = menuOf().items.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator]))
    expect(new Set(shortcuts).size).toBe(shortcuts.length)
    expect(shortcuts).toEqual(expect.arrayContaining(['CmdOrCtrl+1', 'CmdOrCtrl+6', 'CmdOrCtrl+F', 'CmdOrCtrl+O']))
  })

  it('has the licences only where their file is', () => {
    const isVisible = (hasLicences: boolean) =>
      menuOf({ hasLicences }).items.find(({ id }) => id === 'licences')?.visible
    expect([isVisible(true), isVisible(false)]).toEqual([true, false])
  })

  it('ends the app where the system has no menu of the app for that', () => {
    const roles = (isMac: boolean) => menuOf({ isMac }).items.map(({ role }) => role)
    expect(roles(false)).toContain('quit')
    expect(roles(false)).not.toContain('appMenu')
    expect(roles(true)).toEqual(expect.arrayContaining(['appMenu', 'close']))
  })
})

describe('a shortcut', () => {
  it('is written as the keys are labelled', () => {
    expect(shortcutWords(appActions.lock.shortcut ?? '', false)).toBe('Ctrl Shift L')
    expect(shortcutWords(appActions.lock.shortcut ?? '', true)).toBe('⇧ ⌘ L')
    expect(shortcutWords('CmdOrCtrl+1', true)).toBe('⌘ 1')
  })
})
