import { describe, expect, it } from 'vitest'
import { createStore } from '../../../renderer/src/store'

describe('a store', () => {
  it('tells whoever listens of every change, and of nothing that is none', () => {
    const store = createStore(1)
    const seen: number[] = []
    const stop = store.subscribe(() => seen.push(store.get()))
    store.set(2)
    store.set(2)
    store.set(3)
    stop()
    store.set(4)
    expect(seen).toEqual([2, 3])
    expect(store.get()).toBe(4)
  })

  it('goes on telling the others when one stops in between', () => {
    const store = createStore('a')
    const seen: string[] = []
    const stop = store.subscribe(() => stop())
    store.subscribe(() => seen.push(store.get()))
    store.set('b')
    store.set('c')
    expect(seen).toEqual(['b', 'c'])
  })
})
