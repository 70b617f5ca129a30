import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Database } from '#electron/database/database'
import { openLocalDatabase } from '#electron/database/local'
import { systemClock } from '#electron/platform/clock'
import type { Log, LogFields } from '#electron/platform/log'
import { systemRandom } from '#electron/platform/random'
import { createOperations, type Step } from '#electron/services/operations'
import type { Vault } from '#electron/vault/vault'
import { AppError } from '#shared/errors'
import type { Topic } from '#shared/ipc/events'
import { OperationId } from '#shared/model/ids'
import { Page } from '#shared/model/page'
import { defineOperation, line } from '../../../support/define-operation'
import { temporaryFolder } from '../../../support/home'
import { journalOf } from '../../../support/journal'
import { memoryKeyring } from '../../../support/keyring'
import { openVault } from '../../../support/vault'

let home: string
let database: Database
let vault: Vault
let world: string[]
let told: Topic[][]
let logged: [string, LogFields | undefined][]

beforeEach(() => {
  home = temporaryFolder()
  database = openLocalDatabase(home)
  vault = openVault(home, memoryKeyring().keyring)
  world = []
  told = []
  logged = []
})
afterEach(() => {
  vi.useRealTimers()
  return database.close()
})

const log: Log = {
  info: (event, fields) => void logged.push([event, fields]),
  warn: (event, fields) => void logged.push([event, fields]),
  error: (event, fields) => void logged.push([event, fields]),
}

const tellWorld = async (payload: unknown) => void world.push(`recover ${JSON.stringify(payload)}`)

/** With one kind of operation, `request`. */
function operations(recover: (payload: unknown) => Promise<void> = tellWorld) {
  const all = createOperations({
    database,
    journal: journalOf(database, vault),
    clock: systemClock,
    random: systemRandom,
    log,
    changed: (...topics) => void told.push(topics),
  })
  const { perform } = defineOperation<Payload>(all, { recover })
  return {
    ...all,
    perform: (payload: Payload, steps: Step<Payload>[], signal?: AbortSignal) =>
      perform(payload, steps, { signal, line }),
  }
}

type Payload = { done: string[] }
const step = (name: string, changes: Partial<Step<Payload>> = {}): Step<Payload> => ({
  name,
  run: async ({ done }) => {
    world.push(`do ${name}`)
    return { done: [...done, name] }
  },
  undo: async ({ done }) => void world.push(`undo ${name} after ${done.join('')}`),
  ...changes,
})
const failing = (error: unknown) => async () => {
  world.push('fail')
  throw error
}
const start: Payload = { done: [] }
const rows = () => database.operations.unfinished()
/** As an earlier process of this vault left it. */
async function leave(kind: string, payload = '{"done":["x"]}', startedAt = '2026-01-01T00:00:00.000Z') {
  const journal = journalOf(database, vault)
  const id = OperationId.parse(systemRandom.uuid())
  await journal.begin({ id, kind, step: 'begun', payload, startedAt }, await journal.authenticator())
}

describe('an operation', () => {
  it('is journalled step by step and leaves no trace when done', async () => {
    const seen: unknown[] = []
    const look = async () => {
      const [found] = await rows()
      seen.push([found?.step, JSON.parse(found?.payload ?? 'null')])
    }
    await operations().perform(start, [step('a'), step('b', { run: look }), step('c', { run: look })])
    expect(seen).toEqual([
      ['a', { done: ['a'] }],
      ['b', { done: ['a'] }],
    ])
    expect(await rows()).toEqual([])
    expect(world).toEqual(['do a'])
  })

  it('that fails is taken back in reverse, the step that failed half-way included', async () => {
    const error = new AppError('store-locked')
    const steps = [step('a'), step('b'), step('c', { run: failing(error) }), step('d')]
    await expect(operations().perform(start, steps)).rejects.toBe(error)
    expect(world).toEqual(['do a', 'do b', 'fail', 'undo c after ab', 'undo b after ab', 'undo a after ab'])
    expect(await rows()).toEqual([])
  })

  it.each([new AppError('store-locked'), new TypeError('a bug')])(
    'that cannot be taken back now (%s) says what went wrong first and is put in order later',
    async (second) => {
      const first = new AppError('store-cancelled')
      const steps = [step('a', { undo: failing(second) }), step('b', { run: failing(first) })]
      await expect(operations().perform(start, steps)).rejects.toMatchObject({
        code: 'store-cancelled',
        cause: first,
        // Not “Nothing was changed”.
        done: 'It could not all be undone now. Latchkey goes on with that when it starts again.',
      })
      expect(await rows()).toHaveLength(1)
      expect(logged.map(([event]) => event)).toContain('operation-not-taken-back')
      world = []
      await operations().perform(start, [step('z')])
      expect(world).toEqual(['recover {"done":["a"]}', 'do z'])
      expect(await rows()).toEqual([])
    },
  )

  it('that was performed whole, and only then could not be recorded, is not said to have changed nothing', async () => {
    const finish = () => Promise.reject(new AppError('disk-full'))
    database = { ...database, operations: { ...database.operations, finish } }
    await expect(operations().perform(start, [step('a')])).rejects.toMatchObject({
      code: 'disk-full',
      done: 'It was done, but could not be recorded. Latchkey finishes it or takes it back when it starts again.',
    })
    expect(world).toEqual(['do a'])
    expect(told).toEqual([['identities']])
    expect(await rows()).toHaveLength(1)
  })

  it('that is called off between two steps is taken back, and before the first it leaves everything alone', async () => {
    const ending = new AbortController()
    const steps = [step('a'), step('b', { run: async () => ending.abort() }), step('c')]
    const called = { code: 'cancelled' }
    await expect(operations().perform(start, steps, ending.signal)).rejects.toMatchObject(called)
    expect(world).toEqual(['do a', 'undo b after a', 'undo a after a'])
    expect(await rows()).toEqual([])
    world = []
    await expect(operations().perform(start, [step('d')], ending.signal)).rejects.toMatchObject(called)
    expect(world).toEqual([])
  })

  it('that is called off in its last step is finished', async () => {
    const ending = new AbortController()
    await operations().perform(start, [step('a', { run: async () => ending.abort() })], ending.signal)
    expect(world).toEqual([])
    expect(await rows()).toEqual([])
  })

  it('waits its turn', async () => {
    const one = operations()
    let open: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const first = one.perform(start, [step('a', { run: () => gate }), step('b')])
    const second = one.perform(start, [step('c')])
    open()
    await Promise.all([first, second])
    expect(world).toEqual(['do b', 'do c'])
  })

  it('that failed does not stop the next one', async () => {
    const one = operations()
    const first = one.perform(start, [step('a', { run: failing(new Error('bug')) })])
    const second = one.perform(start, [step('b')])
    await expect(first).rejects.toThrow('bug')
    await second
    expect(world).toContain('do b')
  })

  it('is defined once', () => {
    const all = operations()
    expect(() => defineOperation(all, { kind: 'request' })).toThrow('The operation request is defined twice.')
    expect([all.subjectOf('request'), all.subjectOf('import'), all.subjectOf('constructor')]).toEqual([
      'identity',
      null,
      null,
    ])
  })

  it('ends with its line in the activity, and then tells what changed', async () => {
    await operations().perform(start, [step('a', { run: async () => void expect(told).toEqual([]) })])
    const [written] = (await database.activity.list(Page.parse({}))).rows
    expect(written).toMatchObject(line())
    expect(told).toEqual([['identities']])
  })

  it('that fails leaves no line and tells nothing', async () => {
    await expect(operations().perform(start, [step('a', { run: failing(new Error('bug')) })])).rejects.toThrow('bug')
    expect((await database.activity.list(Page.parse({}))).rows).toEqual([])
    expect(told).toEqual([])
  })

  it('that waits for another process can be called off', async () => {
    const there = openLocalDatabase(home)
    const release = await there.tryLock()
    const ending = new AbortController()
    const outcome = operations().perform(start, [step('a')], ending.signal)
    ending.abort()
    await expect(outcome).rejects.toMatchObject({ code: 'cancelled' })
    expect(world).toEqual([])
    await release?.()
    await there.close()
  })

  it('gives up when another process is at work for 20 seconds, having changed nothing', async () => {
    const there = openLocalDatabase(home)
    const release = await there.tryLock()
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const outcome = operations()
      .perform(start, [step('a')])
      .catch((error: unknown) => error)
    while (vi.getTimerCount() === 0) await new Promise(setImmediate)
    await vi.advanceTimersByTimeAsync(21_000)
    expect(await outcome).toMatchObject({ code: 'busy' })
    expect(world).toEqual([])
    await release?.()
    await operations().perform(start, [step('b')])
    expect(world).toEqual(['do b'])
    await there.close()
  })
})

describe('recovery', () => {
  it('puts in order what is left, oldest first, and says so', async () => {
    await leave('request', '2', '2026-01-02T00:00:00.000Z')
    await leave('request', '1')
    await operations().recover()
    expect(world).toEqual(['recover 1', 'recover 2'])
    expect(await rows()).toEqual([])
    expect((await database.activity.list(Page.parse({}))).rows.map(({ kind }) => kind)).toEqual([
      'recovered',
      'recovered',
    ])
    expect(told).toEqual([['identities'], ['identities']])
  })

  it('never touches the live work of another process', async () => {
    const there = openLocalDatabase(home)
    const release = await there.tryLock()
    await leave('request')
    await operations().recover()
    expect(world).toEqual([])
    expect(await rows()).toHaveLength(1)
    await release?.()
    await operations().recover()
    expect(world).toEqual(['recover {"done":["x"]}'])
    await there.close()
  })

  it('leaves what it does not know, and tells the log', async () => {
    await leave('from-a-newer-version')
    await leave('request')
    await operations().recover()
    expect((await rows()).map(({ kind }) => kind)).toEqual(['from-a-newer-version'])
    expect(logged).toContainEqual(['operation-of-unknown-kind', { operation: 'from-a-newer-version', step: 'begun' }])
  })

  it.each([
    ['a locked store', '{}', new AppError('store-locked'), 'store-locked'],
    ['a bug', '{}', new TypeError('undefined is not a function'), 'internal'],
    ['a damaged row', '{', null, 'internal'],
  ])('that meets %s keeps the row and lets the app start and work', async (_what, payload, error, code) => {
    await leave('request', payload)
    const one = operations(error === null ? async () => undefined : failing(error))
    await one.recover()
    expect(await rows()).toHaveLength(1)
    expect(logged).toContainEqual(['operation-not-recovered', { operation: 'request', step: 'begun', code }])
    await one.perform(start, [step('a')])
    expect(world).toContain('do a')
  })
})
