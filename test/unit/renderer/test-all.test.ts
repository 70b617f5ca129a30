import { beforeEach, expect, it } from 'vitest'
import type { TestInput } from '../../../renderer/src/screens/connections/running-tests'
import { testOf } from '../../../renderer/src/screens/connections/running-tests'
import { cancelTestAll, testAll } from '../../../renderer/src/screens/connections/test-all'
import { hostRow } from '../../support/rows'

const asked: { host: string; release(): void }[] = []
beforeEach(() => {
  asked.length = 0
})

const ask = ({ host }: TestInput) => new Promise((resolve) => asked.push({ host, release: () => resolve({}) }))
const sites = (count: number) => Array.from({ length: count }, (_, index) => hostRow(`s${index}.example`))
const settled = () => new Promise((resolve) => setImmediate(resolve))

it('tests every site, four at a time', async () => {
  const hosts = sites(9)
  const all = testAll(hosts, [], ask)
  expect(asked).toHaveLength(4)
  for (let released = 0; released < 9; released += 1) {
    asked[released]?.release()
    await settled()
    expect(asked.length).toBe(Math.min(9, released + 5))
  }
  await all
  expect(asked.map(({ host }) => host).sort()).toEqual(hosts.map(({ id }) => id).sort())
})

it('starts nothing more after a cancellation, and ends what runs', async () => {
  const hosts = sites(9)
  const all = testAll(hosts, [], ask)
  const ended: string[] = []
  cancelTestAll((host) => ended.push(host))
  expect(ended.sort()).toEqual(asked.map(({ host }) => host).sort())
  for (const { release } of asked) release()
  await all
  expect(asked).toHaveLength(4)
  expect(hosts.every(({ id }) => testOf(id).job === null)).toBe(true)
})

it('leaves nothing of a cancelled round to the next one', async () => {
  const cancelled = testAll(sites(9), [], ask)
  cancelTestAll(() => undefined)
  const again = testAll(sites(3), [], ask)
  for (const { release } of asked.slice(0, 4)) release()
  await cancelled
  expect(asked).toHaveLength(4 + 3)
  for (const { release } of asked) release()
  await again
})

it('does not begin twice', async () => {
  const first = testAll(sites(2), [], ask)
  await testAll(sites(2), [], ask)
  expect(asked).toHaveLength(2)
  for (const { release } of asked) release()
  await first
})
