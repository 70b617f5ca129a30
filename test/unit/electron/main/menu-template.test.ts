import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from '#electron/main/menu-template'
import { appActions, shortcutOf, shortcutWords } from '#shared/logic/actions'
import { noAreas } from '#shared/logic/areas'
import type { Areas } from '#shared/model/areas'
import { ActionId } from '#shared/model/window-command'

type Item = MenuItemConstructorOptions

const flat = (items: Item[]): Item[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])

const used = { isUsed: true, isSwitchedOn: false, isHidden: false }

function menuOf(given: { isMac?: boolean; hasLicences?: boolean; hasCommandTool?: boolean; areas?: Areas } = {}) {
  const acted: ActionId[] = []
  const template = menuTemplate({
    isMac: given.isMac ?? false,
    hasLicences: given.hasLicences ?? true,
    hasCommandTool: given.hasCommandTool ?? true,
    areas: given.areas ?? { issuers: used, access: used, practice: used },
    act: (action) => acted.push(action),
  })
  return { template, items: flat(template), acted }
}

describe('the menu', () => {
  it.each([true, false])('has every action of the table once, under its own id (macOS: %s)', (isMac) => {
    const ids = menuOf({ isMac }).items.flatMap(({ id }) => (id === undefined || id === 'preferences' ? [] : [id]))
    // On a Mac the app's own menu has it, under the system's name for it.
    const expected = ActionId.options.filter((id) => !(isMac && id === 'quit'))
    expect(ids.sort()).toEqual([...expected].sort())
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

  it('has nothing for an administrator until that half of the app is shown', () => {
    const { items, template } = menuOf({ areas: noAreas })
    const ids = items.flatMap(({ id }) => (id === undefined ? [] : [id]))
    const hidden = ActionId.options.filter((id) => !ids.includes(id))
    expect(hidden).toEqual(ActionId.options.filter((id) => !['practice', undefined].includes(appActions[id].area)))
    expect(items.map(({ label }) => label)).not.toContain('Issuers')
    // No two lines in a row where the submenu is left out.
    const types = flat(template.filter(({ label }) => label === 'File')).map(({ type }) => type ?? 'entry')
    expect(types.join(' ')).not.toContain('separator separator')
  })

  it('has the licences only where their file is', () => {
    const isVisible = (hasLicences: boolean) =>
      menuOf({ hasLicences }).items.find(({ id }) => id === 'licences')?.visible
    expect([isVisible(true), isVisible(false)]).toEqual([true, false])
  })

  it('offers the command-line tool only where it has to be linked', () => {
    const isVisible = (hasCommandTool: boolean) =>
      menuOf({ hasCommandTool }).items.find(({ id }) => id === 'command-tool')?.visible
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
    expect(shortcutWords('CmdOrCtrl+Plus', false)).toBe('Ctrl +')
    expect([true, false].map((isMac) => shortcutWords(shortcutOf('full-screen', isMac) ?? '', isMac))).toEqual([
      '⌃ ⌘ F',
      'F11',
    ])
  })
})
