import { describe, expect, it } from 'vitest'
import { reduce, start } from '../../../renderer/src/navigation'

const begin = { place: start, overlay: null, suggestedName: null }

describe('going somewhere', () => {
  it('keeps what was chosen on the other screens', () => {
    const chosen = reduce(begin, { go: { identity: 'a' } })
    const away = reduce(chosen, { go: { screen: 'activity' } })
    const back = reduce(away, { go: { screen: 'certificates' } })
    expect(back.place).toEqual({ ...start, identity: 'a' })
  })

  it('closes the window that lies over the screen, and forgets the name that was meant for it', () => {
    const open = reduce(begin, { open: 'new', suggestedName: 'Ada' })
    expect(reduce(open, { go: { screen: 'settings' } })).toMatchObject({ overlay: null, suggestedName: null })
  })
})

describe('a window over the screen', () => {
  it('leaves the screen where it is', () => {
    const there = reduce(begin, { go: { screen: 'connections', host: 'h' } })
    expect(reduce(there, { open: 'palette', suggestedName: null }).place).toEqual(there.place)
  })

  it('has the name that was suggested for it, and no earlier one', () => {
    const first = reduce(begin, { open: 'new', suggestedName: 'Ada' })
    expect(first).toMatchObject({ overlay: 'new', suggestedName: 'Ada' })
    expect(reduce(first, { open: 'new', suggestedName: null }).suggestedName).toBeNull()
  })

  it('is closed by itself only: what the palette has opened stays', () => {
    const palette = reduce(begin, { open: 'palette', suggestedName: null })
    const opened = reduce(palette, { open: 'new', suggestedName: null })
    expect(reduce(opened, { close: 'palette' })).toBe(opened)
    expect(reduce(opened, { close: 'new' }).overlay).toBeNull()
  })
})
