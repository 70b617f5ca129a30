import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import type { Bundle } from '../../../support/bundle'
import { temporaryFolder } from '../../../support/home'
import { bundleWithModules, start } from '../../../support/processes'

/** One operation of three steps in a process of its own, killed at every named point, then a second process. */
let script: Bundle
beforeAll(async () => {
  script = await bundleWithModules('test/support/operations-process.ts')
})
afterAll(() => script.remove())

const world = (home: string) =>
  readFileSync(join(home, 'world'), { encoding: 'utf8', flag: 'a+' }).split('\n').slice(0, -1)
const did = (steps: string) => [...steps].map((name) => `do ${name}`)

/** Where it is killed → what was done by then, and what the journal knows of it. */
const points: [point: string, done: string, known: string[] | null][] = [
  ['three:begun', '', []],
  ['three:a-done', 'a', []],
  ['three:a-noted', 'a', ['a']],
  ['three:b-done', 'ab', ['a']],
  ['three:b-noted', 'ab', ['a', 'b']],
  ['three:c-done', 'abc', ['a', 'b']],
  ['three:c-noted', 'abc', ['a', 'b', 'c']],
  ['three:finished', 'abc', null],
]

describe.each(points)('killed at %s', (point, done, known) => {
  it('is put in order by the next process, once', async () => {
    const home = temporaryFolder()
    const killed = start(script.path, [home], { LATCHKEY_TEST: '1', LATCHKEY_FAIL_POINT: point })
    expect(await killed.ended).toEqual({ code: null, signal: 'SIGKILL' })
    expect(world(home)).toEqual(did(done))

    const order = known === null ? [] : [`recover ${JSON.stringify(known)}`]
    expect(await start(script.path, [home, 'recover']).line()).toBe('done')
    expect(await start(script.path, [home, 'recover']).line()).toBe('done')
    expect(world(home)).toEqual([...did(done), ...order])
    expect(await openLocalDatabase(home).operations.unfinished()).toEqual([])
    expect(await start(script.path, [home]).line()).toBe('done')
  })
})

it('a fail point needs both variables', async () => {
  const home = temporaryFolder()
  const environment = { LATCHKEY_TEST: '', LATCHKEY_FAIL_POINT: 'three:begun' }
  expect(await start(script.path, [home], environment).line()).toBe('done')
})

it('four processes at once take turns', async () => {
  const home = temporaryFolder()
  openLocalDatabase(home)
  const all = await Promise.all(Array.from({ length: 4 }, () => start(script.path, [home]).line()))
  expect(all).toEqual(Array(4).fill('done'))
  expect(world(home)).toEqual(Array(4).fill(did('abc')).flat())
})
