/** Of a picture on a button of the taskbar, in pixels (Microsoft, ITaskbarList3::SetOverlayIcon: 16×16 at 96 dpi). */
export const OVERLAY_SIZE = 32

/** The red of the side bar's count. */
const colour = { red: 201, green: 42, blue: 42 }

/** A filled circle with a smooth edge: BGRA, premultiplied, row by row. */
export function drawDot(size: number = OVERLAY_SIZE): Uint8Array {
  const pixels = new Uint8Array(size * size * 4)
  const [middle, radius] = [(size - 1) / 2, size / 2 - 1]
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) {
      const share = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x - middle, y - middle)))
      const { red, green, blue } = colour
      pixels.set(
        [blue, green, red, 255].map((part) => Math.round(part * share)),
        (y * size + x) * 4,
      )
    }
  return pixels
}
