import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen, type WebContents } from 'electron'
import { readEnvironment } from '#electron/platform/environment'
import { pageAddress } from './page-address'
import { fitPlace, keepPlace, readPlace } from './window-place'

/** The one window, where it last was. Shown once its first screen is painted, to avoid a white flash. */
export function openWindow(): BrowserWindow {
  const kept = join(app.getPath('userData'), 'window.json')
  const place = readPlace(kept)
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
  const window = new BrowserWindow({
    ...(place === null ? { width: 1200, height: 780 } : fitPlace(place, areas)),
    // A screen of 900×600 at a scale of 200 % has no more.
    minWidth: 450,
    minHeight: 300,
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
      devTools: readEnvironment().devTools,
      navigateOnDragDrop: false,
    },
  })
  keepPlace(window, kept)
  window.once('ready-to-show', () => {
    if (place?.isMaximized === true) window.maximize()
    window.show()
  })
  const page = pageAddress().href
  void window.loadURL(page)
  comeBackFromBlank(window.webContents, page)
  return window
}

/** The preload refuses to navigate away. Should the page still reach about:blank, which no event announces, it is loaded again. */
function comeBackFromBlank(contents: WebContents, page: string): void {
  contents.on('did-navigate', (_event, url) => {
    if (url.startsWith('about:')) void contents.loadURL(page)
  })
}
