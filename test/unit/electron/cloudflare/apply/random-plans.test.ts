import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { begin } from '#electron/cloudflare/apply/apply'
import type { JournalEntry } from '#electron/cloudflare/apply/journal'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { readAt } from '../../../../support/access-accounts'
import { type AccessApiState, accountOf } from '../../../../support/access-api-model'
import { createWorld, type World, type WorldOptions } from '../../../../support/access-world'
import {
  applyToItsEnd,
  applyUntilKilled,
  applyUntilStopped,
  blocksMissing,
  differences,
  namedIn,
  undoAt,
} from '../../../../support/killed-plans'
import {
  type AccessCase,
  anyAccessCase,
  contentsOf,
  fingerprintOf,
  newCaPem,
} from '../../../../support/random-access-cases'
import { type ForeignEdit, foreignEdits } from '../../../../support/random-foreign-edits'
import { isSoak, partOfToday } from '../../../../support/rounds'

/*
 * Random plans for random accounts, killed at every moment: before and after each entry of the journal, each reading and each
 * write. From the same moment each is resumed, undone, and met by somebody else. Moments that leave the same account and the same
 * journal are one. `npm test` takes another part of them each day, `npm run soak -- cloudflare` all.
 */

const seed = Number(process.env['LATCHKEY_SEED'] ?? 20_261_127)
const numRuns = isSoak ? 20 : 6

let anyCase: fc.Arbitrary<AccessCase>
beforeAll(async () => {
  anyCase = anyAccessCase(await newCaPem())
})

const anyTrouble = fc.record({
  lag: fc.integer({ min: 0, max: 3 }),
  connection: fc.array(fc.constantFrom('holds', 'holds', 'cut-after' as const), { minLength: 5, maxLength: 5 }),
})

/** All that a killed process leaves. */
interface Left {
  state: AccessApiState
  journal: JournalEntry[]
}

interface KilledPlan {
  given: AccessCase
  moment: number
  left: Left
  /** Where it would have ended without a kill. */
  end: AccessApiState
  open(state: AccessApiState, journal: JournalEntry[], more?: Partial<WorldOptions>): World
}

/** @param of Each day another one of so many moments. */
async function killEverywhere(of: number, check: (plan: KilledPlan) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anyCase, anyTrouble, async (given, { lag, connection }) => {
      const { changes } = changesFor(given.account, given.wish, new Date(readAt))
      fc.pre(changes !== null && changes.length > 0)
      if (changes === null) return
      const start = () => [begin(given.account, changes)]
      const open: KilledPlan['open'] = (state, journal, more = {}) =>
        createWorld(state, { bundles: given.bundles, fingerprintOf, lag, ...more }, journal)
      const trouble = { connection: (call: number) => connection[call % connection.length] ?? 'holds' }
      const journal = start()
      const moments: (Left & { moment: number })[] = []
      const onMoment = (moment: number) => {
        const last = moments.at(-1)
        const state = whole.state()
        if (last?.state !== state || last.journal.length !== journal.length)
          moments.push({ moment, state, journal: [...journal] })
      }
      const whole: World = open(given.state, journal, { ...trouble, onMoment })
      await applyToItsEnd(whole)
      for (const { moment, ...left } of partOfToday(moments, of))
        await check({ given, moment, left, end: whole.state(), open })
    }),
    { numRuns, seed, maxSkipsPerRun: 100, endOnFailure: true },
  )
}

describe(`random plans, killed at every moment (LATCHKEY_SEED=${seed})`, () => {
  test('end as they would have ended', async () => {
    await killEverywhere(11, async ({ moment, left, open, end }) => {
      const next = await applyToItsEnd(open(left.state, [...left.journal]))
      expect(contentsOf(next.state()), `moment ${moment}`).toEqual(contentsOf(end))
    })
  })

  test('or are undone down to the beginning, but for what the undo says that it leaves', async () => {
    let undone = 0
    await killEverywhere(11, async ({ given, moment, left: { state, journal }, open }) => {
      const read = (world: World) => accountOf(world.state(), given.bundles)
      const killed = open(state, [...journal])
      // Where it is unknown whether the last call arrives, an undo asks to resume first.
      const settled =
        undoAt(killed.journal, read(killed)) === null ? await applyToItsEnd(open(state, [...journal])) : killed
      const undo = undoAt(settled.journal, read(settled))
      if (undo === null) throw new Error('It is known by now what there is to undo.')
      expect(undo.notes.filter(({ why }) => why === 'changed-since')).toEqual([])
      const half = await applyUntilKilled(open(settled.state(), [...undo.journal], { killAt: moment }))
      const back = await applyToItsEnd(open(half.state(), half.journal))
      expect(blocksMissing(settled.state(), back.state()), `moment ${moment}`).toEqual([])
      const different = differences(given.state, back.state()).filter((id) => !namedIn(undo.notes).has(id))
      expect(different, `moment ${moment}`).toEqual([])
      if (undo.notes.length === 0) undone += 1
    })
    expect(undone).toBeGreaterThan(3)
  })

  const meanwhile = async (
    what: (plan: KilledPlan, edit: ForeignEdit, world: World) => Promise<void>,
  ): Promise<void> => {
    let edits = 0
    await killEverywhere(23, async (plan) => {
      const { state, journal } = plan.left
      for (const edit of foreignEdits(state, plan.moment)) {
        await what(plan, edit, plan.open(edit.make(state), [...journal]))
        edits += 1
      }
    })
    expect(edits).toBeGreaterThan(3)
  }

  test('or stop before they write over what somebody else has changed meanwhile', async () => {
    await meanwhile(async ({ moment }, edit, world) => {
      await applyUntilStopped(world)
      expect(edit.isKept(world.state()), `${edit.what}, moment ${moment}`).toBe(true)
    })
  })

  test('and their undo leaves that, too', async () => {
    await meanwhile(async ({ given, moment, open }, edit, world) => {
      const undo = undoAt(world.journal, accountOf(world.state(), given.bundles))
      if (undo === null) return
      const back = open(world.state(), undo.journal)
      await applyUntilStopped(back)
      expect(edit.isKept(back.state()), `${edit.what}, moment ${moment}`).toBe(true)
    })
  })
})
