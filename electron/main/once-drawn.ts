import type { BrowserWindow } from 'electron'

/**
 * Acts once, when the window can be shown: its first screen is painted, so that nothing flashes white. On Wayland a hidden window may
 * never be painted, and `ready-to-show` never come (electron/electron#48859): there, the page has been loaded.
 */
export function onceDrawn(
  window: Pick<BrowserWindow, 'once' | 'off' | 'webContents'>,
  act: () => void,
  isWayland: boolean,
): void {
  const { webContents } = window
  const drawn = () => {
    window.off('ready-to-show', drawn)
    webContents.off('did-finish-load', drawn)
    act()
  }
  window.once('ready-to-show', drawn)
  if (isWayland) webContents.once('did-finish-load', drawn)
}
