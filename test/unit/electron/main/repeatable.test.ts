import { expect, it } from 'vitest'
import { createRepeatable } from '#electron/main/repeatable'

it('is done once, for whoever asks', async () => {
  let times = 0
  const work = createRepeatable(async () => {
    times += 1
    return times
  })
  expect(await Promise.all([work.get(), work.get(), work.latest()])).toEqual([1, 1, 1])
  expect(await work.get()).toBe(1)
})

it('is tried again by the next who asks after a failure, and by nobody who only looks', async () => {
  const answers = [new Error('first'), new Error('second'), 'third']
  const work = createRepeatable(async () => {
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    return answer
  })
  await expect(Promise.all([work.get(), work.get()])).rejects.toThrow('first')
  await expect(work.latest()).rejects.toThrow('first')
  await expect(Promise.all([work.get(), work.get()])).rejects.toThrow('second')
  expect(await work.get()).toBe('third')
  expect(await work.latest()).toBe('third')
})
