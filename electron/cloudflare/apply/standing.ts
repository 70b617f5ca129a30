import type { AccessAccount } from '#shared/model/access-account'
import type { JournalEntry, Run } from './journal'
import { nextAction } from './next-action'

export type Standing =
  /** No step is under way. */
  | { kind: 'clear' }
  /** The account has what the step was to make. */
  | { kind: 'settled'; entry: JournalEntry }
  /** The account has something other than before the step and after it. */
  | { kind: 'otherwise' }
  /** The request may still arrive, or show later. */
  | { kind: 'unknown' }

/**
 * How the step under way stands, judged by one look at the account. Nothing is sent for it. An undo needs to know: a step that
 * has arrived although its answer was lost would otherwise stay for ever.
 */
export function standingOf(run: Run, account: AccessAccount): Standing {
  if (run.phase === 'ready') return { kind: 'clear' }
  const action = nextAction({ ...run, stopped: null, maySendAgain: false }, { account, again: account })
  if (action.kind === 'settle') return { kind: 'settled', entry: { kind: 'settled', step: run.step, id: action.id } }
  const isOtherwise =
    (action.kind === 'stop' && action.why === 'changed') ||
    (action.kind === 'wait' && action.orStop === 'written-otherwise')
  return { kind: isOtherwise ? 'otherwise' : 'unknown' }
}
