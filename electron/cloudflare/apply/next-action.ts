import type { AccessAccount } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import { type AccessCall, callOf } from '../plan/calls'
import { canonicalJson } from '../plan/digest'
import { simulate } from '../plan/simulate'
import { candidatesFor, partOf } from './compare'
import { changeOf, expectedBefore, type Run, type StopReason } from './journal'

export type Action =
  | { kind: 'back-up' }
  /** The account has to be read first. */
  | { kind: 'read' }
  /** What the change replaces or deletes has to be read by itself, immediately before it is written. */
  | { kind: 'look-again'; change: AccessChange }
  | { kind: 'send'; call: AccessCall }
  /** Access has not caught up: read again after a while. `orStop`: what it means if that does not help. */
  | { kind: 'wait'; orStop: StopReason }
  | { kind: 'settle'; id: string | null }
  | { kind: 'test'; change: Extract<AccessChange, { kind: 'test-hostname' }> }
  | { kind: 'stop'; why: StopReason }
  | { kind: 'done' }

/** What was read since the last action. */
export interface Seen {
  account: AccessAccount
  /** The same with what the next step replaces or deletes as it was read once more; null before that. */
  again: AccessAccount | null
}

/**
 * What to do next, from the journal and the account as it was just read. A backup comes before everything else; every write
 * follows a fresh look at what it replaces; and a call whose end is not known is looked for, never repeated by itself.
 *
 * @param seen Null where nothing was read since the last action.
 */
export function nextAction(run: Run, seen: Seen | null): Action {
  if (run.stopped !== null) return { kind: 'stop', why: run.stopped }
  const planned = run.changes[run.step]
  if (planned === undefined) return { kind: 'done' }
  if (!run.isBackedUp) return { kind: 'back-up' }
  const change = changeOf(run, planned)
  if (change.kind === 'test-hostname') return { kind: 'test', change }
  if (seen === null) return { kind: 'read' }
  const before = expectedBefore(run, run.step)
  if (isCreation(change)) return createNext(run, change, before, seen.account)
  const action = replaceNext(run, change, before, seen.again ?? seen.account)
  if (action.kind !== 'send') return action
  if (seen.again === null) return { kind: 'look-again', change }
  // Also in a field that is not ours: whoever changed it is at work on the same thing.
  const isSame = canonicalJson(callOf(change, seen.account)) === canonicalJson(action.call)
  return isSame ? action : { kind: 'stop', why: 'changed' }
}

const isCreation = ({ kind }: AccessChange): boolean => kind.startsWith('create-')

/** A part of the account that is written over or deleted: it is as before, as wanted, or somebody else's by now. */
function replaceNext(run: Run, change: AccessChange, before: AccessAccount, now: AccessAccount): Action {
  const [current, old, wanted] = [now, before, simulate(before, change)].map((account) => partOf(change, account))
  if (current === wanted) return { kind: 'settle', id: null }
  if (current !== old) return { kind: 'stop', why: 'changed' }
  switch (run.phase) {
    case 'ready':
      return send(change, now)
    case 'sending': {
      // The same list twice is the same list; but what is deleted already cannot be deleted again.
      const isRepeatable = !change.kind.startsWith('delete-') || run.maySendAgain
      return isRepeatable ? send(change, now) : { kind: 'wait', orStop: 'uncertain' }
    }
    case 'sent':
      return { kind: 'wait', orStop: 'not-settled' }
  }
}

function createNext(run: Run, change: AccessChange, before: AccessAccount, now: AccessAccount): Action {
  const candidates = candidatesFor(change, before, now)
  switch (run.phase) {
    case 'ready':
      // Somebody else has created the same meanwhile. A person has to decide which one is ours.
      return candidates.length > 0 ? { kind: 'stop', why: 'changed' } : send(change, now)
    case 'sending':
      return adoptNext(run, change, candidates, now)
    case 'sent': {
      const isThere = partOf(change, now) !== 'null'
      return isThere ? { kind: 'settle', id: null } : { kind: 'wait', orStop: 'not-settled' }
    }
  }
}

/** A POST is not repeated before the list was read: an object that is there is adopted. */
function adoptNext(run: Run, change: AccessChange, candidates: string[], now: AccessAccount): Action {
  const [id, ...others] = candidates
  if (others.length > 0) return { kind: 'stop', why: 'uncertain' }
  if (id !== undefined) return { kind: 'settle', id }
  return run.maySendAgain ? send(change, now) : { kind: 'wait', orStop: 'uncertain' }
}

function send(change: AccessChange, now: AccessAccount): Action {
  const call = callOf(change, now)
  return call === null ? { kind: 'settle', id: null } : { kind: 'send', call }
}
