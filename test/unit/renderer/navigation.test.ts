import { describe, expect, it } from 'vitest'
import { forgetRequests, keepRequests, keptRequests } from '../../../renderer/src/import/requests'
import { reduce, start } from '../../../renderer/src/navigation'

describe('going somewhere', () => {
  it('keeps what was chosen on the other screens', () => {
    const chosen = reduce(start, { go: { screen: 'certificates', identity: 'a' } })
    const away = reduce(chosen, { go: { screen: 'activity' } })
    const back = reduce(away, { go: { screen: 'certificates' } })
    expect(back.places).toEqual({
      ...start.places,
      certificates: { screen: 'certificates', identity: 'a', renew: null, stored: null },
    })
  })

  it('changes what it names, and nothing else of that screen', () => {
    const tested = reduce(start, { go: { screen: 'connections', host: 'h', testWith: 'a' } })
    const opened = reduce(tested, { go: { screen: 'connections', report: 'r' } })
    expect(opened.places.connections).toEqual({ screen: 'connections', host: 'h', testWith: 'a', report: 'r' })
  })

  it('closes the window that lies over the screen, and forgets the name that was meant for it', () => {
    const open = reduce(start, { open: 'new', suggestedName: 'Ada' })
    expect(reduce(open, { go: { screen: 'settings' } })).toMatchObject({ overlay: null, suggestedName: null })
  })
})

describe('what ends by itself', () => {
  it('changes what its screen shows, and closes nothing that was opened meanwhile', () => {
    const there = reduce(start, { go: { screen: 'connections', host: 'h', report: 'r' } })
    const writing = reduce(there, { open: 'new', suggestedName: 'Ada' })
    const ended = reduce(writing, { choose: { screen: 'connections', report: null } })
    expect(ended).toMatchObject({ screen: 'connections', overlay: 'new', suggestedName: 'Ada' })
    expect(ended.places.connections).toMatchObject({ host: 'h', report: null })
  })

  it('brings nobody back', () => {
    const away = reduce(start, { go: { screen: 'settings' } })
    const ended = reduce(away, { choose: { screen: 'access', view: 'plan' } })
    expect([ended.screen, ended.places.access.view]).toEqual(['settings', 'plan'])
  })
})

describe('a window over the screen', () => {
  it('leaves the screen where it is', () => {
    const there = reduce(start, { go: { screen: 'connections', host: 'h' } })
    const open = reduce(there, { open: 'palette', suggestedName: null })
    expect(open).toEqual({ ...there, overlay: 'palette' })
  })

  it('has the name that was suggested for it, and no earlier one', () => {
    const first = reduce(start, { open: 'new', suggestedName: 'Ada' })
    expect(first).toMatchObject({ overlay: 'new', suggestedName: 'Ada' })
    expect(reduce(first, { open: 'new', suggestedName: null }).suggestedName).toBeNull()
    const awaited = reduce(first, { open: 'new', suggestedName: 'Ada', awaitedBy: ['site'] })
    expect(awaited).toMatchObject({ overlay: 'new', awaitedBy: ['site'] })
    expect(reduce(awaited, { open: 'new', suggestedName: 'Ada' }).awaitedBy).toEqual([])
  })

  it('is closed by itself only: what the palette has opened stays', () => {
    const palette = reduce(start, { open: 'palette', suggestedName: null })
    const opened = reduce(palette, { open: 'new', suggestedName: null })
    expect(reduce(opened, { close: 'palette' })).toBe(opened)
    expect(reduce(opened, { close: 'new' }).overlay).toBeNull()
  })
})

describe('files that an issuer is to sign', () => {
  const file = (name: string) => ({ kind: 'bytes' as const, name, bytes: new Uint8Array(1) })

  it('are found by the number that a place holds, the latest only', () => {
    const first = keepRequests([file('a.csr')])
    const second = keepRequests([file('b.csr')])
    expect(second).not.toBe(first)
    expect(keptRequests(first)).toEqual([])
    expect(keptRequests(second)).toMatchObject([{ name: 'b.csr' }])
  })

  it('are gone once they are forgotten', () => {
    const number = keepRequests([file('a.csr')])
    forgetRequests()
    expect(keptRequests(number)).toEqual([])
  })
})
