import { describe, expect, it } from 'vitest'
import { inOrder } from '#electron/platform/in-order'

describe('inOrder', () => {
  it('keeps the order of the items, whichever is done first, and to its limit', async () => {
    const finish: (() => void)[] = []
    const begun: number[] = []
    const all = inOrder([0, 1, 2, 3, 4], 2, async (item) => {
      begun.push(item)
      await new Promise<void>((resolve) => {
        finish[item] = resolve
      })
      return item * 10
    })
    for (const last of [1, 2, 0, 4, 3]) {
      expect(begun.length - finish.filter((end) => end === done).length).toBeLessThanOrEqual(2)
      finish[last]?.()
      finish[last] = done
      await new Promise(setImmediate)
    }
    expect(begun).toEqual([0, 1, 2, 3, 4])
    expect(await all).toEqual([0, 10, 20, 30, 40])
  })

  it('begins nothing more after an error', async () => {
    const begun: number[] = []
    const act = async (item: number) => {
      begun.push(item)
      throw new Error('No.')
    }
    await expect(inOrder([0, 1, 2, 3], 2, act)).rejects.toThrow('No.')
    expect(begun).toEqual([0, 1])
  })

  it('has nothing to do for no items', async () => {
    expect(await inOrder([], 8, async () => 1)).toEqual([])
  })
})

const done = () => undefined
