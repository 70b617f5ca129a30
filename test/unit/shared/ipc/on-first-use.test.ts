import { expect, it, vi } from 'vitest'
import { onFirstUse } from '#shared/ipc/on-first-use'

it('makes each property when it is first read, and once', () => {
  const [first, second] = [vi.fn(() => ({ name: 'first' })), vi.fn(() => 2)]
  const made = onFirstUse({ first, second })
  expect(Object.keys(made)).toEqual(['first', 'second'])
  expect(first).not.toHaveBeenCalled()
  expect(made.first).toBe(made.first)
  expect(first).toHaveBeenCalledOnce()
  expect(second).not.toHaveBeenCalled()
})

it('tries again where making failed', () => {
  let isReady = false
  const made = onFirstUse({
    value: () => {
      if (!isReady) throw new Error('not yet')
      return 1
    },
  })
  expect(() => made.value).toThrow('not yet')
  isReady = true
  expect(made.value).toBe(1)
})
