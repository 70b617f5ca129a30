import { begin } from '#electron/cloudflare/apply/apply'
import { writeBackup } from '#electron/cloudflare/apply/backup-file'
import { closeStep } from '#electron/cloudflare/apply/close-step'
import { appliedChanges, type Run } from '#electron/cloudflare/apply/journal'
import { createJournalFile, followed, type JournalFile, runIn } from '#electron/cloudflare/apply/journal-file'
import { withJournalLock } from '#electron/cloudflare/apply/journal-lock'
import { tellingDone } from '#electron/cloudflare/apply/run-journal'
import { stateDigest } from '#electron/cloudflare/plan/digest'
import { undoOf } from '#electron/cloudflare/plan/undo'
import type { Database } from '#electron/database/database'
import type { JobOptions } from '#electron/jobs/jobs'
import type { Clock } from '#electron/platform/clock'
import type { Random } from '#electron/platform/random'
import { AppError, isAppError } from '#shared/errors'
import { failureOf } from '#shared/failure'
import { testWords } from '#shared/logic/access/apply-words'
import { countOf } from '#shared/logic/formatting'
import { type AccessAccount, type AccountId, isPracticeAccount } from '#shared/model/access-account'
import type { AccessPlanId, AccessPlanView, AccessRun } from '#shared/model/access-screen'
import { AccessRunId } from '#shared/model/ids'
import type { Changed } from '../changes'
import { isReadInVain } from './comparison'
import type { Cloudflare } from './index'
import type { Plans } from './plans'
import type { Changing, Progress } from './ports'
import { progressOf } from './progress'
import type { RunFiles } from './run-files'
import type { Session, WritePermission } from './session'
import { shownRun } from './shown-run'

export interface RunsPorts {
  cloudflare: Pick<Cloudflare, 'noteOwn' | 'openForChanges'>
  session: Session
  plans: Plans
  files: RunFiles
  database: Pick<Database, 'accessLooks' | 'activity'>
  clock: Clock
  random: Random
  changed: Changed
  /** Before the journal of a plan is there. */
  onBegin?(account: AccountId, title: string, run: AccessRunId): Promise<void>
}

interface ToApply extends WritePermission {
  /** What was typed. */
  confirmed: string[]
}

interface ToResume extends WritePermission {
  /** The person has tested what Latchkey could not. */
  tested: boolean
  /** Also where the outcome of a request is not known. */
  sendAgain: boolean
}

/** Plans that are applied from the window, each with a journal of its own. Errors of all: `cloudflare-*`, `cancelled`, `busy`. */
export function createRuns(ports: RunsPorts) {
  const { cloudflare, session, plans, files, database, clock, random, changed, onBegin } = ports
  /** Those of this process, as far as they have come. Their journals are being written, so nobody else opens them. */
  const running = new Map<AccessRunId, { shown: AccessRun; now(): Run }>()

  /** Plans and runs that are being worked on, from the first question to Cloudflare on. */
  const underWay = new Set<string>()

  async function once<T>(id: AccessPlanId | AccessRunId, work: () => Promise<T>): Promise<T> {
    if (underWay.has(id)) throw new AppError('busy')
    underWay.add(id)
    try {
      return await work()
    } finally {
      underWay.delete(id)
    }
  }

  /** Applies a plan that somebody has looked at. */
  async function apply(id: AccessPlanId, permission: ToApply, options: JobOptions): Promise<AccessRun> {
    const { account, plan, title, managed, undoes, rollOver } = plans.get(id)
    const unconfirmed = plan.steps
      .flatMap(({ confirm }) => confirm)
      .find((name) => !permission.confirmed.includes(name))
    if (unconfirmed !== undefined) throw new AppError('invalid-input', `Not confirmed: ${unconfirmed}`)
    const progress = progressOf(options)
    options.onProgress?.({ fraction: null, phase: 'Comparing the account with the plan' })
    const now = await session.read(progress)
    if (stateDigest(now.account) !== plan.digest) throw new AppError('cloudflare-plan-outdated')
    const changing = await session.withWriteToken(account, permission, progress, cloudflare.openForChanges)
    const changes = plan.steps.map(({ change }) => change)
    const run = AccessRunId.parse(random.uuid())
    const path = await files.pathFor(run, clock.now(), { isRollOver: rollOver !== null })
    return withJournalLock(path, async () => {
      await onBegin?.(account.id, title, run)
      const about = {
        title,
        managed,
        ...(undoes === null ? {} : { undoes }),
        ...(rollOver === null ? {} : { rollOver }),
      }
      const file = await createJournalFile(path, begin(account, changes, about))
      plans.remove(id)
      if (undoes !== null) await markUndone(AccessRunId.parse(undoes))
      return follow(run, changing, file, path, { ...options, tested: false })
    })
  }

  /** What is left of it must not be applied any more. */
  async function markUndone(id: AccessRunId): Promise<void> {
    const found = await files.find(id)
    if (found.end === 'undone') return
    const file = await files.open(found)
    if (file !== null) await withJournalLock(found.path, () => file.append({ kind: 'undone' }))
    await files.end(id, 'undone')
  }

  /** Goes on with a run that was interrupted or has stopped. */
  async function resume(
    id: AccessRunId,
    { tested, sendAgain, ...permission }: ToResume,
    options: JobOptions,
  ): Promise<AccessRun> {
    if (running.has(id)) throw new AppError('busy')
    const { path, file, run } = await openRun(id)
    if (run.isUndone) throw new AppError('invalid-input', 'This change was undone.')
    if (run.stopped === 'uncertain' && !sendAgain) throw new AppError('cloudflare-uncertain')
    const changing = await tellingDone(
      () => run,
      () => session.withWriteToken(run.before, permission, progressOf(options), cloudflare.openForChanges),
    )
    return withJournalLock(path, async () => {
      // The process may have ended between the two journals.
      if (run.undoes !== null) await markUndone(AccessRunId.parse(run.undoes))
      if (run.stopped !== null) {
        await file.append({ kind: 'resumed' })
        file.entries.push({ kind: 'resumed' })
      }
      return follow(id, changing, file, path, { ...options, tested })
    })
  }

  async function openRun(id: AccessRunId) {
    const found = await files.find(id)
    const file = await files.open(found)
    if (file === null) throw new AppError('malformed', 'The journal of this change cannot be read.')
    return { ...found, file, run: runIn(file) }
  }

  async function follow(
    id: AccessRunId,
    changing: Changing,
    file: JournalFile,
    path: string,
    { signal, onProgress, tested }: JobOptions & { tested: boolean },
  ): Promise<AccessRun> {
    const { file: noted, now: runNow } = followed(file)
    const shown = shownRun(id, runNow(), false)
    const total = shown.steps.length
    let shownByTests: string[] = []
    const report = (done: number, words: string) => {
      running.set(id, { shown: { ...shown, state: 'running', done, why: null }, now: runNow })
      onProgress?.({ fraction: total === 0 ? null : done / total, phase: words })
    }
    const stepWords = (step: number) => shown.steps[step] ?? 'Reading the result'
    report(shown.done, stepWords(shown.done))
    try {
      const { refusal, ...outcome } = await changing.run(noted, {
        backUp: (account) => writeBackup(`${path}.backup`, account),
        // Asked where Latchkey's own tests do not prove it.
        test: async () => tested,
        onTested: (tests) => {
          shownByTests = tests.map(testWords)
        },
        onWait: (seconds) =>
          report(runNow().step, `Waiting ${countOf(seconds, 'second')} for Cloudflare: ${stepWords(runNow().step)}`),
        onSettled: (step) => report(step + 1, stepWords(step + 1)),
      })
      await readAfter(runNow(), { signal })
      if (outcome.done) await finished(id, runNow())
      const described = shownRun(id, runNow(), outcome.done)
      if (described.test !== null) return { ...described, why: [described.why, ...shownByTests].join(' ') }
      const words = refusal === null ? null : failureOf(refusal)
      return words === null ? described : { ...described, why: [words.message, words.detail].filter(Boolean).join(' ') }
    } catch (error) {
      await noteEnded(error, runNow(), { signal })
      throw error
    } finally {
      running.delete(id)
      changed('cloudflare', 'lab')
    }
  }

  async function finished(id: AccessRunId, { title, before }: Run): Promise<void> {
    await files.end(id, 'done')
    const sentence = `Access in the account ${before.name} was changed: ${title}.`
    await database.activity.append({
      at: clock.now().toISOString(),
      kind: 'cloudflare-changed',
      about: title,
      sentence,
    })
    changed('activity')
  }

  /** Reads the account once a run has ended. Where it cannot be read now, the next reading takes note of a run that is not over. */
  async function readAfter(run: Run, progress: Progress): Promise<void> {
    try {
      await session.readAfter(progress, ({ account }) => cloudflare.noteOwn(run, account))
    } catch (error) {
      if (!isAppError(error)) throw error
    }
  }

  /**
   * The same where an error has ended it, so that what it did is neither shown as somebody else's nor missing on screen. After
   * `cancelled`, and where Cloudflare does not answer, nobody waits for another reading: the next one takes note of it.
   */
  async function noteEnded(error: unknown, run: Run, progress: Progress): Promise<void> {
    if (!isAppError(error) || isReadInVain(error)) return
    await readAfter(run, progress)
  }

  /** Of runs that are not over: under way, or ended early, by somebody, an error or with the process. */
  async function noteWaiting(account: AccessAccount): Promise<void> {
    for (const found of await files.all()) {
      if (found.end !== null) continue
      const file = running.has(found.id) ? null : await files.open(found)
      const run = running.get(found.id)?.now() ?? (file && runIn(file))
      if (run !== null) await cloudflare.noteOwn(run, account)
    }
  }

  /** A plan that takes a run back, as far as nobody else has changed the same. */
  async function planUndo(id: AccessRunId, options: JobOptions): Promise<AccessPlanView> {
    if (running.has(id)) throw new AppError('busy')
    const reading = await session.read(progressOf(options))
    const { account } = reading
    const { path, file, run: found } = await openRun(id)
    if (found.before.id !== account.id)
      throw new AppError('cloudflare-account-unclear', `This change was made in the account “${found.before.name}”.`)
    const { run, notes } = await withJournalLock(path, () => closeStep(file, account))
    const made = appliedChanges(run)
    const undo = undoOf(run.before, made, account, run.managed)
    const title = `Undo: ${run.title}`
    const all = { changes: undo.changes, notes: [...notes, ...undo.notes] }
    if (all.changes.length === 0 && all.notes.length === 0) await markUndone(id)
    return plans.planUndo(reading, { undo: all, before: run.before, title, managed: run.managed, run: id })
  }

  /** Of the practice account while that is open, and of real accounts otherwise. */
  async function list(): Promise<AccessRun[]> {
    const found = await files.list()
    const described: AccessRun[] = []
    for (const one of found) {
      const run = await shownOf(one)
      if (run !== null) described.push(run)
    }
    return described.filter(({ account }) => isPracticeAccount(account) === session.isPractising())
  }

  /** Null where its journal cannot be read. */
  async function shownOf(found: Awaited<ReturnType<RunFiles['find']>>): Promise<AccessRun | null> {
    const known = running.get(found.id)
    if (known !== undefined) return known.shown
    const file = await files.open(found)
    return file && shownRun(found.id, runIn(file), found.end !== null)
  }

  /** Null where there is no journal of it that can be read. */
  async function find(id: AccessRunId): Promise<AccessRun | null> {
    const found = (await files.all()).find((one) => one.id === id)
    return found === undefined ? null : shownOf(found)
  }

  return {
    apply: (id: AccessPlanId, permission: ToApply, options: JobOptions) =>
      once(id, () => apply(id, permission, options)),
    resume: (id: AccessRunId, permission: ToResume, options: JobOptions) =>
      once(id, () => resume(id, permission, options)),
    planUndo,
    list,
    find,
    noteWaiting,
  }
}
