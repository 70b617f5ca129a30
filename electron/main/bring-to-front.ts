import type { BrowserWindow } from 'electron'
import { isWayland } from './compat'

/**
 * Somebody asked for the window: by a second start, or by a click on a notification. It may never have been shown yet.
 *
 * On Wayland a program can neither put its window in front of others nor undo that it is minimised (xdg-shell has no requests for
 * it), though Electron then reports both. What is hidden and shown is mapped anew, which is in front.
 */
export function bringToFront(window: BrowserWindow | null, onWayland = isWayland()): void {
  if (window === null) return
  const isInFront = window.isFocused()
  if (window.isMinimized()) window.restore()
  if (onWayland && !isInFront) window.hide()
  if (!window.isVisible()) window.show()
  window.focus()
}
