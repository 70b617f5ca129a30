import type { Database, OperationRow } from '#electron/database/database'
import { throwIfCancelled } from '#electron/platform/cancelled'
import type { Clock } from '#electron/platform/clock'
import { failPoint } from '#electron/platform/fail-point'
import type { Log } from '#electron/platform/log'
import type { Random } from '#electron/platform/random'
import { AppError, isAppError } from '#shared/errors'
import { OperationId } from '#shared/model/ids'
import type { Journal, RowAuthenticator, UnsignedRow } from './journal'

/** Journals what has become of the payload within a step, before the change that it speaks of is made. */
export type Note<Payload> = (payload: Payload) => Promise<void>

/**
 * One step of an operation. `run` may return a changed payload (plain JSON, no secrets), which is journalled with the
 * step, or note it on the way. `undo` must be idempotent and must also clean up after a `run` that was cut off half-way.
 */
export interface Step<Payload> {
  name: string
  // biome-ignore lint/suspicious/noConfusingVoidType: most steps change nothing and return what they call
  run(payload: Payload, note: Note<Payload>): Promise<Payload | void>
  undo?(payload: Payload): Promise<void>
}

/** Finishes or takes back an operation that a dead process left behind. Gets the journalled payload, still unparsed. */
export type Recovery = (payload: unknown, note: Note<unknown>) => Promise<void>
export type Recoveries = Record<string, Recovery>

export interface OperationPorts {
  database: Pick<Database, 'tryLock' | 'activity'>
  journal: Journal
  clock: Clock
  random: Random
  log: Log
  /** By kind. Filled by the services that own the operations. */
  recoveries: Recoveries
}

/** How often and how long we wait for another process to finish its operation: 20 seconds in all. */
const attempts = 80
const pauseMs = 250

/**
 * Everything that touches vault, database and certificate stores together runs through here: one at a time across all
 * processes of this home folder, journalled before and after every step, taken back when a step fails. What is left of an
 * interrupted one is only finished or taken back when the vault is open and proves that it wrote the row (`journal.ts`).
 */
export function createOperations({ database, journal, clock, random, log, recoveries }: OperationPorts) {
  let queue: Promise<unknown> = Promise.resolve()

  /** In this process one after the other. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work)
    queue = turn.catch(() => undefined)
    return turn
  }

  /** Against other processes by the lock, which the kernel drops at a crash. */
  async function alone<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const release = await lock(signal)
    try {
      return await work()
    } finally {
      await release()
    }
  }

  async function lock(signal: AbortSignal | undefined): Promise<() => Promise<void>> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      throwIfCancelled(signal)
      const release = await database.tryLock()
      if (release !== null) return release
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
    throw new AppError('busy')
  }

  /**
   * `signal` calls it off before any of its steps, the first as well as the last, and what was done is taken back.
   * Errors: also `vault-locked` and `keyring-locked`, before anything is done.
   */
  function perform<Payload>(
    kind: string,
    payload: Payload,
    steps: Step<Payload>[],
    signal?: AbortSignal,
  ): Promise<void> {
    return inTurn(async () => {
      if (!Object.hasOwn(recoveries, kind)) throw new Error(`Nobody could put an interrupted ${kind} in order.`)
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
        await journal.finish(id)
        failPoint(`${kind}:finished`)
      }, signal)
    })
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
        const changed = await step.run(payload, note)
        failPoint(`${kind}:${step.name}-done`)
        reached = step.name
        await note(changed === undefined ? payload : changed)
        failPoint(`${kind}:${step.name}-noted`)
      }
    } catch (error) {
      if (await takeBack(begun.reverse(), payload, kind)) await journal.finish(row.id)
      throw error
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
    const recovery = Object.hasOwn(recoveries, row.kind) ? recoveries[row.kind] : undefined
    if (recovery === undefined) {
      log.warn('operation-of-unknown-kind', { operation: row.kind, step: row.step })
      return
    }
    try {
      await recovery(JSON.parse(row.payload), (payload) =>
        journal.advance({ ...row, payload: JSON.stringify(payload) }, authenticator),
      )
    } catch (error) {
      // Even a bug here must not keep the app from starting; the row stays for a later try.
      log.error('operation-not-recovered', { operation: row.kind, step: row.step, code: codeOf(error) })
      return
    }
    await journal.finish(row.id)
    await database.activity.append(clock.now(), 'recovered', row.kind, 'An interrupted action was put in order.')
    log.info('operation-recovered', { operation: row.kind, step: row.step })
  }

  /** In turn, and against other processes. Errors: `busy`. */
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => inTurn(() => alone(work))

  /** Null, and nothing is done, where another process is at work. */
  function whenIdle<T>(work: () => Promise<T>): Promise<T | null> {
    return inTurn(async () => {
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
    return inTurn(async () => {
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

  /** Resolves when what was begun in this process is finished. */
  const settled = async (): Promise<void> => void (await queue)

  return { perform, recover, exclusively, whenIdle, settled }
}

const codeOf = (error: unknown) => (isAppError(error) ? error.code : 'internal')

export type Operations = ReturnType<typeof createOperations>
