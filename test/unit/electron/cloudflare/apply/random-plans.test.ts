import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { apply, begin } from '#electron/cloudflare/apply/apply'
import { appliedChanges, type JournalEntry, runOf } from '#electron/cloudflare/apply/journal'
import { standingOf } from '#electron/cloudflare/apply/standing'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { undoOf } from '#electron/cloudflare/plan/undo'
import { readAt } from '../../../../support/access-accounts'
import { type AccessApiState, accountOf } from '../../../../support/access-api-model'
import { createWorld, Killed, type World, type WorldOptions } from '../../../../support/access-world'
import {
  type AccessCase,
  anyAccessCase,
  contentsOf,
  fingerprintOf,
  newCaPem,
} from '../../../../support/random-access-cases'
import { isSoak } from '../../../../support/rounds'

const seed = Number(process.env['LATCHKEY_SEED'] ?? 20_261_127)
const numRuns = isSoak ? 300 : 8

let anyCase: fc.Arbitrary<AccessCase>
beforeAll(async () => {
  anyCase = anyAccessCase(await newCaPem())
})

const anyTrouble = fc.record({
  /** Where in the run the process ends, as a part of the whole. */
  killAt: fc.double({ min: 0, max: 1, noNaN: true }),
  lag: fc.integer({ min: 0, max: 3 }),
  connection: fc.array(fc.constantFrom('holds', 'holds', 'cut-after' as const), { minLength: 5, maxLength: 5 }),
})

/** Goes on until the end; whatever is uncertain on the way, a person has sent again. */
async function finish(world: World): Promise<void> {
  for (;;) {
    const result = await apply(world.journal, world.ports)
    if (result.done) return
    expect(result.why).toBe('uncertain')
    world.journal.push({ kind: 'resumed' })
  }
}

async function runUntilKilled(world: World): Promise<void> {
  try {
    await finish(world)
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  }
}

describe(`random plans, killed at random moments (LATCHKEY_SEED=${seed})`, () => {
  const property = (
    check: (given: {
      given: AccessCase
      killed: World
      open: (state: AccessApiState, journal: JournalEntry[]) => World
      end: AccessApiState
    }) => Promise<void>,
  ) =>
    fc.assert(
      fc.asyncProperty(anyCase, anyTrouble, async (given, { killAt, lag, connection }) => {
        const { changes } = changesFor(given.account, given.wish, new Date(readAt))
        fc.pre(changes !== null && changes.length > 0)
        if (changes === null) return
        const options: WorldOptions = { bundles: given.bundles, fingerprintOf, lag }
        const start = () => [begin(given.account, changes)]
        const whole = createWorld(given.state, options, start())
        await finish(whole)
        const trouble: WorldOptions = {
          ...options,
          killAt: 1 + Math.floor(killAt * whole.moments()),
          connection: (call) => connection[call % connection.length] ?? 'holds',
        }
        const killed = createWorld(given.state, trouble, start())
        await runUntilKilled(killed)
        const open = (state: AccessApiState, journal: JournalEntry[]) => createWorld(state, options, journal)
        await check({ given, killed, open, end: whole.state() })
      }),
      { numRuns, seed, maxSkipsPerRun: 100 },
    )

  test('end as they would have ended', async () => {
    await property(async ({ killed, open, end }) => {
      const next = open(killed.state(), killed.journal)
      await finish(next)
      expect(contentsOf(next.state())).toEqual(contentsOf(end))
    })
  })

  test('or are undone down to the beginning, but for what keeps somebody out and what was deleted', async () => {
    await property(async ({ given, killed, open }) => {
      const now = accountOf(killed.state(), given.bundles)
      // What was under way is settled first: only then is it known what there is to undo.
      const stopped = runOf(killed.journal)
      const standing = stopped && standingOf(stopped, now)
      if (standing === null || standing.kind === 'unknown') return
      const run = runOf(standing.kind === 'settled' ? [...killed.journal, standing.entry] : killed.journal)
      if (run === null) return
      const { changes, notes } = undoOf(given.account, appliedChanges(run), now)
      expect(notes.filter(({ why }) => why === 'changed-since')).toEqual([])
      if (notes.length > 0) return
      const undoing = open(killed.state(), [begin(now, changes)])
      await finish(undoing)
      expect(contentsOf(undoing.state())).toEqual(contentsOf(given.state))
    })
  })
})
