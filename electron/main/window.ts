import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen, type WebContents } from 'electron'
import { readEnvironment } from '#electron/platform/environment'
import { isWayland } from './compat'
import { onceDrawn } from './once-drawn'
import { pageAddress } from './page-address'
import type { WindowPlace } from './window-place'

interface Opening {
  /** Nobody has asked for the window yet, so it takes neither place nor focus. */
  isQuiet: boolean
  /** Whether such a window stays hidden, because something else leads to it. */
  staysHidden(): Promise<boolean>
}

/** The one window, where it last was. Shown once its first screen is painted, to avoid a white flash. */
export function openWindow({ isQuiet, staysHidden }: Opening): BrowserWindow {
  const onWayland = isWayland()
  const window = new BrowserWindow({
    width: 1200,
    height: 780,
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
  const placed = putInPlace(window, onWayland)
  onceDrawn(
    window,
    async () => {
      const place = await placed
      const fill = () => {
        if (place?.isMaximized === true) window.maximize()
      }
      if (isQuiet) {
        window.once('restore', fill)
        void staysHidden().then((stays) => {
          if (!stays) void openQuietly(window, onWayland)
        })
      } else {
        fill()
        window.show()
      }
    },
    onWayland,
  )
  const page = pageAddress().href
  void window.loadURL(page)
  comeBackFromBlank(window.webContents, page)
  return window
}

/** To where it last was, while its page is loading: reading that takes longer than opening it. Null where it has its usual place. */
async function putInPlace(window: BrowserWindow, onWayland: boolean): Promise<WindowPlace | null> {
  const { fitPlace, keepPlace, readPlace, withoutPosition } = await import('./window-place')
  const kept = join(app.getPath('userData'), 'window.json')
  keepPlace(window, kept, onWayland)
  const place = readPlace(kept)
  if (place === null) return null
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
  const bounds = fitPlace(onWayland ? withoutPosition(place) : place, areas)
  window.setBounds(bounds)
  if (bounds.x === undefined) window.center()
  return place
}

/** On a Mac the Dock has the app, and a click there shows its window. Elsewhere only a window stands in the taskbar. */
async function openQuietly(window: BrowserWindow, onWayland: boolean): Promise<void> {
  // Somebody may have asked for it meanwhile.
  if (process.platform === 'darwin' || window.isDestroyed() || window.isVisible()) return
  // On Linux a window that is not there yet would be shown in full; on X11 with the focus.
  if (process.platform === 'linux') window.showInactive()
  if (onWayland) await painted(window)
  if (!window.isDestroyed()) window.minimize()
}

/** On Wayland a window is there with its first frame. */
const painted = (window: BrowserWindow) =>
  window.webContents.executeJavaScript('new Promise(requestAnimationFrame).then(() => null)').catch(() => null)

/** The preload refuses to navigate away. Should the page still reach about:blank, which no event announces, it is loaded again. */
function comeBackFromBlank(contents: WebContents, page: string): void {
  contents.on('did-navigate', (_event, url) => {
    if (url.startsWith('about:')) void contents.loadURL(page)
  })
}
