import { runIn } from '#electron/cloudflare/apply/journal-file'
import { type RollOverRun, type RollOverState, rollOverState } from '#electron/cloudflare/roll-over-state'
import type { Database } from '#electron/database/database'
import type { JobOptions } from '#electron/jobs/jobs'
import { throwIfCancelled } from '#electron/platform/cancelled'
import type { Clock } from '#electron/platform/clock'
import { AppError, isAppError } from '#shared/errors'
import { testWords } from '#shared/logic/access/apply-words'
import { countOf } from '#shared/logic/formatting'
import type { AccessCaId, AccountId } from '#shared/model/access-account'
import type { AccessRollOver, RollOverTest, RollOverTests } from '#shared/model/access-roll-over'
import { toInstant } from '#shared/model/ids'
import type { Changed } from '../changes'
import type { Cloudflare } from './index'
import type { RunFiles } from './run-files'
import type { Session } from './session'
import { runState } from './shown-run'

export interface RollOverPorts {
  cloudflare: Pick<Cloudflare, 'testCas'>
  session: Pick<Session, 'reading' | 'isPractising'>
  files: Pick<RunFiles, 'rollOvers' | 'open'>
  database: Pick<Database, 'rollOverTests'>
  clock: Clock
  changed: Changed
}

/**
 * The roll-over of a CA that was begun last. Where it stands is known from the journals and the account alone, so that it outlives
 * every start; only what tests of its CAs showed is kept.
 */
export function createRollOver({ cloudflare, session, files, database, clock, changed }: RollOverPorts) {
  async function runs(): Promise<RollOverRun[]> {
    const found: RollOverRun[] = []
    for (const one of await files.rollOvers()) {
      const file = await files.open(one)
      if (file === null) continue
      const run = runIn(file)
      const state = runState(run, one.end !== null)
      if (run.rollOver !== null) found.push({ id: one.id, mark: run.rollOver, before: run.before, state })
    }
    return found
  }

  /** As the account was read last; null where there is none. */
  async function state(): Promise<AccessRollOver | null> {
    const reading = session.reading()
    const found = reading === null ? null : rollOverState(reading.account, await runs())
    if (reading === null || found === null) return null
    return { ...found, tested: await testedOf(reading.account.id, found) }
  }

  /** Of the same two CAs, and as far as they are still on the hostnames that were tested. */
  async function testedOf(
    account: AccountId,
    { old, next, hostnames }: RollOverState,
  ): Promise<AccessRollOver['tested']> {
    const kept = await database.rollOverTests.get(account)
    if (kept === null || kept.old !== old.id || kept.next !== next.id) return null
    const isStillThere = ({ hostname, side }: RollOverTest) =>
      hostnames.some((one) => one.hostname === hostname && (side === 'old' ? one.hasOld : one.hasNext))
    const tests = kept.tests.filter(isStillThere)
    return tests.length === 0 && kept.tests.length > 0 ? null : { testedAt: kept.testedAt, tests }
  }

  /** Tests each of its hostnames with a certificate of each of the two CAs, and keeps what they show. Nothing else is changed. */
  async function test({ signal, onProgress }: JobOptions): Promise<RollOverTests> {
    const [found, reading, testedAt] = [await state(), session.reading(), toInstant(clock.now())]
    if (found === null || reading === null) throw new AppError('not-found', 'No CA is being rolled over.')
    if (testedAt === null) throw new Error('The clock has no time.')
    const { old, next } = found
    const isPractice = session.isPractising()
    const caOf = (id: AccessCaId | null) => reading.account.cas.find((ca) => ca.id === id)
    const [oldCa, nextCa] = [caOf(old.id), caOf(next.id)]
    const wanted = found.hostnames.flatMap(({ hostname, hasOld, hasNext }) => [
      ...(hasOld && oldCa !== undefined ? [{ hostname, side: 'old' as const, ca: oldCa }] : []),
      ...(hasNext && nextCa !== undefined ? [{ hostname, side: 'next' as const, ca: nextCa }] : []),
    ])
    const tests: RollOverTest[] = []
    const nextId = next.id
    const keep = async (left: typeof wanted = []) => {
      const all = [...tests, ...left.map(({ hostname, side, ca }) => unfinished(hostname, side, ca.name))]
      const kept = { version: 1 as const, old: old.id, testedAt, tests: all }
      if (nextId !== null) await database.rollOverTests.put(reading.account.id, { ...kept, next: nextId })
      changed('cloudflare')
    }
    let finished = 0
    try {
      for (const [index, { hostname, side, ca }] of wanted.entries()) {
        throwIfCancelled(signal)
        onProgress?.({ fraction: index / wanted.length, phase: `Testing ${hostname}` })
        const shown = await cloudflare.testCas(hostname, [ca], { isPractice, signal })
        // What a test shows that is called off while it runs says nothing about the hostname.
        throwIfCancelled(signal)
        tests.push(...shown.map((one) => ({ hostname, side, outcome: one.outcome, words: testWords(one) })))
        finished = index + 1
      }
    } catch (error) {
      if (tests.length === 0 || nextId === null) throw error
      await keep(wanted.slice(finished))
      const done = `Finished and kept: ${finished} of ${countOf(wanted.length, 'test')}.`
      throw isAppError(error) ? error.after(done) : error
    }
    await keep()
    return { testedAt, tests }
  }

  return { state, test }
}

/** Kept as well, so that fewer tests do not look like all of them. */
const unfinished = (hostname: string, side: RollOverTest['side'], ca: string): RollOverTest => ({
  hostname,
  side,
  outcome: 'not-tested',
  words: `${hostname}: not tested with a certificate of “${ca}”. The tests ended before.`,
})
