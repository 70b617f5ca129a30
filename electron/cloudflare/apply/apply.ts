import type { AccessAccount } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import type { RollOverMark } from '#shared/model/access-roll-over'
import type { AccessCall } from '../api'
import type { Managed } from '../plan/managed'
import { type JournalEntry, type Run, runOf, type StopReason } from './journal'
import { nextAction, type Seen } from './next-action'

/**
 * What became of a call. `busy`: Access has not finished an earlier change, and nothing was written. `uncertain`: the
 * connection ended before an answer came, so nobody knows.
 */
export type Sent = { outcome: 'done'; id: string | null } | { outcome: 'busy' | 'refused' | 'uncertain' }

/** What applying a plan needs from outside. */
export interface ApplyPorts {
  read(): Promise<AccessAccount>
  /** The account with what a change replaces or deletes read once more, by itself. */
  lookAgain(account: AccessAccount, change: AccessChange): Promise<AccessAccount>
  send(call: AccessCall): Promise<Sent>
  /** Writes everything that was read into a file, before the first change. */
  backUp(account: AccessAccount): Promise<void>
  /** Whether a certificate of each CA is let in. */
  test(change: Extract<AccessChange, { kind: 'test-hostname' }>): Promise<boolean>
  /**
   * Waits until it makes sense to read again. False once that has gone on for too long; the count begins anew for each step, and
   * after a call that was taken.
   */
  wait(attempt: number): Promise<boolean>
  /** Appends to the journal; what it says only happens once this has returned. */
  note(entry: JournalEntry): Promise<void>
}

/** `fields`: those that are not as they were written, by Cloudflare's names. */
export type Applied = { done: true } | { done: false; step: number; why: StopReason; fields: string[] }

/** Begins to apply a plan: the journal's first entry. Nothing has happened yet. */
export const begin = (
  before: AccessAccount,
  changes: AccessChange[],
  about: { title?: string; managed?: Managed; undoes?: string; rollOver?: RollOverMark } = {},
): JournalEntry => ({ kind: 'begun', before, changes, ...about })

/**
 * Applies a plan, or goes on with one that was interrupted: at whatever point the last process ended, the journal says what is
 * to be looked at. Errors of the ports end it, too; it can be continued then.
 */
export async function apply(journal: readonly JournalEntry[], ports: ApplyPorts): Promise<Applied> {
  const entries = [...journal]
  const note = async (entry: JournalEntry) => {
    await ports.note(entry)
    entries.push(entry)
  }
  let seen: Seen | null = null
  let attempts = { step: -1, count: 0 }
  for (;;) {
    const run = requireRun(entries)
    const { step } = run
    const action = nextAction(run, seen)
    switch (action.kind) {
      case 'back-up':
        await ports.backUp(run.before)
        await note({ kind: 'backed-up' })
        break
      case 'read':
        seen = { account: await ports.read(), again: null }
        break
      case 'look-again':
        seen = await lookAgain(seen, action.change)
        break
      case 'send':
        seen = null
        await note({ kind: 'sending', step, body: action.call.method === 'PUT' ? action.call.body : null })
        await noteSent(step, await ports.send(action.call))
        break
      case 'settle':
        seen = null
        await note({ kind: 'settled', step, id: action.id })
        break
      case 'wait':
        seen = null
        await waitOr(step, action.orStop, action.fields)
        break
      case 'test':
        if (await ports.test(action.change)) await note({ kind: 'settled', step, id: null })
        else await note({ kind: 'stopped', step, why: 'test-failed' })
        break
      case 'stop':
        if (run.stopped !== null) return { done: false, step, why: action.why, fields: action.fields }
        await note({ kind: 'stopped', step, why: action.why, fields: action.fields })
        break
      case 'done':
        return { done: true }
    }
  }

  async function lookAgain(read: Seen | null, change: AccessChange): Promise<Seen> {
    if (read === null) throw new Error('Only what was read is looked at again.')
    return { account: read.account, again: await ports.lookAgain(read.account, change) }
  }

  async function waitOr(step: number, why: StopReason, fields: string[] = []): Promise<void> {
    attempts = attempts.step === step ? { step, count: attempts.count + 1 } : { step, count: 1 }
    if (!(await ports.wait(attempts.count))) await note({ kind: 'stopped', step, why, fields })
  }

  /** After an uncertain call the journal stays at `sending`, as after a killed process. */
  async function noteSent(step: number, sent: Sent): Promise<void> {
    switch (sent.outcome) {
      case 'done':
        attempts = { step, count: 0 }
        return note({ kind: 'sent', step, id: sent.id })
      case 'busy':
        await note({ kind: 'busy', step })
        return waitOr(step, 'refused')
      case 'refused':
        return note({ kind: 'stopped', step, why: 'refused' })
      case 'uncertain':
        return
    }
  }
}

function requireRun(journal: readonly JournalEntry[]): Run {
  const run = runOf(journal)
  if (run === null) throw new Error('A journal begins with what it is about.')
  return run
}
