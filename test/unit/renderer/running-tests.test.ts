import { expect, it } from 'vitest'
import { startTest, testOf } from '../../../renderer/src/screens/connections/running-tests'

const choice = (host: string) => ({ host, identity: null, mode: 'direct' }) as const

it('knows what runs, whoever looks, until it ends', async () => {
  let finish: (report: string) => void = () => undefined
  const running = startTest(choice('a'), () => new Promise<string>((resolve) => (finish = resolve)))
  expect(testOf('a').job).toMatch(/^[0-9a-f-]{36}$/u)
  expect(testOf('b')).toEqual({ job: null, error: null })
  expect(await startTest(choice('a'), async () => 'a second one')).toBeNull()
  finish('report')
  expect(await running).toBe('report')
  expect(testOf('a')).toEqual({ job: null, error: null })
})

it('keeps why a test failed until the next one begins', async () => {
  const problem = new Error('no network')
  expect(await startTest(choice('c'), () => Promise.reject(problem))).toBeNull()
  expect(testOf('c')).toEqual({ job: null, error: problem })
  expect(await startTest(choice('c'), async () => 'report')).toBe('report')
  expect(testOf('c').error).toBeNull()
})
