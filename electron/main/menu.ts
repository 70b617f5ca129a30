import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuScreen } from '#shared/model/window-command'

/** The platform's usual menu; our own entries only open a screen. */
export function setupMenu(open: (screen: MenuScreen) => void): void {
  const isMac = process.platform === 'darwin'
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [
      { label: 'New certificate…', accelerator: 'CmdOrCtrl+N', click: () => open('new') },
      { label: 'Open a file…', accelerator: 'CmdOrCtrl+O', click: () => open('import') },
      { type: 'separator' },
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
