import { describe, expect, it } from 'vitest'
import { createExpiryWatch, type ExpiryWatchPorts } from '#electron/main/expiry-watch'
import type { ExpiryNotification } from '#shared/logic/expiring/notification'
import type { Expiring } from '#shared/model/expiring'
import { IdentityId } from '#shared/model/ids'
import { inDays, today } from '../../../support/expiring'

const ada: Expiring = {
  kind: 'certificate',
  identity: IdentityId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11'),
  key: 'ada',
  name: 'Ada',
  begins: inDays(-300),
  ends: inDays(7),
  sites: { count: 0, example: null, gated: 0 },
}

/** A watch whose clock, timer and alerts belong to the test. */
function watching(changes: Partial<ExpiryWatchPorts> = {}) {
  const state = { now: new Date(inDays(0, '15:00')), due: [ada], looks: 0, failing: false }
  const seen = {
    notified: [] as string[],
    notShown: [] as string[],
    counts: [] as number[],
    changed: 0,
    errors: [] as unknown[],
  }
  let tick = () => {}
  const watch = createExpiryWatch({
    alerts: async () => ({
      async find() {
        if (state.failing) throw new Error('The database is closed.')
        return { expiring: state.due, now: today }
      },
      async takeWarnings(): Promise<ExpiryNotification[]> {
        state.looks += 1
        return state.due.map((opens) => ({
          title: `look ${state.looks}`,
          text: '',
          action: 'Renew',
          opens,
          warnings: [],
        }))
      },
      async returnWarnings({ title }) {
        seen.notShown.push(title)
      },
    }),
    canNotify: () => true,
    notify: ({ title }) => void seen.notified.push(title),
    showDue: ({ length }) => void seen.counts.push(length),
    changed: () => {
      seen.changed += 1
    },
    clock: { now: () => state.now },
    every: (_milliseconds, act) => {
      tick = act
    },
    onError: (error) => void seen.errors.push(error),
    ...changes,
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    watch,
    state,
    seen,
    async tickAt(now: string) {
      state.now = new Date(now)
      tick()
      await settle()
    },
  }
}

describe('expiry is looked at', () => {
  it('at start, and then once each morning while the app runs', async () => {
    const { watch, seen, tickAt } = watching()
    await watch.check()
    expect(seen).toMatchObject({ notified: ['look 1'], counts: [1], changed: 1 })
    for (const [days, time] of [
      [0, '15:10'],
      [0, '23:50'],
      [1, '00:10'],
      [1, '08:50'],
    ] as const)
      await tickAt(inDays(days, time))
    expect(seen.notified).toEqual(['look 1'])
    for (const time of ['09:00', '09:10', '18:00']) await tickAt(inDays(1, time))
    await tickAt(inDays(2, '09:05'))
    expect(seen.notified).toEqual(['look 1', 'look 2', 'look 3'])
    expect(seen.changed).toBe(3)
  })

  it('after days of sleep, when the computer wakes up, and not again by the timer', async () => {
    const { watch, state, seen, tickAt } = watching()
    await watch.check()
    state.now = new Date(inDays(5, '11:00'))
    await watch.check()
    await tickAt(inDays(5, '11:10'))
    expect(seen.notified).toEqual(['look 1', 'look 2'])
  })

  it('again at the next look of the timer, when it could not be', async () => {
    const { watch, state, seen, tickAt } = watching()
    state.failing = true
    await watch.check()
    expect(seen).toMatchObject({ notified: [], errors: [expect.any(Error)] })
    state.failing = false
    await tickAt(inDays(0, '15:10'))
    expect(seen.notified).toEqual(['look 1'])
  })
})

it('gives a warning back that the system did not show', async () => {
  const { watch, seen } = watching({ notify: (_notification, notShown) => notShown() })
  await watch.check()
  expect(seen).toMatchObject({ notShown: ['look 1'], errors: [] })
})

describe('the count', () => {
  it('follows what is added and removed, without a warning', async () => {
    const { watch, state, seen } = watching()
    await watch.check()
    state.due = []
    await watch.noteChange(['vault', 'activity'])
    expect(seen.counts).toEqual([1])
    await watch.noteChange(['identities'])
    expect(seen).toMatchObject({ counts: [1, 0], notified: ['look 1'] })
  })

  it('is shown where the system shows no notification, and no warning is taken there', async () => {
    const { watch, state, seen } = watching({ canNotify: () => false })
    await watch.check()
    expect([seen.counts, state.looks]).toEqual([[1], 0])
  })
})
