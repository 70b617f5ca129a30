import { type BrowserWindow, nativeImage } from 'electron'
import { countOf } from '#shared/logic/formatting'
import { drawDot, OVERLAY_SIZE } from './overlay-dot'

/** Windows: a dot on the app's button of the taskbar while something expires soon. `setOverlayIcon` exists there alone. */
export function showOnTaskbar(window: BrowserWindow | null, count: number): void {
  if (window === null || window.isDestroyed()) return
  if (count === 0) window.setOverlayIcon(null, '')
  else window.setOverlayIcon(dot(), `${countOf(count, 'item expires', 'items expire')} soon`)
}

const dot = () => nativeImage.createFromBitmap(Buffer.from(drawDot()), { width: OVERLAY_SIZE, height: OVERLAY_SIZE })
