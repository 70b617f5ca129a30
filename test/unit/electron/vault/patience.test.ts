import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPatience } from '#electron/vault/keyring'

// Only what patience uses: on Electron's Node the runner itself waits with the other timers.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

const failure = (work: Promise<unknown>) => work.catch((error: Error) => error.message)

it('answers come through, failures too, one call after the other', async () => {
  const patiently = createPatience(1000)
  let running = 0
  const call = async (value: number) => {
    running += 1
    expect(running).toBe(1)
    await Promise.resolve()
    running -= 1
    return value
  }
  expect(await Promise.all([1, 2, 3].map((value) => patiently(() => call(value))))).toEqual([1, 2, 3])
  const broken = patiently(async () => {
    throw new Error('no such bus')
  })
  expect(await failure(broken)).toBe('no such bus')
  expect(await patiently(() => call(4))).toBe(4)
})

it('behind an unanswered prompt no second call is ever started, and all are told at once', async () => {
  const patiently = createPatience(1000)
  let answer: () => void = () => undefined
  let started = 0
  const prompt = patiently((isWanted) => {
    started += 1
    return new Promise<boolean>((resolve) => {
      answer = () => resolve(isWanted())
    })
  })
  const second = async () => {
    started += 1
    return 'second'
  }
  const waiting = patiently(second)
  const [first, behind] = [failure(prompt), failure(waiting)]
  await vi.advanceTimersByTimeAsync(1000)
  expect(await first).toMatch(/locked/u)
  expect(await behind).toMatch(/locked/u)
  for (let times = 0; times < 10; times += 1) expect(await failure(patiently(second))).toMatch(/prompt.*locked/u)
  expect(started).toBe(1)

  // The person answers after all: the next one is asked again, what was given up stays given up.
  answer()
  await vi.advanceTimersByTimeAsync(0)
  expect(await patiently(second)).toBe('second')
  expect(started).toBe(2)
})
