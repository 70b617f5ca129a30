import { describe, expect, it } from 'vitest'
import { isScryptCost, isTooCostly } from '#electron/platform/scrypt-cost'

describe('what scrypt may cost', () => {
  it.each([
    ['what Latchkey writes (OWASP)', 2 ** 17, 8, 1],
    ['OWASP with less memory', 2 ** 13, 8, 10],
    ['Percival’s proposal for files', 2 ** 20, 8, 1],
    ['the same, four times in parallel', 2 ** 20, 8, 4],
  ])('%s is fine', (_, cost, blockSize, parallel) => {
    expect(isTooCostly({ cost, blockSize, parallel })).toBe(false)
  })

  it.each([
    ['memory, though each number is allowed', 2 ** 20, 16, 1],
    ['time, though the memory is small', 2 ** 17, 8, 33],
    ['both', 2 ** 22, 32, 16],
    ['more than numbers can say', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ])('%s is too much', (_, cost, blockSize, parallel) => {
    expect(isTooCostly({ cost, blockSize, parallel })).toBe(true)
  })

  it('is a power of two above one, of at least one block', () => {
    expect(isScryptCost({ cost: 2 ** 17, blockSize: 8, parallel: 1 })).toBe(true)
    for (const cost of [0, 1, 3, 131_071]) expect(isScryptCost({ cost, blockSize: 8, parallel: 1 })).toBe(false)
    expect(isScryptCost({ cost: 2, blockSize: 0, parallel: 1 })).toBe(false)
    expect(isScryptCost({ cost: 2, blockSize: 8, parallel: 0 })).toBe(false)
  })
})
