import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { onceDrawn } from '#electron/main/once-drawn'

function watch(isWayland: boolean) {
  const [window, webContents] = [new EventEmitter(), new EventEmitter()]
  let times = 0
  onceDrawn(
    Object.assign(window, { webContents }) as unknown as Parameters<typeof onceDrawn>[0],
    () => {
      times += 1
    },
    isWayland,
  )
  const count = (...events: ('painted' | 'loaded')[]) => {
    for (const event of events)
      if (event === 'painted') window.emit('ready-to-show')
      else webContents.emit('did-finish-load')
    return times
  }
  return count
}

describe('a window that can be shown', () => {
  it('is the one whose first screen is painted', () => {
    const count = watch(false)
    expect(count('loaded')).toBe(0)
    expect(count('painted')).toBe(1)
    expect(count('painted', 'loaded')).toBe(1)
  })

  it('on Wayland is painted or loaded, whichever comes first, and is shown once', () => {
    expect(watch(true)('loaded')).toBe(1)
    expect(watch(true)('loaded', 'painted', 'loaded')).toBe(1)
    expect(watch(true)('painted', 'loaded')).toBe(1)
  })
})
