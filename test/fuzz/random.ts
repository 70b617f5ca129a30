/** Random choices that are the same for the same seed, on every computer. */
export interface Random {
  /** From 0 to `limit` - 1. */
  below(limit: number): number
  /** True once in so many times. */
  oneIn(times: number): boolean
  pick<T>(choices: readonly T[]): T
  bytes(length: number): Buffer
}

/** mulberry32: short, and good enough to choose mutations with. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (limit: number) => next() % Math.max(1, limit)
  return {
    below,
    oneIn: (times) => below(times) === 0,
    pick(choices) {
      const chosen = choices[below(choices.length)]
      if (chosen === undefined) throw new Error('Nothing to choose from.')
      return chosen
    },
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  }
}
