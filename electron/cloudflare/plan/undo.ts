import type {
  AccessAccount,
  AccessApplication,
  AccessCa,
  HostnameSetting,
  PolicyLink,
} from '#shared/model/access-account'
import type { AccessChange, UndoNote } from '#shared/model/access-plan'
import { sameAddress } from '../explain/address-patterns'
import { namesGroup } from '../explain/mentioned'
import { newSessionDuration } from './calls'
import { canonicalJson, sameRules } from './digest'
import { createDraft, type Draft } from './draft'
import { addedBlocks, isBlocking, restoredRules } from './kept-blocks'
import { isManagedChange, type Managed, nothingManaged } from './managed'
import { restoredLinks } from './policy-links'
import { simulate } from './simulate'
import { recreateAlert, removeAlert, restoreAlert } from './undo-alerts'

export interface Undo {
  changes: AccessChange[]
  /** What stays, and why. */
  notes: UndoNote[]
}

/**
 * A new plan that takes changes back, the last one first: over the fields that we wrote and no others. It stops where somebody
 * else has changed them since, and never takes away what keeps somebody out.
 *
 * @param before The account as it was before the first change.
 * @param applied The changes as they were made, what they created with the ids that Access gave.
 * @param now The account as it is.
 * @param managed What the plan left to somebody else's tool: that is not written here either.
 */
export function undoOf(
  before: AccessAccount,
  applied: AccessChange[],
  now: AccessAccount,
  managed: Managed = nothingManaged,
): Undo {
  const draft = createDraft(now)
  const notes: UndoNote[] = []
  const deleted = new Set(
    applied.flatMap((change): string[] => (change.kind.startsWith('delete-') && 'id' in change ? [change.id] : [])),
  )
  for (const { change, old, written } of withStates(before, applied).reverse()) {
    const why = takeBackUnlessManaged(draft, managed, (own) => takeBack(own, change, old, written))
    // What we deleted ourselves was not changed by anybody else.
    const isDeleted = why === 'changed-since' && 'id' in change && deleted.has(change.id)
    if (why !== null) notes.push({ change, why: isDeleted ? 'irreversible' : why })
  }
  return { changes: [...draft.changes], notes }
}

/** What is managed elsewhere stays, and is said to. */
function takeBackUnlessManaged(draft: Draft, managed: Managed, act: (draft: Draft) => Why): Why {
  let isRefused = false
  const why = act({
    ...draft,
    add(change) {
      if (isManagedChange(draft, managed, change)) isRefused = true
      else draft.add(change)
    },
  })
  return isRefused ? 'managed-elsewhere' : why
}

interface Made {
  change: AccessChange
  old: AccessAccount
  written: AccessAccount
}

function withStates(before: AccessAccount, applied: AccessChange[]): Made[] {
  let current = before
  return applied.map((change) => {
    const old = current
    current = simulate(current, change)
    return { change, old, written: current }
  })
}

type Why = UndoNote['why'] | null

function takeBack(draft: Draft, change: AccessChange, old: AccessAccount, written: AccessAccount): Why {
  switch (change.kind) {
    case 'create-ca':
      return removeCa(draft, change)
    case 'set-ca-hostnames':
      return restoreHostnames(draft, change.id, old, written)
    case 'set-settings':
      return restoreSettings(draft, old.settings, written.settings)
    case 'create-group':
      return removeGroup(draft, change)
    case 'update-group':
      return restoreGroup(draft, change, old)
    case 'create-policy':
      return removePolicy(draft, change)
    case 'update-policy':
      return restorePolicy(draft, change, old)
    case 'create-application':
      return removeApplication(draft, change)
    case 'set-application-policies':
      return restoreLinks(draft, change.id, old, written)
    case 'create-alert':
      return removeAlert(draft, change)
    case 'update-alert':
      return restoreAlert(draft, change, old)
    case 'delete-alert':
      return recreateAlert(draft, change, old)
    case 'delete-ca':
    case 'delete-group':
    case 'delete-policy':
    case 'delete-application':
      return 'irreversible'
    case 'test-hostname':
      return null
  }
}

type ChangeOf<Kind extends AccessChange['kind']> = Extract<AccessChange, { kind: Kind }>

const find = <T extends { id: string }>(all: T[], id: string): T | null => all.find((one) => one.id === id) ?? null

const without = <T>(all: T[], others: T[]): T[] => all.filter((one) => !others.includes(one))

function removeCa(draft: Draft, { id, name }: ChangeOf<'create-ca'>): Why {
  const ca = find(draft.account().cas, id)
  if (ca === null || ca.name !== name) return 'changed-since'
  if (ca.hostnames.length > 0) return 'in-use'
  draft.add({ kind: 'delete-ca', id })
  return null
}

/** Hostnames that we added go, and those that we took off come back; what others added meanwhile stays. */
function restoreHostnames(draft: Draft, id: AccessCa['id'], old: AccessAccount, written: AccessAccount): Why {
  const current = find(draft.account().cas, id)
  if (current === null) return 'changed-since'
  const [first, then] = [find(old.cas, id)?.hostnames ?? [], find(written.cas, id)?.hostnames ?? []]
  const [added, removed] = [without(then, first), without(first, then)]
  const kept = without(current.hostnames, added)
  const hostnames = [...kept, ...without(removed, kept)]
  // In the order of the beginning where nothing else has happened.
  const isAsBefore = hostnames.length === first.length && without(first, hostnames).length === 0
  if (hostnames.join() !== current.hostnames.join())
    draft.add({ kind: 'set-ca-hostnames', id, hostnames: isAsBefore ? first : hostnames })
  return null
}

function restoreSettings(draft: Draft, old: HostnameSetting[], written: HostnameSetting[]): Why {
  const named = (all: HostnameSetting[], hostname: string) => all.find((one) => one.hostname === hostname)
  const isSame = (one: HostnameSetting | undefined, other: HostnameSetting | undefined) =>
    canonicalJson(one ?? null) === canonicalJson(other ?? null)
  const changed = written.filter((one) => !isSame(one, named(old, one.hostname)))
  const current = draft.account().settings
  const ours = changed.filter((one) => isSame(one, named(current, one.hostname)))
  const settings = current.flatMap((one) => {
    const isOurs = ours.some(({ hostname }) => hostname === one.hostname)
    return isOurs ? (named(old, one.hostname) ?? []) : [one]
  })
  if (ours.length > 0) draft.add({ kind: 'set-settings', settings })
  return ours.length < changed.length ? 'changed-since' : null
}

function removeGroup(draft: Draft, { id, name, rules }: ChangeOf<'create-group'>): Why {
  const account = draft.account()
  const current = find(account.groups ?? [], id)
  if (current === null || current.name !== name || !sameRules(current.rules, rules)) return 'changed-since'
  if (isBlocking(account, id)) return 'block-stays'
  const isUsed = [...account.policies, ...(account.groups ?? [])].some(
    (one) => namesGroup(one.rules.include, id) || namesGroup(one.rules.require, id),
  )
  if (isUsed) return 'in-use'
  draft.add({ kind: 'delete-group', id })
  return null
}

/** Everybody who is in a group that is kept out stays in it. */
function restoreGroup(draft: Draft, { id, rules }: ChangeOf<'update-group'>, old: AccessAccount): Why {
  const account = draft.account()
  const [current, first] = [find(account.groups ?? [], id), find(old.groups ?? [], id)]
  if (current === null || first === null || !sameRules(current.rules, rules)) return 'changed-since'
  if (isBlocking(account, id)) return 'block-stays'
  draft.add({ kind: 'update-group', id, rules: first.rules })
  return null
}

function removePolicy(draft: Draft, { id, name, decision, rules, application }: ChangeOf<'create-policy'>): Why {
  const account = draft.account()
  const current = find(account.policies, id)
  if (current === null || current.name !== name) return 'changed-since'
  if (current.decision !== decision || !sameRules(current.rules, rules)) return 'changed-since'
  if (decision === 'deny') return 'block-stays'
  const users = account.applications.filter(({ policies }) => policies.some(({ policy }) => policy === id))
  if (users.some((user) => user.id !== application?.id)) return 'in-use'
  draft.add({ kind: 'delete-policy', id })
  return null
}

/** Nobody gets in again whom it keeps out. */
function restorePolicy(draft: Draft, { id, decision, rules }: ChangeOf<'update-policy'>, old: AccessAccount): Why {
  const [current, first] = [find(draft.account().policies, id), find(old.policies, id)]
  if (current === null || current.decision !== decision || !sameRules(current.rules, rules)) return 'changed-since'
  if (first === null || first.decision === 'unknown') return 'changed-since'
  const restored = restoredRules(first, current)
  if (restored === null) return 'block-stays'
  if (!sameRules(restored.rules, rules) || first.decision !== decision)
    draft.add({ kind: 'update-policy', id, decision: first.decision, rules: restored.rules })
  return restored.isWhole ? null : 'block-stays'
}

/** One that somebody has renamed, moved or widened is in use by others, and would not come back. */
function removeApplication(draft: Draft, change: ChangeOf<'create-application'>): Why {
  const current = find(draft.account().applications, change.id)
  if (current === null || !isAsCreated(current, change)) return 'changed-since'
  draft.add({ kind: 'delete-application', id: change.id })
  return null
}

function isAsCreated(current: AccessApplication, { name, domain, policies }: ChangeOf<'create-application'>): boolean {
  const [only, ...others] = current.destinations
  const isThere = only?.kind === 'public' && only.overrides.length === 0 && sameAddress(only.uri, domain)
  const duration = current.fetched['session_duration'] ?? newSessionDuration
  return (
    current.name === name &&
    current.type === 'self_hosted' &&
    isThere &&
    others.length === 0 &&
    duration === newSessionDuration &&
    sameLinks(current.policies, policies)
  )
}

const sameLinks = (one: PolicyLink[], other: PolicyLink[]): boolean => canonicalJson(one) === canonicalJson(other)

/**
 * Links that we added go, but for those of Block policies, and those that we took off come back to their places, unless others are
 * there now.
 */
function restoreLinks(
  draft: Draft,
  id: ChangeOf<'set-application-policies'>['id'],
  old: AccessAccount,
  written: AccessAccount,
): Why {
  const current = find(draft.account().applications, id)
  if (current === null) return 'changed-since'
  const [first, then] = [find(old.applications, id)?.policies ?? [], find(written.applications, id)?.policies ?? []]
  const blocks = addedBlocks(first, then, draft.account())
  const policies = restoredLinks(first, without(then, blocks), current.policies)
  if (policies === null) return 'changed-since'
  if (!sameLinks(policies, current.policies)) draft.add({ kind: 'set-application-policies', id, policies })
  return blocks.length > 0 ? 'block-stays' : null
}
