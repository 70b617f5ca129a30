import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type JournalEntry, runOf } from '#electron/cloudflare/apply/journal'
import { startProcess } from '../../../../support/cloudflare/applying-process'
import { foreignEdits } from '../../../../support/cloudflare/foreign-edits'
import {
  anyTrouble,
  anyWireCase,
  openWire,
  type Saved,
  type Trouble,
  type Wire,
} from '../../../../support/cloudflare/random-plans'
import { applyUntilStopped, undoAt } from '../../../../support/killed-plans'
import { newCaPem } from '../../../../support/random-access-cases'
import { isSoak, partOfToday } from '../../../../support/rounds'

/* Random plans on their way to the strict double, while somebody else changes the same account at each of their readings, and within them. */

const seed = Number(process.env['LATCHKEY_SEED'] ?? 20_261_127)
const numRuns = isSoak ? 12 : 1

let wire: Wire
let pem = ''
beforeAll(async () => {
  wire = await openWire()
  pem = await newCaPem()
})
afterAll(() => wire.double.stop())

/**
 * One of the readings of a plan: the `after`-th request to read that comes after this beginning. A process that begins here does
 * what the first one did, because all that it knew was in its journal.
 */
interface Reading {
  world: Saved
  journal: JournalEntry[]
  /** Methods whose answer is still to be lost. */
  lost: string[]
  after: number
}

/** An account is read list by list: somebody may change it before the first, or between two of them. */
const lists = [
  '/access/certificates',
  '/access/certificates/settings',
  '/access/apps',
  '/access/policies',
  '/access/groups',
]

/** The plan may end at what it finds. */
async function run(journal: JournalEntry[], trouble: Trouble, onRead?: (what: 'account' | 'object') => void) {
  wire.beset(trouble)
  await applyUntilStopped(startProcess(wire.double, wire.token, journal, onRead && { onRead }))
}

async function readingsOf(first: JournalEntry, trouble: Trouble): Promise<Reading[]> {
  const journal = [first]
  const asked = wire.double.journal.length
  const readings: Reading[] = []
  await run(journal, trouble, (what) => {
    const last = readings.at(-1)
    if (what === 'object' && last !== undefined) {
      readings.push({ ...last, after: last.after + 1 })
      return
    }
    const sent = new Set(wire.double.journal.slice(asked).map(({ method }) => method))
    const lost = trouble.lost.filter((method) => !sent.has(method))
    readings.push({ world: wire.save(), journal: [...journal], lost, after: 0 })
  })
  return readings
}

describe(`random plans on the wire, among others (LATCHKEY_SEED=${seed})`, () => {
  test('stop before they write over what somebody else changes at any moment, and so does their undo', async () => {
    let [plans, moments, edits, between, stopped, undone] = [0, 0, 0, 0, 0, 0]
    await fc.assert(
      fc.asyncProperty(anyWireCase(pem), anyTrouble, async ({ account, wish }, trouble) => {
        wire.fill(account)
        const first = await wire.planFor(wish)
        fc.pre(first !== null)
        if (first === null) return
        const readings = await readingsOf(first, trouble)
        for (const [at, { world, journal: before, lost, after }] of partOfToday([...readings.entries()], 23)) {
          wire.restore(world)
          const journal = [...before]
          const theirs = foreignEdits(wire.double.world, at)
          const edit = theirs[at % theirs.length]
          if (edit === undefined) throw new Error('There is always something to change.')
          const list = lists[(at + plans) % (lists.length + 1)] ?? null
          let isMade = false
          const make = () => {
            isMade = true
            edit.make()
          }
          let seen = 0
          await run(journal, { lag: trouble.lag, lost }, () => {
            if (seen === after && list === null) make()
            if (seen === after && list !== null) wire.double.upset('GET', list, make)
            seen += 1
          })
          const where = `${edit.what}, reading ${at}, ${list === null ? 'before it' : `at ${list}`}`
          expect(seen, where).toBeGreaterThan(after)
          moments += 1
          // The plan may have ended without reading that list once more.
          if (!isMade) continue
          if (list !== null) between += 1
          expect(edit.isKept(), where).toBe(true)
          if (runOf(journal)?.stopped !== null) stopped += 1

          wire.double.later(10_000)
          const undo = undoAt(journal, await wire.read())
          if (undo !== null) {
            await run(undo.journal, { lag: trouble.lag, lost: [] })
            undone += 1
          }
          expect(edit.isKept(), `${where}, undone`).toBe(true)
          edits += 1
        }
        plans += 1
        if (isSoak)
          console.info(
            `${plans} plans: ${edits} edits, ${between} of them between two lists of one reading, ${stopped} stopped the plan, ${undone} met its undo`,
          )
      }),
      { numRuns, seed, maxSkipsPerRun: 100, endOnFailure: true },
    )
    expect(moments).toBeGreaterThan(0)
    if (isSoak) expect(Math.min(stopped, between)).toBeGreaterThan(3)
  })
})
