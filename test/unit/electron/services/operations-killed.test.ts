import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { Page } from '#shared/model/page'
import type { Bundle } from '../../../support/bundle'
import { temporaryFolder } from '../../../support/home'
import { bundleWithModules, start } from '../../../support/processes'
import { partOfToday } from '../../../support/rounds'

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
  ['request:begun', '', []],
  ['request:a-done', 'a', []],
  ['request:a-noted', 'a', ['a']],
  ['request:b-done', 'ab', ['a']],
  ['request:b-noted', 'ab', ['a', 'b']],
  ['request:c-done', 'abc', ['a', 'b']],
  ['request:c-noted', 'abc', ['a', 'b', 'c']],
  ['request:finished', 'abc', null],
]

describe.each(partOfToday(points, 2))('killed at %s', (point, done, known) => {
  it('is put in order by the next process, once', async () => {
    const home = temporaryFolder()
    const killed = start(script.path, [home], { LATCHKEY_TEST: '1', LATCHKEY_FAIL_POINT: point })
    expect(await killed.ended).toEqual({ code: null, signal: 'SIGKILL' })
    expect(world(home)).toEqual(did(done))
    // The line and the end of the operation are one transaction.
    const told = (await openLocalDatabase(home).activity.list(Page.parse({}))).rows.map(({ kind }) => kind)
    expect(told).toEqual(known === null ? ['request-made'] : [])

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
  const environment = { LATCHKEY_TEST: '', LATCHKEY_FAIL_POINT: 'request:begun' }
  expect(await start(script.path, [home], environment).line()).toBe('done')
})

it('four processes at once take turns', async () => {
  const home = temporaryFolder()
  openLocalDatabase(home)
  const all = await Promise.all(Array.from({ length: 4 }, () => start(script.path, [home]).line()))
  expect(all).toEqual(Array(4).fill('done'))
  expect(world(home)).toEqual(Array(4).fill(did('abc')).flat())
})
