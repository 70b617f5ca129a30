import type { BrowserWindow } from 'electron'

/** Somebody asked for the window: by a second start, or by a click on a notification. It may never have been shown yet. */
export function bringToFront(window: BrowserWindow | null): void {
  if (window === null) return
  if (window.isMinimized()) window.restore()
  if (!window.isVisible()) window.show()
  window.focus()
}
