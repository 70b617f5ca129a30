import { expect } from 'vitest'
import { type Applied, apply, begin } from '#electron/cloudflare/apply/apply'
import { appliedChanges, type JournalEntry, type Run, runOf } from '#electron/cloudflare/apply/journal'
import { standingOf } from '#electron/cloudflare/apply/standing'
import { canonicalJson } from '#electron/cloudflare/plan/digest'
import { undoOf } from '#electron/cloudflare/plan/undo'
import type { AccessAccount } from '#shared/model/access-account'
import type { UndoNote } from '#shared/model/access-plan'
import { JsonObject } from '#shared/model/access-rule'
import type { AccessApiState } from './access-api-model'
import { Killed, type World } from './access-world'

/** Applies a journal until it is done or stops for another reason than an uncertain call, which a person has sent again. */
export async function applyUntilStopped(world: Pick<World, 'journal' | 'ports'>): Promise<Applied> {
  for (;;) {
    const result = await apply(world.journal, world.ports)
    if (result.done || result.why !== 'uncertain') return result
    world.journal.push({ kind: 'resumed' })
  }
}

export async function applyToItsEnd<T extends Pick<World, 'journal' | 'ports'>>(world: T): Promise<T> {
  expect(await applyUntilStopped(world)).toEqual({ done: true })
  return world
}

/** Applies until the process is killed, if it is. */
export async function applyUntilKilled<T extends Pick<World, 'journal' | 'ports'>>(world: T): Promise<T> {
  await applyUntilStopped(world).catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error
  })
  return world
}

interface PlannedUndo {
  journal: JournalEntry[]
  notes: UndoNote[]
}

/** The undo of a journal as `latchkey cloudflare undo` plans it; null while it is not known whether the step under way arrives. */
export function undoAt(journal: JournalEntry[], now: AccessAccount): PlannedUndo | null {
  const stopped = runOf(journal)
  const standing = stopped && standingOf(stopped, now)
  if (stopped === null || standing === null || standing.kind === 'unknown') return null
  const run: Run | null = standing.kind === 'settled' ? runOf([...journal, standing.entry]) : stopped
  if (run === null) return null
  const { changes, notes } = undoOf(run.before, appliedChanges(run), now, run.managed)
  return { journal: [begin(now, changes)], notes }
}

/** Every object of an account by its ID, the settings of each hostname, and the alerts by their names. */
function partsOf({ certificates, settings, groups, policies, apps, alerts }: AccessApiState): Map<string, string> {
  const objects = [...certificates, ...groups, ...policies, ...apps]
  return new Map([
    ...objects.map((one): [string, string] => [String(one['id']), canonicalJson(one)]),
    ...JsonObject.array()
      .parse(settings)
      .map((one): [string, string] => [`setting ${String(one['hostname'])}`, canonicalJson(one)]),
    // One that was deleted comes back with another ID.
    ...alerts.map(({ id: _id, ...one }): [string, string] => [`alert ${String(one['name'])}`, canonicalJson(one)]),
  ])
}

/** IDs of what differs between two states. */
export function differences(before: AccessApiState, after: AccessApiState): string[] {
  const [one, other] = [partsOf(before), partsOf(after)]
  return [...new Set([...one.keys(), ...other.keys()])].filter((id) => one.get(id) !== other.get(id))
}

/** What an undo says that it leaves: by its ID, and the application that a policy belongs to. */
export const namedIn = (notes: UndoNote[]): Set<string> =>
  new Set(
    notes.flatMap(({ change }) => [
      ...('id' in change ? [change.id] : []),
      ...(change.kind === 'create-policy' && change.application !== null ? [change.application.id] : []),
    ]),
  )

/** Links to Block policies that applications had and have lost, unless the application is gone. */
export function blocksMissing(before: AccessApiState, after: AccessApiState): string[] {
  const linksOf = (app: JsonObject) => JsonObject.array().parse(app['policies'])
  const decisionOf = (link: JsonObject): unknown =>
    link['decision'] ?? before.policies.find((policy) => policy['id'] === link['id'])?.['decision']
  return after.apps.flatMap((app) => {
    const old = before.apps.find((one) => one['id'] === app['id'])
    const kept = new Set(linksOf(app).map((link) => link['id']))
    const blocks = old === undefined ? [] : linksOf(old).filter((link) => decisionOf(link) === 'deny')
    return blocks.filter((link) => !kept.has(link['id'])).map((link) => `${String(link['id'])} of ${String(app['id'])}`)
  })
}
