import { expect, it } from 'vitest'
import { drawDot } from '#electron/main/overlay-dot'

it('is a filled circle, premultiplied, with corners that are clear', () => {
  const size = 16
  const pixels = drawDot(size)
  const at = (x: number, y: number) => [...pixels.subarray((y * size + x) * 4, (y * size + x) * 4 + 4)]
  expect(pixels.length).toBe(size * size * 4)
  expect([at(0, 0), at(15, 15)]).toEqual([
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ])
  expect(at(8, 8)).toEqual([42, 42, 201, 255])
  for (let place = 0; place < pixels.length; place += 4)
    for (let part = 0; part < 3; part += 1) expect(pixels[place + part]).toBeLessThanOrEqual(pixels[place + 3] ?? 0)
})
