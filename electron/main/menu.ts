import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { HomePaths } from '#electron/platform/home'
import type { MenuScreen } from '#shared/model/window-command'
import { showLog } from './show-log'
import type { GivenCommand } from './window-commands'
import { zoomItems } from './zoom'

/** The platform's usual menu; what our own entries ask for is done by the window. */
export function setupMenu(give: (command: GivenCommand) => void, paths: HomePaths): void {
  const open = (screen: MenuScreen) => give({ kind: 'open', screen })
  const isMac = process.platform === 'darwin'
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [
      { label: 'New certificate…', accelerator: 'CmdOrCtrl+N', click: () => open('new') },
      { label: 'Open a file…', accelerator: 'CmdOrCtrl+O', click: () => open('import') },
      { type: 'separator' },
      { label: 'Lock keys now', accelerator: 'CmdOrCtrl+Shift+L', click: () => give({ kind: 'lock' }) },
      { label: 'Settings', accelerator: 'CmdOrCtrl+,', click: () => open('settings') },
      { type: 'separator' },
      isMac ? { role: 'close' } : { role: 'quit' },
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [...zoomItems(), { type: 'separator' }, { role: 'togglefullscreen' }],
  }
  const help: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [
      { label: 'Copy diagnostic report', click: () => give({ kind: 'diagnostics' }) },
      { label: 'Show log', click: () => showLog(paths) },
    ],
  }
  const template: MenuItemConstructorOptions[] = [file, { role: 'editMenu' }, view, { role: 'windowMenu' }, help]
  Menu.setApplicationMenu(Menu.buildFromTemplate(isMac ? [{ role: 'appMenu' }, ...template] : template))
}
