import type { z } from 'zod'
import type { Database, OperationProgress, OperationRow } from '#electron/database/database'
import { throwIfCancelled } from '#electron/platform/cancelled'
import type { Clock } from '#electron/platform/clock'
import { failPoint } from '#electron/platform/fail-point'
import { holdLock } from '#electron/platform/hold-lock'
import type { Log } from '#electron/platform/log'
import { createQueue } from '#electron/platform/queue'
import type { Random } from '#electron/platform/random'
import { isAppError } from '#shared/errors'
import type { Topic } from '#shared/ipc/events'
import type { NewActivity } from '#shared/model/activity'
import { OperationId } from '#shared/model/ids'
import type { InterruptedKind } from '#shared/model/interrupted'
import type { Changed } from './changes'
import type { Journal, RowAuthenticator, UnsignedRow } from './journal'

/** Journals what has become of the payload within a step, before the change that it speaks of is made. */
export type Note<Payload> = (payload: Payload) => Promise<void>

/** The journal's entry that says what has become of the payload, for a step that writes it in the transaction of its own change. */
type Sign<Payload> = (payload: Payload) => OperationProgress

/**
 * One step of an operation. `run` may return a changed payload (plain JSON, no secrets), which is journalled with the
 * step, or note it on the way. `undo` must be idempotent and must also clean up after a `run` that was cut off half-way.
 */
export interface Step<Payload> {
  name: string
  // biome-ignore lint/suspicious/noConfusingVoidType: most steps change nothing and return what they call
  run(payload: Payload, note: Note<Payload>, sign: Sign<Payload>): Promise<Payload | void>
  undo?(payload: Payload): Promise<void>
}

export type OperationKind = Exclude<InterruptedKind, 'unknown'>

/** What a payload names, for the list of interrupted changes: `identity`, `authority`, or `install` with its `store`; or nothing. */
export type OperationSubject = 'identity' | 'authority' | 'install' | 'nothing'

/** Everything about one kind of operation that is known before one is performed. */
export interface OperationDefinition<Payload> {
  kind: OperationKind
  subject: OperationSubject
  /** Plain JSON, enough to finish the operation or to take it back, and nothing secret. */
  payload: z.ZodType<Payload>
  /** What the screens ask for again once it is finished. */
  changes: readonly Topic[]
  /** Finishes or takes back what a dead process left behind. Harmless when repeated. */
  recover(payload: Payload, note: Note<Payload>): Promise<void>
}

export interface PerformOptions {
  /** Cancels it before any of its steps, the first as well as the last; what was done is then taken back. */
  signal?: AbortSignal | undefined
  /** Its line in the activity, written in the transaction that ends the operation. */
  line(): ActivityLine | Promise<ActivityLine>
}

export type ActivityLine = Omit<NewActivity, 'at'>

export interface Operation<Payload> {
  /** Errors: also `vault-locked` and `keyring-locked`, before anything is done. */
  perform(payload: Payload, steps: Step<Payload>[], options: PerformOptions): Promise<void>
}

export interface OperationPorts {
  database: Pick<Database, 'tryLock'>
  journal: Journal
  clock: Clock
  random: Random
  log: Log
  changed: Changed
}

/** Instead of "Nothing was changed" or "The change was undone". */
const notUndone = 'It could not all be undone now. Latchkey goes on with that when it starts again.'

const notRecorded =
  'It was done, but could not be recorded. Latchkey finishes it or takes it back when it starts again.'

/**
 * Everything that touches vault, database and certificate stores together runs through here: one at a time across all
 * processes of this home folder, journalled before and after every step, taken back when a step fails. What is left of an
 * interrupted one is only finished or taken back when the vault is open and proves that it wrote the row (`journal.ts`).
 */
export function createOperations({ database, journal, clock, random, log, changed }: OperationPorts) {
  /** In this process one after the other. */
  const queue = createQueue()
  /** By kind; a row of a newer version may be of none of these. */
  const known = new Map<string, KnownOperation>()

  /** Once for each kind, by the service that owns it, before the first recovery. */
  function define<Payload>(definition: OperationDefinition<Payload>): Operation<Payload> {
    const { kind, subject, changes } = definition
    if (known.has(kind)) throw new Error(`The operation ${kind} is defined twice.`)
    known.set(kind, {
      subject,
      changes,
      recover: (payload, note) => definition.recover(definition.payload.parse(payload), note),
    })
    return { perform: (payload, steps, options) => perform(definition, payload, steps, options) }
  }

  /** Against other processes by the lock, which the kernel drops at a crash. */
  const alone = <T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> =>
    holdLock(database.tryLock, work, signal)

  function perform<Payload>(
    { kind, changes }: OperationDefinition<Payload>,
    payload: Payload,
    steps: Step<Payload>[],
    { signal, line }: PerformOptions,
  ): Promise<void> {
    return queue.run(async () => {
      throwIfCancelled(signal)
      // Before the lock: a person may be asked, and no other process should have to wait for the answer.
      const authenticator = await journal.authenticator()
      await alone(async () => {
        // Whoever died before us is cleaned up after first, so that no two half-done operations ever meet.
        if (authenticator !== null) await recoverAll(authenticator)
        const id = OperationId.parse(random.uuid())
        const startedAt = clock.now().toISOString()
        const row: UnsignedRow = { id, kind, step: 'begun', payload: JSON.stringify(payload), startedAt }
        await journal.begin(row, authenticator)
        failPoint(`${kind}:begun`)
        await runSteps(row, payload, steps, authenticator, signal)
        await finish(id, line, changes)
        failPoint(`${kind}:finished`)
      }, signal)
      changed(...changes)
    })
  }

  /** Every step is done by now, so an error from here on is not one after which nothing was changed. */
  async function finish(id: OperationId, line: PerformOptions['line'], changes: readonly Topic[]): Promise<void> {
    try {
      await journal.finish(id, { at: clock.now().toISOString(), ...(await line()) })
    } catch (error) {
      changed(...changes)
      throw isAppError(error) ? error.after(notRecorded) : error
    }
  }

  async function runSteps<Payload>(
    row: UnsignedRow,
    first: Payload,
    steps: Step<Payload>[],
    authenticator: RowAuthenticator | null,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { kind } = row
    let payload = first
    let reached = row.step
    const note = async (changed: Payload) => {
      payload = changed
      await journal.advance({ ...row, step: reached, payload: JSON.stringify(payload) }, authenticator)
    }
    const begun: Step<Payload>[] = []
    try {
      for (const step of steps) {
        throwIfCancelled(signal)
        begun.push(step)
        const sign = (changed: Payload) =>
          journal.progressOf({ ...row, step: step.name, payload: JSON.stringify(changed) }, authenticator)
        const changed = await step.run(payload, note, sign)
        failPoint(`${kind}:${step.name}-done`)
        reached = step.name
        await note(changed === undefined ? payload : changed)
        failPoint(`${kind}:${step.name}-noted`)
      }
    } catch (error) {
      if (await takeBack(begun.reverse(), payload, kind)) {
        await journal.finish(row.id, null)
        throw error
      }
      throw isAppError(error) ? error.after(notUndone) : error
    }
  }

  /** False when a step could not be taken back now (store locked, …): the journal keeps it for the next start. */
  async function takeBack<Payload>(steps: Step<Payload>[], payload: Payload, kind: string): Promise<boolean> {
    try {
      for (const step of steps) await step.undo?.(payload)
      return true
    } catch (error) {
      log.error('operation-not-taken-back', { operation: kind, code: codeOf(error) })
      return false
    }
  }

  async function recoverAll(authenticator: RowAuthenticator): Promise<void> {
    for (const row of await journal.unfinished()) if (authenticator.isGenuine(row)) await recoverOne(row, authenticator)
  }

  async function recoverOne(row: OperationRow, authenticator: RowAuthenticator): Promise<void> {
    const operation = known.get(row.kind)
    if (operation === undefined) {
      log.warn('operation-of-unknown-kind', { operation: row.kind, step: row.step })
      return
    }
    try {
      await operation.recover(JSON.parse(row.payload), (payload) =>
        journal.advance({ ...row, payload: JSON.stringify(payload) }, authenticator),
      )
    } catch (error) {
      // Even a bug here must not keep the app from starting; the row stays for a later try.
      log.error('operation-not-recovered', { operation: row.kind, step: row.step, code: codeOf(error) })
      return
    }
    const at = clock.now().toISOString()
    const sentence = 'Recovered an interrupted operation.'
    await journal.finish(row.id, { at, kind: 'recovered', about: row.kind, sentence })
    changed(...operation.changes)
    log.info('operation-recovered', { operation: row.kind, step: row.step })
  }

  /** In turn, and against other processes. Errors: `busy`. */
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => queue.run(() => alone(work))

  /** Null, and nothing is done, where another process is at work. */
  function whenIdle<T>(work: () => Promise<T>): Promise<T | null> {
    return queue.run(async () => {
      const release = await database.tryLock()
      if (release === null) return null
      try {
        return await work()
      } finally {
        await release()
      }
    })
  }

  /**
   * At start, and once the vault is unlocked. With nothing signed there is nothing to ask the keyring for; where another
   * process is at work there is nothing orphaned to see, so nothing is waited for. True when something was looked after.
   */
  function recover(): Promise<boolean> {
    return queue.run(async () => {
      if (!(await journal.unfinished()).some((row) => row.mac !== null)) return false
      const authenticator = await journal.authenticatorIfOpen()
      const release = authenticator === null ? null : await database.tryLock()
      if (authenticator === null || release === null) return false
      try {
        await recoverAll(authenticator)
        return true
      } finally {
        await release()
      }
    })
  }

  return {
    define,
    recover,
    exclusively,
    whenIdle,
    settled: queue.settled,
    /** Null for a kind of another version. */
    subjectOf: (kind: string): OperationSubject | null => known.get(kind)?.subject ?? null,
  }
}

interface KnownOperation extends Pick<OperationDefinition<unknown>, 'subject' | 'changes'> {
  recover(payload: unknown, note: Note<unknown>): Promise<void>
}

const codeOf = (error: unknown) => (isAppError(error) ? error.code : 'internal')

export type Operations = ReturnType<typeof createOperations>
