import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { fitPlace, readPlace, withoutPosition } from '#electron/main/window-place'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const beside = { x: 1440, y: 0, width: 2560, height: 1440 }
const place = (x: number, y: number, width = 1000, height = 700) => ({ x, y, width, height, isMaximized: false })

describe('the place of the window', () => {
  it('is the same again on the screen where it was, also half outside', () => {
    expect(fitPlace(place(100, 50), [laptop])).toEqual({ x: 100, y: 50, width: 1000, height: 700 })
    expect(fitPlace(place(1600, 400), [laptop, beside])).toMatchObject({ x: 1600, y: 400 })
    expect(fitPlace(place(-800, 50), [laptop])).toMatchObject({ x: -800, y: 50 })
  })

  it('is left to the system where its screen is gone or its top cannot be reached', () => {
    const size = { width: 1000, height: 700 }
    expect(fitPlace(place(1600, 400), [laptop])).toEqual(size)
    expect(fitPlace(place(-900, 50), [laptop])).toEqual(size)
    expect(fitPlace(place(100, 10), [laptop])).toEqual(size)
    expect(fitPlace(place(100, 870), [laptop])).toEqual(size)
  })

  it('is no larger than the screen', () => {
    expect(fitPlace(place(1500, 50, 2400, 1300), [laptop])).toEqual({ width: 1440, height: 875 })
    expect(fitPlace(place(0, 25, 2400, 1300), [laptop])).toEqual({ ...laptop })
  })

  it('is a size alone where the system tells no window where it is', () => {
    const kept = withoutPosition(place(100, 50))
    expect(kept).toEqual({ width: 1000, height: 700, isMaximized: false })
    expect(fitPlace(kept, [laptop])).toEqual({ width: 1000, height: 700 })
    expect(fitPlace(withoutPosition(place(0, 0, 3000, 400)), [laptop])).toEqual({ width: 1440, height: 400 })
  })

  const folder = mkdtempSync(join(tmpdir(), 'latchkey-place-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is forgotten where its file is missing or damaged', () => {
    const path = join(folder, 'window.json')
    expect(readPlace(path)).toBeNull()
    for (const text of ['', '{', '[]', '{"x":1}', '{"x":0,"y":0,"width":-5,"height":7,"isMaximized":true}']) {
      writeFileSync(path, text)
      expect(readPlace(path)).toBeNull()
    }
    writeFileSync(path, JSON.stringify(place(1, 2)))
    expect(readPlace(path)).toEqual(place(1, 2))
    writeFileSync(path, JSON.stringify(withoutPosition(place(1, 2))))
    expect(readPlace(path)).toEqual(withoutPosition(place(1, 2)))
  })
})
