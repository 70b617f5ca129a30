import { describe, expect, it, vi } from 'vitest'
import { onFirstUse } from '#electron/platform/on-first-use'

const service = { double: async (value: number) => value * 2, refuse: () => Promise.reject(new Error('refused')) }

describe('what is built on first use', () => {
  it('is built by the first call, and only once', async () => {
    const load = vi.fn(async () => service)
    const later = onFirstUse(load)
    expect(load).not.toHaveBeenCalled()
    expect(await Promise.all([later.double(2), later.double(3)])).toEqual([4, 6])
    expect(load).toHaveBeenCalledOnce()
  })

  it('passes on what a method throws', async () => {
    const later = onFirstUse(async () => service)
    await expect(later.refuse()).rejects.toThrow('refused')
    expect(await later.double(1)).toBe(2)
  })

  it('is loaded again after a load that failed', async () => {
    const load = vi.fn(async () => service).mockRejectedValueOnce(new Error('unreadable'))
    const later = onFirstUse(load)
    await expect(later.double(1)).rejects.toThrow('unreadable')
    expect(await later.double(1)).toBe(2)
  })

  it('is no promise, so an async function can return it', async () => {
    const load = vi.fn(async () => service)
    const later = await (async () => onFirstUse(load))()
    expect(load).not.toHaveBeenCalled()
    expect(await later.double(4)).toBe(8)
  })
})
