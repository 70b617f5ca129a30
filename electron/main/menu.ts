import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { AppEvent } from '#shared/ipc/events'

/** The platform's usual menu; our own entries only open a screen. */
export function setupMenu(send: (event: AppEvent) => void): void {
  const isMac = process.platform === 'darwin'
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [
      { label: 'New certificate…', accelerator: 'CmdOrCtrl+N', click: () => send({ type: 'open', screen: 'new' }) },
      { label: 'Open a file…', accelerator: 'CmdOrCtrl+O', click: () => send({ type: 'open', screen: 'import' }) },
      { type: 'separator' },
      { label: 'Settings', accelerator: 'CmdOrCtrl+,', click: () => send({ type: 'open', screen: 'settings' }) },
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
