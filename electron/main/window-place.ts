import { readFileSync, writeFileSync } from 'node:fs'
import type { BrowserWindow, Rectangle } from 'electron'
import { z } from 'zod'
import { parseJson } from '#electron/platform/parse-json'

const WindowPlace = z.object({
  // None on Wayland, which tells no window where it is.
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().positive(),
  height: z.int().positive(),
  isMaximized: z.boolean(),
})
export type WindowPlace = z.infer<typeof WindowPlace>

/** How much of the window's top has to be on a screen, so that it can be seen and dragged. */
const GRIP = { width: 120, height: 40 }

/** Null where there is none, or none that can be read. */
export function readPlace(path: string): WindowPlace | null {
  try {
    return WindowPlace.safeParse(parseJson(readFileSync(path, 'utf8'))).data ?? null
  } catch {
    return null
  }
}

/**
 * Where the window opens, given the areas of the screens that windows may use. On a screen that is gone it would be out of
 * reach: without a position, the system puts it in the middle of one that is there.
 */
export function fitPlace(place: WindowPlace, areas: readonly Rectangle[]): Partial<Rectangle> {
  const { x, y, width, height } = place
  const size = (room: Pick<Rectangle, 'width' | 'height'>) => ({
    width: Math.min(width, room.width),
    height: Math.min(height, room.height),
  })
  const anywhere = size(areas[0] ?? place)
  if (x === undefined || y === undefined) return anywhere
  const area = areas.find(
    (one) =>
      Math.min(x + width, one.x + one.width) - Math.max(x, one.x) >= GRIP.width &&
      y >= one.y &&
      y + GRIP.height <= one.y + one.height,
  )
  return area === undefined ? anywhere : { x, y, ...size(area) }
}

/** Of a place that is kept or applied where positions mean nothing. */
export const withoutPosition = ({ width, height, isMaximized }: WindowPlace): WindowPlace => ({
  width,
  height,
  isMaximized,
})

/** Saves where the window was when it closes, and on Wayland its size alone. It closes even if the folder cannot be written to. */
export function keepPlace(window: BrowserWindow, path: string, isWayland: boolean): void {
  window.on('close', () => {
    // Of a window that is maximised: what it goes back to.
    const seen: WindowPlace = { ...window.getNormalBounds(), isMaximized: window.isMaximized() }
    const place = isWayland ? withoutPosition(seen) : seen
    try {
      writeFileSync(path, JSON.stringify(place), { mode: 0o600 })
    } catch {
      // The next start has the usual size.
    }
  })
}
