import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuScreen } from '#shared/model/window-command'
import type { GivenCommand } from './window-commands'

/** The platform's usual menu; what our own entries ask for is done by the window. */
export function setupMenu(give: (command: GivenCommand) => void): void {
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
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  }
  const template: MenuItemConstructorOptions[] = [file, { role: 'editMenu' }, view, { role: 'windowMenu' }]
  Menu.setApplicationMenu(Menu.buildFromTemplate(isMac ? [{ role: 'appMenu' }, ...template] : template))
}
