import type { AccessAccount } from '#shared/model/access-account'
import type { AccessChange, PlanProblem } from '#shared/model/access-plan'
import { simulate } from './simulate'

/** A plan while it is made: every change is found in the account as the changes before it leave it. */
export interface Draft {
  /** As it will be after the changes so far. */
  account(): AccessAccount
  add(change: AccessChange): void
  changes: readonly AccessChange[]
  refuse(problem: PlanProblem): void
  problems: readonly PlanProblem[]
  /** An id for what is going to be created, until Access gives it its own. */
  newId(): string
}

export function createDraft(start: AccessAccount): Draft {
  let account = start
  let created = 0
  const changes: AccessChange[] = []
  const problems: PlanProblem[] = []
  return {
    account: () => account,
    add(change) {
      changes.push(change)
      account = simulate(account, change)
    },
    changes,
    refuse: (problem) => problems.push(problem),
    problems,
    newId() {
      created += 1
      return `created-${created}`
    },
  }
}

type Named = Extract<
  PlanProblem,
  { what: 'CA' | 'hostname' | 'group' | 'policy' | 'application' | 'expiry alert'; name: string }
>['what']

/** What a name or address stands for: one, none, or several, which is a problem of the draft. */
export type Lookup<T> = { one: T | null; isAmbiguous: boolean }

export function lookUp<T>(draft: Draft, what: Named, found: T[], name: string): Lookup<T> {
  const [one = null, ...others] = found
  const isAmbiguous = others.length > 0
  if (isAmbiguous) draft.refuse({ kind: 'ambiguous', what, name })
  return { one: isAmbiguous ? null : one, isAmbiguous }
}

export const oneNamed = <T extends { name: string }>(draft: Draft, what: Named, all: T[], name: string): Lookup<T> =>
  lookUp(
    draft,
    what,
    all.filter((one) => one.name === name),
    name,
  )

/** Adds a change, unless somebody else's tool looks after what it changes. */
export function addUnlessManaged(
  draft: Draft,
  isManaged: boolean,
  { what, name }: { what: Named; name: string },
  change: AccessChange,
): void {
  if (isManaged) draft.refuse({ kind: 'managed-elsewhere', what, name })
  else draft.add(change)
}
