import type { AccessAccount } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import type { AccessCall } from '../api'
import { callOf } from '../plan/calls'
import { canonicalJson } from '../plan/digest'
import { simulate } from '../plan/simulate'
import { candidatesFor, differingFields, hasFingerprint, partOf, restOf } from './compare'
import { changeOf, expectedBefore, type Run, type StopReason } from './journal'

export type Action =
  | { kind: 'back-up' }
  /** The account has to be read first. */
  | { kind: 'read' }
  /** What the change replaces or deletes has to be read by itself, immediately before it is written. */
  | { kind: 'look-again'; change: AccessChange }
  | { kind: 'send'; call: AccessCall }
  /** Access has not caught up: read again after a while. `orStop`: what it means if that does not help. */
  | { kind: 'wait'; orStop: StopReason; fields: string[] }
  | { kind: 'settle'; id: string | null }
  | { kind: 'test'; change: Extract<AccessChange, { kind: 'test-hostname' }> }
  | { kind: 'stop'; why: StopReason; fields: string[] }
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
  if (run.stopped !== null) return stop(run.stopped, run.fields)
  const planned = run.changes[run.step]
  if (planned === undefined) return { kind: 'done' }
  if (!run.isBackedUp) return { kind: 'back-up' }
  const change = changeOf(run, planned)
  if (change.kind === 'test-hostname') return { kind: 'test', change }
  if (seen === null) return { kind: 'read' }
  // What may not be read is not what is not there.
  if (isAboutGroup(change) && seen.account.groups === null) return stop('not-read')
  if (isAboutAlert(change) && seen.account.alerting === null) return stop('not-read')
  const before = expectedBefore(run, run.step)
  if (isCreation(change)) return createNext(run, change, before, seen.account)
  const action = replaceNext(run, change, before, seen.again ?? seen.account)
  if (action.kind !== 'send') return action
  if (seen.again === null) return { kind: 'look-again', change }
  // Also in a field that is not ours: whoever changed it is at work on the same thing.
  const isSame = canonicalJson(callOf(change, seen.account)) === canonicalJson(action.call)
  return isSame ? action : stop('changed')
}

const isCreation = ({ kind }: AccessChange): boolean => kind.startsWith('create-')

const isAboutAlert = ({ kind }: AccessChange): boolean => kind.endsWith('-alert')

const isAboutGroup = ({ kind }: AccessChange): boolean => kind.endsWith('-group')

/** A part of the account that is written over or deleted: it is as before, as wanted, or somebody else's by now. */
function replaceNext(run: Run, change: AccessChange, before: AccessAccount, now: AccessAccount): Action {
  const [current, old, wanted] = [now, before, simulate(before, change)].map((account) => partOf(change, account))
  if (current === wanted) {
    const fields = run.phase === 'ready' ? [] : differingFields(change, run.body, now)
    return fields.length === 0 ? { kind: 'settle', id: null } : waitOr('written-otherwise', fields)
  }
  if (current !== old || isDeletedOtherwise(change, before, now)) return stop('changed')
  switch (run.phase) {
    case 'ready':
      return send(change, now)
    case 'sending': {
      // The same list twice is the same list; but what is deleted already cannot be deleted again.
      const isRepeatable = !change.kind.startsWith('delete-') || run.maySendAgain
      return isRepeatable ? send(change, now) : waitOr('uncertain')
    }
    case 'sent':
      return waitOr('not-settled')
  }
}

/** What is deleted is gone with all its fields, so all that were read have to be as they were. */
function isDeletedOtherwise(change: AccessChange, before: AccessAccount, now: AccessAccount): boolean {
  const old = restOf(change, before)
  return old !== '' && old !== restOf(change, now)
}

function createNext(run: Run, change: AccessChange, before: AccessAccount, now: AccessAccount): Action {
  const candidates = candidatesFor(change, before, now)
  switch (run.phase) {
    case 'ready':
      // Somebody else has created the same meanwhile. A person has to decide which one is ours.
      return candidates.length > 0 ? stop('changed') : send(change, now)
    case 'sending':
      return adoptNext(run, change, candidates, now)
    case 'sent':
      return readBackNext(run, change, before, now, candidates)
  }
}

/** That an object with this id exists does not prove that it is what was to be created. */
function readBackNext(
  run: Run,
  change: AccessChange,
  before: AccessAccount,
  now: AccessAccount,
  candidates: string[],
): Action {
  if (!isIdKnown(run)) {
    const [id, ...others] = candidates
    if (others.length > 0) return stop('uncertain')
    return id === undefined ? waitOr('not-settled') : { kind: 'settle', id }
  }
  const current = partOf(change, now)
  if (current === 'null') return waitOr('not-settled')
  const isAsWritten = current === partOf(change, simulate(before, change)) && hasFingerprint(change, now)
  return isAsWritten ? { kind: 'settle', id: null } : waitOr('written-otherwise')
}

/** The answer to a POST may lack the id of what it created. Then the object is looked for. */
function isIdKnown({ changes, step, created }: Run): boolean {
  const planned = changes[step]
  return planned !== undefined && 'id' in planned && created.has(planned.id)
}

/** A POST is not repeated before the list was read: an object that is there is adopted. */
function adoptNext(run: Run, change: AccessChange, candidates: string[], now: AccessAccount): Action {
  const [id, ...others] = candidates
  if (others.length > 0) return stop('uncertain')
  if (id !== undefined) return { kind: 'settle', id }
  return run.maySendAgain ? send(change, now) : waitOr('uncertain')
}

const stop = (why: StopReason, fields: string[] = []): Action => ({ kind: 'stop', why, fields })

const waitOr = (orStop: StopReason, fields: string[] = []): Action => ({ kind: 'wait', orStop, fields })

function send(change: AccessChange, now: AccessAccount): Action {
  const call = callOf(change, now)
  return call === null ? { kind: 'settle', id: null } : { kind: 'send', call }
}
