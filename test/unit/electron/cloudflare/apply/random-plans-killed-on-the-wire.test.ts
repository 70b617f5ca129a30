import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type JournalEntry, runOf } from '#electron/cloudflare/apply/journal'
import type { AccessChange } from '#shared/model/access-plan'
import { startProcess } from '../../../../support/cloudflare/applying-process'
import { contentsOfWorld } from '../../../../support/cloudflare/from-account'
import {
  anyTrouble,
  anyWireCase,
  openWire,
  type Saved,
  type Trouble,
  type Wire,
} from '../../../../support/cloudflare/random-plans'
import { applyToItsEnd, namedIn, undoAt } from '../../../../support/killed-plans'
import { newCaPem } from '../../../../support/random-access-cases'
import { isSoak, partOfToday } from '../../../../support/rounds'

/*
 * Random plans on their way to the strict double: cut off at each request that matters and at each entry of the journal. From
 * the same cut each is resumed, and undone; and the undo is cut off, too.
 */

const seed = Number(process.env['LATCHKEY_SEED'] ?? 20_261_127)
const numRuns = isSoak ? 12 : 1

let wire: Wire
let pem = ''
beforeAll(async () => {
  wire = await openWire()
  pem = await newCaPem()
})
afterAll(() => wire.double.stop())

/** All that a process which is killed leaves: what Cloudflare has, and what is in the journal. */
interface Cut {
  world: Saved
  journal: JournalEntry[]
}

async function run(journal: JournalEntry[], trouble: Trouble, onMoment?: () => void): Promise<void> {
  wire.beset(trouble)
  await applyToItsEnd(startProcess(wire.double, wire.token, journal, onMoment && { onMoment }))
}

/** Applies a plan, and keeps what a kill would leave at each of its moments: of several that leave the same, once. */
async function cutsOf(first: JournalEntry, trouble: Trouble): Promise<Cut[]> {
  const journal = [first]
  const cuts = new Map<string, Cut>()
  await run(journal, trouble, () => {
    const cut = { world: wire.save(), journal: [...journal] }
    cuts.set(JSON.stringify([cut.world, cut.journal.slice(1)]), cut)
  })
  return [...cuts.values()]
}

/** What was created has another ID each time. */
const named = (contents: Map<string, string>): string[] => {
  const names = new Map(
    [...contents].flatMap(([id, text]) => [[id, /"name":("[^"]*")/u.exec(text)?.[1] ?? id] as const]),
  )
  const created = [...names].filter(([id]) => /^[0-9a-f-]{36}$/u.test(id))
  return [...contents.values()]
    .map((text) => created.reduce((part, [id, name]) => part.replaceAll(`"${id}"`, name), text))
    .sort()
}

/** Which of what is there now a plan may change: by the IDs that `contentsOfWorld` gives. */
function listedIn(changes: AccessChange[], { policies, alerts }: Saved): Set<string> {
  const alertName = (id: string) => String(alerts.find((one) => one.id === id)?.fields['name'])
  return new Set(
    changes.flatMap((change): string[] => {
      switch (change.kind) {
        case 'set-settings':
          return change.settings.map(({ hostname }) => `setting ${hostname}`)
        case 'create-policy':
          return change.application === null ? [] : [change.application.id]
        case 'create-alert':
          return [`alert ${change.name}`]
        case 'update-alert':
        case 'delete-alert':
          return [`alert ${alertName(change.id)}`]
        case 'delete-policy':
          // Its application loses its place, too.
          return [change.id, policies.find(({ id }) => id === change.id)?.application ?? change.id]
        case 'test-hostname':
          return []
        default:
          return [change.id]
      }
    }),
  )
}

/** IDs of what two states do not have alike. */
const differences = (one: Map<string, string>, other: Map<string, string>): string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((id) => one.get(id) !== other.get(id))

const now = () => contentsOfWorld(wire.double.world)

describe(`random plans on the wire, cut off everywhere (LATCHKEY_SEED=${seed})`, () => {
  test('are resumed to their end, and undone to the beginning', async () => {
    let [plans, cuts, undone] = [0, 0, 0]
    await fc.assert(
      fc.asyncProperty(anyWireCase(pem), anyTrouble, async ({ account, wish }, trouble) => {
        const later = { ...trouble, lost: [] }
        const start = wire.fill(account)
        const beginning = now()
        const first = await wire.planFor(wish)
        fc.pre(first !== null)
        if (first === null) return
        const all = await cutsOf(first, trouble)
        const end = now()
        const { changes } = runOf([first]) ?? { changes: [] }
        const listed = listedIn(changes, start)
        const [unlisted, created] = differences(beginning, end)
          .filter((id) => !listed.has(id))
          .reduce<[string[], string[]]>(
            ([old, fresh], id) => (beginning.has(id) ? [[...old, id], fresh] : [old, [...fresh, id]]),
            [[], []],
          )
        expect(unlisted, 'not in the plan').toEqual([])
        const creations = changes.filter(({ kind }) => kind.startsWith('create-') && kind !== 'create-alert')
        expect(created).toHaveLength(creations.length)
        wire.double.later(10_000)
        expect(await wire.planFor(wish), 'a second plan').toBeNull()

        for (const [at, cut] of partOfToday([...all.entries()], 17)) {
          const where = `cut ${at} of ${all.length}`
          wire.restore(cut.world)
          await run([...cut.journal], later)
          expect(named(now()), where).toEqual(named(end))

          wire.restore(cut.world)
          wire.double.later(10_000)
          const journal = [...cut.journal]
          if (undoAt(journal, await wire.read()) === null) await run(journal, { lag: 0, lost: [] })
          const { journal: [undo] = [], notes = [] } = undoAt(journal, await wire.read()) ?? {}
          if (undo === undefined) throw new Error('It is known by now what there is to undo.')
          expect(notes.filter(({ why }) => why === 'changed-since')).toEqual([])
          const left = namedIn(notes)
          const different = () => differences(beginning, now()).filter((id) => !left.has(id))
          const halves = await cutsOf(undo, later)
          expect(different(), where).toEqual([])
          const half = halves[at % Math.max(1, halves.length)]
          if (half !== undefined) {
            wire.restore(half.world)
            await run([...half.journal], later)
            expect(different(), `${where}, and its undo was cut off`).toEqual([])
          }
          cuts += 1
          if (notes.length === 0) undone += 1
        }
        plans += 1
        if (isSoak) console.info(`${plans} plans: ${cuts} cuts, ${undone} of them undone to the very beginning`)
      }),
      // Smaller plans would take hours to find.
      { numRuns, seed, maxSkipsPerRun: 100, endOnFailure: true },
    )
    expect(cuts).toBeGreaterThan(0)
    if (isSoak) expect(undone).toBeGreaterThan(3)
  })
})
