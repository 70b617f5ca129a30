import { join } from 'node:path'
import { BrowserWindow, nativeTheme } from 'electron'
import { startPage } from './protocol'

/** The one window. Shown when its first screen is painted, so that nobody sees it white. */
export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1200,
    height: 780,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Latchkey',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1b1b1f' : '#ffffff',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(__dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      devTools: process.env['LATCHKEY_DEVTOOLS'] === '1',
      navigateOnDragDrop: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(process.env['ELECTRON_RENDERER_URL'] ?? startPage)
  return window
}
