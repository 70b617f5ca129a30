import type { BrowserWindow } from 'electron'

/** Somebody asked for the window: by a second start, or by a click on a notification. */
export function bringToFront(window: BrowserWindow | null): void {
  if (window === null) return
  if (window.isMinimized()) window.restore()
  window.focus()
}
