import { rollOverTitle } from '#shared/logic/access/plan-words'
import { type AccessAccount, isPracticeAccount, type Md5 } from '#shared/model/access-account'
import type { AccessIntent } from '#shared/model/access-intent'
import type { GivenCa, IntendedPlan } from './intended-plan'
import { nothingManaged } from './managed'
import { readCa } from './read-ca'
import { type NextCa, rollOver } from './roll-over'

/** One stage of a roll-over as a person chose it, and the mark by which the journal finds its roll-over again. */
export function planRollOver(
  account: AccessAccount,
  { old: id, ca, stage }: Extract<AccessIntent, { kind: 'roll-over' }>,
  given: GivenCa,
  at: Date,
): Pick<IntendedPlan, 'title' | 'changes' | 'problems' | 'rollOver'> {
  const old = account.cas.find((one) => one.id === id)
  const none = { title: 'Roll a CA over', changes: null, rollOver: null }
  if (old === undefined) return { ...none, problems: [{ kind: 'not-found', what: 'CA', name: id }] }
  const next = ca.kind === 'uploaded' ? account.cas.find((one) => one.id === ca.ca) : given
  if (next === undefined || next === null) {
    const name = ca.kind === 'uploaded' ? ca.ca : ''
    return { ...none, problems: [{ kind: 'not-found', what: 'CA', name }] }
  }
  const { changes, problems } = rollOver(account, old, next, stage, nothingManaged)
  const fingerprints = fingerprintsOf(account, next, at)
  const [first, ...others] = fingerprints
  const mark = {
    old: id,
    next: { name: next.name, fingerprints: first === undefined ? [] : [first, ...others] },
    stage,
  }
  return {
    title: rollOverTitle(stage, old.name, next.name),
    changes,
    problems,
    rollOver: first === undefined ? null : mark,
  }
}

/** By which the new CA is found in Access again. */
function fingerprintsOf(account: AccessAccount, next: NextCa, at: Date): Md5[] {
  if ('pem' in next) return readCa(next.pem, at, { takesPractice: isPracticeAccount(account) }).ca?.bundle ?? []
  return next.fingerprint === null ? [] : [next.fingerprint]
}
