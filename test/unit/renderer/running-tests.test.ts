import { expect, it, vi } from 'vitest'
import { cancelTest, startTest, type TestInput, testOf } from '../../../renderer/src/screens/connections/running-tests'

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

it('lets the tests of two sites run beside each other', async () => {
  let finish: (report: string) => void = () => undefined
  const slow = startTest(choice('d'), () => new Promise<string>((resolve) => (finish = resolve)))
  expect(await startTest(choice('e'), async () => 'quick')).toBe('quick')
  expect(testOf('d').job).not.toBeNull()
  finish('slow')
  expect(await slow).toBe('slow')
})

it('asks with the job that can be cancelled, and cancels nothing where nothing runs', async () => {
  const cancelled: unknown[] = []
  const answer = async (input: unknown) => {
    cancelled.push(input)
    return { ok: true, value: true }
  }
  vi.stubGlobal('window', { latchkey: { 'jobs.cancel': answer } })
  cancelTest('f')
  let asked: TestInput | null = null
  let finish: (report: string) => void = () => undefined
  const running = startTest({ ...choice('f'), identity: 'ada' }, (input) => {
    asked = input
    return new Promise<string>((resolve) => (finish = resolve))
  })
  const { job } = testOf('f')
  expect(asked).toEqual({ host: 'f', identity: 'ada', mode: 'direct', job })
  cancelTest('f')
  expect(cancelled).toEqual([{ job }])
  finish('report')
  await running
  vi.unstubAllGlobals()
})

it('makes an error of whatever was thrown', async () => {
  expect(await startTest(choice('g'), () => Promise.reject('a word'))).toBeNull()
  expect(testOf('g').error?.message).toBe('a word')
})
